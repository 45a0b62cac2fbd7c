/** Short ways to write down fields. Each gives a plain `Field`; `more` adds what else is known of it. */
import type { Json } from '../../entity/value.ts'
import type { Field, FieldType, KindRole } from './define.ts'

type FieldOptions = Omit<Partial<Field>, 'name' | 'says' | 'type'>

const fieldOfType =
  (type: FieldType) =>
  (name: string, says: string, more: FieldOptions = {}): Field => ({ name, type, says, ...more })

export const textField = fieldOfType({ is: 'text' })
export const longText = fieldOfType({ is: 'text', multiline: true })
/** The name of a character set. */
export const charsetField = fieldOfType({ is: 'text', format: 'charset' })
/** Status codes of answers, such as `200-299,404`. */
export const statusCodesField = fieldOfType({ is: 'text', format: 'status-codes' })
/** The name of a Docker image. */
export const imageField = fieldOfType({ is: 'text', format: 'image' })
/** A port of a server. */
export const portField = fieldOfType({ is: 'integer', min: 1, max: 65535 })
export const integerField = fieldOfType({ is: 'integer' })
export const positiveInteger = fieldOfType({ is: 'integer', min: 1 })
export const numberField = fieldOfType({ is: 'number' })
export const secondsField = fieldOfType({ is: 'number', min: 0, unit: 's' })
export const jsonField = fieldOfType({ is: 'json' })
export const secretField = fieldOfType({ is: 'secret' })
export const cronField = fieldOfType({ is: 'cron' })
export const expressionField = fieldOfType({ is: 'expression' })
export const textList = fieldOfType({ is: 'list', of: { is: 'text' } })
export const textMap = fieldOfType({ is: 'map', of: { is: 'text' } })
export const jsonMap = fieldOfType({ is: 'map', of: { is: 'json' } })
/** One text or a list of texts. */
export const textOrList = fieldOfType({ is: 'either', of: [{ is: 'text' }, { is: 'list', of: { is: 'text' } }] })
/** Jinja text; multiline, because templates are. */
export function templateField(name: string, says: string, more: FieldOptions = {}): Field {
  return { name, type: { is: 'text', multiline: true, placeholder: '{{ _id }}' }, says, template: true, ...more }
}

export function flagField(name: string, says: string, otherwise?: boolean, more: FieldOptions = {}): Field {
  return { name, type: { is: 'boolean' }, says, ...(otherwise === undefined ? {} : { default: otherwise }), ...more }
}

export function choiceField(
  name: string,
  choices: readonly string[],
  says: string,
  otherwise?: Json,
  more: FieldOptions = {},
) {
  const field: Field = { name, type: { is: 'choice', of: choices }, says, ...more }
  return otherwise === undefined ? field : { ...field, default: otherwise }
}

export function objectField(name: string, says: string, fields: readonly Field[], more: FieldOptions = {}): Field {
  return { name, type: { is: 'object', fields }, says, ...more }
}

export function listField(name: string, says: string, type: FieldType, more: FieldOptions = {}): Field {
  return { name, type: { is: 'list', of: type }, says, ...more }
}

export function either(name: string, says: string, types: readonly FieldType[], more: FieldOptions = {}): Field {
  return { name, type: { is: 'either', of: types }, says, ...more }
}

/** A property that Sesam heeds and that nothing here depends on, such as what concerns its servers. */
export function inSesam(field: Field): Field {
  return { ...field, sesamOnly: true }
}

/** The two properties of every conditional part. */
export function conditionalFields(role: KindRole): readonly Field[] {
  return [
    textField(
      'condition',
      'The name of the alternative to use; usually an environment variable such as $ENV(node-env).',
      {
        required: true,
      },
    ),
    {
      name: 'alternatives',
      type: { is: 'map', of: { is: 'kind', of: role } },
      required: true,
      says: 'The possible configurations by name.',
    },
  ]
}

/** Folded away in forms. */
export const advanced = { advanced: true } as const
export const required = { required: true } as const
