/** The whole content of a storage: written down as frames, and put in the place of what another one holds. */
import { printJson, readJson } from '../../entity/json.ts'
import { type Json, objectOrEmpty } from '../../entity/value.ts'
import type { PackedSegment } from '../log/segment.ts'
import type { DatasetRecord, SegmentStorage, StateRecord } from '../log/segment-storage.ts'
import type { StorageChange } from './changes.ts'
import type { CopyFrame } from './frame.ts'

/** Segments and states of one frame. */
const SEGMENTS_PER_FRAME = 40
const STATES_PER_FRAME = 500

/** A storage whose content can be replaced as a whole. */
export interface ReplaceableStorage extends SegmentStorage {
  /** Takes the seed of the content that replaces its own, in the batch that is being written. */
  putSeed(seed: number): PromiseLike<void>
}

/** The content of a storage, in which nothing may change meanwhile. */
export async function* contentFrames(
  storage: SegmentStorage,
  records: readonly DatasetRecord[],
  batch: number,
): AsyncGenerator<CopyFrame> {
  const { seed } = storage
  for (const { log } of records) {
    for (let after = 0; ; ) {
      const heads = await storage.headsAfter(log, after, SEGMENTS_PER_FRAME)
      const last = heads.at(-1)
      if (!last) break
      after = last.first
      const segments = await storage.segmentsAt(
        log,
        heads.map(({ first }) => first),
      )
      const packed = heads.flatMap((head, at): PackedSegment[] => {
        const segment = segments[at]
        return segment ? [{ segment, head }] : []
      })
      yield { seed, batch, changes: [{ do: 'put-segments', packed }] }
    }
  }
  for (let after: string | null = null; ; ) {
    const states: readonly StateRecord[] = await storage.statesAfter('', after, STATES_PER_FRAME)
    after = states.at(-1)?.key ?? null
    if (after === null) break
    yield { seed, batch, changes: [{ do: 'put-states', states }] }
  }
  yield { seed, batch, changes: [{ do: 'put-datasets', records }], isLast: true }
}

/** What is known of a restore, for those who read the datasets (json-pull.rst, X-Dataset-Restore-Uuid). */
export interface RestoreMark {
  readonly uuid: string
}

/** The settings of a dataset with the mark of a restore: its identifier, and the last offset of the dataset then. */
export function restoredMeta(
  meta: Readonly<Record<string, Json>>,
  { uuid }: RestoreMark,
  lastUpdated: number,
): Readonly<Record<string, Json>> {
  return { ...meta, restore: { uuid, offset: lastUpdated } }
}

/** How a content replaces another one. */
interface ReplaceOptions {
  /** Marks every dataset as restored. */
  readonly mark?: RestoreMark | null
  readonly states?: readonly StateRecord[]
}

/**
 * Puts the content of frames in the place of what a storage holds; `before` are its datasets. Segments come first, under
 * numbers of logs that nothing uses; one batch then makes them count, so that whatever ends it leaves the old content or
 * the new one. `states` count in the place of those in the content. Gives the datasets.
 */
export async function replaceContent(
  storage: ReplaceableStorage,
  before: readonly DatasetRecord[],
  frames: AsyncIterable<CopyFrame>,
  { mark = null, states: more = [] }: ReplaceOptions = {},
): Promise<readonly DatasetRecord[]> {
  const base = before.reduce((most, { log }) => Math.max(most, log), 0)
  const datasets = new Map<string, DatasetRecord>()
  const states = new Map<string, StateRecord>()
  let seed = storage.seed
  // A restore that was ended earlier may have left segments under the same numbers.
  const cleared = new Set<number>()
  for await (const frame of frames) {
    seed = frame.seed
    await storage.write(async (to) => {
      for (const change of frame.changes) {
        for (const log of logsOf(change)) {
          if (cleared.has(log)) continue
          cleared.add(log)
          await to.deleteAfter(base + log, 0)
        }
        if (change.do === 'put-segments') await to.putSegments(change.packed.map((one) => renumbered(one, base)))
        else if (change.do === 'delete-segments') await to.deleteSegments(base + change.log, change.firsts)
        else if (change.do === 'delete-after') await to.deleteAfter(base + change.log, change.after)
        else applyChange(change, datasets, states)
      }
    })
  }
  const records = [...datasets.values()].map((record): DatasetRecord => {
    const meta = mark === null ? record.meta : printJson(restoredMeta(objectIn(record.meta), mark, record.last))
    return { ...record, log: base + record.log, meta }
  })
  const old: string[] = []
  for (let after: string | null = null; ; ) {
    const some: readonly StateRecord[] = await storage.statesAfter('', after, STATES_PER_FRAME)
    old.push(...some.map(({ key }) => key))
    after = some.at(-1)?.key ?? null
    if (after === null) break
  }
  for (const state of more) states.set(state.key, state)
  await storage.write(async (to) => {
    for (const { log } of before) await to.deleteAfter(log, 0)
    await to.deleteDatasets(before.flatMap(({ name }) => (datasets.has(name) ? [] : [name])))
    await to.deleteStates(old.filter((key) => !states.has(key)))
    await to.putDatasets(records)
    await to.putStates([...states.values()])
    await storage.putSeed(seed)
  })
  return records
}

function applyChange(
  change: StorageChange,
  datasets: Map<string, DatasetRecord>,
  states: Map<string, StateRecord>,
): void {
  if (change.do === 'put-datasets') for (const record of change.records) datasets.set(record.name, record)
  else if (change.do === 'delete-datasets') for (const name of change.names) datasets.delete(name)
  else if (change.do === 'put-states') for (const state of change.states) states.set(state.key, state)
  else if (change.do === 'delete-states') for (const key of change.keys) states.delete(key)
}

/** The logs that a change is about. */
function logsOf(change: StorageChange): readonly number[] {
  if (change.do === 'put-segments') return change.packed.map(({ head }) => head.log)
  return change.do === 'delete-segments' || change.do === 'delete-after' ? [change.log] : []
}

function renumbered({ segment, head }: PackedSegment, base: number): PackedSegment {
  const log = base + head.log
  return { segment: { ...segment, log }, head: { ...head, log } }
}

function objectIn(text: string): Readonly<Record<string, Json>> {
  return objectOrEmpty(readJson(text))
}
