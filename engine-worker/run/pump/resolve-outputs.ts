/**
 * From what the stages gave to what a dataset sink has to write: new versions, deletions of what no longer comes out,
 * and a decision where several source entities make an output of the same `_id`: the one that a run from the beginning
 * would come to last. See configuration-sinks-dataset.rst and, for `_filtered`, entity-data-model.rst.
 */

import type { RunnablePipe, TransformRuntime } from '../../connectors/runtime.ts'
import { get, has } from '../../entity/dict.ts'
import { type Entity, isDict, type Value } from '../../entity/value.ts'
import { locate, type Problem } from '../../problem.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import { entityWithoutId } from '../../storage/write.ts'
import { idAfter, isBehind, type Output, type ProcessResult } from '../chain.ts'
import type { SourceReader, SourceRecord } from '../sources/item.ts'
import type { Outputs, Tracking } from '../tracking.ts'

/** Where outputs go, and what is known of the pipe. */
export interface ResolveContext {
  readonly pipe: string
  readonly dataset: string
  readonly stages: readonly TransformRuntime[]
  readonly store: IndexedStore
  readonly reader: SourceReader
  readonly tracking: Tracking
  /**
   * Whether outputs are recorded. They need not be where each source entity gives at most one output, whose `_id`
   * follows from its own.
   */
  readonly explicit: boolean
  /** The sink's track_children in effect. */
  readonly trackChildren: boolean
}

/** The context of a run of a pipe that writes a dataset. */
export function resolveContextOf(
  { id, stages }: RunnablePipe,
  dataset: string,
  rest: Pick<ResolveContext, 'store' | 'reader' | 'tracking' | 'trackChildren'>,
): ResolveContext {
  const plain =
    rest.reader.keysAreIds &&
    stages.every(({ ids, creates, type }) => ids !== 'any' && !creates && type !== 'remove_namespaces')
  return { pipe: id, dataset, stages, explicit: !plain, ...rest }
}

/** What to write, and what else has to be processed again because of it. */
export interface ResolvedOutputs {
  readonly entities: readonly Entity[]
  /** Source entities whose output has become the valid one. */
  readonly reprocess: readonly string[]
  /** The `_id`s that came out, for deletion tracking. */
  readonly seen: readonly string[]
  readonly filtered: number
  readonly problems: readonly Problem[]
}

/** Decides what a batch writes, and records what came of its source entities. Those with a problem are left as they are. */
export async function resolveOutputs(
  processed: readonly ProcessResult[],
  to: ResolveContext,
): Promise<ResolvedOutputs> {
  const problems: Problem[] = []
  const ready = processed.filter((one) => one.problem === null)
  const plan = to.explicit ? await resolveTracked(ready, to, problems) : resolveOwnIds(ready, to, problems)
  const deletions = await deletionsOf(plan, to)
  const entities = [...plan.written.values(), ...deletions]
  return {
    entities: to.trackChildren ? await withDeletedChildren(entities, to) : entities,
    reprocess: plan.again,
    seen: [...plan.written.keys(), ...plan.kept],
    filtered: ready.reduce((sum, one) => sum + one.outputs.filter(({ state }) => state === 'filtered').length, 0),
    problems,
  }
}

interface WritePlan {
  readonly written: Map<string, Entity>
  /** Ids to delete where the sink has them live; with the entity that says so, if one does. */
  readonly deleted: Map<string, Entity | null>
  readonly again: string[]
  /** Ids that another source entity makes. */
  readonly kept: string[]
}

/** Every source entity has its own `_id` in the sink. */
function resolveOwnIds(ready: readonly ProcessResult[], to: ResolveContext, problems: Problem[]): WritePlan {
  const plan: WritePlan = { written: new Map(), deleted: new Map(), again: [], kept: [] }
  for (const { item, outputs, lookups } of ready) {
    let id = typeof item.entity._id === 'string' ? idAfter(to.stages, item.entity._id) : null
    let hasOutcome = false
    for (const { entity, state } of outputs) {
      if (state === 'discarded') hasOutcome = true
      if (state !== 'out' || !entity) continue
      if (!hasId(entity, item, to, problems)) continue
      id = entity._id
      hasOutcome = true
      if (item.gone) plan.deleted.set(id, entity)
      else {
        plan.deleted.delete(id)
        plan.written.delete(id)
        plan.written.set(id, entity)
      }
    }
    if (!hasOutcome && id !== null) {
      plan.written.delete(id)
      plan.deleted.set(id, null)
    }
    if (item.gone) to.tracking.remove(item.key)
    else to.tracking.set(item.key, lookups, null)
  }
  return plan
}

function hasId(
  entity: Entity,
  item: SourceRecord,
  to: ResolveContext,
  problems: Problem[],
): entity is Entity & { _id: string } {
  if (typeof entity._id === 'string') return true
  const kind = entity._id === undefined || entity._id === null ? 'null' : typeof entity._id
  problems.push(locate(entityWithoutId({ dataset: to.dataset, kind }), { pipe: to.pipe, entity: item.key }))
  return false
}

/** What came of each source entity is compared with what came of it before. */
async function resolveTracked(
  ready: readonly ProcessResult[],
  to: ResolveContext,
  problems: Problem[],
): Promise<WritePlan> {
  const plan: WritePlan = { written: new Map(), deleted: new Map(), again: [], kept: [] }
  const { tracking } = to
  const produced = new Map<string, Map<string, Entity>>()
  const orders = new Map<string, number>()
  const dropped = new Map<string, Entity | null>()
  const abandoned = new Set<string>()
  const former = new Set<string>()
  for (const { item, outputs, lookups } of ready) {
    const before = tracking.outputs(item.key) ?? []
    for (let at = 1; at < before.length; at += 2) former.add(before[at] ?? '')
    const now: string[] = []
    for (const { origin, entity, state } of outputs) {
      if (state !== 'out' || !entity || !hasId(entity, item, to, problems)) continue
      if (item.gone) {
        dropped.set(entity._id, entity)
        continue
      }
      now.push(origin, entity._id)
      const makers = produced.get(entity._id)
      if (makers) makers.set(item.key, entity)
      else produced.set(entity._id, new Map([[item.key, entity]]))
    }
    const discarded = outputs.filter(({ state }) => state === 'discarded')
    reportDropped(before, now, discarded, (id, left) => {
      if (left) abandoned.add(id)
      else if (!dropped.has(id)) dropped.set(id, null)
    })
    if (item.gone) tracking.remove(item.key)
    else {
      orders.set(item.key, item.order)
      tracking.set(item.key, lookups, now)
    }
  }
  for (const id of abandoned) if (!dropped.has(id) && tracking.makersOf(id).length > 0) dropped.set(id, null)
  await resolveContested({ produced, dropped, former, orders }, plan, to)
  return plan
}

/**
 * Reports what no longer comes out. A discarded entity says nothing of its earlier output, which stays recorded; an
 * entity that goes by another `_id` than before leaves the earlier one to itself (product: until a full run), unless
 * some other source entity also makes it.
 */
function reportDropped(
  before: Outputs,
  now: string[],
  discarded: readonly Output[],
  drop: (id: string, left: boolean) => void,
): void {
  const ids = new Set<string>()
  const origins = new Set<string>()
  for (let at = 0; at < now.length; at += 2) {
    origins.add(now[at] ?? '')
    ids.add(now[at + 1] ?? '')
  }
  for (let at = 0; at < before.length; at += 2) {
    const origin = before[at] ?? ''
    const id = before[at + 1] ?? ''
    if (ids.has(id)) continue
    if (discarded.some((stopped) => isBehind(origin, stopped))) now.push(origin, id)
    else drop(id, origins.has(origin))
  }
}

/** What a batch made, by `_id`. */
interface BatchOutputs {
  readonly produced: ReadonlyMap<string, ReadonlyMap<string, Entity>>
  readonly dropped: ReadonlyMap<string, Entity | null>
  /** What its source entities had made before. */
  readonly former: ReadonlySet<string>
  readonly orders: Map<string, number>
}

/** When several source entities make one output, the last of them in the order of a full run counts. */
async function resolveContested(
  { produced, dropped, former, orders }: BatchOutputs,
  plan: WritePlan,
  to: ResolveContext,
): Promise<void> {
  const { tracking, reader } = to
  const contested = new Map<string, readonly string[]>()
  const unknown = new Set<string>()
  for (const id of new Set([...produced.keys(), ...dropped.keys()])) {
    const makers = tracking.makersOf(id)
    if (makers.length > 1 || (makers.length === 1 && !produced.has(id))) {
      contested.set(id, makers)
      for (const maker of makers) if (!orders.has(maker)) unknown.add(maker)
    }
  }
  if (unknown.size > 0) for (const item of await reader.fetch([...unknown])) orders.set(item.key, item.order)
  for (const [id, makers] of produced) {
    const rivals = contested.get(id)
    const winner = rivals ? lastMaker(rivals, orders) : makers.keys().next().value
    const entity = winner === undefined ? undefined : makers.get(winner)
    if (entity) plan.written.set(id, entity)
    // What the sink has may be what a source entity of this batch made before, when it was the last one.
    else if ((dropped.has(id) || former.has(id)) && winner !== undefined) plan.again.push(winner)
    if (!entity) plan.kept.push(id)
  }
  for (const [id, entity] of dropped) {
    if (produced.has(id)) continue
    const winner = lastMaker(contested.get(id) ?? [], orders)
    if (winner === undefined) plan.deleted.set(id, entity)
    else plan.again.push(winner)
  }
}

function lastMaker(makers: readonly string[], orders: ReadonlyMap<string, number>): string | undefined {
  let winner: string | undefined
  for (const maker of makers) {
    const order = orders.get(maker)
    if (order === undefined) continue
    const best = winner === undefined ? undefined : orders.get(winner)
    if (best === undefined || order > best || (order === best && maker > (winner ?? ''))) winner = maker
  }
  return winner
}

/** The deleted versions of what the sink has live. */
async function deletionsOf(plan: WritePlan, to: ResolveContext): Promise<Entity[]> {
  const ids = [...plan.deleted.keys()].filter((id) => !plan.written.has(id))
  if (ids.length === 0) return []
  const latest = await to.store.store.lookup(to.dataset, ids)
  const deletions: Entity[] = []
  for (const [at, id] of ids.entries()) {
    const live = latest[at]
    if (!live || live._deleted === true) continue
    deletions.push({ ...(plan.deleted.get(id) ?? live), _deleted: true })
  }
  return deletions
}

/** Children of the latest version that are no longer there are added to `$children` as deleted ones. */
async function withDeletedChildren(entities: readonly Entity[], to: ResolveContext): Promise<readonly Entity[]> {
  const latest = await to.store.store.lookup(
    to.dataset,
    entities.map(({ _id }) => String(_id)),
  )
  return entities.map((entity, at) => {
    const before = latest[at]
    if (!before || !has(before, '$children')) return entity
    const now = toList(get(entity, '$children'))
    const ids = new Set(now.map((child) => (isDict(child) ? child._id : null)))
    const missing: Value[] = []
    for (const child of toList(get(before, '$children'))) {
      if (isDict(child) && typeof child._id === 'string' && !ids.has(child._id)) {
        missing.push(child._deleted === true ? child : { ...child, _deleted: true })
      }
    }
    return missing.length === 0 ? entity : { ...entity, $children: [...now, ...missing] }
  })
}

function toList(value: Value | undefined): Value[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
