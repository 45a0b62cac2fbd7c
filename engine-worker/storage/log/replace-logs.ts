/** The parts of a commit that put another log, or none, in the place of a dataset's: remove, reset, rollback, replace, release. */

import type { Commit } from '../store.ts'
import { checkedReplacements, nextGeneration } from '../write.ts'
import { freshRecord, Log, loadedLog } from './log.ts'
import { type MaintenanceContext, type Rollback, rollBack } from './maintenance.ts'
import type { DatasetRecord } from './segment-storage.ts'

/** The logs that a commit puts in the place of others (null: none). */
export interface Replacements {
  readonly logs: Map<string, Log | null>
  /** Logs that go from the database. */
  readonly dropped: Log[]
  readonly rollbacks: Rollback[]
}

interface ReplaceContext {
  readonly logs: ReadonlyMap<string, Log>
  /** The number of a log that is not there yet. */
  readonly newLog: () => number
  readonly maintenance: MaintenanceContext
}

/** What a commit puts in the place of logs. Nothing is changed yet. */
export async function replaceLogs(commit: Commit, context: ReplaceContext): Promise<Replacements> {
  const { logs: known, newLog, maintenance } = context
  const logs = new Map<string, Log | null>()
  const dropped: Log[] = []
  const rollbacks: Rollback[] = []
  for (const name of commit.remove ?? []) {
    const log = known.get(name)
    if (!log) continue
    dropped.push(log)
    logs.set(name, null)
  }
  for (const name of commit.reset ?? []) {
    const log = known.get(name)
    if (!log || logs.has(name)) continue
    const { generation, sequence, meta } = log.record
    dropped.push(log)
    logs.set(name, loadedLog(new Log(freshRecord(name, newLog(), generation + 1, sequence, meta))))
  }
  for (const name of commit.rollback ?? []) {
    const log = known.get(name)
    if (!log || log.record.pendingSince === null || logs.has(name)) continue
    const rollback = await rollBack(log.record, log.record.pendingSince, maintenance)
    logs.set(name, rollback.log)
    rollbacks.push(rollback)
  }
  for (const { dataset: name, by } of checkedReplacements(commit)) {
    const replacing = known.get(by)
    if (!replacing) throw new Error(`there is no dataset ${by} to replace ${name}`)
    const old = known.get(name)
    if (old) dropped.push(old)
    const generation = nextGeneration(old?.record, replacing.record)
    logs.set(name, replacing.takenOver({ ...replacing.record, name, generation }))
    logs.set(by, null)
  }
  return { logs, dropped, rollbacks }
}

/** The records of datasets whose withheld versions a commit releases. */
export function releasedRecords(
  commit: Commit,
  known: ReadonlyMap<string, Log>,
  replaced: Replacements,
): Map<string, DatasetRecord> {
  const released = new Map<string, DatasetRecord>()
  for (const name of commit.release ?? []) {
    const log = replaced.logs.has(name) ? replaced.logs.get(name) : known.get(name)
    if (log) released.set(name, { ...log.record, pendingSince: null, visible: log.record.last })
  }
  return released
}
