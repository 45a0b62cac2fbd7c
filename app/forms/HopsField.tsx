import { useMemo } from 'react'
import {
  equalityCall,
  fillConversion,
  isObject,
  type Json,
  type JsonObject,
  type JsonPath,
  printJson,
} from '../../engine-worker/index.ts'
import { withoutPath } from '../pipe/json-edits.ts'
import { usePipe } from '../pipe/pipe.ts'
import { changePipe, setAt } from '../pipe/pipe-changes.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { aliasOfEntry, DatasetRows } from './DatasetRows.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { joinOf } from './join-condition.ts'
import { useIncomingSide, useOverlaps } from './overlaps.ts'
import { PairDraft } from './PairDraft.tsx'
import { PairField } from './PairField.tsx'
import { Suggestions } from './Suggestions.tsx'
import { AliasContext, type DatasetAlias } from './scope.ts'

/** A join: which datasets, under which names, and what must be equal. Anything else of it stays as it is written. */
export function HopsField({ value, path }: { readonly value: Json; readonly path: JsonPath }) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const listed = isObject(value) ? value.datasets : undefined
  const datasets = useMemo(() => (isListOfText(listed) ? listed : []), [listed])
  const aliases = useMemo(() => datasets.map(aliasOfEntry), [datasets])
  if (!isObject(value) || (listed !== undefined && !isListOfText(listed)))
    return <code className="break-all">{printJson(value)}</code>
  const where = conditionsOf(value)
  const wherePath = (index: number): JsonPath => (where.listed ? [...path, 'where', index] : [...path, 'where'])
  const label = w.pipe.steps.change
  const addCondition = (condition: Json) => setAt(id, [...path, 'where'], [...where.list, condition], label)
  const setConditions = (conditions: readonly Json[]) => setAt(id, [...path, 'where'], [...conditions], label)
  const last = aliases.at(-1)
  return (
    <AliasContext value={aliases}>
      <div className="flex flex-col gap-2 rounded-md border border-dashed border-hops/50 bg-hops-soft/40 p-2">
        <DatasetRows datasets={datasets} path={[...path, 'datasets']} least={1} />
        {datasets.length > 0 && <p className="text-ink-soft">{w.pipe.hops.where}</p>}
        {where.list.map((condition, index) => (
          <Condition
            key={`${index} of ${where.list.length}`}
            condition={condition}
            path={wherePath(index)}
            place={path}
            aliases={aliases}
            {...(where.listed
              ? { onRemove: () => changePipe(id, label, (pipe) => withoutPath(pipe, wherePath(index))) }
              : {})}
          />
        ))}
        {!readOnly && last && (
          <PairDraft
            path={[...path, 'where', where.list.length]}
            label={w.pipe.hops.where}
            words={w.pipe.hops.addCondition}
            onDone={(left, right) => addCondition(equalityCall(left, right))}
          />
        )}
        {!readOnly && last && <JoinSuggestions place={path} alias={last} taken={where.list} onChoose={setConditions} />}
        {value.return !== undefined && (
          <>
            <p className="text-ink-soft">{w.pipe.hops.gives}</p>
            <ExpressionField value={value.return} path={[...path, 'return']} label={w.pipe.hops.gives} />
          </>
        )}
      </div>
    </AliasContext>
  )
}

interface ConditionProps {
  readonly condition: Json
  readonly path: JsonPath
  /** Of the join. */
  readonly place: JsonPath
  readonly aliases: readonly DatasetAlias[]
  readonly onRemove?: () => void
}

/** One condition with its matches: of what comes in, or of the dataset before it in the chain. */
function Condition({ condition, path, place, aliases, onRemove }: ConditionProps) {
  const w = usePipeWords()
  const incoming = useIncomingSide(place)
  const names = useMemo(() => aliases.map(({ alias }) => alias), [aliases])
  const joined = useMemo(() => joinOf(condition, names), [condition, names])
  const datasetOf = (alias: string) => aliases.find((each) => each.alias === alias)?.dataset ?? ''
  const leftSide = joined === null ? null : joined.left === '_S' ? incoming : { dataset: datasetOf(joined.left) }
  const right = joined === null ? null : { dataset: datasetOf(joined.right) }
  const pairs = useMemo(() => (joined === null ? [] : [joined.pair]), [joined])
  const [overlap] = useOverlaps(leftSide, right, pairs)
  return (
    <PairField
      value={condition}
      path={path}
      from={1}
      label={w.pipe.hops.where}
      overlap={overlap}
      {...(onRemove ? { onRemove } : {})}
    />
  )
}

interface JoinSuggestionsProps {
  readonly place: JsonPath
  readonly alias: DatasetAlias
  readonly taken: readonly Json[]
  /** Takes all conditions of the join. */
  readonly onChoose: (conditions: readonly Json[]) => void
}

/**
 * Properties of what comes in whose values the joined dataset has, too: until a condition brings something together. One
 * that brings nothing together gives way.
 */
function JoinSuggestions({ place, alias, taken, onChoose }: JoinSuggestionsProps) {
  const incoming = useIncomingSide(place)
  const joined = useMemo(
    () => taken.flatMap((condition) => joinOf(condition, [alias.alias]) ?? []),
    [taken, alias.alias],
  )
  const fromSource = useMemo(() => joined.filter(({ left }) => left === '_S').map(({ pair }) => pair), [joined])
  const matches = useOverlaps(fromSource.length > 0 ? incoming : null, { dataset: alias.dataset }, fromSource)
  const isVain = matches.length > 0 && matches.length === joined.length && matches.every(({ matched }) => matched === 0)
  const open = joined.length === 0 || isVain
  const found = useOverlaps(open ? incoming : null, open ? { dataset: alias.dataset } : null)
  const namedPair = ([left, right]: readonly [Json, Json]) =>
    [String(left), String(right).replace(/^_S/, alias.alias)] as const
  if (!open) return null
  return (
    <Suggestions
      found={found}
      text={({ pair }) => namedPair(pair).join(' = ')}
      onChoose={({ pair, fold }) => {
        const [left, right] = namedPair(pair)
        const kept = taken.filter((condition) => joinOf(condition, [alias.alias]) === null)
        onChoose([...kept, equalityCall(fillConversion(fold, left), fillConversion(fold, right))])
      }}
    />
  )
}

/** The conditions of a join; one alone may be written without a list around it. */
function conditionsOf(spec: JsonObject): { readonly list: readonly Json[]; readonly listed: boolean } {
  const { where } = spec
  if (Array.isArray(where) && typeof where[0] !== 'string') return { list: where, listed: true }
  return { list: where === undefined ? [] : [where], listed: where === undefined }
}

function isListOfText(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
