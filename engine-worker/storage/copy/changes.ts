/** The changes of one batch of a storage as data, so that they can be written down and made again elsewhere. */
import type { PackedSegment } from '../log/segment.ts'
import type { DatasetRecord, SegmentWriter, StateRecord } from '../log/segment-storage.ts'

/** A change, as a {@link SegmentWriter} is asked for it. */
export type StorageChange =
  | { readonly do: 'put-segments'; readonly packed: readonly PackedSegment[] }
  | { readonly do: 'delete-segments'; readonly log: number; readonly firsts: readonly number[] }
  | { readonly do: 'delete-after'; readonly log: number; readonly after: number }
  | { readonly do: 'put-datasets'; readonly records: readonly DatasetRecord[] }
  | { readonly do: 'delete-datasets'; readonly names: readonly string[] }
  | { readonly do: 'put-states'; readonly states: readonly StateRecord[] }
  | { readonly do: 'delete-states'; readonly keys: readonly string[] }

/** Gathers the changes of a batch. */
export class ChangeList implements SegmentWriter {
  readonly changes: StorageChange[] = []

  async putSegments(packed: readonly PackedSegment[]): Promise<void> {
    this.changes.push({ do: 'put-segments', packed })
  }

  async deleteSegments(log: number, firsts: readonly number[]): Promise<void> {
    this.changes.push({ do: 'delete-segments', log, firsts })
  }

  async deleteAfter(log: number, after: number): Promise<void> {
    this.changes.push({ do: 'delete-after', log, after })
  }

  async putDatasets(records: readonly DatasetRecord[]): Promise<void> {
    this.changes.push({ do: 'put-datasets', records })
  }

  async deleteDatasets(names: readonly string[]): Promise<void> {
    this.changes.push({ do: 'delete-datasets', names })
  }

  async putStates(states: readonly StateRecord[]): Promise<void> {
    this.changes.push({ do: 'put-states', states })
  }

  async deleteStates(keys: readonly string[]): Promise<void> {
    this.changes.push({ do: 'delete-states', keys })
  }
}

/** Makes a change in another batch. */
export function applyChange(change: StorageChange, to: SegmentWriter): PromiseLike<void> {
  switch (change.do) {
    case 'put-segments':
      return to.putSegments(change.packed)
    case 'delete-segments':
      return to.deleteSegments(change.log, change.firsts)
    case 'delete-after':
      return to.deleteAfter(change.log, change.after)
    case 'put-datasets':
      return to.putDatasets(change.records)
    case 'delete-datasets':
      return to.deleteDatasets(change.names)
    case 'put-states':
      return to.putStates(change.states)
    case 'delete-states':
      return to.deleteStates(change.keys)
  }
}
