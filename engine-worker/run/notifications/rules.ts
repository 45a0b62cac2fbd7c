/**
 * Notification rules of a project: `notifications.json` beside the configuration, which Sesam's client does not upload, and
 * `metadata.notifications.rules` of pipes, a custom of Sesam's users. What is wrong with a rule is a located problem, and
 * the rule does not count.
 */
import type { Configuration } from '../../config/project/project.ts'
import { readJsonFile } from '../../config/project/read.ts'
import { nearest } from '../../dtl/nearest.ts'
import { get } from '../../entity/dict.ts'
import { Float, isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { type Problem, problem, renameTo, type Where } from '../../problem.ts'
import { ruleKinds } from './kinds.ts'
import type { RuleField, RuleKind } from './rule-kind.ts'

/** The file of the rules, in the folder of the configuration. */
export const notificationsFile = 'notifications.json'

/** The channels of a recipient; a role or a user has only the list of notifications here. */
const channels = ['webhook', 'email', 'desktop'] as const
export type ChannelName = (typeof channels)[number]
const RECIPIENT_TYPES: readonly string[] = [...channels, 'role', 'user_id']

/** A recipient. `channel` null: only the list of notifications. */
export interface Recipient {
  readonly type: string
  /** An address, or what Sesam calls the role or the user; may name secrets and variables. */
  readonly id: string
  readonly channel: ChannelName | null
}

/** One rule. */
export interface NotificationRule {
  readonly id: string
  readonly kind: RuleKind
  readonly name: string
  /** Null: all pipes. */
  readonly pipe: string | null
  readonly info: JsonObject
  readonly recipients: readonly Recipient[]
}

/** The rules that can be read, and what is wrong with the others. */
export interface NotificationRules {
  readonly rules: readonly NotificationRule[]
  /** The system with the mail server; null: the only one of its kind. */
  readonly mailSystem: string | null
  /** Whom mails are from; null: `notifications@` the mail server. */
  readonly mailFrom: string | null
  readonly problems: readonly Problem[]
}

const notRules = problem<Record<string, never>>({
  code: 'notifications-not-rules',
  severity: 'error',
  says: () => 'There are no notification rules in it.',
  fix: () => 'Write an object with a list "rules", or the list alone.',
})
const unknownKind = problem<{ rule: string; type: string; suggestion: string }>({
  code: 'notification-unknown-kind',
  severity: 'error',
  says: ({ rule, type }) => `The notification rule ${rule} has the type ${type}, which does not exist.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Choose one of the kinds of rules.' : `Did you mean ${suggestion}?`),
  repair: ({ type, suggestion }) => renameTo(type, suggestion),
})
const wrongValue = problem<{ rule: string; field: string; needs: string }>({
  code: 'notification-wrong-value',
  severity: 'error',
  says: ({ rule, field, needs }) => `In the notification rule ${rule}, ${field} has to be ${needs}.`,
})
const unknownPipe = problem<{ rule: string; pipe: string; suggestion: string }>({
  code: 'notification-unknown-pipe',
  severity: 'warning',
  says: ({ rule, pipe }) => `The notification rule ${rule} is about ${pipe}, which is not a pipe.`,
  fix: ({ suggestion }) => (suggestion === '' ? 'Name a pipe, or none for all.' : `Did you mean ${suggestion}?`),
})
const wrongRecipient = problem<{ rule: string; recipient: string }>({
  code: 'notification-wrong-recipient',
  severity: 'error',
  says: ({ rule, recipient }) => `${recipient} is not a recipient that the notification rule ${rule} can notify.`,
  fix: () => 'A webhook needs an address with http or https, an e-mail one with @; other types are role and user_id.',
})

/** Reads the rules of a project. `text`: of the file, or null where there is none. */
export function readRules(text: string | null, project: Configuration): NotificationRules {
  const problems: Problem[] = []
  const report = (found: Problem) => problems.push(found)
  const json = text === null ? null : (readJsonFile(notificationsFile, text, report) ?? null)
  const listed = isObject(json) ? get(json, 'rules') : json
  if (json !== null && !Array.isArray(listed)) report(notRules({}, { file: notificationsFile }))
  const rules: NotificationRule[] = []
  const take = (rule: Json, index: number, from: string, where: Where, pipe: string | null) => {
    const read = readRule(rule, `${from}${index + 1}`, pipe, project, (found) => {
      report({ ...found, where: { ...where, path: [...(where.path ?? []), index] } })
    })
    if (read) rules.push(read)
  }
  const path = isObject(json) ? ['rules'] : []
  for (const [index, rule] of (Array.isArray(listed) ? listed : []).entries())
    take(rule, index, '', { file: notificationsFile, path }, null)
  for (const { id, file, config } of project.pipes.values()) {
    const own = [get(config, 'metadata'), 'notifications', 'rules'].reduce<Json | undefined>(memberOf, undefined)
    const where = { file, pipe: id, path: ['metadata', 'notifications', 'rules'] }
    for (const [index, rule] of (Array.isArray(own) ? own : []).entries()) take(rule, index, `${id}/`, where, id)
  }
  const mail = isObject(json) ? get(json, 'email') : undefined
  const textOf = (name: string) => {
    const value = isObject(mail) ? get(mail, name) : undefined
    return typeof value === 'string' && value !== '' ? value : null
  }
  return { rules, mailSystem: textOf('system'), mailFrom: textOf('from'), problems }
}

/** The member of a value along a path that begins with the value itself. */
function memberOf(value: Json | undefined, step: Json | undefined): Json | undefined {
  if (value === undefined) return step
  return isObject(value) && typeof step === 'string' ? get(value, step) : null
}

function readRule(
  json: Json,
  fallback: string,
  ofPipe: string | null,
  project: Configuration,
  report: (problem: Problem) => void,
): NotificationRule | null {
  if (!isObject(json)) {
    report(notRules({}))
    return null
  }
  const text = (name: string) => {
    const value = get(json, name)
    return typeof value === 'string' ? value : ''
  }
  const id = text('id') || fallback
  const type = text('type')
  const kind = ruleKinds.find((one) => one.type === type)
  if (!kind) {
    const names = ruleKinds.map((one) => one.type)
    report(unknownKind({ rule: id, type: type || '""', suggestion: nearest(type, names) ?? '' }))
    return null
  }
  const ruleInfo = get(json, 'extra_rule_info')
  const info = isObject(ruleInfo) ? ruleInfo : {}
  const wrong = kind.fields.flatMap((field) => needOf(field, get(info, field.name)) ?? [])
  for (const { field, needs } of wrong) report(wrongValue({ rule: id, field, needs }))
  const pipe = ofPipe ?? (text('pipe_id') || null)
  if (pipe !== null && !project.pipes.has(pipe))
    report(unknownPipe({ rule: id, pipe, suggestion: nearest(pipe, project.pipes.keys()) ?? '' }))
  const recipients = recipientsIn(get(json, 'recipients'), (recipient) =>
    report(wrongRecipient({ rule: id, recipient })),
  )
  if (wrong.length > 0 || recipients === null) return null
  return { id, kind, name: text('name') || kind.label, pipe, info, recipients }
}

/** What a field has to be, where it is not. */
function needOf(field: RuleField, value: Json | undefined): { field: string; needs: string } | null {
  const { name, is, of, default: otherwise, min } = field
  const wrong = (needs: string) => ({ field: name, needs })
  if (value === undefined) return otherwise === undefined ? wrong('given') : null
  if (is === 'text') return typeof value === 'string' && value !== '' ? null : wrong('a text')
  if (is === 'choice')
    return typeof value === 'string' && of?.includes(value) ? null : wrong(`one of ${of?.join(', ')}`)
  const number = value instanceof Float ? value.value : value
  if (typeof number !== 'number') return wrong('a number')
  return min !== undefined && number < min ? wrong(`at least ${min}`) : null
}

/** The recipients of a rule; null where one of them is not valid. A text alone is an address, or the name of a role. */
function recipientsIn(json: Json | undefined, wrong: (recipient: string) => void): readonly Recipient[] | null {
  const found: Recipient[] = []
  let sound = true
  for (const one of Array.isArray(json) ? json : []) {
    const read = recipientOf(one)
    if (read) found.push(read)
    else {
      wrong(typeof one === 'string' ? one : isObject(one) ? String(get(one, 'id') ?? '""') : JSON.stringify(one))
      sound = false
    }
  }
  return sound ? found : null
}

function recipientOf(json: Json): Recipient | null {
  if (typeof json === 'string')
    return json.includes('@')
      ? { type: 'email', id: json, channel: 'email' }
      : { type: 'role', id: json, channel: null }
  if (!isObject(json)) return null
  const [type, id = ''] = [get(json, 'type'), get(json, 'id')]
  if (typeof type !== 'string' || typeof id !== 'string' || !RECIPIENT_TYPES.includes(type)) return null
  const channel = channels.find((name) => name === type) ?? null
  const hasName = /\$(?:SECRET|ENV)\(/.test(id)
  if (type === 'webhook' && !hasName && !(URL.canParse(id) && /^https?:$/.test(new URL(id).protocol))) return null
  if (type === 'email' && !hasName && !/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(id)) return null
  return { type, id, channel }
}
