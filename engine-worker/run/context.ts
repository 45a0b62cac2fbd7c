/**
 * The DTL context of a pipe's run: other datasets through the shared join indexes, with every tracked look-up recorded
 * for the source entity at hand. What is not in memory is read in one go while the evaluation is suspended.
 */

import type { ServerWait } from '../connectors/retry-after.ts'
import type { RunContext, RunnablePipe } from '../connectors/runtime.ts'
import { makeContext } from '../dtl/context.ts'
import { type Context, type Datasets, type JoinIndex, Suspended } from '../dtl/evaluation.ts'
import { fromNanos } from '../entity/datetime.ts'
import { DateTime, type Dict, type Entity } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import type { IndexedStore } from '../storage/index/indexed-store.ts'
import { byText } from '../storage/index/key-index.ts'
import type { Tracking } from './tracking.ts'
import { turn } from './turn.ts'

/** After how many milliseconds other work of the thread gets its turn. */
const SLICE_MILLISECONDS = 8
/** How often cancellation is checked while waiting, in seconds. */
const CANCEL_CHECK_SECONDS = 0.05

/** Thrown through a run that was cancelled; caught where the run was started. */
export class Cancelled extends Error {}

/** The look-ups of one source entity while it is processed: slot and key alternate. */
export type RecordedLookups = (number | string)[]

/** Other datasets during a run: look-ups are recorded for the source entity at hand. */
export interface RunLookups extends Datasets {
  /** Where look-ups are recorded; null where nothing is tracked (previews). */
  recording: RecordedLookups | null
  /** How many entities joins have found, and the most for one source entity's join. */
  readonly joined: { rows: number; most: number }
  /** Called with every entity that is found; null where that is not needed. */
  onFound: ((dataset: string, entity: Entity) => void) | null
  /** Forgets what was read for the last batch. */
  forget(): void
}

/** The other datasets as DTL sees them. */
export class Lookups implements RunLookups {
  /** Where look-ups are recorded; null where nothing is tracked (previews). */
  recording: RecordedLookups | null = null
  /** How many entities joins have found, and the most for one source entity's join. */
  readonly joined = { rows: 0, most: 0, byDataset: new Map<string, { asked: number; found: number }>() }
  /** Called with every entity that is found; null where that is not needed. */
  onFound: ((dataset: string, entity: Entity) => void) | null = null
  /** Entities read for the batch at hand, where the store does not have them in memory. */
  private readonly fetchedEntities = new Map<string, Map<string, Entity | null>>()
  private readonly pendingIds = new Map<string, Set<string>>()
  private fetching: Promise<void> | null = null

  constructor(
    private readonly store: IndexedStore,
    private readonly tracking: Tracking | null,
  ) {}

  /** Forgets what was read for the last batch. */
  forget(): void {
    this.fetchedEntities.clear()
  }

  lookup(dataset: string, id: string): Entity | null {
    return this.knownEntity(dataset, id) ?? this.suspend(dataset, [id])
  }

  join(dataset: string, index: JoinIndex, keys: readonly string[], tracked: boolean): readonly Entity[] {
    if (tracked && this.recording && this.tracking) {
      const slot = this.tracking.slot(dataset, index)
      for (const key of keys) recordLookup(this.recording, slot, key)
    }
    const ready = this.store.ready(dataset, index)
    if (!ready) throw new Suspended(this.store.index(dataset, index))
    const [first] = keys
    const counted = this.lookupCountsOf(dataset)
    if (first === undefined) {
      counted.asked++
      return noEntities
    }
    let ids = ready.idsOf(first)
    if (keys.length > 1) {
      const all = new Set(ids)
      for (const key of keys) for (const id of ready.idsOf(key)) all.add(id)
      ids = [...all].sort(byText)
    }
    const found: Entity[] = []
    for (const id of ids) {
      const entity = this.knownEntity(dataset, id)
      if (entity === undefined) throw new Suspended(this.fetchLater(dataset, ids))
      if (entity) found.push(entity)
    }
    counted.asked++
    if (found.length > 0) counted.found++
    this.joined.rows += found.length
    if (found.length > this.joined.most) this.joined.most = found.length
    if (this.onFound) for (const entity of found) this.onFound(dataset, entity)
    return found
  }

  private lookupCountsOf(dataset: string): { asked: number; found: number } {
    const known = this.joined.byDataset.get(dataset)
    if (known) return known
    const fresh = { asked: 0, found: 0 }
    this.joined.byDataset.set(dataset, fresh)
    return fresh
  }

  all(dataset: string, tracked: boolean): readonly Entity[] {
    if (tracked && this.recording && this.tracking) recordLookup(this.recording, this.tracking.slot(dataset, null), '')
    const ready = this.store.allReady(dataset)
    if (!ready) throw new Suspended(this.store.all(dataset))
    return ready
  }

  private knownEntity(dataset: string, id: string): Entity | null | undefined {
    const peeked = this.store.store.peek(dataset, id)
    return peeked === undefined ? this.fetchedEntities.get(dataset)?.get(id) : peeked
  }

  private suspend(dataset: string, ids: readonly string[]): null {
    if (this.knownEntity(dataset, ids[0] ?? '') === null) return null
    throw new Suspended(this.fetchLater(dataset, ids))
  }

  /** Reads entities; what the entities of a batch ask for in one go is read in one go. */
  private fetchLater(dataset: string, ids: readonly string[]): Promise<void> {
    const wanted = this.pendingIds.get(dataset) ?? new Set<string>()
    this.pendingIds.set(dataset, wanted)
    for (const id of ids) wanted.add(id)
    this.fetching ??= Promise.resolve().then(() => this.fetchPending())
    return this.fetching
  }

  private async fetchPending(): Promise<void> {
    const wanted = [...this.pendingIds]
    this.pendingIds.clear()
    this.fetching = null
    await Promise.all(
      wanted.map(async ([dataset, ids]) => {
        const known = this.fetchedEntities.get(dataset) ?? new Map<string, Entity | null>()
        this.fetchedEntities.set(dataset, known)
        const missing = [...ids].filter((id) => !known.has(id))
        const found = await this.store.store.lookup(dataset, missing)
        for (const [at, id] of missing.entries()) known.set(id, found[at] ?? null)
      }),
    )
  }
}

const noEntities: readonly Entity[] = []

/** Adds a look-up unless it was recorded before. */
export function recordLookup(recording: RecordedLookups, slot: number, key: string): void {
  const { length } = recording
  // Beyond some length repetitions are removed at the end instead.
  for (let at = 0; at < length && at < 32; at += 2) if (recording[at + 1] === key && recording[at] === slot) return
  recording.push(slot, key)
}

/** The recorded look-ups without repetitions. */
export function withoutRepetitions(recording: RecordedLookups): RecordedLookups {
  if (recording.length <= 32) return recording
  const seen = new Set<string>()
  const result: RecordedLookups = []
  for (let at = 0; at < recording.length; at += 2) {
    const slot = recording[at] ?? 0
    const key = recording[at + 1] ?? ''
    const name = `${slot}\u0000${key}`
    if (seen.has(name)) continue
    seen.add(name)
    result.push(slot, key)
  }
  return result
}

/** What a run passes to the parts of its pipe. */
export class PipeRunContext implements RunContext {
  readonly pipe: string
  readonly context: Context
  /** Called by {@link at}: the chain says which source entity an input stems from. */
  onInput: (index: number) => void = () => {}
  previous: Entity | null | undefined = undefined
  readonly tokens = new Map<string, string>()
  readonly waits = new Map<string, ServerWait>()
  private sliceEnds = 0

  constructor(
    pipe: RunnablePipe,
    readonly environment: Environment,
    readonly lookups: RunLookups,
    readonly signal: AbortSignal,
    readonly fetch: typeof globalThis.fetch | null,
    completeness: (via: string, dataset: string) => DateTime | null = () => null,
    parameters: Dict = {},
  ) {
    this.pipe = pipe.id
    const base = makeContext({
      environment,
      pipe: pipe.id,
      namespaces: pipe.effective.namespaces,
      secret: pipe.secret,
      parameters,
      datasets: lookups,
      completeness,
    })
    const previous = () => this.previous
    this.context = Object.defineProperty(base, 'previous', { get: previous, enumerable: true })
  }

  at(index: number): void {
    this.onInput(index)
  }

  /** Waits a number of seconds; a cancel ends the wait. */
  async wait(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= CANCEL_CHECK_SECONDS) {
      await this.context.pause(Math.min(left, CANCEL_CHECK_SECONDS))
      if (this.signal.aborted) throw new Cancelled('cancelled')
    }
  }

  async pause(): Promise<void> {
    if (this.signal.aborted) throw new Cancelled('cancelled')
    const now = Number(this.environment.now() / 1_000_000n)
    // A clock that stands still or steps back must not keep other work from its turn.
    if (now < this.sliceEnds && now >= this.sliceEnds - SLICE_MILLISECONDS) return
    this.sliceEnds = now + SLICE_MILLISECONDS
    await turn()
    if (this.signal.aborted) throw new Cancelled('cancelled')
  }
}

/** A clock value as DTL has it. */
export function clockTime(nanoseconds: string | number | bigint): DateTime {
  return fromNanos(BigInt(nanoseconds)) ?? new DateTime(0, 0)
}
