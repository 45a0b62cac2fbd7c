/** Commits that become durable together: which of those that wait, and what each of them adds to the batch. */
import { printJson } from '../../entity/json.ts'
import type { Environment } from '../../environment.ts'
import type { Commit, CommitResult } from '../store.ts'
import { microseconds } from '../write.ts'
import type { OneTimeWork } from './once.ts'
import { type HashedWrite, type PreparedWrite, planWrite, type WritePlan } from './plan.ts'
import type { Reader } from './reader.ts'
import type { Replacements } from './replace-logs.ts'
import type { PackedSegment, SegmentLimits } from './segment.ts'
import type { DatasetRecord, SegmentWriter } from './segment-storage.ts'

/** Commits that become durable in one batch, at most. */
const MAX_GROUP_COMMITS = 64

/** A commit that waits for its turn. */
export interface QueuedCommit {
  readonly commit: Commit
  readonly hashed: OneTimeWork<readonly HashedWrite[]>
  readonly resolve: (results: readonly CommitResult[]) => void
  readonly reject: (error: unknown) => void
}

/** A commit, and what it will change. */
export interface PreparedCommit {
  readonly queued: QueuedCommit
  readonly replaced: Replacements
  /** Records of datasets whose withheld versions it releases. */
  readonly released: ReadonlyMap<string, DatasetRecord>
  readonly writes: readonly PreparedWrite[]
}

/** How many of the commits that wait go together: what they write to is not what another one of them writes to. */
export function groupSize(queued: readonly QueuedCommit[]): number {
  const names = new Set<string>()
  let count = 0
  for (const { commit } of queued) {
    const written = commit.datasets?.map(({ dataset }) => dataset) ?? []
    const isPlain = !commit.reset && !commit.remove && !commit.release && !commit.rollback && !commit.replace
    if (count > 0 && (!isPlain || written.some((name) => names.has(name)))) return count
    count++
    if (!isPlain || count === MAX_GROUP_COMMITS) return count
    for (const name of written) names.add(name)
  }
  return count
}

interface PutContext {
  readonly reader: Reader
  readonly limits: SegmentLimits
  readonly environment: Pick<Environment, 'now'>
  /** The entities of commits in the queue, hashed while these are being stored. */
  readonly waiting: Iterable<OneTimeWork<readonly HashedWrite[]>>
}

/**
 * Adds a commit to a batch. Versions are made inside it, so that the browser's database process stores the first segments
 * while the next are printed; a refused write aborts it. `records` receives the records after the writes.
 */
export async function putCommit(
  { queued: { commit }, replaced, writes }: PreparedCommit,
  records: Map<string, DatasetRecord>,
  to: SegmentWriter,
  { reader, limits, environment, waiting }: PutContext,
): Promise<readonly WritePlan[]> {
  const states = new Map((commit.states ?? []).map(({ key, value }) => [key, value]))
  const puts = [...states].flatMap(([key, value]) =>
    value === null ? [] : [{ key, value: value instanceof Uint8Array ? value : printJson(value) }],
  )
  const deletes = [...states].flatMap(([key, value]) => (value === null ? [key] : []))
  const names = [...replaced.logs].flatMap(([name, log]) => (log ? [] : [name]))
  const ts = microseconds(environment.now())
  const plans: WritePlan[] = []
  for (const { record } of replaced.dropped) await to.deleteAfter(record.log, 0)
  for (const { log, after, put } of replaced.rollbacks) {
    await to.deleteAfter(log.record.log, after)
    await to.putSegments(put)
  }
  const storing: PromiseLike<void>[] = []
  const emit = (packed: PackedSegment) => storing.push(to.putSegments([packed]))
  for (const one of writes) {
    const plan = planWrite(one, { reader, limits, ts, emit })
    plans.push(plan)
    records.set(plan.record.name, plan.record)
  }
  for (const hash of waiting) hash()
  await Promise.all(storing)
  if (names.length > 0) await to.deleteDatasets(names)
  if (records.size > 0) await to.putDatasets([...records.values()])
  if (puts.length > 0) await to.putStates(puts)
  if (deletes.length > 0) await to.deleteStates(deletes)
  return plans
}
