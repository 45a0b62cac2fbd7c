/**
 * Entities of a preview on their way through a pipe: each with the number of the source entity that it was made of, so
 * that everything shown beside a chosen entity is what that entity became.
 */
import type { StageOutcome } from '../connectors/runtime.ts'
import { readEntities } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import { locate, type Problem } from '../problem.ts'
import type { Origins } from '../run/chain.ts'
import type { SourceRecord } from '../run/sources/item.ts'

/** Pinned entities by the stage that they seem to come from. */
export type Pins = Readonly<Record<string, readonly string[]>>

/** Data before or after a stage. */
export interface StagePreview {
  /** `source`, `transform` with its index, or `sink`. */
  readonly stage: string
  readonly entities: readonly string[]
  readonly total: number
  /** How many of the entities that came in the stage filtered out or discarded. */
  readonly filtered: number
  /** How many of the entities that came in were lost because the stage failed for them. */
  readonly failed: number
  readonly problems: readonly Problem[]
  /** How many of the entities are pinned. */
  readonly pinned?: number
  /**
   * For each of `entities` the number of the source entity that it was made of: its place in the list of the source
   * stage. Entities that were pinned behind a later stage are numbered from there on, in the order of their stages.
   */
  readonly origins: readonly number[]
  /** The entities that this stage stopped, by the number of their source entity. */
  readonly stopped: readonly StoppedEntity[]
}

/** How a stage stopped an entity; `empty`: it replaced the entity by its children, and there are none. */
export interface StoppedEntity {
  readonly origin: number
  readonly how: 'filtered' | 'discarded' | 'failed' | 'empty'
}

/** An entity on its way, with the number of the source entity that it was made of. */
export interface PreviewItem {
  readonly item: SourceRecord
  readonly origin: number
}

/** What one stage made of the entities that came in, gathered slice by slice. */
export class StageResult {
  reached = false
  private readonly entities: { readonly entity: Entity; readonly origin: number }[] = []
  private readonly stopped: StoppedEntity[] = []
  private readonly problems: Problem[] = []

  constructor(
    private readonly pipe: string,
    private readonly inputs: readonly PreviewItem[],
  ) {}

  add(entities: readonly Entity[], derived: readonly StageOutcome[], origins: Origins): void {
    this.reached = true
    const originOf = (place: number | undefined) => this.inputs[place ?? 0]?.origin ?? 0
    // When an entity fails, nothing that its source entity has become goes on.
    const lost = new Set(origins.inputs.filter((_, at) => derived[at]?.problem))
    for (const [at, each] of derived.entries()) {
      const place = origins.inputs[at]
      if (each.problem) this.problems.push(locate(each.problem, { pipe: this.pipe }))
      const how = place !== undefined && lost.has(place) ? 'failed' : stopKind(each)
      if (how !== null) this.stopped.push({ origin: originOf(place), how })
    }
    for (const [at, entity] of entities.entries()) {
      const place = origins.outputs[at]
      if (place === undefined || !lost.has(place)) this.entities.push({ entity, origin: originOf(place) })
    }
  }

  outputs(): readonly PreviewItem[] {
    const items = itemsOf(this.entities.map(({ entity }) => entity))
    return items.map((item, at) => ({ item, origin: this.entities[at]?.origin ?? 0 }))
  }

  counts(): Pick<StagePreview, 'filtered' | 'failed' | 'problems' | 'stopped'> {
    const countStopped = (...ways: readonly StoppedEntity['how'][]) =>
      this.stopped.filter(({ how }) => ways.includes(how)).length
    return {
      filtered: countStopped('filtered', 'discarded'),
      failed: countStopped('failed'),
      problems: this.problems,
      stopped: this.stopped,
    }
  }
}

function stopKind({ main, filtered, discarded, created = [] }: StageOutcome): StoppedEntity['how'] | null {
  if (filtered) return 'filtered'
  if (discarded) return 'discarded'
  return main === null && created.length === 0 ? 'empty' : null
}

/** What was pinned behind which stage. A text that is no entity is a Fault. */
export function pinsOf(pins: Pins): ReadonlyMap<string, readonly Entity[]> {
  return new Map(Object.entries(pins).map(([stage, texts]) => [stage, texts.flatMap((text) => readEntities(text))]))
}

/** Items with pinned entities in the place of those with the same `_id`, or behind the others. */
export function withPins(
  items: readonly SourceRecord[],
  pinned: readonly Entity[] | undefined,
): readonly SourceRecord[] {
  if (!pinned) return items
  const own = new Map(itemsOf(pinned).map((item) => [item.key, item]))
  const kept = items.map((item) => {
    const id = String(item.entity._id)
    const pin = own.get(id)
    own.delete(id)
    return pin ? { ...item, entity: pin.entity } : item
  })
  return [...kept, ...own.values()]
}

/** Entities behind a stage with the pinned ones among them; those that nothing came from are numbered from `next` on. */
export function withNumberedPins(
  outputs: readonly PreviewItem[],
  pinned: readonly Entity[],
  next: number,
): readonly PreviewItem[] {
  const items = withPins(
    outputs.map(({ item }) => item),
    pinned,
  )
  return items.map((item, at) => ({ item, origin: outputs[at]?.origin ?? next + at - outputs.length }))
}

function itemsOf(entities: readonly Entity[]): readonly SourceRecord[] {
  return entities.map((entity, order) => ({
    key: typeof entity._id === 'string' ? entity._id : `#${order}`,
    entity,
    order,
  }))
}
