/** Segments in memory, for tests of what stands on the port and for data that lives as long as the process. */
import type { PackedSegment, Segment, SegmentHead } from './segment.ts'
import type { DatasetRecord, SegmentStorage, SegmentWriter, StateRecord } from './segment-storage.ts'

/** What a storage in memory holds; given to another one, it is opened again. */
export class SegmentMemory {
  seed: number | null = null
  readonly datasets = new Map<string, DatasetRecord>()
  readonly states = new Map<string, StateRecord>()
  /** By log and first version. */
  readonly logs = new Map<number, Map<number, PackedSegment>>()
}

/** A storage over what was there before, or over nothing. */
export function memorySegments(memory = new SegmentMemory()): SegmentStorage {
  return new MemorySegments(memory)
}

class MemorySegments implements SegmentStorage {
  seed = 0

  constructor(private readonly memory: SegmentMemory) {}

  async open(random: () => number): Promise<readonly DatasetRecord[]> {
    this.memory.seed ??= Math.floor(random() * 0x1_0000_0000)
    this.seed = this.memory.seed
    return [...this.memory.datasets.values()]
  }

  async write(work: (to: SegmentWriter) => Promise<void>): Promise<void> {
    const changes = new MemoryWriter()
    await work(changes)
    for (const change of changes.all) change(this.memory)
  }

  async segmentsAt(log: number, firsts: readonly number[]): Promise<(Segment | undefined)[]> {
    return firsts.map((first) => this.memory.logs.get(log)?.get(first)?.segment)
  }

  async segmentsBetween(log: number, from: number, to: number): Promise<readonly Segment[]> {
    return this.inOrder(log, (first) => first >= from && first <= to).map(({ segment }) => segment)
  }

  async headsAt(log: number, firsts: readonly number[]): Promise<(SegmentHead | undefined)[]> {
    return firsts.map((first) => this.memory.logs.get(log)?.get(first)?.head)
  }

  async headsAfter(log: number, after: number, limit: number): Promise<readonly SegmentHead[]> {
    const found = this.inOrder(log, (first) => first > after)
    return found.slice(0, limit).map(({ head }) => head)
  }

  private inOrder(log: number, wanted: (first: number) => boolean): readonly PackedSegment[] {
    const found = [...(this.memory.logs.get(log) ?? [])].filter(([first]) => wanted(first))
    return found.sort(([a], [b]) => a - b).map(([, packed]) => packed)
  }

  async state(key: string): Promise<StateRecord | undefined> {
    return this.memory.states.get(key)
  }

  async statesAfter(prefix: string, after: string | null, limit: number): Promise<readonly StateRecord[]> {
    const found = [...this.memory.states.values()].filter(
      ({ key }) => key.startsWith(prefix) && (after === null || key > after),
    )
    return found.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, limit)
  }

  close(): void {}
}

/** Gathers the changes of a batch, so that one that fails changes nothing. */
class MemoryWriter implements SegmentWriter {
  readonly all: ((memory: SegmentMemory) => void)[] = []

  async putSegments(packed: readonly PackedSegment[]): Promise<void> {
    this.all.push(({ logs }) => {
      for (const one of packed) {
        const log = logs.get(one.head.log) ?? new Map<number, PackedSegment>()
        logs.set(one.head.log, log.set(one.head.first, one))
      }
    })
  }

  async deleteSegments(log: number, firsts: readonly number[]): Promise<void> {
    this.all.push(({ logs }) => {
      for (const first of firsts) logs.get(log)?.delete(first)
    })
  }

  async deleteAfter(log: number, after: number): Promise<void> {
    this.all.push(({ logs }) => {
      for (const first of logs.get(log)?.keys() ?? []) if (first > after) logs.get(log)?.delete(first)
    })
  }

  async putDatasets(records: readonly DatasetRecord[]): Promise<void> {
    this.all.push(({ datasets }) => {
      for (const record of records) datasets.set(record.name, record)
    })
  }

  async deleteDatasets(names: readonly string[]): Promise<void> {
    this.all.push(({ datasets }) => {
      for (const name of names) datasets.delete(name)
    })
  }

  async putStates(states: readonly StateRecord[]): Promise<void> {
    this.all.push((memory) => {
      for (const state of states) memory.states.set(state.key, state)
    })
  }

  async deleteStates(keys: readonly string[]): Promise<void> {
    this.all.push(({ states }) => {
      for (const key of keys) states.delete(key)
    })
  }
}
