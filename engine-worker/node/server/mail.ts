/** Telling by e-mail, over the mail server among the systems of the project (configuration-systems-smtp.rst). */
// nodemailer: speaks SMTP with authentication and TLS, encodes headers and bodies, and needs no other package.
import { createTransport } from 'nodemailer'
import { declaredKind } from '../../config/model/declared.ts'
import { flagSetting, numberSetting, textSetting } from '../../config/model/setting.ts'
import { effectiveSystem } from '../../config/project/effective.ts'
import type { Configuration } from '../../config/project/project.ts'
import { Fault, problem } from '../../problem.ts'
import { messageOf } from '../../run/notifications/message.ts'
import type { Channel } from '../../run/notifications/notifier.ts'
import type { NotificationRules } from '../../run/notifications/rules.ts'

/** Milliseconds for a connection and for each answer. */
const TIMEOUT_MILLISECONDS = 20_000
const IMPLICIT_TLS_PORT = 465

const noMailServer = problem<{ systems: number }>({
  code: 'notification-no-mail-server',
  severity: 'error',
  says: ({ systems }) =>
    systems === 0
      ? 'No mail was sent: the project has no mail server among its systems.'
      : 'No mail was sent: several systems are mail servers, and none of them is chosen.',
  fix: () => 'Name the system in notifications.json: "email": {"system": …}.',
})

interface MailOptions {
  readonly project: () => Configuration
  readonly rules: () => NotificationRules
  readonly name: string
  /** A text of a system with its secrets. */
  readonly resolve: (text: string, system: string) => string
}

/** Tells by e-mail. */
export function mailChannel({ project, rules, name, resolve }: MailOptions): Channel {
  return async (address, notification) => {
    const { mailSystem, mailFrom } = rules()
    const [id, config] = mailServer(project(), mailSystem)
    const textOf = (key: string, otherwise = '') => resolve(textSetting(config, key, otherwise), id)
    const host = textOf('smtp_server', 'localhost')
    const port = numberSetting(config, 'smtp_port', 25)
    const usesTls = flagSetting(config, 'use_tls', false)
    const user = textOf('smtp_username')
    const transport = createTransport({
      host,
      port,
      secure: usesTls && port === IMPLICIT_TLS_PORT,
      requireTLS: usesTls && port !== IMPLICIT_TLS_PORT,
      ignoreTLS: !usesTls,
      ...(user === '' ? {} : { auth: { user, pass: textOf('smtp_password') } }),
      connectionTimeout: TIMEOUT_MILLISECONDS,
      greetingTimeout: TIMEOUT_MILLISECONDS,
      socketTimeout: TIMEOUT_MILLISECONDS,
      // What it gets is text alone; no file or address in it is ever read.
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    const message = messageOf(notification, name)
    await transport.sendMail({
      from: mailFrom ?? `notifications@${host}`,
      to: address,
      subject: `[${name}] ${message.msg}`.replace(/\s+/g, ' ').slice(0, 200),
      text: [
        message.msg,
        '',
        `Rule: ${message.notification_rule_name} (${message.notification_rule_type})`,
        `Pipe: ${message.pipe_id}`,
        `Time: ${message.event_timestamp}`,
        `Found since the last notification: ${message.event_count}`,
      ].join('\n'),
    })
  }
}

function mailServer(project: Configuration, named: string | null) {
  const ids = named === null ? [...project.systems.keys()] : [named]
  const found = ids.flatMap((id) => {
    const system = effectiveSystem(project, id)
    return system !== null && declaredKind('system', system.type)?.takesMail === true
      ? [[id, system.config] as const]
      : []
  })
  const [only] = found
  if (!only || found.length > 1) throw new Fault(noMailServer({ systems: found.length }))
  return only
}
