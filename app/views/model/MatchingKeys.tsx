import { Plus, X } from 'lucide-react'
import type { MatchingReport, Model, Normalisation } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { useVocabulary } from '../../pipe/vocabulary.ts'
import { editModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { changeConcept, changeProperty, readsProperty, setNormalise, withPart } from './edits.ts'
import { IgnoredValues } from './IgnoredValues.tsx'
import { Monogram } from './Monogram.tsx'
import { useModelWords } from './model-words.ts'
import { mappedFrom } from './names.ts'

interface MatchingKeysProps {
  readonly model: Model
  readonly concept: string
  readonly report: MatchingReport | null
}

/** The keys of a concept: records are the same when any of them is equal. A key of several parts needs all of them. */
export function MatchingKeys({ model, concept, report }: MatchingKeysProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const { keys = [], properties } = model.concepts[concept] ?? { properties: {} }
  const names = Object.keys(properties)
  const setKeys = (label: string, next: readonly (readonly string[])[]) =>
    editModel(label, (before) =>
      changeConcept(before, concept, (one) => withPart(one, 'keys', next.length === 0 ? undefined : next)),
    )
  const single = keys.flatMap((key) => (key.length === 1 ? key : []))
  return (
    <>
      <header className="flex h-7 items-center gap-2">
        <h2 className="eyebrow flex-1">{w.matching.sameWhen}</h2>
        {!readOnly && (
          <Menu
            heading={w.matching.keyOf}
            groups={[
              names
                .filter((name) => !single.includes(name))
                .map((name) => ({
                  id: name,
                  label: name,
                  onSelect: () => setKeys(w.matching.addKeyStep(name), [...keys, [name]]),
                })),
            ]}
            trigger={
              <Button small icon={<Plus size={13} aria-hidden />} disabled={names.length === 0}>
                {w.matching.addKey}
              </Button>
            }
          />
        )}
      </header>
      {keys.length === 0 && <p className="text-ink-soft">{w.matching.noKeys}</p>}
      {keys.map((key, index) => {
        const found = report?.keys.find(({ of }) => of.join() === key.join())
        const name = key.join(w.matching.and)
        return (
          <section
            key={key.join()}
            aria-label={w.matching.key(name)}
            className="rounded-lg border border-line bg-surface shadow-low"
          >
            <header className="flex items-center gap-2 px-3 pt-2">
              <span className="inline-flex size-5 items-center justify-center rounded-full bg-accent-soft text-tiny font-semibold text-accent">
                {index + 1}
              </span>
              <h3 className="min-w-0 flex-1 truncate">{name}</h3>
              {!readOnly && (
                <IconButton
                  label={w.matching.removeKey(name)}
                  onClick={() =>
                    setKeys(
                      w.matching.removeKeyStep(name),
                      keys.filter((each) => each !== key),
                    )
                  }
                >
                  <X size={14} aria-hidden />
                </IconButton>
              )}
            </header>
            {key.map((part) => (
              <KeyPart key={part} model={model} concept={concept} property={part} />
            ))}
            {!readOnly && names.some((each) => !key.includes(each)) && (
              <div className="px-3 pb-2">
                <Menu
                  heading={w.matching.alsoEqual}
                  groups={[
                    names
                      .filter((each) => !key.includes(each))
                      .map((each) => ({
                        id: each,
                        label: each,
                        onSelect: () =>
                          setKeys(
                            w.matching.addPartStep(each, name),
                            keys.map((other) => (other === key ? [...key, each] : other)),
                          ),
                      })),
                  ]}
                  trigger={
                    <Button small look="quiet">
                      {w.matching.addPart}
                    </Button>
                  }
                />
              </div>
            )}
            {found && (
              <p className="flex gap-3 border-t border-line bg-sunken px-3 py-1 text-tiny">
                <span className="text-good">{w.matching.shared(count(found.shared))}</span>
                <span className="text-ink-soft">{w.matching.alone(count(found.alone))}</span>
                <span className="flex-1 text-right text-ink-soft">{w.matching.distinct(count(found.distinct))}</span>
              </p>
            )}
          </section>
        )
      })}
    </>
  )
}

interface KeyPartProps {
  readonly model: Model
  readonly concept: string
  readonly property: string
}

function KeyPart({ model, concept, property }: KeyPartProps) {
  const vocabulary = useVocabulary()
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const declared = model.concepts[concept]?.properties[property]
  const ways = declared?.normalise ?? []
  const setNormalisations = (next: readonly Normalisation[]) =>
    editModel(w.matching.normaliseStep(property), (before) => setNormalise(before, concept, property, next))
  const toggleWay = (way: Normalisation) =>
    setNormalisations(ways.includes(way) ? ways.filter((each) => each !== way) : [...ways, way])
  const all = normalisationsIn(w.normalise)
  return (
    <div className="px-3 py-1">
      <ul>
        {model.mappings
          .filter((mapping) => mapping.concept === concept && readsProperty(mapping, property))
          .map((mapping) => (
            <li key={mapping.name} className="flex h-7 items-center gap-2">
              <Monogram system={mapping.system} />
              <span className="mono min-w-0 flex-1 truncate">
                {mapping.properties
                  .filter(({ to }) => to === property)
                  .map((each) => mappedFrom(each, vocabulary))
                  .join(', ')}
              </span>
              <span className="max-w-28 shrink-0 truncate text-tiny text-ink-soft">{mapping.system}</span>
            </li>
          ))}
      </ul>
      <p className="flex flex-wrap items-center gap-1">
        {ways.map((way) => (
          <button
            key={way}
            type="button"
            disabled={readOnly}
            title={w.matching.leaveOut(w.normalise[way])}
            aria-label={w.matching.leaveOut(w.normalise[way])}
            onClick={() => toggleWay(way)}
            className="rounded-sm bg-transform-soft px-1.5 text-tiny text-transform hover:line-through"
          >
            {w.normalise[way]}
          </button>
        ))}
        {!readOnly && (
          <Menu
            heading={w.matching.writtenAlike}
            groups={[
              all.map((way) => ({
                id: way,
                label: w.normalise[way],
                checked: ways.includes(way),
                onSelect: () => toggleWay(way),
              })),
            ]}
            trigger={
              <button
                type="button"
                aria-label={w.matching.normaliseOf(property)}
                className="inline-flex size-5 items-center justify-center rounded-sm border border-dashed border-line-strong text-ink-soft hover:bg-hover"
              >
                <Plus size={12} aria-hidden />
              </button>
            }
          />
        )}
      </p>
      <IgnoredValues
        property={property}
        values={declared?.ignore ?? []}
        onChange={(values) =>
          editModel(w.matching.ignoreStep(property), (before) =>
            changeProperty(before, concept, property, (one) =>
              withPart(one, 'ignore', values.length === 0 ? undefined : values),
            ),
          )
        }
      />
    </div>
  )
}

/** The ways that there are words for, which are all. */
function normalisationsIn(words: Readonly<Record<Normalisation, string>>): readonly Normalisation[] {
  return Object.keys(words).filter((name): name is Normalisation => name in words)
}
