/**
 * The segments of a project in IndexedDB, and the only place that knows Dexie. Dexie saves the boilerplate of IndexedDB's
 * requests and evens out browsers' bugs; one database holds all datasets and states of a project, so that a commit is one
 * transaction.
 */
import { Dexie, type Table } from 'dexie'
import { Fault } from '../../problem.ts'
import type { SettingsStorage } from '../copy/browser-safety.ts'
import type { ReplaceableStorage } from '../copy/content.ts'
import type { PackedSegment, Segment, SegmentHead } from '../log/segment.ts'
import type { DatasetRecord, SegmentWriter, StateRecord } from '../log/segment-storage.ts'
import { openElsewhere, storageClosed, storageFault, storageNewer } from './failures.ts'

/** The seed and the owner, which are numbers, and settings under keys with this before them. */
interface MetadataRecord {
  readonly key: string
  readonly value: unknown
}
const SETTING_PREFIX = 'setting/'

/** Key of a segment: keys of one log lie together, in the order of their versions. */
function keyOf(log: number, first: number): string {
  return `${log}/${String(first).padStart(16, '0')}`
}

/** A bound after all keys of a log. */
function endKeyOf(log: number): string {
  return `${log}0`
}

/** The version of the tables. */
const SCHEMA_VERSION = 1

class Tables extends Dexie {
  declare readonly datasets: Table<DatasetRecord, string>
  declare readonly segments: Table<Segment, string>
  declare readonly heads: Table<SegmentHead, string>
  declare readonly states: Table<StateRecord, string>
  /** The seed and the owner; stored under this name since the first version. */
  declare readonly keeper: Table<MetadataRecord, string>

  constructor(project: string) {
    // A commit that was acknowledged survives a power cut; Chromium's default does not promise that.
    super(databaseName(project), { autoOpen: false, chromeTransactionDurability: 'strict' })
    this.version(SCHEMA_VERSION).stores({
      datasets: 'name',
      // Keys outside of the records: for keys inside, the browser would read each record again to find them.
      segments: '',
      heads: '',
      states: 'key',
      keeper: 'key',
    })
  }
}

/** Segments in IndexedDB, one database a project. */
export class IndexedDbSegments implements ReplaceableStorage, SegmentWriter, SettingsStorage {
  seed = 0
  private ownerNumber = 0
  private readonly tables: Tables

  constructor(private readonly project: string) {
    this.tables = new Tables(project)
  }

  /** Opens it and takes ownership; an earlier owner is refused from now on. */
  open(random: () => number): Promise<readonly DatasetRecord[]> {
    const { tables } = this
    return this.guarded(async () => {
      await tables.open()
      // Dexie opens newer databases, too. To IndexedDB it gives ten times the version, a little more where it added tables.
      if (Math.floor(tables.backendDB().version / 10) > SCHEMA_VERSION) {
        tables.close()
        throw new Fault(storageNewer({ project: this.project }))
      }
      await tables.transaction('rw', tables.keeper, async () => {
        const seed = Number((await tables.keeper.get('seed'))?.value ?? Math.floor(random() * 0x1_0000_0000))
        const owner = Number((await tables.keeper.get('owner'))?.value ?? 0) + 1
        await tables.keeper.bulkPut([
          { key: 'seed', value: seed },
          { key: 'owner', value: owner },
        ])
        this.seed = seed
        this.ownerNumber = owner
      })
      return tables.datasets.toArray()
    })
  }

  write(work: (to: SegmentWriter) => Promise<void>): Promise<void> {
    const { datasets, segments, heads, states, keeper } = this.tables
    return this.guarded(() =>
      this.tables.transaction('rw', [datasets, segments, heads, states, keeper], async () => {
        const owner = await keeper.get('owner')
        if (!owner) throw new Fault(storageClosed({ project: this.project }))
        if (owner.value !== this.ownerNumber) throw new Fault(openElsewhere({ project: this.project }))
        await work(this)
      }),
    )
  }

  async putSegments(packed: readonly PackedSegment[]): Promise<void> {
    const { segments, heads } = this.tables
    // All requests at once: the browser's database works on the first while the next are made.
    await Promise.all(
      packed.flatMap(({ segment, head }) => {
        const key = keyOf(head.log, head.first)
        return [segments.put(segment, key), heads.put(head, key)]
      }),
    )
  }

  async deleteAfter(log: number, after: number): Promise<void> {
    for (const table of [this.tables.segments, this.tables.heads]) {
      await table.where(':id').between(keyOf(log, after), endKeyOf(log), false, false).delete()
    }
  }

  async deleteSegments(log: number, firsts: readonly number[]): Promise<void> {
    const keys = firsts.map((first) => keyOf(log, first))
    await this.tables.segments.bulkDelete(keys)
    await this.tables.heads.bulkDelete(keys)
  }

  async putDatasets(records: readonly DatasetRecord[]): Promise<void> {
    await this.tables.datasets.bulkPut([...records])
  }

  async deleteDatasets(names: readonly string[]): Promise<void> {
    await this.tables.datasets.bulkDelete([...names])
  }

  async putStates(states: readonly StateRecord[]): Promise<void> {
    await this.tables.states.bulkPut([...states])
  }

  async deleteStates(keys: readonly string[]): Promise<void> {
    await this.tables.states.bulkDelete([...keys])
  }

  async putSeed(seed: number): Promise<void> {
    await this.tables.keeper.put({ key: 'seed', value: seed })
    this.seed = seed
  }

  /** A setting that is kept with the data: anything that the browser can copy, such as the handle of a folder. */
  setting(key: string): Promise<unknown> {
    return this.guarded(async () => (await this.tables.keeper.get(SETTING_PREFIX + key))?.value)
  }

  async putSetting(key: string, value: unknown): Promise<void> {
    await this.guarded(() => this.tables.keeper.put({ key: SETTING_PREFIX + key, value }))
  }

  segmentsBetween(log: number, from: number, to: number): Promise<Segment[]> {
    const keys = this.tables.segments.where(':id').between(keyOf(log, from), keyOf(log, to), true, true)
    return this.guarded(() => keys.toArray())
  }

  segmentsAt(log: number, firsts: readonly number[]): Promise<(Segment | undefined)[]> {
    return this.guarded(() => this.tables.segments.bulkGet(firsts.map((first) => keyOf(log, first))))
  }

  headsAfter(log: number, after: number, limit: number): Promise<SegmentHead[]> {
    const keys = this.tables.heads.where(':id').between(keyOf(log, after), endKeyOf(log), false, false)
    return this.guarded(() => keys.limit(limit).toArray())
  }

  headsAt(log: number, firsts: readonly number[]): Promise<(SegmentHead | undefined)[]> {
    return this.guarded(() => this.tables.heads.bulkGet(firsts.map((first) => keyOf(log, first))))
  }

  state(key: string): Promise<StateRecord | undefined> {
    return this.guarded(() => this.tables.states.get(key))
  }

  statesAfter(prefix: string, after: string | null, limit: number): Promise<StateRecord[]> {
    // Keys that come before the prefix do not begin with it.
    const [from, included] = after === null || after < prefix ? [prefix, true] : [after, false]
    const keys = this.tables.states.where('key').between(from, `${prefix}\uffff`, included, true)
    return this.guarded(() => keys.limit(limit).toArray())
  }

  close(): void {
    this.tables.close()
  }

  /** Runs an access and turns the storage's errors into Faults. */
  private async guarded<T>(access: () => PromiseLike<T>): Promise<T> {
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
