/**
 * What has happened to the pumps of an instance, in numbers that never go down: kept in states of their own, since the
 * execution log is compacted (features/metrics-api.rst).
 */
import { get } from '../../entity/dict.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import type { EndedPump } from '../../run/run-options.ts'
import type { DatasetStore, StateWrite } from '../../storage/store.ts'

const KEY_PREFIX = 'server/counters/'

/** The numbers of one pump. Times in seconds since 1970, durations in seconds. */
export interface PumpCounters {
  readonly created: number
  readonly started: number
  readonly completed: number
  readonly failed: number
  readonly interrupted: number
  readonly changes: number
  readonly seen: number
  readonly compacted: number
  readonly deletionTracked: number
  /** 1: the last run succeeded; -1: it failed; 0: there was none. */
  readonly success: number
  readonly totalTime: number
  readonly lastStarted: number
  readonly lastCompleted: number
  /** Mean of the last runs. */
  readonly averageTime: number
  readonly retryable: number
  /** When it was to run by its schedule, and the time before that; 0 where it was not. */
  readonly scheduled: number
  readonly previousScheduled: number
  /** What the last run that failed said. */
  readonly lastMessage: string
}

const counterNames = [
  'created',
  'started',
  'completed',
  'failed',
  'interrupted',
  'changes',
  'seen',
  'compacted',
  'deletionTracked',
  'success',
  'totalTime',
  'lastStarted',
  'lastCompleted',
  'averageTime',
  'retryable',
  'scheduled',
  'previousScheduled',
] as const

/** How much the last run counts in the mean. */
const NEWEST_WEIGHT = 0.2

export class Counters {
  private readonly byPipe = new Map<string, PumpCounters>()
  /** When pumps that have not run yet were asked about first, in seconds since 1970. */
  private readonly begun = new Map<string, number>()

  static async load(store: DatasetStore): Promise<Counters> {
    const counters = new Counters()
    await counters.readFrom(store)
    return counters
  }

  /** Goes on from the numbers that a store has. */
  async readFrom(store: DatasetStore): Promise<void> {
    for await (const { key, value } of store.states(KEY_PREFIX)) {
      if (value instanceof Uint8Array || !isObject(value)) continue
      this.byPipe.set(key.slice(KEY_PREFIX.length), readCounters(value))
    }
  }

  of(pipe: string): PumpCounters | null {
    return this.byPipe.get(pipe) ?? null
  }

  /** The numbers of a pipe that has not run yet; they began when they were asked for first. */
  none(pipe: string, now: number): PumpCounters {
    const created = this.begun.get(pipe) ?? now
    this.begun.set(pipe, created)
    return newCounters(created)
  }

  /** Counts a run that has ended; gives what has to be kept. Runs without effect are not counted. */
  count({ pipe, result, started, ended, logged, interrupted }: EndedPump): StateWrite[] {
    if (result.state === 'waiting' || result.state === 'not-runnable') return []
    const before = this.byPipe.get(pipe.id) ?? this.none(pipe.id, toSeconds(started))
    const failed = result.state === 'failed'
    const totalTime = toSeconds(ended - started)
    const event = logged || failed ? 1 : 0
    return this.set(pipe.id, {
      ...before,
      started: before.started + event,
      completed: before.completed + (failed ? 0 : event),
      failed: before.failed + (failed && !interrupted ? 1 : 0),
      interrupted: before.interrupted + (interrupted ? 1 : 0),
      changes: before.changes + result.changed,
      seen: before.seen + result.read,
      deletionTracked: before.deletionTracked + result.deletionTracked,
      success: failed ? -1 : 1,
      totalTime,
      lastStarted: toSeconds(started),
      lastCompleted: toSeconds(ended),
      averageTime:
        before.success === 0 ? totalTime : before.averageTime + NEWEST_WEIGHT * (totalTime - before.averageTime),
      retryable: interrupted ? before.retryable : result.retryable,
      lastMessage: failed ? (result.problems.at(-1)?.message ?? '') : '',
    })
  }

  /** Counts a run that an error outside of the pipe has ended, as a full disk. Times in nanoseconds since 1970. */
  brokeOff(pipe: string, words: string, started: bigint, ended: bigint): StateWrite[] {
    const before = this.byPipe.get(pipe) ?? this.none(pipe, toSeconds(started))
    return this.set(pipe, {
      ...before,
      started: before.started + 1,
      failed: before.failed + 1,
      success: -1,
      totalTime: toSeconds(ended - started),
      lastStarted: toSeconds(started),
      lastCompleted: toSeconds(ended),
      lastMessage: words,
    })
  }

  /** Counts versions that compaction removed. */
  compacted(pipe: string, removed: number, now: number): StateWrite[] {
    const before = this.byPipe.get(pipe) ?? this.none(pipe, now)
    return removed === 0 ? [] : this.set(pipe, { ...before, compacted: before.compacted + removed })
  }

  /** Notes when a pump is to run next, 0 for never; in memory alone, since the schedule tells it again. */
  schedule(pipe: string, next: number, now: number): void {
    const before = this.byPipe.get(pipe) ?? this.none(pipe, now)
    if (before.scheduled === next) return
    this.byPipe.set(pipe, { ...before, scheduled: next, previousScheduled: before.scheduled })
  }

  retriesDiscarded(pipe: string): StateWrite[] {
    const before = this.byPipe.get(pipe)
    return before ? this.set(pipe, { ...before, retryable: 0 }) : []
  }

  private set(pipe: string, counters: PumpCounters): StateWrite[] {
    this.byPipe.set(pipe, counters)
    return [{ key: KEY_PREFIX + pipe, value: { ...counters } }]
  }
}

function newCounters(created: number): PumpCounters {
  const zeros = Object.fromEntries(counterNames.map((name) => [name, 0]))
  return { ...readCounters(zeros), created }
}

function readCounters(kept: JsonObject): PumpCounters {
  const number = (name: (typeof counterNames)[number]) => Number(get(kept, name) ?? 0)
  return {
    created: number('created'),
    started: number('started'),
    completed: number('completed'),
    failed: number('failed'),
    interrupted: number('interrupted'),
    changes: number('changes'),
    seen: number('seen'),
    compacted: number('compacted'),
    deletionTracked: number('deletionTracked'),
    success: number('success'),
    totalTime: number('totalTime'),
    lastStarted: number('lastStarted'),
    lastCompleted: number('lastCompleted'),
    averageTime: number('averageTime'),
    retryable: number('retryable'),
    scheduled: number('scheduled'),
    previousScheduled: number('previousScheduled'),
    lastMessage: String(get(kept, 'lastMessage') ?? ''),
  }
}

function toSeconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9
}
