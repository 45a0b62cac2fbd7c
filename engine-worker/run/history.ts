/**
 * What has run in a project, kept with its data for the operations view and for notification rules: the last runs pipe by
 * pipe, and sums by minute for a week. Both are bounded; runs that found nothing to do leave no record of their own.
 */

import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { milliseconds } from '../environment.ts'
import type { Facts, Problem, Severity } from '../problem.ts'
import type { DatasetStore, StateWrite } from '../storage/store.ts'
import type { EngineUse } from './engines/pool.ts'
import { countsOf, type EntityCounts } from './entity-counts.ts'
import { addedActivity, type PipeActivity } from './monthly-activity.ts'
import type { MatchRate, RunResult, RunState } from './progress.ts'
import type { EndedPump } from './run-options.ts'

const RUN_PREFIX = 'history/run/'
const HOUR_PREFIX = 'history/hour/'
/** Runs that are kept, spans of one of them, and hours whose minutes are kept. */
const MAX_RUNS = 100
const MAX_SPANS = 2000
const MAX_HOURS = 7 * 24
const MINUTE = 60_000
const HOUR_LENGTH = 60 * MINUTE
/** Milliseconds between two looks at queues and storage. */
const SAMPLE_INTERVAL = 10_000

/** Why a pipe failed. */
export interface RecordedProblem {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly fix?: string
  readonly facts: Facts
}

/** One run of one pipe; times in milliseconds, `from` after the start of the run that it is part of. */
export interface RunSpan extends EntityCounts {
  readonly pipe: string
  readonly from: number
  readonly milliseconds: number
  readonly state: RunState
  readonly problem: RecordedProblem | null
  readonly matches: readonly MatchRate[]
  readonly parameters: Readonly<Record<string, number>>
}

/** One run as it is kept. */
export interface RunRecord {
  readonly number: number
  readonly run: string
  /** Milliseconds since 1970. */
  readonly started: number
  readonly milliseconds: number
  readonly state: RunResult['state']
  readonly rounds: number
  readonly pipes: number
  /** In the order in which they began; pipes that found nothing to do are left out. */
  readonly spans: readonly RunSpan[]
  /** How long each engine transformed, in milliseconds, the one that commits first; empty where one did all. */
  readonly engines: EngineUse
}

/** The sums of one minute. `queued` and `bytes` as they were last measured in it; null where they were not. */
export interface MinuteSums {
  /** When it began, in milliseconds since 1970. */
  readonly at: number
  readonly runs: number
  readonly failed: number
  readonly read: number
  readonly written: number
  readonly filtered: number
  /** Milliseconds in which pipes ran, those at the same time added up. */
  readonly busy: number
  readonly queued: number | null
  readonly bytes: number | null
}

interface HistorySource {
  readonly store: DatasetStore
  readonly commit: (states: readonly StateWrite[]) => Promise<void>
  /** What waits to be read in all pipes, in entities. */
  readonly queued: () => Promise<number>
}

/** A run that has ended and is to be kept; `started` in milliseconds since 1970. */
interface EndedRun {
  readonly result: RunResult
  readonly started: number
  readonly spans: readonly RunSpan[]
  readonly engines: EngineUse
  readonly activity: ReadonlyMap<string, PipeActivity>
}

/** Keeps the history of one project. Runs may overlap. */
export class RunHistory {
  private readonly openRuns = new Map<string, RunSpan[]>()
  /** By run, what its pipes have done since its start. */
  private readonly activity = new Map<string, Map<string, PipeActivity>>()
  private lastNumber: number | null = null
  private lastSampleAt = Number.NEGATIVE_INFINITY
  private writeQueue: Promise<void> = Promise.resolve()
  /** Runs that have ended and are not kept yet. */
  private readonly endedRuns: EndedRun[] = []

  constructor(private readonly source: HistorySource) {}

  /** Called when a run of a single pipe has ended. */
  ended(ended: EndedPump): void {
    const { run, result, runStarted } = ended
    if (result.state === 'waiting' || result.state === 'not-runnable') return
    if (!isIdle(ended) || ended.requests > 0) this.count(ended)
    const spans = this.openRuns.get(run) ?? []
    this.openRuns.set(run, spans)
    if (isIdle(ended) || spans.length >= MAX_SPANS) return
    spans.push({
      pipe: ended.pipe.id,
      from: milliseconds(ended.started - runStarted),
      milliseconds: milliseconds(ended.ended - ended.started),
      state: ended.interrupted ? 'cancelled' : result.state,
      ...countsOf(result),
      problem: result.state === 'failed' ? recordedProblem(result.problems.at(-1)) : null,
      matches: ended.matches,
      parameters: ended.parameters,
    })
  }

  /** Stores the result of a run that has ended. `started`: nanoseconds since 1970. */
  finished(result: RunResult, started: bigint, engines: EngineUse): Promise<void> {
    const spans = this.openRuns.get(result.run) ?? []
    const activity = this.activity.get(result.run) ?? new Map<string, PipeActivity>()
    this.openRuns.delete(result.run)
    this.activity.delete(result.run)
    if (activity.size === 0) return Promise.resolve()
    this.endedRuns.push({ result, started: milliseconds(started), spans, engines, activity })
    this.writeQueue = this.writeQueue.then(() => this.writeEndedRuns())
    return this.writeQueue
  }

  private count({ run, pipe, requests }: EndedPump): void {
    const activity = this.activity.get(run) ?? new Map<string, PipeActivity>()
    this.activity.set(run, activity)
    const before = activity.get(pipe.id) ?? { runs: 0, requests: 0 }
    activity.set(pipe.id, { runs: before.runs + 1, requests: before.requests + requests })
  }

  /** Keeps all runs that have ended since the last time in one commit: many may end while one is being written. */
  private async writeEndedRuns(): Promise<void> {
    const { store } = this.source
    const states = new Map<string, StateWrite>()
    const addStates = (writes: readonly StateWrite[]) => {
      for (const state of writes) states.set(state.key, state)
    }
    for (const { result, started, spans, engines, activity } of this.endedRuns.splice(0)) {
      addStates(await addedActivity(store, activity, started + result.milliseconds, states))
      if (spans.length === 0) continue
      this.lastNumber ??= Number((await lastKey(store, RUN_PREFIX))?.slice(RUN_PREFIX.length) ?? 0)
      const number = ++this.lastNumber
      const { run, milliseconds, state, rounds, pipes } = result
      const record: RunRecord = {
        number,
        run,
        started,
        milliseconds,
        state,
        rounds,
        pipes: pipes.length,
        spans,
        engines,
      }
      addStates([{ key: RUN_PREFIX + paddedNumber(number), value: toJson(record) }])
      if (number > MAX_RUNS) addStates([{ key: RUN_PREFIX + paddedNumber(number - MAX_RUNS), value: null }])
      addStates(await this.addToMinute(record, states))
    }
    if (states.size > 0) await this.source.commit([...states.values()])
  }

  private async addToMinute(
    { started, milliseconds, spans }: RunRecord,
    written: ReadonlyMap<string, StateWrite>,
  ): Promise<StateWrite[]> {
    const { store } = this.source
    const end = started + milliseconds
    const at = Math.floor(end / MINUTE) * MINUTE
    const hour = Math.floor(end / HOUR_LENGTH) * HOUR_LENGTH
    const key = HOUR_PREFIX + paddedNumber(hour)
    const minutes = minutesIn(written.get(key)?.value ?? (await store.state(key)))
    const before = minutes.find((minute) => minute.at === at) ?? emptyMinute(at)
    const sum = (of: (span: RunSpan) => number) => spans.reduce((total, span) => total + of(span), 0)
    const looks = end - this.lastSampleAt >= SAMPLE_INTERVAL || end < this.lastSampleAt
    if (looks) this.lastSampleAt = end
    const next: MinuteSums = {
      at,
      runs: before.runs + 1,
      failed: before.failed + (spans.some(({ state }) => state === 'failed') ? 1 : 0),
      read: before.read + sum(({ read }) => read),
      written: before.written + sum(({ written, deleted }) => written + deleted),
      filtered: before.filtered + sum(({ filtered }) => filtered),
      busy: before.busy + sum((span) => span.milliseconds),
      queued: looks ? await this.source.queued() : before.queued,
      bytes: looks ? await bytesOf(store) : before.bytes,
    }
    const others = minutes.filter((minute) => minute.at !== at)
    const states: StateWrite[] = [{ key, value: [...others, next].map((minute) => ({ ...minute })) }]
    if (minutes.length === 0) {
      // A new hour: those before the week go.
      for await (const { key: old } of store.states(HOUR_PREFIX))
        if (Number(old.slice(HOUR_PREFIX.length)) <= hour - MAX_HOURS * HOUR_LENGTH)
          states.push({ key: old, value: null })
    }
    return states
  }
}

/** The runs that are kept, newest first; `most` of them. */
export async function runsKept(store: DatasetStore, most = MAX_RUNS): Promise<readonly RunRecord[]> {
  const found: RunRecord[] = []
  for await (const { value } of store.states(RUN_PREFIX)) {
    // The records were written here alone, those of earlier versions without parameters or engines.
    if (!(value instanceof Uint8Array) && isObject(value)) found.push(withDefaults(value as unknown as RunRecord))
  }
  return found.sort((a, b) => b.number - a.number).slice(0, most)
}

function withDefaults(record: RunRecord): RunRecord {
  return {
    ...record,
    engines: record.engines ?? [],
    spans: record.spans.map((span) => ({ ...span, parameters: span.parameters ?? {} })),
  }
}

/** The sums by minute from a moment on (milliseconds since 1970), oldest first; minutes without a run are left out. */
export async function minutesKept(store: DatasetStore, since: number): Promise<readonly MinuteSums[]> {
  const found: MinuteSums[] = []
  for await (const { key, value } of store.states(HOUR_PREFIX)) {
    if (Number(key.slice(HOUR_PREFIX.length)) + HOUR_LENGTH > since) found.push(...minutesIn(value))
  }
  return found.filter(({ at }) => at + MINUTE > since).sort((a, b) => a.at - b.at)
}

function minutesIn(value: Json | Uint8Array | undefined): MinuteSums[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((minute) => (isObject(minute) ? [minuteOf(minute)] : []))
}

function minuteOf(kept: JsonObject): MinuteSums {
  const number = (name: keyof MinuteSums) => Number(get(kept, name) ?? 0)
  const numberOrNull = (name: keyof MinuteSums) => (typeof get(kept, name) === 'number' ? number(name) : null)
  return {
    at: number('at'),
    runs: number('runs'),
    failed: number('failed'),
    read: number('read'),
    written: number('written'),
    filtered: number('filtered'),
    busy: number('busy'),
    queued: numberOrNull('queued'),
    bytes: numberOrNull('bytes'),
  }
}

function emptyMinute(at: number): MinuteSums {
  return { at, runs: 0, failed: 0, read: 0, written: 0, filtered: 0, busy: 0, queued: null, bytes: null }
}

function isIdle({ result, interrupted }: EndedPump): boolean {
  return (
    !interrupted && result.state === 'done' && result.read === 0 && result.changed === 0 && result.reprocessed === 0
  )
}

function recordedProblem(problem: Problem | undefined): RecordedProblem | null {
  if (!problem) return null
  const { code, severity, message, fix, facts } = problem
  return { code, severity, message, facts, ...(fix === undefined ? {} : { fix }) }
}

async function bytesOf(store: DatasetStore): Promise<number> {
  return (await store.list()).reduce((sum, { bytes }) => sum + bytes, 0)
}

async function lastKey(store: DatasetStore, prefix: string): Promise<string | undefined> {
  let last: string | undefined
  for await (const { key } of store.states(prefix)) if (last === undefined || key > last) last = key
  return last
}

/** Records are plain JSON; facts of problems are too. */
function toJson(record: RunRecord): Json {
  return JSON.parse(JSON.stringify(record))
}

function paddedNumber(number: number): string {
  return String(number).padStart(15, '0')
}
