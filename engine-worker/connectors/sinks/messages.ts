/** What mail and SMS have in common: recipients and templates, in the configuration or in the entity. */
import { get } from '../../entity/dict.ts'
import type { Entity, JsonObject } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import type { Field } from '../define.ts'
import { templateField, textField } from '../field.ts'
import { text } from '../setting.ts'
import { template } from '../template.ts'
import { plainText, plainValue } from '../to-text.ts'

const noRecipients = problem<Record<string, never>>({
  code: 'message-without-recipients',
  severity: 'error',
  says: () => 'There is nobody to send the message to.',
  fix: () => 'Set recipients, or give the entity the property named by recipients_property.',
})

const unknownVariable = problem<{ name: string; template: string }>({
  code: 'unknown-template-variable',
  severity: 'error',
  says: ({ name, template }) => `The template ${template} uses ${name}, which the entity does not have.`,
  fix: () => 'Add the property, or set unhandled_template_variable_replacement to "debug" or "empty_string".',
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

/** The filled-in template of the configuration, or of the entity; undefined where there is neither. */
export function rendered(entity: Entity, config: JsonObject, name: string): string | undefined {
  const own = get(entity, text(config, `${name}_property`, name))
  const source = text(config, name) ?? (typeof own === 'string' ? own : undefined)
  if (source === undefined) return undefined
  const unhandled = text(config, 'unhandled_template_variable_replacement', 'debug')
  const values = plainValue(entity) as Record<string, unknown>
  const unknown = (written: string, variable: string): string => {
    if (unhandled === 'strict')
      throw new Fault(unknownVariable({ name: variable, template: name }, { entity: plainText(entity._id ?? null) }))
    return unhandled === 'empty_string' ? '' : `{{ ${JSON.stringify(written)} }}`
  }
  const filled = source.replace(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g, (written, variable: string) =>
    Object.hasOwn(values, variable) ? written : unknown(written, variable),
  )
  return template(filled)(values)
}

/** The recipients of a message. */
export function recipientsOf(entity: Entity, config: JsonObject): string[] {
  const own = get(entity, text(config, 'recipients_property', 'recipients'))
  const listed = Array.isArray(own) ? own.map(plainText) : plainText(own ?? null).split(',')
  const recipients = (text(config, 'recipients')?.split(',') ?? listed)
    .map((each) => each.trim())
    .filter((each) => each !== '')
  if (recipients.length === 0) throw new Fault(noRecipients({}, { entity: plainText(entity._id ?? null) }))
  return recipients
}
