import { Trash2, X } from 'lucide-react'
import { useState } from 'react'
import type { MatchingReport, Model } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { useVocabulary } from '../../pipe/vocabulary.ts'
import { editModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { FormField, Input } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { changeConcept, modelName, removeConcept, removeMapping, renameConcept, withPart } from './edits.ts'
import { Monogram } from './Monogram.tsx'
import { useModelWords } from './model-words.ts'
import { mappedFrom } from './names.ts'
import { SettingsButton } from './settings/SettingsButton.tsx'

interface ConceptPanelProps {
  readonly model: Model
  readonly name: string
  readonly report: MatchingReport | null
  readonly onOpen: (part: 'matching' | 'mastering' | 'sharing', concept: string) => void
  readonly onChoose: (concept: string) => void
}

/** The chosen concept: its name, what feeds it and how, and what can be done with it. */
export function ConceptPanel({ model, name, report, onOpen, onChoose }: ConceptPanelProps) {
  const vocabulary = useVocabulary()
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const [text, setText] = useState(name)
  const concept = model.concepts[name]
  const mappings = model.mappings.filter((each) => each.concept === name)
  const next = modelName(text)
  const isTaken = next !== name && Object.hasOwn(model.concepts, next)
  const rename = () => {
    if (next === '' || next === name || isTaken) return setText(name)
    editModel(w.panel.renameStep(name, next), (before) => renameConcept(before, name, next))
    onChoose(next)
  }
  return (
    <div className="flex flex-col gap-4 p-4">
      <FormField label={w.panel.name} problem={isTaken ? w.board.taken : null}>
        {(ids) => (
          <Input
            {...ids}
            value={text}
            disabled={readOnly}
            onChange={(event) => setText(event.target.value)}
            onBlur={rename}
            onKeyDown={(event) => event.key === 'Enter' && rename()}
          />
        )}
      </FormField>
      <FormField label={w.panel.description}>
        {(ids) => (
          <Input
            {...ids}
            value={concept?.description ?? ''}
            disabled={readOnly}
            onChange={(event) =>
              editModel(
                w.panel.describeStep(name),
                (before) =>
                  changeConcept(before, name, (one) => withPart(one, 'description', event.target.value || undefined)),
                `describe ${name}`,
              )
            }
          />
        )}
      </FormField>
      {report && report.read > 0 && (
        <p className="text-ink-soft">{w.panel.counts(count(report.read), count(report.clusters))}</p>
      )}
      <div className="flex flex-wrap gap-2">
        {(['matching', 'mastering', 'sharing'] as const).map((part) => (
          <Button key={part} small onClick={() => onOpen(part, name)}>
            {w.parts[part]}
          </Button>
        ))}
        <SettingsButton model={model} target={{ part: 'concept', concept: name }} name={name} />
      </div>
      {mappings.map((mapping) => (
        <section key={mapping.name} aria-label={w.panel.mapping(`${mapping.system} ${mapping.datatype}`)}>
          <header className="flex items-center gap-2">
            <Monogram system={mapping.system} />
            <h3 className="min-w-0 flex-1 truncate">
              {mapping.system} <span className="mono font-normal">{mapping.datatype}</span>
            </h3>
            <SettingsButton
              model={model}
              target={{ part: 'mapping', mapping: mapping.name }}
              name={`${mapping.system} ${mapping.datatype}`}
            />
            {!readOnly && (
              <IconButton
                label={w.panel.unlink(`${mapping.system} ${mapping.datatype}`)}
                onClick={() =>
                  editModel(w.panel.unlinkStep(mapping.name), (before) => removeMapping(before, mapping.name))
                }
              >
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </header>
          <ul className="mt-1 text-tiny">
            {mapping.properties.map((each, index) => (
              <li key={`${each.to} ${index}`} className="flex gap-2 py-0.5">
                <span className="mono min-w-0 flex-1 truncate text-ink-soft">{mappedFrom(each, vocabulary)}</span>
                <span aria-hidden className="text-ink-faint">
                  →
                </span>
                <span className="min-w-0 flex-1 truncate">
                  {each.to}
                  {concept?.properties[each.to ?? '']?.references !== undefined && (
                    <span className="text-hops"> → {concept.properties[each.to ?? '']?.references}</span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {mappings.length === 0 && <p className="text-ink-soft">{w.panel.nothing}</p>}
      {!readOnly && (
        <Button
          look="quiet"
          className="self-start text-bad"
          icon={<Trash2 size={14} aria-hidden />}
          onClick={() => editModel(w.panel.removeStep(name), (before) => removeConcept(before, name))}
        >
          {w.panel.remove}
        </Button>
      )}
    </div>
  )
}
