/**
 * The tables of a project's database, and the only place that knows Dexie. Dexie saves the boilerplate of IndexedDB's
 * requests and evens out browsers' bugs; one database holds all datasets and states of a project, so that a commit is one
 * transaction.
 */
import { Dexie, type Table } from 'dexie'
import { Fault } from '../problem.ts'
import { openElsewhere, storageClosed, storageFault } from './failures.ts'
import type { Head, Segment } from './segment.ts'

/** What is known of a dataset without reading it, as stored. */
export interface DatasetRecord {
  readonly name: string
  /** Number of its log: segments belong to a log, and a reset begins another. */
  readonly log: number
  readonly generation: number
  /** The last sequence number given out. */
  readonly sequence: number
  /** Highest `_updated` in the log, and highest that readers see. */
  readonly last: number
  readonly visible: number
  readonly live: number
  readonly deleted: number
  readonly versions: number
  readonly bytes: number
  readonly populated: boolean
  readonly pendingSince: number | null
  /** As JSON text, because numbers such as `1.0` do not survive otherwise. */
  readonly meta: string
}

/** JSON as text, or bytes as they are. */
export interface StateRecord {
  readonly key: string
  readonly value: string | Uint8Array
}

interface KeeperRecord {
  readonly key: 'owner' | 'seed'
  readonly value: number
}

/** Key of a segment: keys of one log lie together, in the order of their versions. */
function keyOf(log: number, first: number): string {
  return `${log}/${String(first).padStart(16, '0')}`
}

/** A bound after all keys of a log. */
function endOf(log: number): string {
  return `${log}0`
}

/** The tables of one project in IndexedDB. */
export class Database extends Dexie {
  declare readonly datasets: Table<DatasetRecord, string>
  declare readonly segments: Table<Segment, string>
  declare readonly heads: Table<Head, string>
  declare readonly states: Table<StateRecord, string>
  declare private readonly keeper: Table<KeeperRecord, string>
  /** Seeds the hashes of ids. */
  seed = 0
  private owner = 0

  constructor(private readonly project: string) {
    // A commit that was acknowledged survives a power cut; Chromium's default does not promise that.
    super(databaseName(project), { autoOpen: false, chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      datasets: 'name',
      // Keys outside of the records: for keys inside, the browser would read each record again to find them.
      segments: '',
      heads: '',
      states: 'key',
      keeper: 'key',
    })
  }

  /** Opens it and marks it as ours; whoever had it open before is refused from now on. */
  async take(random: () => number): Promise<void> {
    await this.guarded(async () => {
      await this.open()
      await this.transaction('rw', this.keeper, async () => {
        const seed = (await this.keeper.get('seed'))?.value ?? Math.floor(random() * 0x1_0000_0000)
        const owner = ((await this.keeper.get('owner'))?.value ?? 0) + 1
        await this.keeper.bulkPut([
          { key: 'seed', value: seed },
          { key: 'owner', value: owner },
        ])
        this.seed = seed
        this.owner = owner
      })
    })
  }

  /** One transaction over everything: all of `work` becomes durable, or nothing. */
  write(work: () => Promise<void>): Promise<void> {
    return this.guarded(() =>
      this.transaction('rw', [this.datasets, this.segments, this.heads, this.states, this.keeper], async () => {
        const owner = await this.keeper.get('owner')
        if (!owner) throw new Fault(storageClosed({ project: this.project }))
        if (owner.value !== this.owner) throw new Fault(openElsewhere({ project: this.project }))
        await work()
      }),
    )
  }

  async putSegments(packed: readonly { readonly segment: Segment; readonly head: Head }[]): Promise<void> {
    // All requests at once: the browser's database works on the first while the next are made.
    await Promise.all(
      packed.flatMap(({ segment, head }) => {
        const key = keyOf(head.log, head.first)
        return [this.segments.put(segment, key), this.heads.put(head, key)]
      }),
    )
  }

  /** Deletes the segments of a log that begin after a version. */
  async deleteAfter(log: number, after: number): Promise<void> {
    for (const table of [this.segments, this.heads]) {
      await table.where(':id').between(keyOf(log, after), endOf(log), false, false).delete()
    }
  }

  async deleteSegments(log: number, firsts: readonly number[]): Promise<void> {
    const keys = firsts.map((first) => keyOf(log, first))
    await this.segments.bulkDelete(keys)
    await this.heads.bulkDelete(keys)
  }

  /** Segments of a log that begin in a range, in order. */
  segmentsBetween(log: number, from: number, to: number): Promise<Segment[]> {
    return this.guarded(() =>
      this.segments.where(':id').between(keyOf(log, from), keyOf(log, to), true, true).toArray(),
    )
  }

  segmentsAt(log: number, firsts: readonly number[]): Promise<(Segment | undefined)[]> {
    return this.guarded(() => this.segments.bulkGet(firsts.map((first) => keyOf(log, first))))
  }

  /** The next heads of a log after one that begins at `after`, at most `limit`. */
  headsAfter(log: number, after: number, limit: number): Promise<Head[]> {
    return this.guarded(() =>
      this.heads.where(':id').between(keyOf(log, after), endOf(log), false, false).limit(limit).toArray(),
    )
  }

  headsAt(log: number, firsts: readonly number[]): Promise<(Head | undefined)[]> {
    return this.guarded(() => this.heads.bulkGet(firsts.map((first) => keyOf(log, first))))
  }

  /** States whose key begins with `prefix` and comes after `after`, in key order. */
  statesAfter(prefix: string, after: string | null, limit: number): Promise<StateRecord[]> {
    const from = after ?? prefix
    return this.guarded(() =>
      this.states
        .where('key')
        .between(from, `${prefix}\uffff`, after === null, true)
        .limit(limit)
        .toArray(),
    )
  }

  /** Runs an access and turns the storage's errors into Faults. */
  async guarded<T>(access: () => PromiseLike<T>): Promise<T> {
    try {
      return await access()
    } catch (error) {
      throw storageFault(error, this.project)
    }
  }
}

/** Removes the database of a project. */
export async function deleteDatabase(project: string): Promise<void> {
  await Dexie.delete(databaseName(project))
}

function databaseName(project: string): string {
  return `pipewright-data:${project}`
}
