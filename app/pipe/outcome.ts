/**
 * What one source entity became at each stage of a pipe, read from a preview: its own entities there, otherwise where and
 * how it was stopped. Entities that another source entity became are never part of it.
 */
import type { Preview, StagePreview, StoppedEntity, TracePoint } from '../../engine-worker/index.ts'

/** Why nothing of an entity is left at a stage. */
export interface StoppedAt {
  /** The stage that stopped it. */
  readonly stage: string
  readonly how: StoppedEntity['how']
  /** The step that filtered it out or discarded it, as a path below the pipe; null where no single step did. */
  readonly step: string | null
}

/** The result of an entity at a stage. */
export interface EntityOutcome {
  readonly entities: readonly string[]
  readonly stopped: StoppedAt | null
  /** `_id`s of its entities that a later source entity replaces in the sink, by having the same `_id`. */
  readonly replaced: readonly string[]
}

/** The entities that can be followed: those of the source, and those that were pinned behind a later stage. */
export function followable({ stages }: Preview): readonly { readonly origin: number; readonly id: string }[] {
  const found = new Map<number, string>()
  for (const { entities, origins } of stages) {
    for (const [at, origin] of origins.entries()) {
      const text = entities[at]
      if (text !== undefined && !found.has(origin)) found.set(origin, entityId(text))
    }
  }
  return [...found].map(([origin, id]) => ({ origin, id })).sort((a, b) => a.origin - b.origin)
}

/** What the followed entity of a preview became at a stage. */
export function outcomeAt(preview: Preview, stage: string): EntityOutcome {
  const { stages, followed } = preview
  const place = stages.findIndex((each) => each.stage === stage)
  const here = stages[place]
  if (followed === null || !here) return { entities: [], stopped: null, replaced: [] }
  const entities = ownEntities(here, followed)
  return {
    entities,
    stopped: entities.length > 0 ? null : stoppedBefore(preview, stages.slice(0, place + 1), followed),
    replaced: stage === 'sink' ? replacedIn(here, followed) : [],
  }
}

function ownEntities({ entities, origins }: StagePreview, followed: number): readonly string[] {
  return entities.filter((_, at) => origins[at] === followed)
}

/** The last stage on the way that stopped something of the entity. */
function stoppedBefore({ trace }: Preview, stages: readonly StagePreview[], followed: number): StoppedAt | null {
  const last = stages.findLast(({ stopped }) => stopped.some(({ origin }) => origin === followed))
  const how = last?.stopped.findLast(({ origin }) => origin === followed)?.how
  if (!last || how === undefined) return null
  return { stage: last.stage, how, step: how === 'empty' ? null : stoppingStep(trace, last.stage) }
}

/** The innermost step of a stage that stopped the entity or failed. */
function stoppingStep(trace: readonly TracePoint[], stage: string): string | null {
  const prefix = `${stage}/`
  const found = trace
    .map(({ path, ...point }) => ({ ...point, path: path.replace(/^transform\/(?=\D)/, 'transform/0/') }))
    .filter(({ path, stopped, problem }) => path.startsWith(prefix) && (stopped || problem))
  return found.reduce<string | null>(
    (innermost, { path }) => (innermost === null || path.length > innermost.length ? path : innermost),
    null,
  )
}

/** A dataset keeps the last of several entities with one `_id`. */
function replacedIn({ entities, origins }: StagePreview, followed: number): readonly string[] {
  const ids = entities.map(entityId)
  const last = new Map(ids.map((id, at) => [id, origins[at]]))
  return [...new Set(ids.filter((id, at) => origins[at] === followed && last.get(id) !== followed))]
}

/** `_id` of an entity as transit text; empty where it has none. */
function entityId(text: string): string {
  const entity: unknown = JSON.parse(text)
  const id = typeof entity === 'object' && entity !== null && '_id' in entity ? entity._id : null
  return typeof id === 'string' ? id : ''
}
