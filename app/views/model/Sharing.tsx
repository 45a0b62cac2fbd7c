import { Play, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { AnswerOf, EventOf, ModelMapping } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { failureText } from '../../store/failure.ts'
import { editModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { Select } from '../../ui/Field.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useEventCallback } from '../../ui/use-event-callback.ts'
import { ConceptBar } from './ConceptBar.tsx'
import { DryRun } from './DryRun.tsx'
import { ExpressionEditor } from './ExpressionEditor.tsx'
import { changeMapped, changeMapping, setShare, withPart } from './edits.ts'
import { Monogram } from './Monogram.tsx'
import { useModelWords } from './model-words.ts'
import type { ConceptPartProps } from './part-props.ts'
import { SettingsButton } from './settings/SettingsButton.tsx'

const operations = ['insert', 'update', 'delete'] as const
const directions = ['both', 'in', 'out'] as const

/** Milliseconds without an edit before what is shown is worked out again. */
const runDelay = 100

/** What each system gets of a concept, and what would be sent to it now. */
export function Sharing({ model, text, isSound, concept, onConcept }: ConceptPartProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const data = useEngine((state) => state.dataVersion)
  const isIdle = useEngine((state) => state.state === 'ready' && state.running === null)
  const requestKey = `${data} ${text}`
  const [answer, setAnswer] = useState<{ readonly of: string; readonly found: AnswerOf<'modelSharing'> } | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [running, setRunning] = useState(false)
  const [progress, setProgress] = useState<EventOf<'modelSharing'> | null>(null)
  const request = useRef<AbortController | null>(null)
  const mappings = model.mappings.filter((each) => each.concept === concept)
  const properties = Object.keys(model.concepts[concept]?.properties ?? {})
  const dryRun = async () => {
    request.current?.abort()
    const controller = new AbortController()
    const { signal } = controller
    request.current = controller
    setRunning(true)
    setProgress(null)
    setFailure(null)
    const onEvent = (event: EventOf<'modelSharing'>) => {
      if (signal.aborted) return
      setProgress(event)
      if (event.found !== null) setAnswer({ of: requestKey, found: event.found })
    }
    try {
      const found = await ask('modelSharing', { text }, { signal, onEvent })
      if (!signal.aborted) setAnswer({ of: requestKey, found })
    } catch (error) {
      if (!signal.aborted) setFailure(failureText(error))
    } finally {
      if (request.current === controller) setRunning(false)
    }
  }
  const mappingNames = new Set(mappings.map(({ name }) => name))
  const isStale = answer !== null && answer.of !== requestKey
  // What is shown follows the edits and the data: only the pipes that an edit touches run again.
  const startDryRun = useEventCallback(() => void dryRun())
  const wanted = answer?.of !== requestKey && isSound && isIdle ? requestKey : null
  const isFirst = answer === null
  useEffect(() => {
    if (wanted === null) return
    const later = setTimeout(startDryRun, isFirst ? 0 : runDelay)
    return () => clearTimeout(later)
  }, [wanted, isFirst, startDryRun])
  useEffect(() => () => request.current?.abort(), [])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ConceptBar model={model} concept={concept} onConcept={onConcept}>
        <span className="min-w-0 flex-1 text-ink-soft">{w.sharing.says}</span>
        <span role="status" className="min-w-0 truncate text-ink-soft">
          {running &&
            progress !== null &&
            (progress.pipe === null
              ? w.sharing.records(count(progress.done), count(progress.of))
              : w.sharing.progress(progress.done, progress.of, progress.pipe))}
        </span>
        {running ? (
          <Button icon={<Square size={12} aria-hidden />} onClick={() => request.current?.abort()}>
            {w.sharing.stop}
          </Button>
        ) : (
          <Button
            icon={<Play size={12} fill="currentColor" aria-hidden />}
            disabled={!isSound}
            onClick={() => void dryRun()}
          >
            {w.sharing.dryRun}
          </Button>
        )}
      </ConceptBar>
      <FailureBar failure={failure} />
      <div className="min-h-0 flex-1 overflow-auto bg-canvas p-4">
        <div
          className="overflow-auto rounded-lg border border-line bg-surface shadow-low"
          tabIndex={0}
          role="group"
          aria-label={w.sharing.table(concept)}
        >
          <table className="w-full text-left">
            <thead>
              <tr className="border-b border-line bg-sunken">
                <th scope="col" className="eyebrow sticky left-0 z-10 w-40 bg-sunken px-3 py-2">
                  {w.sharing.mayGet}
                </th>
                {mappings.map(({ name, system, datatype }) => (
                  <th key={name} scope="col" className="min-w-48 border-l border-line px-3 py-1.5">
                    <span className="flex items-center gap-1.5">
                      <Monogram system={system} /> <span className="flex-1">{system}</span>
                      <SettingsButton model={model} target={{ part: 'mapping', mapping: name }} name={name} />
                    </span>
                    <span className="mono block text-tiny font-normal text-ink-soft">{datatype}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {operations.map((operation) => (
                <tr key={operation} className="border-b border-line">
                  <th scope="row" className="sticky left-0 z-10 bg-surface px-3 py-1 font-normal text-ink-soft">
                    {w.sharing.operations[operation]}
                  </th>
                  {mappings.map((mapping) => {
                    const isOn = mapping.share?.[operation] !== false
                    const number = answer?.found.counts[mapping.name]?.[operation]
                    return (
                      <td key={mapping.name} className="border-l border-line px-3 py-1">
                        <span className="flex items-center gap-2">
                          <Switch
                            label={w.sharing.allow(w.sharing.operations[operation], mapping.name)}
                            checked={isOn}
                            onChange={(checked) => {
                              if (!readOnly)
                                editModel(w.sharing.step(mapping.name), (before) =>
                                  setShare(before, mapping.name, operation, checked),
                                )
                            }}
                          />
                          <span className={isStale ? 'text-ink-faint' : undefined}>
                            {!isOn ? w.sharing.off : number === undefined ? '' : w.sharing.now(count(number))}
                          </span>
                        </span>
                      </td>
                    )
                  })}
                </tr>
              ))}
              {properties.map((property) => (
                <tr key={property} className="border-b border-line last:border-b-0">
                  <th scope="row" className="mono sticky left-0 z-10 bg-surface px-3 py-1 font-normal">
                    {property}
                  </th>
                  {mappings.map((mapping) => (
                    <DirectionCell key={mapping.name} mapping={mapping} property={property} readOnly={readOnly} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {answer !== null && (
          <DryRun
            model={model}
            changes={answer.found.changes.filter(({ mapping }) => mappingNames.has(mapping))}
            problems={answer.found.problems}
            isStale={isStale}
          />
        )}
        <div className="mt-4 grid grid-cols-[repeat(auto-fit,minmax(320px,1fr))] gap-4">
          {mappings.map((mapping) => (
            <Filters key={mapping.name} mapping={mapping} />
          ))}
        </div>
      </div>
    </div>
  )
}

interface DirectionCellProps {
  readonly mapping: ModelMapping
  readonly property: string
  readonly readOnly: boolean
}

function DirectionCell({ mapping, property, readOnly }: DirectionCellProps) {
  const w = useModelWords()
  const mapped = mapping.properties.find(({ to }) => to === property)
  return (
    <td className="border-l border-line px-3 py-0.5">
      {mapped === undefined ? (
        <span className="text-ink-faint">–</span>
      ) : (
        <Select
          aria-label={w.sharing.directionOf(property, mapping.name)}
          className="h-6"
          value={mapped.direction ?? 'both'}
          disabled={readOnly}
          onChange={(event) => {
            const next = directions.find((each) => each === event.target.value)
            editModel(w.mapped.step(property, mapping.name), (before) =>
              changeMapped(before, mapping.name, property, (each) =>
                withPart(each, 'direction', next === 'both' ? undefined : next),
              ),
            )
          }}
        >
          {directions.map((each) => (
            <option key={each} value={each}>
              {w.mapped.directions[each]}
            </option>
          ))}
        </Select>
      )}
    </td>
  )
}

function Filters({ mapping }: { readonly mapping: ModelMapping }) {
  const w = useModelWords()
  const changeFilter = (key: 'filter' | 'share_filter') => (value: ModelMapping['filter'], gesture: string | null) =>
    editModel(
      w.sharing.filterStep(mapping.name),
      (before) => changeMapping(before, mapping.name, (each) => withPart(each, key, value)),
      gesture,
    )
  return (
    <section
      aria-label={w.sharing.filters(mapping.name)}
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-3 shadow-low"
    >
      <h2 className="flex items-center gap-1.5">
        <Monogram system={mapping.system} /> {mapping.system}{' '}
        <span className="mono font-normal">{mapping.datatype}</span>
      </h2>
      <ExpressionEditor
        label={w.sharing.filterIn}
        help={w.sharing.filterInHelp}
        value={mapping.filter}
        start={null}
        onChange={changeFilter('filter')}
      />
      <ExpressionEditor
        label={w.sharing.filterOut}
        help={w.sharing.filterOutHelp}
        value={mapping.share_filter}
        start={null}
        onChange={changeFilter('share_filter')}
      />
    </section>
  )
}
