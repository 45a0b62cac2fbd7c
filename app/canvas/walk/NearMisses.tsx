import { useMemo } from 'react'
import {
  isObject,
  isWithin,
  type Json,
  type JsonPath,
  type NearMiss,
  parseRules,
  visit,
} from '../../../engine-worker/index.ts'
import { joinOf } from '../../forms/join-condition.ts'
import { valueAtPath } from '../../pipe/json-edits.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { href } from '../../route.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { useQuery } from '../../store/use-query.ts'
import { useWalkWords } from './walk-catalogue.ts'
import type { WalkRow } from './walk-rows.ts'
import { walkText } from './walk-words.ts'

const noNearMisses: readonly NearMiss[] = []

/** Why a join of the step has found nothing: the entities of its datasets whose keys are nearly the same. */
export function NearMisses({ row, source }: { readonly row: WalkRow; readonly source: string }) {
  const w = useWalkWords()
  const joins = useJoins(row)
  const comparisons = useMemo(() => joins.map((join) => ({ ...join, entity: source })), [joins, source])
  return <NearlyFound title={w.walk.near} nothing={w.walk.nothingNear} comparisons={comparisons} />
}

/** An entity that is compared with those of a dataset. */
export interface KeyComparison extends WalkedJoin {
  /** As transit text. */
  readonly entity: string
}

interface NearlyFoundProps {
  readonly title: string
  readonly nothing: string
  readonly comparisons: readonly KeyComparison[]
}

/** The entities of datasets whose keys are nearly those of the ones at hand. */
export function NearlyFound({ title, nothing, comparisons }: NearlyFoundProps) {
  const w = useWalkWords()
  const { id: pipe } = usePipe()
  const project = useProject((state) => state.id) ?? ''
  const version = useEngine((state) => state.version)
  const key = comparisons.length === 0 ? null : JSON.stringify([comparisons, pipe, version])
  const { value } = useQuery(key, async () => {
    const answers = await Promise.all(comparisons.map((each) => ask('nearMisses', { pipe, ...each })))
    return comparisons.flatMap(({ dataset }, at) => (answers[at] ?? noNearMisses).map((miss) => ({ ...miss, dataset })))
  })
  if (comparisons.length === 0) return null
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-surface px-3 py-2 shadow-low">
      <h3 className="eyebrow text-warn">{title}</h3>
      {value?.length === 0 && <p className="text-ink-soft">{nothing}</p>}
      <ul>
        {value?.map(({ id, dataset, property, ours, theirs, how }) => (
          <li key={`${dataset} ${id} ${theirs}`} className="border-t border-line/60 py-1 first:border-t-0">
            <span className="text-ink-soft">{dataset} </span>
            <a className="link mono" href={href({ at: 'data', project, dataset, entity: id })}>
              {id}
            </a>{' '}
            <span className="text-ink-soft">{w.walk.nearHow[how]}: </span>
            <code>{property[0]}</code> <b className="mono font-normal text-source">{walkText(ours)}</b>
            {' ≠ '}
            <code>{property[1]}</code> <b className="mono font-normal text-hops">{walkText(theirs)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface WalkedJoin {
  readonly dataset: string
  readonly pairs: readonly (readonly [Json, Json])[]
}

/** The equalities by which the joins of a step compare the entity with one dataset. */
function useJoins({ stage, path }: WalkRow): readonly WalkedJoin[] {
  const functions = useFunctionTable()
  return useMemo(() => {
    const rules = valueAtPath(stage.config, ['rules'])
    if (!isObject(rules)) return []
    const found: WalkedJoin[] = []
    const place: JsonPath = [...stage.path, 'rules']
    for (const rule of parseRules(rules, place, functions).values()) {
      for (const step of rule.steps.steps) {
        visit(step, (node) => {
          if (node.is !== 'hops' || !isWithin(node.at, path)) return true
          const aliases = [...node.aliases.keys()]
          const { where } = node.json
          const isList = Array.isArray(where) && typeof where[0] !== 'string'
          const conditions = isList ? where : where === undefined ? [] : [where]
          const joins = conditions.flatMap((condition) => joinOf(condition, aliases) ?? [])
          for (const { right, pair } of joins.filter(({ left }) => left === '_S')) {
            const dataset = node.aliases.get(right)?.dataset
            if (dataset) found.push({ dataset, pairs: [pair] })
          }
          return true
        })
      }
    }
    return found
  }, [stage, path, functions])
}
