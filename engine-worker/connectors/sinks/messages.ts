/** What mail and SMS have in common: recipients and templates, in the configuration or in the entity. */

import type { Field } from '../../config/model/define.ts'
import { templateField, textField } from '../../config/model/field.ts'
import { textSetting } from '../../config/model/setting.ts'
import type { Part } from '../../config/project/effective.ts'
import { get } from '../../entity/dict.ts'
import type { Entity, JsonObject } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import type { UndefinedMode } from '../../template/values.ts'
import { placeIn } from '../operation.ts'
import type { RunContext } from '../runtime.ts'
import { template, templateOptions } from '../template.ts'
import { plainText } from '../to-text.ts'

const noRecipients = problem<Record<string, never>>({
  code: 'message-without-recipients',
  severity: 'error',
  says: () => 'The message has no recipient.',
  fix: () => 'Set recipients, or give the entity the property named by recipients_property.',
})

/** Body and recipients. */
export const messageFields: readonly Field[] = [
  templateField('body_template', 'The text of the message; properties of the entity can be used by name.'),
  textField('body_template_property', 'The property that holds the text instead.', {
    default: 'body_template',
    advanced: true,
  }),
  textField('recipients', 'Who receives the message, separated by commas.'),
  textField('recipients_property', 'The property that names the recipients instead.', { default: 'recipients' }),
]

/** How templates treat variables that the entity does not have (`unhandled_template_variable_replacement`). */
const undefinedModes: Readonly<Record<string, UndefinedMode>> = {
  strict: 'strict',
  empty_string: 'chainable',
  debug: 'debug',
}

/** The filled-in template of the configuration, or of the entity; undefined where there is neither. */
export function renderedTemplate(entity: Entity, part: Part, name: string, running: RunContext): string | undefined {
  const { config } = part
  const own = get(entity, textSetting(config, `${name}_property`, name))
  const source = textSetting(config, name) ?? (typeof own === 'string' ? own : undefined)
  if (source === undefined) return undefined
  const undefinedMode =
    undefinedModes[textSetting(config, 'unhandled_template_variable_replacement', 'debug')] ?? 'debug'
  const { name: called, where } = placeIn(part, [name])
  const place = { name: called, where: { ...where, entity: plainText(entity._id ?? null) } }
  // What is kept stays exactly as it is written.
  const kept = undefinedMode === 'debug' ? withoutUnknown(source, entity) : source
  const options = { ...templateOptions(running.environment), undefinedMode }
  return template(kept, place)(entity, options)
}

/** The template with the variables that the entity does not have as plain text. */
function withoutUnknown(source: string, entity: Entity): string {
  return source.replace(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g, (written, variable: string) =>
    Object.hasOwn(entity, variable) ? written : `{{ ${JSON.stringify(written)} }}`,
  )
}

/** The recipients of a message. */
export function recipientsOf(entity: Entity, config: JsonObject): string[] {
  const own = get(entity, textSetting(config, 'recipients_property', 'recipients'))
  const listed = Array.isArray(own) ? own.map(plainText) : plainText(own ?? null).split(',')
  const recipients = (textSetting(config, 'recipients')?.split(',') ?? listed)
    .map((each) => each.trim())
    .filter((each) => each !== '')
  if (recipients.length === 0) throw new Fault(noRecipients({}, { entity: plainText(entity._id ?? null) }))
  return recipients
}
