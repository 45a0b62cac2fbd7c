import { useMemo } from 'react'
import {
  equalityCall,
  fillConversion,
  isObject,
  type Json,
  type JsonObject,
  type JsonPath,
} from '../../engine-worker/index.ts'
import { count } from '../i18n/numbers.ts'
import { valueAtPath, withoutPath, withValueAt } from '../pipe/json-edits.ts'
import { usePipe } from '../pipe/pipe.ts'
import { changePipe } from '../pipe/pipe-changes.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { stageData, usePreviewStore } from '../pipe/preview-store.ts'
import { aboutSource, aliasOf } from './aliases.ts'
import { aliasOfEntry, DatasetRows } from './DatasetRows.tsx'
import { useOverlaps } from './overlaps.ts'
import { PairDraft } from './PairDraft.tsx'
import { PairField, sidesOf } from './PairField.tsx'
import { Suggestions } from './Suggestions.tsx'
import { AliasContext, type DatasetAlias } from './scope.ts'

/** Which datasets are merged and what makes two entities the same, with how many it brings together. */
export function MergeForm({ config, path }: { readonly config: JsonObject; readonly path: JsonPath }) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const entries = useMemo(
    () => (Array.isArray(config.datasets) ? config.datasets.filter((name) => typeof name === 'string') : []),
    [config.datasets],
  )
  const aliases = useMemo(() => entries.map(aliasOfEntry), [entries])
  const equality = Array.isArray(config.equality) ? config.equality : []
  const sets = Array.isArray(config.equality_sets) ? config.equality_sets : []
  const inSets = sets.length > 0 || (Array.isArray(config.equality_sets) && equality.length === 0)
  const label = w.pipe.steps.change
  const addRule = (left: Json, right: Json) =>
    changePipe(id, label, (pipe) => withRule(pipe, path, inSets, [left, right]))
  const removeRule = (place: JsonPath) => changePipe(id, label, (pipe) => withoutPath(pipe, place))
  return (
    <AliasContext value={aliases}>
      <section className="flex flex-col gap-2" aria-label={w.pipe.merge.datasets}>
        <h3 className="eyebrow">{w.pipe.merge.datasets}</h3>
        <DatasetRows datasets={entries} path={[...path, 'datasets']} least={0} />
      </section>
      <section className="flex flex-col gap-2" aria-label={w.pipe.sameWhen}>
        <h3 className="eyebrow">{w.pipe.merge.same}</h3>
        {equality.map((rule, index) => (
          <Rule
            key={`${index} of ${equality.length}`}
            value={rule}
            from={1}
            path={[...path, 'equality', index]}
            aliases={aliases}
            onRemove={() => removeRule([...path, 'equality', index])}
          />
        ))}
        {sets.map((set, index) => (
          <Rule
            key={`set ${index} of ${sets.length}`}
            value={set}
            from={0}
            path={[...path, 'equality_sets', index]}
            aliases={aliases}
            onRemove={() => removeRule([...path, 'equality_sets', index])}
          />
        ))}
        {!readOnly && (
          <PairDraft
            path={[...path, 'equality', equality.length]}
            label={w.pipe.merge.rule}
            words={w.pipe.merge.addRule}
            disabled={entries.length < 2}
            onDone={addRule}
          />
        )}
        {!readOnly && <Pairs aliases={aliases} rules={[...equality, ...sets]} onChoose={addRule} />}
        <MergedCount />
      </section>
    </AliasContext>
  )
}

/** The pipe with one more rule of what is the same, in the list that it uses already. */
function withRule(pipe: JsonObject, path: JsonPath, inSets: boolean, [left, right]: readonly [Json, Json]): Json {
  const key = inSets ? 'equality_sets' : 'equality'
  const list = valueAtPath(pipe, [...path, key])
  const rule: Json = inSets ? [left, right] : equalityCall(left, right)
  return withValueAt(pipe, [...path, key], [...(Array.isArray(list) ? list : []), rule])
}

interface RuleProps {
  readonly value: Json
  readonly from: 0 | 1
  readonly path: JsonPath
  readonly aliases: readonly DatasetAlias[]
  readonly onRemove: () => void
}

function Rule({ value, from, path, aliases, onRemove }: RuleProps) {
  const w = usePipeWords()
  const joined = useMemo(() => joinedBy(value, from, aliases), [value, from, aliases])
  const pairs = useMemo(() => (joined === null ? [] : [joined.pair]), [joined])
  const [overlap] = useOverlaps(
    joined === null ? null : { dataset: joined.left },
    joined === null ? null : { dataset: joined.right },
    pairs,
  )
  return (
    <PairField value={value} path={path} from={from} label={w.pipe.merge.rule} overlap={overlap} onRemove={onRemove} />
  )
}

/** The datasets that the first two sides of a rule are about; null where a side is not about one. */
function joinedBy(
  value: Json,
  from: 0 | 1,
  aliases: readonly DatasetAlias[],
): { readonly left: string; readonly right: string; readonly pair: readonly [Json, Json] } | null {
  const [a, b] = sidesOf(value, from) ?? []
  if (a === undefined || b === undefined) return null
  const names = aliases.map(({ alias }) => alias)
  const [from0, to0] = [aliasOf(a, names), aliasOf(b, names)]
  if (from0 === null || to0 === null || from0 === to0) return null
  const datasetOf = (alias: string) => aliases.find((each) => each.alias === alias)?.dataset ?? ''
  const pair = [aboutSource(a, from0), aboutSource(b, to0)] as const
  if (pair[0] === null || pair[1] === null) return null
  return { left: datasetOf(from0), right: datasetOf(to0), pair: [pair[0], pair[1]] }
}

interface PairsProps {
  readonly aliases: readonly DatasetAlias[]
  readonly rules: readonly Json[]
  readonly onChoose: (left: Json, right: Json) => void
}

/** Suggestions for joining the last dataset without a rule to the first one. */
function Pairs({ aliases, rules, onChoose }: PairsProps) {
  const text = JSON.stringify(rules, (_, each) => (typeof each === 'bigint' ? String(each) : each))
  const loose = aliases.slice(1).find(({ alias }) => !text.includes(`"${alias}.`))
  const first = aliases[0]
  const found = useOverlaps(
    loose && first ? { dataset: first.dataset } : null,
    loose && first ? { dataset: loose.dataset } : null,
  )
  if (!loose || !first) return null
  const namedPair = ([left, right]: readonly [Json, Json]) =>
    [String(left).replace(/^_S/, first.alias), String(right).replace(/^_S/, loose.alias)] as const
  return (
    <Suggestions
      found={found}
      text={({ pair }) => namedPair(pair).join(' = ')}
      onChoose={({ pair, fold }) => {
        const [left, right] = namedPair(pair)
        onChoose(fillConversion(fold, left), fillConversion(fold, right))
      }}
    />
  )
}

/** How many of the previewed entities are merged from several. */
function MergedCount() {
  const w = usePipeWords()
  const counts = usePreviewStore((live) => {
    const entities = stageData(live, 'source')?.entities
    if (!entities || entities.length === 0) return null
    const several = entities.filter((text) => {
      const entity: unknown = JSON.parse(text)
      return isJson(entity) && Array.isArray(entity.$ids) && entity.$ids.length > 1
    })
    return `${several.length}/${entities.length}`
  })
  if (counts === null) return null
  const [several = '0', all = '0'] = counts.split('/')
  return <p className="text-tiny text-ink-soft">{w.pipe.merge.several(count(Number(several)), count(Number(all)))}</p>
}

function isJson(value: unknown): value is { readonly $ids?: unknown } {
  return typeof value === 'object' && value !== null
}

/** The settings that have a place of their own here. */
export const mergeBuilt: ReadonlySet<string> = new Set(['datasets', 'equality', 'equality_sets'])

/** Whether the form can show a merge: every list in it is a list. */
export function isBuildable(config: JsonObject): boolean {
  const lists = [config.datasets, config.equality, config.equality_sets]
  return lists.every((list) => list === undefined || Array.isArray(list)) && !isObject(config.datasets)
}
