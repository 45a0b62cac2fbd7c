/** The notifications of an instance: its rules, how they are told, and a test of them every half minute. */

import type { Json } from '../../entity/value.ts'
import { desktopChannel } from '../../run/notifications/desktop.ts'
import { withNamedValues } from '../../run/notifications/message.ts'
import { Notifier } from '../../run/notifications/notifier.ts'
import { type NotificationRules, readRules } from '../../run/notifications/rules.ts'
import { webhookChannel } from '../../run/notifications/webhook.ts'
import type { Session } from '../../run/session.ts'
import { ledgerState } from '../../subscription/ledger.ts'
import { nearDays } from '../../subscription/reminders.ts'
import type { NewsFeed } from './instance-events.ts'
import type { Pumps } from './pumps.ts'
import type { SecretStore } from './secrets.ts'

/** Milliseconds between two tests of the rules while nothing runs. */
const TEST_INTERVAL = 30_000
/** Milliseconds that a stop waits for what is being told. */
const CLOSE_TIMEOUT = 3000

/** What notifications need of an instance. */
interface NotifiedInstance {
  readonly session: Session
  readonly pumps: Pumps
  readonly secrets: SecretStore
  readonly news: NewsFeed
  readonly variables: { readonly [name: string]: Json }
  readonly options: {
    readonly name: string
    readonly fetch: typeof globalThis.fetch | null
    readonly say: (words: string) => void
  }
  now(): number
}

/** Tests the rules of an instance from now on; {@link close} ends it. */
export class InstanceNotifier {
  readonly notifier: Notifier
  private lastRules: {
    readonly text: string | null
    readonly project: object
    readonly rules: NotificationRules
  } | null = null
  private timer: ReturnType<typeof setInterval> | null = null
  private testing: Promise<void> = Promise.resolve()

  constructor(
    private readonly instance: NotifiedInstance,
    private readonly text: () => string | null,
  ) {
    const { options, session, secrets, pumps } = instance
    const resolve = (written: string, system: string | null) =>
      withNamedValues(written, (is, name) => {
        if (is === 'ENV') return variableText(instance.variables[name])
        return (system === null ? null : secrets.value(system, name)) ?? secrets.value(null, name)
      })
    this.notifier = new Notifier({
      session,
      rules: () => this.rules(),
      now: () => instance.now(),
      days: async () => nearDays(await session.runner.store.store.state(ledgerState), instance.now()),
      isDisabled: (pipe) => pumps.isDisabled(pipe),
      resolve: (address) => resolve(address, null),
      channels: {
        ...(options.fetch ? { webhook: webhookChannel(options.fetch, options.name) } : {}),
        email: async (address, notification) => {
          // Loaded when the first mail is sent.
          const { mailChannel } = await import('./mail.ts')
          const mail = { project: () => session.project, rules: () => this.rules(), name: options.name, resolve }
          await mailChannel(mail)(address, notification)
        },
        desktop: desktopChannel((notification) => {
          instance.news.tell({ is: 'notification', notification })
          return instance.news.size > 0
        }),
      },
    })
  }

  /** The rules as they are now; read again when their text or the project is another one. */
  rules(): NotificationRules {
    const text = this.text()
    const { project } = this.instance.session
    if (this.lastRules?.text !== text || this.lastRules.project !== project)
      this.lastRules = { text, project, rules: readRules(text, project) }
    return this.lastRules.rules
  }

  /** Tests the rules now and then from now on. */
  start(): void {
    this.look()
    this.timer ??= setInterval(() => this.look(), TEST_INTERVAL)
    this.timer.unref()
  }

  /** Tests the rules; what goes wrong is said and ends nothing. */
  look(): void {
    this.testing = this.notifier.look().catch((error: unknown) => {
      this.instance.options.say(`Notification rules: ${error instanceof Error ? error.message : error}`)
    })
  }

  /** Ends the tests. What is being told gets a moment; what has not been told is told after the next start. */
  async close(): Promise<void> {
    if (this.timer) clearInterval(this.timer)
    this.timer = null
    await Promise.race([this.testing, new Promise<void>((resolve) => setTimeout(resolve, CLOSE_TIMEOUT).unref())])
  }
}

function variableText(value: Json | undefined): string | null {
  return value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value)
}
