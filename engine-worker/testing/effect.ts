/** What an edit does to data: two states of a project run on the same input, and what comes out is compared. */

import { diffEntities } from '../analysis/diff.ts'
import { datasetWritten } from '../connectors/facts.ts'
import type { OpenPipe } from '../connectors/open.ts'
import { encodeTransit } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import { asGiven } from '../storage/write.ts'
import { formatPart } from '../text/format.ts'
import { isInternal, type OpenProject, outputOf, runInternal } from './outputs.ts'

/** One entity that comes out otherwise; null where it does not come out at all. Values as JSON text. */
export interface EntityEffect {
  readonly id: string
  readonly before: string | null
  readonly after: string | null
}

/** What comes out of one pipe otherwise than before. */
export interface PipeEffect {
  readonly pipe: string
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly same: number
  /** The first of them. */
  readonly entities: readonly EntityEffect[]
  /** Why it does not run now. */
  readonly failed: Problem | null
}

/** Entities that are shown of a pipe. */
const most = 100

/** Compares what comes out of every pipe, in the order of the second project; pipes that are gone come last. */
export async function effects(before: OpenProject, after: OpenProject): Promise<PipeEffect[]> {
  const was = await resultsOf(before)
  const is = await resultsOf(after)
  const nothing: Result = { entities: new Map(), failed: null }
  return [...new Set([...is.keys(), ...was.keys()])].map((pipe) =>
    compared(pipe, was.get(pipe) ?? nothing, is.get(pipe) ?? nothing),
  )
}

interface Result {
  readonly entities: ReadonlyMap<string, Entity>
  readonly failed: Problem | null
}

/** The entities that each pipe gives, by `_id`: what stands in its dataset, or what it would send. */
async function resultsOf(open: OpenProject): Promise<ReadonlyMap<string, Result>> {
  const results = new Map<string, Result>()
  const run = await runInternal(open)
  for (const pipe of open.pipes) {
    const { id, sink } = pipe.effective
    const progress = run.pipes.find((each) => each.pipe === id)
    const failed = pipe.runnable.needs ?? (progress?.state === 'failed' ? (progress.problems[0] ?? null) : null)
    const dataset = datasetWritten(sink)
    if (failed) results.set(id, { entities: new Map(), failed })
    else if (!isInternal(pipe)) results.set(id, await sent(open, pipe))
    else results.set(id, { entities: await stored(open, dataset ?? id), failed: null })
  }
  return results
}

async function stored({ runner }: OpenProject, dataset: string): Promise<ReadonlyMap<string, Entity>> {
  const entities = new Map<string, Entity>()
  for await (const batch of runner.store.store.scan(dataset, { live: true })) {
    for (const entity of batch) entities.set(String(entity._id), asGiven(entity))
  }
  return entities
}

async function sent(open: OpenProject, pipe: OpenPipe): Promise<Result> {
  const { entities, progress } = await outputOf(open, pipe)
  const failed = progress.state === 'failed' ? (progress.problems[0] ?? null) : null
  return { entities: new Map(entities.map((entity) => [String(entity._id), asGiven(entity)])), failed }
}

function compared(pipe: string, was: Result, is: Result): PipeEffect {
  let [added, changed, removed, same] = [0, 0, 0, 0]
  const entities: EntityEffect[] = []
  const note = (id: string, before: Entity | undefined, after: Entity | undefined) => {
    if (entities.length < most) entities.push({ id, before: textOf(before), after: textOf(after) })
  }
  for (const [id, entity] of is.entities) {
    const before = was.entities.get(id)
    if (before !== undefined && diffEntities(before, entity).length === 0) {
      same++
      continue
    }
    if (before === undefined) added++
    else changed++
    note(id, before, entity)
  }
  for (const [id, entity] of was.entities) {
    if (is.entities.has(id)) continue
    removed++
    note(id, entity, undefined)
  }
  return { pipe, added, changed, removed, same, entities, failed: is.failed }
}

function textOf(entity: Entity | undefined): string | null {
  return entity === undefined ? null : formatPart(encodeTransit(entity))
}
