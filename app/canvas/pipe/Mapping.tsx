import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import {
  addStep,
  expressionTokens,
  isWithin,
  type Json,
  type JsonPath,
  segmentText,
} from '../../../engine-worker/index.ts'
import { PropertyName } from '../../data/PropertyName.tsx'
import { useSourceProperties } from '../../forms/properties.ts'
import { useWords } from '../../i18n/i18n.ts'
import { percent } from '../../i18n/numbers.ts'
import { dragProperty, droppedProperty, isProperty } from '../../pipe/drag.ts'
import { at } from '../../pipe/json-edits.ts'
import { propertyOf } from '../../pipe/paths.ts'
import { insertAt, usePipe } from '../../pipe/pipe.ts'
import { choose, useChosen, usePipeView } from '../../pipe/pipe-view.ts'
import { short, tracePath, usePreviewStore } from '../../pipe/preview-store.ts'
import { hasRules, stagesOf } from '../../pipe/stages.ts'
import { useVocabulary } from '../../pipe/vocabulary.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/Empty.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { propertyTexts } from './entity-text.ts'
import { readsOf, rowsOf } from './mapping.ts'
import { Tokens } from './Tokens.tsx'

/** A DTL stage for people who think in columns: each target property and where it comes from; what is not used. */
export function Mapping() {
  const w = useWords()
  const { id, value, readOnly } = usePipe()
  const functions = useFunctionTable()
  const selected = usePipeView((state) => state.selected)
  const dtl = stagesOf(value).filter(hasRules)
  const stage = dtl.find(({ path }) => selected !== null && isWithin(selected, path)) ?? dtl[0]
  const rules: JsonPath = useMemo(() => [...(stage?.path ?? []), 'rules', 'default'], [stage?.path])
  const steps = at(value, rules)
  const rows = useMemo(() => rowsOf(Array.isArray(steps) ? steps : [], rules, functions), [steps, rules, functions])
  const properties = useSourceProperties(rules)
  const entity = usePipeView((state) => state.entity)
  if (!stage) return <Empty title={w.pipe.mapping.title}>{w.pipe.mapping.none}</Empty>
  const used = readsOf(Array.isArray(steps) ? steps : [], functions)
  const unused = properties.filter(
    ({ name }) => !used.all && !used.names.has(name) && !used.names.has(name.slice(name.lastIndexOf(':') + 1)),
  )
  const add = (expression: string) => {
    insertAt(
      id,
      [...rules, Array.isArray(steps) ? steps.length : 0],
      addStep(propertyOf(expression), expression),
      w.pipe.steps.add('add'),
    )
  }
  return (
    <div className="flex min-h-0 flex-1 overflow-auto">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the buttons beside do the same */}
      <div
        className="min-w-0 flex-1 p-6"
        onDragOver={(event) => isProperty(event) && event.preventDefault()}
        onDrop={(event) => {
          const property = droppedProperty(event)
          if (property !== null && !readOnly) add(property)
        }}
      >
        <h2 id="mapping" className="pb-2 text-title font-semibold">
          {w.pipe.mapping.title}
        </h2>
        <table
          aria-labelledby="mapping"
          className="w-full table-fixed overflow-hidden rounded-xl border border-line bg-surface shadow-low"
        >
          <colgroup>
            <col className="w-1/4" />
            <col />
            <col className="w-1/4" />
          </colgroup>
          <thead>
            <tr className="eyebrow text-left">
              <th className="px-3 py-2">{w.pipe.mapping.target}</th>
              <th className="px-3 py-2">{w.pipe.mapping.from}</th>
              <th className="px-3 py-2">{entity === null ? w.pipe.result : w.pipe.mapping.value(entity)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={`${tracePath(row.path)} ${row.target}`}
                target={row.target}
                from={row.from}
                path={row.path}
                fromPath={row.fromPath}
                byName={row.byName}
              />
            ))}
          </tbody>
        </table>
      </div>
      <aside className="w-64 shrink-0 border-l border-line bg-surface p-4" aria-label={w.pipe.mapping.unused}>
        <h3 className="eyebrow">{w.pipe.mapping.unused}</h3>
        <p className="mt-1 mb-2 text-tiny text-ink-soft">
          {used.all ? w.pipe.mapping.allCopied : w.pipe.mapping.unusedSays}
        </p>
        <ul className="flex flex-col gap-1">
          {unused.map(({ name, present }) => (
            <li
              key={name}
              draggable={!readOnly}
              onDragStart={(event) => dragProperty(event, `_S.${segmentText(name)}`)}
              className="flex cursor-grab items-center gap-2 rounded-md border border-line px-2 py-0.5"
            >
              <span className="mono flex min-w-0 flex-1">
                <PropertyName name={name} />
              </span>
              <span className="text-tiny text-ink-faint">{percent(present)}</span>
              {!readOnly && (
                <IconButton label={w.pipe.mapping.add(name)} onClick={() => add(`_S.${segmentText(name)}`)}>
                  <Plus size={12} aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      </aside>
    </div>
  )
}

interface RowProps {
  readonly target: string
  readonly from: Json
  readonly path: JsonPath
  readonly fromPath: JsonPath
  readonly byName: boolean
}

function Row({ target, from, path, fromPath, byName }: RowProps) {
  const w = useWords()
  const vocabulary = useVocabulary()
  const chosen = useChosen(path)
  const value = usePreviewStore((live) => {
    if (!byName) return live.trace.get(tracePath(fromPath))?.value ?? null
    const made = live.trace.get(tracePath(path))?.target
    return made === undefined ? null : (propertyTexts(made).find(([name]) => name === target)?.[1] ?? null)
  })
  return (
    <tr className={classes('border-t border-line', chosen && 'bg-accent-soft')}>
      <td className="px-3 py-1.5 align-top">
        <button type="button" className="mono text-left font-semibold hover:text-accent" onClick={() => choose(path)}>
          {target}
        </button>
      </td>
      <td className="px-3 py-1.5 align-top leading-5">
        <Tokens tokens={expressionTokens(from, vocabulary, fromPath)} />
      </td>
      <td
        className={classes(
          'mono max-w-64 truncate px-3 py-1.5 align-top',
          value === 'null' ? 'text-warn' : 'text-ink-soft',
        )}
        title={value === 'null' ? w.pipe.mapping.gap : (value ?? '')}
      >
        {value === null ? '' : short(value, 48)}
      </td>
    </tr>
  )
}
