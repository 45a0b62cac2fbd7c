/**
 * A rescan in the background and the incremental runs of the same pipe write one dataset: whose turn it is, and what each
 * leaves to the other. See "Rescans" in configuration-pump.rst.
 */
import { declaredKind } from '../../config/model/declared.ts'
import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { Entity, Json } from '../../entity/value.ts'
import type { ProcessResult } from '../chain.ts'
import { Cancelled } from '../context.ts'
import { settingsOf } from '../settings.ts'
import { readPositions } from '../sources/item.ts'
import type { PumpState } from '../state.ts'

/** What a run has to respect of another run of the same pipe. */
export interface RunSide {
  /** Whether a rescan is going on beside this incremental run. */
  readonly isBeside: boolean
  /** The run goes on from a position, or (undefined) starts over. */
  begins(position: Json | null | undefined): void
  /** Writes a batch; the other run's next batch waits until `written` has settled. */
  turn<T>(work: () => Promise<T>, written: () => Promise<void>): Promise<T>
  /** What of a batch is still to be written. */
  current(results: readonly ProcessResult[]): readonly ProcessResult[]
  /** What may be written of what a batch came to. `seen`: all `_id`s that came out. */
  allowed(entities: readonly Entity[], seen: readonly string[]): readonly Entity[]
  /** What may be put into the kept copy of a source. */
  copied(entities: readonly Entity[]): readonly Entity[]
  /** Whether the other run reads what comes after a position. */
  isBehind(position: Json | null): boolean
}

/** The side of a run that no other one of its pipe can overlap with. */
export const undisturbedSide: RunSide = {
  isBeside: false,
  begins: () => {},
  turn: (work) => work(),
  current: (results) => results,
  allowed: (entities) => entities,
  copied: (entities) => entities,
  isBehind: () => false,
}

/**
 * Whether incremental runs beside a rescan may write what is wrong: they know the components of a merge by its former
 * rules.
 */
export function isDistrusted(pipe: RunnablePipe, before: PumpState | null): boolean {
  const merges = declaredKind('source', String(pipe.source.config.type))?.readsDatasets === 'merge'
  const [source] = (before?.fingerprint ?? '').split(' ')
  return merges && source !== settingsOf(pipe).fingerprint.split(' ')[0]
}

/** The runs of one pipe that may overlap: at most one rescan and one incremental run. */
export class RunOverlap {
  private last: Promise<void> = Promise.resolve()
  private rescan: RescanSide | null = null

  /** Begins a rescan. `distrusts`: what incremental runs write meanwhile may be wrong. */
  begin(distrusts: boolean): RescanSide {
    const rescan = new RescanSide(this, distrusts)
    this.rescan = rescan
    return rescan
  }

  end(): void {
    this.rescan = null
  }

  /** The side of the ordinary runs. */
  readonly ordinary: RunSide = (() => {
    const rescan = () => this.rescan
    return {
      get isBeside() {
        return rescan() !== null
      },
      begins: (position) => rescan()?.besideBegins(position),
      turn: (work, written) => this.turn(work, written),
      current: (results) => {
        rescan()?.besideReads(results)
        return results
      },
      allowed: (entities, seen) => rescan()?.besideWrites(entities, seen) ?? entities,
      copied: (entities) => {
        rescan()?.besideCopies(entities)
        return entities
      },
      isBehind: () => false,
    }
  })()

  /** Has one batch written at a time. */
  async turn<T>(work: () => Promise<T>, written: () => Promise<void>): Promise<T> {
    const before = this.last
    let release = () => {}
    this.last = new Promise((resolve) => {
      release = resolve
    })
    await before
    try {
      return await work()
    } finally {
      written().then(release, release)
    }
  }
}

/** The side of a rescan, with what it knows of the incremental runs beside it. */
export class RescanSide implements RunSide {
  readonly isBeside = false
  /** Source entities that incremental runs have processed since the rescan began. */
  readonly touched = new Set<string>()
  /** Source entities that this run has left out because of what incremental runs had done. */
  readonly skipped = new Set<string>()
  private readonly written = new Set<string>()
  private readonly produced = new Set<string>()
  private readonly copies = new Set<string>()
  private bound: Json | null | undefined
  private isSuperseded = false
  private isClosing = false

  constructor(
    private readonly overlap: RunOverlap,
    /** Whether what incremental runs write meanwhile may be wrong; then what the rescan has written stays. */
    private readonly distrusts: boolean,
  ) {}

  /** Whether an incremental run has begun since the rescan did. */
  get isOverlapped(): boolean {
    return this.bound !== undefined
  }

  besideBegins(position: Json | null | undefined): void {
    if (position === undefined) this.isSuperseded = true
    else if (this.bound === undefined) this.bound = position
  }

  besideReads(results: readonly ProcessResult[]): void {
    for (const { item } of results) this.touched.add(item.key)
  }

  besideWrites(entities: readonly Entity[], seen: readonly string[]): readonly Entity[] {
    if (this.distrusts && !this.isClosing) return entities.filter(({ _id }) => !this.produced.has(String(_id)))
    for (const id of seen) this.written.add(id)
    for (const { _id } of entities) this.written.add(String(_id))
    return entities
  }

  besideCopies(entities: readonly Entity[]): void {
    for (const { _id } of entities) this.copies.add(String(_id))
  }

  begins(): void {}

  turn<T>(work: () => Promise<T>, written: () => Promise<void>): Promise<T> {
    return this.overlap.turn(() => {
      if (this.isSuperseded) throw new Cancelled('cancelled')
      return work()
    }, written)
  }

  current(results: readonly ProcessResult[]): readonly ProcessResult[] {
    if (this.distrusts || this.isClosing) return results
    return results.filter(({ item, outputs }) => {
      const isOthers =
        this.touched.has(item.key) || outputs.some(({ entity }) => entity && this.written.has(String(entity._id)))
      if (isOthers) this.skipped.add(item.key)
      return !isOthers
    })
  }

  allowed(entities: readonly Entity[], seen: readonly string[]): readonly Entity[] {
    if (this.distrusts) for (const id of seen) this.produced.add(id)
    return entities
  }

  copied(entities: readonly Entity[]): readonly Entity[] {
    return entities.filter(({ _id }) => !this.copies.has(String(_id)))
  }

  /** Whether the position is where the first incremental run went on. */
  isBehind(position: Json | null): boolean {
    if (this.isClosing || this.bound === undefined) return false
    const [at, bound] = [readPositions(position), Object.entries(readPositions(this.bound))]
    return bound.length > 0 && bound.every(([dataset, [, updated]]) => (at[dataset]?.[1] ?? 0) >= updated)
  }

  /** No incremental run is going on now: what was left to them is done here from now on. */
  close(): void {
    this.isClosing = true
  }

  /** What deletion tracking may delete: nothing that came out of an incremental run. */
  deletable(entities: readonly Entity[]): readonly Entity[] {
    return entities.filter(({ _id }) => !this.written.has(String(_id)))
  }
}
