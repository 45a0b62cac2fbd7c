/**
 * Tests the notification rules of a project where runs end, and now and then between them; keeps what was found, and
 * tells the recipients. A rule sends at most one notification an hour for a pipe, with the number of events since the
 * last one (as Sesam's rules do). A notification is stored before it is sent: after a kill it is sent again rather than
 * lost.
 */
import { problem as declareProblem, reasonOf } from '../../problem.ts'
import type { StateWrite } from '../../storage/store.ts'
import { runsKept } from '../history.ts'
import type { RunEvent } from '../progress.ts'
import type { Session } from '../session.ts'
import { factsOfPipes } from '../session-facts.ts'
import {
  type Alert,
  alertKey,
  alertsKept,
  type Delivery,
  keptAlert,
  keptNotification,
  type Notification,
  notificationsKept,
} from './notification.ts'
import { type PipeStatusContext, pipeStatusOf } from './pipe-status.ts'
import type { ReminderDay } from './project-status.ts'
import { type RuleFinding, type RuleKind, ruleValues } from './rule-kind.ts'
import type { ChannelName, NotificationRule, NotificationRules } from './rules.ts'

const trialProblem = declareProblem<{ rule: string }>({
  code: 'notify-trial',
  severity: 'hint',
  says: ({ rule }) => `This is a trial of the notification rule ${rule}. Nothing has happened.`,
})

const HOUR = 3_600_000
/** How often a recipient is tried, and milliseconds before each further try. */
const MAX_TRIES = 5
const RETRY_INTERVAL = 30_000

/** Sends one notification to an address; what it throws is the reason why it could not. */
export type Channel = (address: string, notification: Notification) => Promise<void>

/** What a platform has for telling; a channel that is missing is said with the delivery. */
type Channels = { readonly [N in ChannelName]?: Channel }

interface NotifierOptions {
  readonly session: Session
  readonly rules: () => NotificationRules
  readonly channels: Channels
  /** An address with the values of variables and secrets that it names. */
  readonly resolve: (address: string) => string
  /** The days of the subscription that are said by now, the earliest first. */
  readonly days: () => Promise<readonly ReminderDay[]>
  /** Whether the pump of a pipe is disabled. */
  readonly isDisabled?: (pipe: string) => boolean
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The notifications of one open project. */
export class Notifier {
  private readonly runningSince = new Map<string, number>()
  /** When pipes should be started next, as it was seen last. */
  private readonly expectedStarts = new Map<string, number>()
  private alerts: Map<string, Alert> | null = null
  private lastNumber: number | null = null
  private deliveryQueue: Promise<void> = Promise.resolve()
  private isTesting = false
  private lastTry = Number.NEGATIVE_INFINITY

  constructor(private readonly options: NotifierOptions) {}

  /** The rules as they are now. */
  get rules(): NotificationRules {
    return this.options.rules()
  }

  /** Called with the progress of runs. */
  progress({ pipes }: RunEvent): void {
    for (const { pipe, state } of pipes) {
      if (state !== 'running') this.runningSince.delete(pipe)
      else if (!this.runningSince.has(pipe)) this.runningSince.set(pipe, this.options.now())
    }
  }

  /** Tests all rules now; a test that has not begun yet serves those who ask meanwhile. */
  look(): Promise<void> {
    if (this.isTesting) return this.deliveryQueue
    this.isTesting = true
    this.deliveryQueue = this.deliveryQueue
      .catch(() => undefined)
      .then(() => {
        this.isTesting = false
        return this.testRules()
      })
    return this.deliveryQueue
  }

  /** Tells the recipients of a rule that it is a trial; says how it went. Nothing is kept of it. */
  async trial(id: string): Promise<readonly Delivery[]> {
    const rule = this.options.rules().rules.find((one) => one.id === id)
    if (!rule) return []
    const problem = trialProblem({ rule: rule.name })
    const notification = this.notificationOf(rule, rule.pipe ?? '', { event: '', problem }, 1, this.options.now())
    return Promise.all(notification.deliveries.map((one) => this.send(one, notification)))
  }

  private async testRules(): Promise<void> {
    const { session, rules, now } = this.options
    const { store } = session.runner.store
    const { rules: all } = rules()
    this.alerts ??= await alertsKept(store)
    if (all.length === 0 && this.alerts.size === 0) return
    const at = now()
    const states: StateWrite[] = []
    const fresh: Notification[] = []
    const met = new Set<string>()
    for (const { rule, pipe, found } of await this.findings(all, at)) {
      const key = alertKey(rule.id, pipe)
      met.add(key)
      const before = this.alerts.get(key)
      const next = alertAfterTest(rule.kind, before, found, at)
      if (next === before || next === undefined) continue
      if (next === null) this.alerts.delete(key)
      else this.alerts.set(key, next)
      states.push(keptAlert(key, next))
      if (!found || next === null || next.told !== at || before?.told === at) continue
      const count = (before?.untold ?? 0) + (before?.event === found.event ? 0 : 1)
      this.lastNumber ??= (await notificationsKept(store))[0]?.number ?? 0
      const notification = { ...this.notificationOf(rule, pipe, found, count, at), number: ++this.lastNumber }
      fresh.push(notification)
      states.push(...keptNotification(notification))
    }
    for (const key of this.alerts.keys()) {
      if (met.has(key)) continue
      // The rule or the pipe is gone.
      this.alerts.delete(key)
      states.push(keptAlert(key, null))
    }
    if (states.length > 0) await session.runner.store.commit({ states })
    await this.deliver(fresh, at)
  }

  private async findings(
    rules: readonly NotificationRule[],
    now: number,
  ): Promise<readonly { rule: NotificationRule; pipe: string; found: RuleFinding | null }[]> {
    const { session, isDisabled = () => false } = this.options
    const { runner } = session
    await this.updateExpectedStarts()
    const source: PipeStatusContext = {
      store: runner.store.store,
      runs: await runsKept(runner.store.store),
      now,
      lastStarted: (pipe) => runner.lastStarted(pipe),
      overdueSince: (pipe) => {
        const at = this.expectedStarts.get(pipe)
        return at !== undefined && at <= runner.scheduleTime() ? at : null
      },
      runningSince: (pipe) => this.runningSince.get(pipe) ?? null,
    }
    const facts = new Map(factsOfPipes(session).map((fact) => [fact.pipe, fact]))
    const found: { rule: NotificationRule; pipe: string; found: RuleFinding | null }[] = []
    for (const rule of rules) {
      if (rule.kind.about !== 'project') continue
      const finding = rule.kind.find({ days: await this.options.days() }, ruleValues(rule.kind, rule.info))
      found.push({ rule, pipe: '', found: finding })
    }
    for (const pipe of session.pipes()) {
      const own = rules.flatMap((rule) =>
        rule.kind.about === 'pipe' && (rule.pipe === null || rule.pipe === pipe.id) ? [{ rule, kind: rule.kind }] : [],
      )
      if (own.length === 0) continue
      const status = await pipeStatusOf(pipe, facts.get(pipe.id), source)
      const hasSchedule = pipe.needs === null && this.expectedStarts.has(pipe.id) && !isDisabled(pipe.id)
      for (const { rule, kind } of own) {
        const counts = kind.scheduledOnly !== true || hasSchedule
        const finding = counts ? kind.find(status, ruleValues(kind, rule.info)) : null
        found.push({ rule, pipe: pipe.id, found: finding })
      }
    }
    return found
  }

  /** Notes when pipes have to start: a time that goes by without a start is when a pipe became late. */
  private async updateExpectedStarts(): Promise<void> {
    const { runner } = this.options.session
    const now = runner.scheduleTime()
    const pipes = this.options.session.pipes().filter(({ needs }) => needs === null)
    for (const { pipe, run, next } of await runner.due(pipes)) {
      const before = this.expectedStarts.get(pipe)
      const isLate = before !== undefined && before <= now && runner.lastStarted(pipe) < before
      if (isLate) continue
      if (run !== null) this.expectedStarts.set(pipe, now)
      else if (next !== null) this.expectedStarts.set(pipe, next)
      else this.expectedStarts.delete(pipe)
    }
  }

  private notificationOf(
    rule: NotificationRule,
    pipe: string,
    { problem: { code, severity, message, facts } }: RuleFinding,
    count: number,
    at: number,
  ): Notification {
    const deliveries = rule.recipients.map(
      ({ type, id, channel }): Delivery => ({
        type,
        recipient: id,
        state: channel === null ? 'listed' : 'waiting',
        tries: 0,
        reason: '',
      }),
    )
    const { id, name, kind } = rule
    const problem = { code, severity, message, facts }
    return { number: 0, rule: id, ruleName: name, ruleType: kind.type, pipe, at, problem, count, deliveries }
  }

  /** Sends what waits: the new ones at once, those that failed before when some time has gone by. */
  private async deliver(fresh: readonly Notification[], now: number): Promise<void> {
    const { session } = this.options
    const retries = now - this.lastTry >= RETRY_INTERVAL || now < this.lastTry
    const all = retries ? await notificationsKept(session.runner.store.store) : fresh
    const waiting = all.filter(({ deliveries }) => deliveries.some(({ state }) => state === 'waiting'))
    if (waiting.length === 0) return
    this.lastTry = now
    for (const notification of waiting.toReversed()) {
      const deliveries = await Promise.all(notification.deliveries.map((one) => this.send(one, notification)))
      await session.runner.store.commit({ states: keptNotification({ ...notification, deliveries }) })
    }
  }

  private async send(delivery: Delivery, notification: Notification): Promise<Delivery> {
    const { channels, resolve, session } = this.options
    if (delivery.state !== 'waiting') return delivery
    const tries = delivery.tries + 1
    try {
      const channel = delivery.type in channels ? channels[delivery.type as ChannelName] : undefined
      if (!channel) return { ...delivery, state: 'failed', tries, reason: NO_CHANNEL }
      await channel(resolve(delivery.recipient), notification)
      return { ...delivery, state: 'sent', tries, reason: '' }
    } catch (error) {
      // What a server says may repeat the address with its secrets.
      const reason = session.masked(reasonOf(error))
      return { ...delivery, state: tries < MAX_TRIES ? 'waiting' : 'failed', tries, reason }
    }
  }
}

/** Why a delivery fails that this place has no way for: a page sends no mail. */
const NO_CHANNEL = 'no-channel'

/** The alert after a rule was tested; the same object where nothing has changed. */
function alertAfterTest(
  kind: RuleKind,
  before: Alert | undefined,
  found: RuleFinding | null,
  now: number,
): Alert | null | undefined {
  // What happened before the rule was there is only noted.
  if (kind.isMoment && !before) return { event: found?.event ?? '', last: 0, told: 0, untold: 0 }
  if (!found) {
    if (kind.isMoment || !before) return before
    // The condition has ended; a notification of the last hour still delays the next one.
    if (now - before.told >= HOUR) return null
    return before.event === '' ? before : { ...before, event: '' }
  }
  const { event } = found
  const isNew = before?.event !== event
  const untold = (before?.untold ?? 0) + (isNew ? 1 : 0)
  if (untold === 0) return before
  if (before && now - before.told < HOUR) return isNew ? { ...before, event, last: now, untold } : before
  return { event, last: now, told: now, untold: 0 }
}
