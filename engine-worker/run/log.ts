/**
 * The execution log of a pump: a dataset with the documented entities (operations/pump-execution.rst). What happens
 * within a run becomes durable together with the batch it belongs to; runs that changed nothing leave no trace unless
 * the pump says so.
 */

import { flagSetting, numberSetting } from '../config/model/setting.ts'
import { executionLog } from '../config/project/system-datasets.ts'
import { maskedEntity } from '../connectors/mask.ts'
import type { ServerWait } from '../connectors/retry-after.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { fromNanos, printTime } from '../entity/datetime.ts'
import { get } from '../entity/dict.ts'
import { equal } from '../entity/order.ts'
import { type Entity, isDict, type Value } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import type { IndexedStore } from '../storage/index/indexed-store.ts'
import type { DatasetWrite } from '../storage/store.ts'
import { withoutStamps } from '../storage/write.ts'
import type { MatchRate } from './progress.ts'
import type { PumpResult } from './pump/result.ts'
import type { RunParameters } from './run-parameters.ts'

/** A source entity that could not be written. */
interface WriteError {
  readonly entity: Entity
  readonly problem: Problem
  /** How often it had been tried again before this. */
  readonly attempts: number
  /** Given up. */
  readonly dead: boolean
}

/** What the joins of a run have found: entities, the most for one join, and by dataset how many found any. */
interface JoinCounts {
  readonly rows: number
  readonly most: number
  readonly byDataset: ReadonlyMap<string, { readonly asked: number; readonly found: number }>
}

/** What is logged of one run. */
export class RunLog {
  /** Nanoseconds spent in the parts of the pipe. */
  readonly spent = { source: 0n, transform: 0n, sink: 0n }
  readonly errors = { read: 0, write: 0, failedRetries: 0, dead: 0, succeededRetries: 0 }
  /** What joins found; see Lookups. */
  hops: JoinCounts = { rows: 0, most: 0, byDataset: new Map() }
  /** The components of a merge; null for other sources. */
  merged: { readonly matchedMembers: number; readonly members: number } | null = null
  /** When access tokens that the run has got expire, by system. */
  tokens: ReadonlyMap<string, string> = new Map()
  /** How often and how long servers have asked the run to wait (`Retry-After`), by host. */
  waits: ReadonlyMap<string, ServerWait> = new Map()
  private events: Entity[] = []
  private readonly resolved = new Map<string, Entity>()
  /** Where `pump-started` is in the log, once it is there. */
  private startLocation: number | null = null
  private readonly dataset: string

  constructor(
    private readonly store: IndexedStore,
    private readonly pipe: RunnablePipe,
    private readonly started: bigint,
    private readonly random: (length: number) => Uint8Array,
  ) {
    this.dataset = executionLog(pipe.id)
  }

  /** The source could not be read. */
  readFailed(problem: Problem, now: bigint): void {
    this.errors.read++
    const id = [...this.random(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    this.events.push({
      _id: `read-error:${id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`,
      event_type: 'read-error',
      pipe: this.pipe.id,
      error_code: problem.where.entity === undefined ? 0 : 1,
      event_time: timeText(now),
      ...problemTrace(problem),
    })
  }

  /** An entity could not be transformed or written, and is tried again in later runs unless it is dead. */
  writeFailed({ entity, problem, attempts, dead }: WriteError, now: bigint): void {
    if (dead) this.errors.dead++
    else if (attempts > 0) this.errors.failedRetries++
    this.events.push({
      _id: `write-error:${entity._id}`,
      event_type: 'write-error',
      pipe: this.pipe.id,
      error_code: 1,
      event_time: timeText(now),
      retry_attempts: attempts,
      retryable: !dead,
      resolved: false,
      dead,
      entity: withoutStamps(entity),
      ...problemTrace(problem),
    })
  }

  /** An entity that had failed went through, or a later version of it. */
  writeResolved(entity: Entity): void {
    this.resolved.set(`write-error:${entity._id}`, entity)
  }

  /** What goes into the next commit. */
  async writes(kind: PumpResult['kind'], now: bigint): Promise<DatasetWrite[]> {
    const ids = [...this.resolved.keys()]
    if (this.events.length + ids.length === 0) return []
    const known = await this.store.store.lookup(this.dataset, ids)
    for (const [at, id] of ids.entries()) {
      const error = known[at]
      if (!error || error.resolved === true) continue
      this.errors.succeededRetries++
      const { entity: failed } = error
      const resolving = maskedEntity(withoutStamps(this.resolved.get(id) ?? {}), this.pipe.mask)
      this.events.push({
        ...withoutStamps(error),
        event_time: timeText(now),
        retryable: false,
        resolved: true,
        dead: false,
        ...(isDict(failed) && equal(failed, resolving) ? {} : { resolved_entity: resolving }),
      })
    }
    this.resolved.clear()
    const startEvents = this.startLocation === null ? [await this.logStart(kind)] : []
    const entities = this.maskedEntities([...startEvents, ...this.events])
    this.events = []
    return entities.length > 0 ? [{ dataset: this.dataset, entities, populated: true }] : []
  }

  private async logStart(kind: PumpResult['kind']): Promise<Entity> {
    this.startLocation = ((await this.store.store.info(this.dataset))?.lastUpdated ?? 0) + 1
    return { ...this.commonProperties(kind), _id: 'pump-started', event_type: 'pump-started' }
  }

  /**
   * Writes how the run ended; says whether the log has an entry for it. `next`: seconds until the next run, where one
   * is scheduled.
   */
  async end(result: PumpResult, ended: bigint, next: number | null): Promise<boolean> {
    if (result.state === 'not-runnable' || result.state === 'waiting') return false
    const writes = await this.writes(result.kind, ended)
    if (this.startLocation === null && !(await this.isCompletionLogged(result, ended))) return false
    const startEvents = this.startLocation === null ? [await this.logStart(result.kind)] : []
    const failed = result.state === 'failed'
    const name = failed ? 'pump-failed' : 'pump-completed'
    const end: Entity = {
      ...this.commonProperties(result.kind),
      _id: name,
      event_type: name,
      end_time: timeText(ended),
      total_time: String(toSeconds(ended - this.started)),
      pump_started_location: this.startLocation,
      retry_entities_exist: result.retryable > 0,
      entities_succeeded: result.written + result.deleted,
      entities_failed: this.errors.write,
      metrics: { entities: this.metrics(result), hops: this.hopMetrics() },
      ...(next === null ? {} : { next_interval: next }),
      ...(this.waits.size === 0 ? {} : { waits: waitsByHost(this.waits) }),
    }
    const problem = failed ? result.problems.at(-1) : undefined
    if (problem) {
      Object.assign(end, problemTrace(problem), { reason_why_stopped: problem.message })
      const { entity } = problem.where
      if (result.exception) end.exception_entity = withoutStamps(result.exception)
      else if (entity !== undefined) end.exception_entity = { _id: entity }
    }
    const entities = [...writes.flatMap((write) => write.entities), ...this.maskedEntities([...startEvents, end])]
    await this.store.commit({ datasets: [{ dataset: this.dataset, entities, populated: true }] })
    return true
  }

  /** What is logged of an entity or a message shows no secret. */
  private maskedEntities(entities: readonly Entity[]): readonly Entity[] {
    return entities.map((entity) => maskedEntity(entity, this.pipe.mask))
  }

  /** Whether the end of a run without errors is logged (configuration-pump.rst). */
  private async isCompletionLogged(result: PumpResult, ended: bigint): Promise<boolean> {
    const { config } = this.pipe.effective.pump
    const changesOnly = flagSetting(config, 'log_events_noop_runs_changes_only') !== false
    const noop = changesOnly ? result.changed === 0 : result.read === 0
    if (!noop || this.waits.size > 0 || result.state !== 'done' || flagSetting(config, 'log_events_noop_runs') === true)
      return true
    const granularity = numberSetting(config, 'notification_granularity')
    if (granularity === undefined) return false
    const [last] = await this.store.store.lookup(this.dataset, ['pump-completed'])
    const before = last ? Number(last._ts) : Number.NEGATIVE_INFINITY
    return Number(ended / 1000n) - before > granularity * 1e6
  }

  private metrics(result: PumpResult): Entity {
    const numbers = this.parameters(result)
    return {
      changes_last_run: numbers.changes_last_run,
      entities_last_run: numbers.entities_last_run,
      read_errors_last_run: numbers.read_errors_last_run,
      write_errors_last_run: numbers.write_errors_last_run,
      source_time: numbers.source_time,
      transform_time: numbers.transform_time,
      sink_time: numbers.sink_time,
    }
  }

  /** The numbers of the run that notification rules compare. */
  parameters(result: PumpResult): RunParameters {
    const { source, transform, sink } = this.spent
    const { read, write, failedRetries, dead, succeededRetries } = this.errors
    return {
      changes_last_run: result.changed,
      entities_last_run: result.read,
      read_errors_last_run: read,
      write_errors_last_run: write,
      number_of_failed_retries_last_run: failedRetries,
      number_of_dead_entities_last_run: dead,
      retry_errors_last_run: failedRetries + dead,
      retries_succeeded_last_run: succeededRetries,
      source_time: toSeconds(source),
      transform_time: toSeconds(transform),
      sink_time: toSeconds(sink),
    }
  }

  /** How much of what was looked for was found. */
  matches(): MatchRate[] {
    const rates: MatchRate[] = []
    if (this.merged && this.merged.members > 0)
      rates.push({ is: 'merge', name: this.pipe.id, matched: this.merged.matchedMembers, of: this.merged.members })
    for (const [name, { asked, found }] of this.hops.byDataset)
      rates.push({ is: 'hops', name, matched: found, of: asked })
    return rates
  }

  private hopMetrics(): Entity {
    const { rows, most } = this.hops
    return { 'max-cardinality': most, 'max-cardinality-last-run': most, 'total-rows-last-run': rows }
  }

  private commonProperties(kind: PumpResult['kind']): Entity {
    return {
      pipe: this.pipe.id,
      pump_definition: this.pipe.id,
      start_time: timeText(this.started),
      sync_type: kind === 'nothing' ? 'incremental' : kind,
      ...(this.tokens.size > 0 ? { tokens: tokenExpiries(this.tokens) } : {}),
    }
  }
}

/** What is known of a failure: this program has no stack trace to show, so the place of the problem stands for it. */
function problemTrace(found: Problem): Entity {
  const { file, path, entity, line } = found.where
  const at = [file, path?.join('/'), entity === undefined ? undefined : `entity ${entity}`, line && `line ${line}`]
  const trace = [found.code, ...at.filter((part) => part !== undefined && part !== ''), found.message].join(': ')
  return { traceback: trace, original_traceback: trace, original_error_message: found.message }
}

function tokenExpiries(tokens: ReadonlyMap<string, string>): Entity {
  return Object.fromEntries([...tokens].map(([system, expires]) => [system, { expires_at: expires }]))
}

function waitsByHost(waits: ReadonlyMap<string, ServerWait>): Entity[] {
  return [...waits].map(([host, { times, seconds }]) => ({ host, times, seconds }))
}

/** What is logged when withheld entities of a tripped circuit breaker are committed or rolled back. */
export function breakerResolved(pipe: string, how: 'commit' | 'rollback', now: bigint): DatasetWrite {
  return pumpEvent(pipe, `circuit-breaker-${how}`, now, {})
}

/** What is logged when the latest versions of entities are written once more. */
export function entitiesReposted(pipe: string, entities: readonly Entity[], now: bigint): DatasetWrite {
  const listed = entities.map(({ _id, _deleted, _updated }) => ({
    _id: _id ?? null,
    _deleted: _deleted === true,
    _updated: _updated ?? null,
  }))
  return pumpEvent(pipe, 'entities-reposted', now, { entities: listed, num_entities: listed.length, pipe_id: pipe })
}

/** What is logged when failed entities are not tried again. */
export function retriesDiscarded(pipe: string, now: bigint): DatasetWrite {
  return pumpEvent(pipe, 'pump-discard-retries', now, {})
}

/** An event that is no part of a run, for the execution log of a pipe. */
export function pumpEvent(pipe: string, name: string, now: bigint, more: Entity): DatasetWrite {
  const entity: Entity = { _id: name, event_type: name, event_time: timeText(now), pipe, ...more }
  return { dataset: executionLog(pipe), entities: [entity], populated: true, repeats: true }
}

/** What is logged when a pipe is made to start from the beginning. */
export function offsetReset(pipe: string, position: Value | undefined, now: bigint): DatasetWrite {
  return pumpEvent(pipe, 'pump-offset-set', now, {
    is_reset: true,
    original_pipe_offset: offsetText(position),
    pipe_offset: '',
  })
}

/** What is logged when a pipe is made to go on from another position. */
export function offsetSet(pipe: string, before: Value | undefined, position: Value, now: bigint): DatasetWrite {
  return pumpEvent(pipe, 'pump-offset-set', now, {
    is_reset: false,
    original_pipe_offset: offsetText(before),
    pipe_offset: offsetText(position),
  })
}

/** The position in one dataset as its number; any other position as it is kept. */
export function offsetText(position: Value | undefined): string {
  if (position === undefined || position === null) return ''
  if (isDict(position)) {
    const names = Object.keys(position)
    const only = names.length === 1 ? get(position, names[0] ?? '') : undefined
    if (Array.isArray(only)) return String(only[1])
    if (names.length === 1 && only !== undefined && only !== null && !isDict(only)) return String(only)
  }
  return JSON.stringify(position)
}

function toSeconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9
}

function timeText(nanoseconds: bigint): string {
  const time = fromNanos(nanoseconds)
  return time ? printTime(time) : ''
}
