/** The kinds of notification rules: those of Sesam's portal under their names, and five of our own. */
import { type Facts, type ProblemKind, problem } from '../../problem.ts'
import { runParameters } from '../run-parameters.ts'
import type { EndedPipeRun, PipeStatus } from './pipe-status.ts'
import type { ReminderDay } from './project-status.ts'
import type { PipeRuleKind, RuleFinding, RuleKind, RuleValues } from './rule-kind.ts'

const MINUTE = 60_000
/** Milliseconds after which a start or an end is late at all (built into Sesam's rules too). */
const LATE_AFTER = 5 * MINUTE

const pipeFailed = problem<{ pipe: string; times: number; reason: string }>({
  code: 'notify-failed',
  severity: 'error',
  says: ({ pipe, times, reason }) => `${pipe} failed${times === 1 ? '' : ` ${times} times in a row`}: ${reason}`,
})
const valueTooLow = problem<{ pipe: string; parameter: string; value: number; limit: number }>({
  code: 'notify-too-low',
  severity: 'warning',
  says: ({ pipe, parameter, value, limit }) =>
    `The value of ${parameter} of ${pipe} was ${value}, which is below the limit ${limit}.`,
})
const valueTooHigh = problem<{ pipe: string; parameter: string; value: number; limit: number }>({
  code: 'notify-too-high',
  severity: 'warning',
  says: ({ pipe, parameter, value, limit }) =>
    `The value of ${parameter} of ${pipe} was ${value}, which is above the limit ${limit}.`,
})
const startLate = problem<{ pipe: string; minutes: number }>({
  code: 'notify-start-late',
  severity: 'warning',
  says: ({ pipe, minutes }) => `${pipe} should have been started ${minutes} minutes ago by its schedule.`,
})
const endLate = problem<{ pipe: string; minutes: number }>({
  code: 'notify-end-late',
  severity: 'warning',
  says: ({ pipe, minutes }) => `The run of ${pipe} has taken ${minutes} minutes and has not ended.`,
})
const noRun = problem<{ pipe: string; minutes: number }>({
  code: 'notify-no-run',
  severity: 'warning',
  says: ({ pipe, minutes }) => `${pipe} has not run for ${minutes} minutes.`,
})
const logPatternMatched = problem<{ pipe: string; pattern: string; text: string }>({
  code: 'notify-pattern',
  severity: 'error',
  says: ({ pipe, pattern, text }) => `${pipe} failed with a text that matches ${pattern}: ${text}`,
})
const offsetWasSet = problem<{ pipe: string }>({
  code: 'notify-offset-set',
  severity: 'warning',
  says: ({ pipe }) => `The position of ${pipe} in its source was set.`,
})
const pipeRestored = problem<{ pipe: string }>({
  code: 'notify-restored',
  severity: 'warning',
  says: ({ pipe }) => `The data of ${pipe} was restored from a backup.`,
})
const queueTooLong = problem<{ pipe: string; waiting: number; limit: number }>({
  code: 'notify-queue',
  severity: 'warning',
  says: ({ pipe, waiting, limit }) => `${waiting} entities wait for ${pipe}, more than the limit ${limit}.`,
})
const breakerOpen = problem<{ pipe: string }>({
  code: 'notify-breaker',
  severity: 'error',
  says: ({ pipe }) => `The circuit breaker of ${pipe} has tripped.`,
  fix: () => 'Look at the withheld entities; then commit them, or roll them back and correct the cause.',
})
const tooManyDeadLetters = problem<{ pipe: string; letters: number; limit: number }>({
  code: 'notify-dead-letters',
  severity: 'error',
  says: ({ pipe, letters, limit }) => `${pipe} has ${letters} dead letters, more than the limit ${limit}.`,
})
const reminderDayNear = problem<{ what: string; environment: string; number: string; day: string; more: number }>({
  code: 'notify-day',
  severity: 'warning',
  says: ({ what, environment, number, day, more }) =>
    `${environment}: ${what === 'invoice' ? `invoice ${number} is due` : `the ${termNames[what] ?? what} ends`} on ${day}.${
      more === 0 ? '' : ` ${more} more ${more === 1 ? 'day is' : 'days are'} near.`
    }`,
  fix: () => 'Look at Subscription, Agreement.',
})
const termNames: Readonly<Record<string, string>> = {
  'minimum-term': 'minimum term',
  notice: 'time to give notice',
  'fixed-data': 'fixed amount of data',
} satisfies Record<Exclude<ReminderDay['kind'], 'invoice'>, string>

const limitField = { name: 'limit', label: 'Limit', is: 'number' } as const
const parameterField = {
  name: 'parameter',
  label: 'Value',
  is: 'choice',
  of: runParameters,
  default: 'entities_last_run',
} as const
const intervalField = { name: 'interval', label: 'For at least', is: 'seconds', min: 0 } as const
const graceField = { name: 'grace_period', label: 'Grace period', is: 'seconds', min: 0, default: 0 } as const

type LimitProblemKind = ProblemKind<{ pipe: string; parameter: string; value: number; limit: number }>

/** The rules over a number of the last run, and over the same for some time. */
function limitRuleKinds(
  is: 'low' | 'high',
  found: LimitProblemKind,
  label: string,
  overTime: string,
): readonly PipeRuleKind[] {
  const valueBeyondLimit = (run: EndedPipeRun, values: RuleValues): number | null => {
    const { parameters } = run.span
    const value = parameters[values.text('parameter')]
    const limit = values.number('limit')
    return value !== undefined && (is === 'low' ? value < limit : value > limit) ? value : null
  }
  const findingOf = ({ pipe }: PipeStatus, run: EndedPipeRun, value: number, values: RuleValues): RuleFinding => {
    const facts = { pipe, parameter: values.text('parameter'), value, limit: values.number('limit') }
    return { event: `run ${run.number}`, problem: found(facts, { pipe }) }
  }
  return [
    {
      type: `pump_completed_value_too_${is}`,
      about: 'pipe',
      label,
      says: 'Compares a number of the last run with a limit.',
      fields: [parameterField, limitField],
      find: (status, values) => {
        const last = status.runs.find(({ span }) => span.state === 'done')
        const value = last ? valueBeyondLimit(last, values) : null
        return last && value !== null ? findingOf(status, last, value, values) : null
      },
    },
    {
      type: `pump_completed_value_too_${is}_over_time`,
      about: 'pipe',
      label: overTime,
      says: 'Compares a number of each run with a limit; it has to be beyond the limit for some time.',
      fields: [parameterField, limitField, intervalField],
      find: (status, values) => {
        const ended = status.runs.filter(({ span }) => span.state === 'done')
        const [last] = ended
        const firstOther = ended.findIndex((run) => valueBeyondLimit(run, values) === null)
        const since = (firstOther < 0 ? ended : ended.slice(0, firstOther)).at(-1)
        const value = last ? valueBeyondLimit(last, values) : null
        if (!last || !since || value === null) return null
        if (status.now - since.ended < 1000 * values.number('interval')) return null
        return findingOf(status, last, value, values)
      },
    },
  ]
}

/** Finds what is the case or not, for as long as it lasts. */
function findState<F extends Facts>(
  found: ProblemKind<F>,
  facts: (status: PipeStatus, values: RuleValues) => F | null,
): PipeRuleKind['find'] {
  return (status, values) => {
    const stateFacts = facts(status, values)
    return stateFacts && { event: 'state', problem: found(stateFacts, { pipe: status.pipe }) }
  }
}

const toMinutes = (milliseconds: number) => Math.floor(milliseconds / MINUTE)

/** All kinds, in the order in which a form offers them. */
export const ruleKinds: readonly RuleKind[] = [
  {
    type: 'pump_failed',
    about: 'pipe',
    label: 'Pipe failed',
    says: 'The last run failed, or the last runs in a row.',
    fields: [{ name: 'times', label: 'Times in a row', is: 'number', default: 1, min: 1 }],
    find: ({ pipe, runs }, values) => {
      const other = runs.findIndex(({ span }) => span.state !== 'failed')
      const times = other < 0 ? runs.length : other
      const [last] = runs
      if (!last || times < values.number('times')) return null
      const reason = last.span.problem?.message ?? ''
      return { event: `run ${last.number}`, problem: pipeFailed({ pipe, times, reason }, { pipe }) }
    },
  },
  {
    type: 'queue_above',
    about: 'pipe',
    label: 'Queue too long',
    says: 'More entities wait to be read than a limit.',
    fields: [{ ...limitField, min: 0 }],
    find: findState(queueTooLong, ({ pipe, waiting }, values) => {
      const limit = values.number('limit')
      return waiting > limit ? { pipe, waiting, limit } : null
    }),
  },
  {
    type: 'no_run_since',
    about: 'pipe',
    label: 'No run for some time',
    says: 'The pipe has not been started for some time, whatever its schedule says.',
    fields: [{ name: 'limit', label: 'For at least', is: 'seconds', default: 86_400, min: 0 }],
    scheduledOnly: true,
    find: findState(noRun, ({ pipe, lastStarted, now, runningSince }, values) =>
      runningSince === null && now - lastStarted > 1000 * values.number('limit')
        ? { pipe, minutes: toMinutes(now - lastStarted) }
        : null,
    ),
  },
  {
    type: 'circuit_breaker_tripped',
    about: 'pipe',
    label: 'Circuit breaker tripped',
    says: 'The circuit breaker of the sink withholds what was written.',
    fields: [],
    find: findState(breakerOpen, ({ pipe, isTripped }) => (isTripped ? { pipe } : null)),
  },
  {
    type: 'dead_letters_above',
    about: 'pipe',
    label: 'Dead letters',
    says: 'The dead letter dataset has more entities than a limit.',
    fields: [{ ...limitField, default: 0, min: 0 }],
    find: findState(tooManyDeadLetters, ({ pipe, deadLetters }, values) => {
      const limit = values.number('limit')
      return deadLetters > limit ? { pipe, letters: deadLetters, limit } : null
    }),
  },
  {
    type: 'pump_started_overdue',
    about: 'pipe',
    label: 'Start is late',
    says: 'The pipe was not started within five minutes and the grace period after its time.',
    fields: [graceField],
    scheduledOnly: true,
    find: findState(startLate, ({ pipe, overdueSince, now }, values) =>
      overdueSince !== null && now - overdueSince > LATE_AFTER + 1000 * values.number('grace_period')
        ? { pipe, minutes: toMinutes(now - overdueSince) }
        : null,
    ),
  },
  {
    type: 'pump_finished_overdue',
    about: 'pipe',
    label: 'Run takes too long',
    says: 'A run has taken five minutes and the limit, and has not ended.',
    fields: [{ name: 'limit', label: 'More than five minutes by', is: 'seconds', default: 0, min: 0 }],
    find: findState(endLate, ({ pipe, runningSince, now }, values) =>
      runningSince !== null && now - runningSince > LATE_AFTER + 1000 * values.number('limit')
        ? { pipe, minutes: toMinutes(now - runningSince) }
        : null,
    ),
  },
  ...limitRuleKinds('low', valueTooLow, 'Value too low', 'Value too low for some time'),
  ...limitRuleKinds('high', valueTooHigh, 'Value too high', 'Value too high for some time'),
  {
    type: 'pattern_match',
    about: 'pipe',
    label: 'Text of a failure',
    says: 'A text of the failed run has this pattern in it; * stands for anything, ? for one character.',
    fields: [
      {
        name: 'parameter',
        label: 'Text',
        is: 'choice',
        of: ['reason_why_stopped', 'original_error_message', 'traceback', 'original_traceback'],
        default: 'reason_why_stopped',
      },
      { name: 'pattern', label: 'Pattern', is: 'text' },
    ],
    find: ({ pipe, runs: [last] }, values) => {
      if (last?.span.state !== 'failed' || last.span.problem === null) return null
      const { code, message } = last.span.problem
      const text = values.text('parameter').endsWith('traceback') ? `${code}: ${message}` : message
      const pattern = values.text('pattern')
      if (pattern === '' || !matchesPattern(text, pattern)) return null
      return { event: `run ${last.number}`, problem: logPatternMatched({ pipe, pattern, text }, { pipe }) }
    },
  },
  {
    type: 'pump_offset_set',
    about: 'pipe',
    label: 'Position was set',
    says: 'The position in the source was set by a person or by reprocessing.',
    fields: [],
    isMoment: true,
    find: ({ pipe, offsetSet: at }) => (at === null ? null : { event: at, problem: offsetWasSet({ pipe }, { pipe }) }),
  },
  {
    type: 'restore_completed',
    about: 'pipe',
    label: 'Restored from a backup',
    says: 'The dataset of the pipe was restored from a backup.',
    fields: [],
    isMoment: true,
    find: ({ pipe, restore }) =>
      restore === null ? null : { event: restore, problem: pipeRestored({ pipe }, { pipe }) },
  },
  {
    type: 'subscription_day',
    about: 'project',
    label: 'Day of the subscription',
    says: 'An invoice is due, or a term of the agreement ends soon.',
    fields: [],
    find: ({ days }) => {
      const [first, ...others] = days
      if (first === undefined) return null
      const { kind, environment, number, day } = first
      const facts = { what: kind, environment, number, day, more: others.length }
      return { event: JSON.stringify(days), problem: reminderDayNear(facts) }
    },
  },
]

/** Whether a pattern is found anywhere in a text. Each `*` takes the first place where what follows it is found. */
function matchesPattern(text: string, pattern: string): boolean {
  let from = 0
  for (const part of pattern.split('*')) {
    const at = placeOf(text, part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return true
}

function placeOf(text: string, part: string, from: number): number {
  for (let at = from; at + part.length <= text.length; at++)
    if ([...part].every((sign, index) => sign === '?' || sign === text[at + index])) return at
  return -1
}
