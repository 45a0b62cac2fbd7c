/** The changes of one batch of a storage as data, so that they can be written down and made again elsewhere. */
import type { PackedSegment } from '../log/segment.ts'
import type { DatasetRecord, SegmentWriter, StateRecord } from '../log/segment-storage.ts'

/** A change of anything but the content of segments. */
export type RecordChange =
  | { readonly do: 'delete-segments'; readonly log: number; readonly firsts: readonly number[] }
  | { readonly do: 'delete-after'; readonly log: number; readonly after: number }
  | { readonly do: 'put-datasets'; readonly records: readonly DatasetRecord[] }
  | { readonly do: 'delete-datasets'; readonly names: readonly string[] }
  | { readonly do: 'put-states'; readonly states: readonly StateRecord[] }
  | { readonly do: 'delete-states'; readonly keys: readonly string[] }

/** A change, as a {@link SegmentWriter} is asked for it. */
export type StorageChange = RecordChange | { readonly do: 'put-segments'; readonly packed: readonly PackedSegment[] }

/** Gathers the changes of a batch; how segments are put depends on where the changes go. */
export abstract class BatchChanges<Change> implements SegmentWriter {
  readonly changes: (RecordChange | Change)[] = []

  abstract putSegments(packed: readonly PackedSegment[]): Promise<void>

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

/** The changes of a batch as they were asked for. */
export class ChangeList extends BatchChanges<StorageChange> {
  async putSegments(packed: readonly PackedSegment[]): Promise<void> {
    this.changes.push({ do: 'put-segments', packed })
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
