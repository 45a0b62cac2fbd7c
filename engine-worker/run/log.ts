/** The execution log of a pump: a dataset with the documented entities. See operations/pump-execution.rst. */
import { fromNanos, printTime } from '../entity/datetime.ts'
import type { Entity } from '../entity/value.ts'
import type { RunnablePipe } from '../pipe/runtime.ts'
import type { IndexedStore } from './indexes.ts'
import type { PumpResult } from './pump.ts'

/** The dataset of a pump's execution log. */
export function executionLog(pipe: string): string {
  return `system:pump:${pipe}`
}

/** Writes what happened; runs that changed nothing are only logged where the pump says so. */
export async function logRun(
  store: IndexedStore,
  pipe: RunnablePipe,
  result: PumpResult,
  started: bigint,
  ended: bigint,
): Promise<void> {
  const { config } = pipe.effective.pump
  if (result.state === 'not-runnable' || result.state === 'waiting') return
  const noop = config.log_events_noop_runs_changes_only === false ? result.read === 0 : result.changed === 0
  if (noop && result.state === 'done' && config.log_events_noop_runs !== true) return
  const dataset = executionLog(pipe.id)
  const common: Entity = {
    pipe: pipe.id,
    pump_definition: pipe.id,
    start_time: timeText(started),
    sync_type: result.kind === 'full' ? 'full' : 'incremental',
  }
  const begun: Entity = { ...common, _id: 'pump-started', event_type: 'pump-started' }
  const failed = result.state === 'failed'
  const [problem] = result.problems
  const name = failed ? 'pump-failed' : 'pump-completed'
  const end: Entity = {
    ...common,
    _id: name,
    event_type: name,
    end_time: timeText(ended),
    total_time: String(Number(ended - started) / 1e9),
    pump_started_location: ((await store.store.info(dataset))?.lastUpdated ?? 0) + 1,
    retry_entities_exist: false,
    entities_succeeded: result.written + result.deleted,
    entities_failed: result.problems.length,
  }
  if (failed && problem) {
    end.reason_why_stopped = problem.message
    if (problem.where.entity !== undefined) end.exception_entity = { _id: problem.where.entity }
  }
  await store.commit({ datasets: [{ dataset, entities: [begun, end], populated: true }] })
}

function timeText(nanoseconds: bigint): string {
  const time = fromNanos(nanoseconds)
  return time ? printTime(time) : ''
}
