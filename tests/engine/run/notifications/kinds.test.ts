/** Each kind of notification rule: a status that triggers it and one that does not. */
import { describe, expect, it } from 'vitest'
import { nbNotifications } from '../../../../app/i18n/nb-notifications.ts'
import type { RunSpan } from '../../../../engine-worker/run/history.ts'
import { ruleKinds } from '../../../../engine-worker/run/notifications/kinds.ts'
import type { EndedPipeRun, PipeStatus } from '../../../../engine-worker/run/notifications/pipe-status.ts'
import { ruleValues } from '../../../../engine-worker/run/notifications/rule-kind.ts'

const MINUTE = 60_000
const NOW = 1_800_000_000_000

const span = (more: Partial<RunSpan> = {}): RunSpan => ({
  pipe: 'p',
  from: 0,
  milliseconds: 10,
  state: 'done',
  read: 5,
  written: 2,
  deleted: 0,
  unchanged: 3,
  filtered: 0,
  reprocessed: 0,
  problem: null,
  matches: [],
  parameters: { entities_last_run: 5, changes_last_run: 2, sink_time: 0.5 },
  ...more,
})
const failedSpan = (message: string) =>
  span({ state: 'failed', problem: { code: 'request-failed', severity: 'error', message, facts: {} } })
/** Runs that ended so many minutes ago, newest first. */
const runs = (...spans: readonly (readonly [minutesAgo: number, span: RunSpan])[]): EndedPipeRun[] =>
  spans.map(([ago, one], at) => ({ number: 100 - at, span: one, ended: NOW - ago * MINUTE }))

const status = (more: Partial<PipeStatus> = {}): PipeStatus => ({
  pipe: 'p',
  now: NOW,
  runs: [],
  lastStarted: NOW,
  overdueSince: null,
  runningSince: null,
  waiting: 0,
  isTripped: false,
  deadLetters: 0,
  offsetSet: null,
  restore: null,
  ...more,
})

/** By kind: the values of the rule, a status that triggers it, with its text, and one that does not. */
const cases: Readonly<
  Record<string, readonly [info: Record<string, string | number>, fires: PipeStatus, says: RegExp, not: PipeStatus]>
> = {
  pump_failed: [
    { times: 2 },
    status({ runs: runs([1, failedSpan('closed')], [2, failedSpan('closed')], [3, span()]) }),
    /^p failed 2 times in a row: closed$/,
    status({ runs: runs([1, failedSpan('closed')], [2, span()], [3, failedSpan('closed')]) }),
  ],
  queue_above: [{ limit: 9 }, status({ waiting: 10 }), /^10 entities wait for p/, status({ waiting: 9 })],
  no_run_since: [
    { limit: 600 },
    status({ lastStarted: NOW - 11 * MINUTE }),
    /^p has not run for 11 minutes/,
    status({ lastStarted: NOW - 9 * MINUTE }),
  ],
  circuit_breaker_tripped: [{}, status({ isTripped: true }), /breaker of p has tripped/, status()],
  dead_letters_above: [{}, status({ deadLetters: 1 }), /^p has 1 dead letters/, status()],
  pump_started_overdue: [
    { grace_period: 60 },
    status({ overdueSince: NOW - 7 * MINUTE }),
    /7 minutes ago/,
    status({ overdueSince: NOW - 5 * MINUTE }),
  ],
  pump_finished_overdue: [
    { limit: 60 },
    status({ runningSince: NOW - 7 * MINUTE }),
    /has taken 7 minutes/,
    status({ runningSince: NOW - 5 * MINUTE }),
  ],
  pump_completed_value_too_low: [
    { parameter: 'entities_last_run', limit: 6 },
    status({ runs: runs([1, span()]) }),
    /^The value of entities_last_run of p was 5, which is below the limit 6\.$/,
    status({ runs: runs([1, failedSpan('closed')]) }),
  ],
  pump_completed_value_too_high: [
    { parameter: 'sink_time', limit: 0.25 },
    status({ runs: runs([1, span()]) }),
    /sink_time of p was 0\.5, which is above the limit 0\.25/,
    status({ runs: runs([1, span({ parameters: { sink_time: 0.1 } })]) }),
  ],
  pump_completed_value_too_low_over_time: [
    { parameter: 'changes_last_run', limit: 3, interval: 300 },
    status({ runs: runs([1, span()], [6, span()]) }),
    /changes_last_run of p was 2/,
    status({ runs: runs([1, span()], [4, span()], [6, span({ parameters: { changes_last_run: 9 } })]) }),
  ],
  pump_completed_value_too_high_over_time: [
    { parameter: 'changes_last_run', limit: 1, interval: 300 },
    status({ runs: runs([1, span()], [6, span()]) }),
    /changes_last_run of p was 2/,
    status({ runs: runs([1, span()]) }),
  ],
  pattern_match: [
    { pattern: 'status 5??*try', parameter: 'reason_why_stopped' },
    status({ runs: runs([1, failedSpan('It answered with status 503, so try later.')]) }),
    /matches status 5\?\?\*try/,
    status({ runs: runs([1, failedSpan('It answered with status 404.')]) }),
  ],
  pump_offset_set: [{}, status({ offsetSet: '7' }), /position of p/, status()],
  restore_completed: [{}, status({ restore: 'a-b' }), /restored from a backup/, status()],
}

describe('notification rules', () => {
  const ofPipes = ruleKinds.flatMap((kind) => (kind.about === 'pipe' ? [kind] : []))

  it('have a case for each kind', () => {
    expect(Object.keys(cases).sort()).toEqual(ofPipes.map(({ type }) => type).sort())
    expect(ruleKinds.filter((kind) => kind.about === 'project').map(({ type }) => type)).toEqual(['subscription_day'])
  })

  it('say the first of the near days of the subscription, and again when another one comes near', () => {
    const kind = ruleKinds.find(({ type }) => type === 'subscription_day')
    if (kind?.about !== 'project') throw new Error('no kind of the project')
    const values = ruleValues(kind, {})
    const invoice = { kind: 'invoice', environment: 'Production', number: '7', day: '2026-12-02' } as const
    const notice = { kind: 'notice', environment: 'Test', number: '', day: '2026-12-31' } as const
    expect(kind.find({ days: [] }, values)).toBeNull()
    const one = kind.find({ days: [invoice] }, values)
    const two = kind.find({ days: [invoice, notice] }, values)
    expect(one?.problem.message).toBe('Production: invoice 7 is due on 2026-12-02.')
    expect(two?.problem.message).toBe('Production: invoice 7 is due on 2026-12-02. 1 more day is near.')
    expect(two?.event).not.toBe(one?.event)
    expect(kind.find({ days: [notice] }, values)?.problem.message).toBe(
      'Test: the time to give notice ends on 2026-12-31.',
    )
  })

  it.each(ofPipes.map((kind) => [kind.type, kind] as const))('%s', (type, kind) => {
    const [info = {}, fires = status(), says = /x/, not = status()] = cases[type] ?? []
    const values = ruleValues(kind, info)
    expect(kind.find(fires, values)?.problem.message).toMatch(says)
    expect(kind.find(not, values)).toBeNull()
  })

  it('take an empty pattern for none', () => {
    const kind = ofPipes.find(({ type }) => type === 'pattern_match')
    const failing = status({ runs: runs([1, failedSpan('x')]) })
    expect(kind?.find(failing, ruleValues(kind, { pattern: '' }))).toBeNull()
    expect(kind?.find(failing, ruleValues(kind, { pattern: '*' }))).not.toBeNull()
  })

  it('have Norwegian words, and none that nothing declares', () => {
    const said = ruleKinds.flatMap(({ label, says, fields }) => [label, says, ...fields.map((field) => field.label)])
    expect(Object.keys(nbNotifications.declared).sort()).toEqual([...new Set(said)].sort())
  })
})
