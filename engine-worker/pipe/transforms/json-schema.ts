// @cfworker/json-schema: validates by interpreting the schema, where most validators compile it with new Function.
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import { get, put } from '../../entity/dict.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { kind } from '../define.ts'
import { textField } from '../field.ts'
import { comment, system, text } from '../fields.ts'
import { here, type OpenTransform, systemOf } from '../making.ts'
import { plainValue } from '../plain.ts'
import { joinUrl, requestText } from '../request.ts'
import { triggerOn } from '../shared-fields.ts'
import { isObject } from '../variables.ts'
import { needsAnswers } from './answers.ts'
import { eachEntity } from './each.ts'

const noSchema = problem<Record<string, never>>({
  code: 'schema-missing',
  severity: 'error',
  says: () => 'The transform has no schema.',
  fix: () => 'Write a JSON schema into "schema", or give its address in "schema_url" and a system.',
})
const brokenSchema = problem<{ reason: string }>({
  code: 'schema-broken',
  severity: 'error',
  says: ({ reason }) => `The JSON schema cannot be used: ${reason}.`,
})

/** configuration-transforms-json-schema-validation.rst */
export const jsonSchema = kind({
  role: 'transform',
  type: 'json_schema',
  alias: ['json_schema_validation'],
  label: 'JSON schema',
  says: 'Checks each entity against a JSON schema and writes down whether it fits, and what is wrong.',
  group: 'check',
  runs: 'here',
  fields: [
    { name: 'schema', type: { is: 'json' }, says: 'The schema.' },
    textField('schema_url', 'Where the schema is kept, if it does not stand here.'),
    { ...system(['system:url'], false), says: 'The system of schema_url.' },
    textField('key_valid', 'The property that says whether the entity fits.', { default: 'valid' }),
    textField('key_errors', 'The property that lists what is wrong.', { default: 'errors' }),
    triggerOn,
    comment,
  ],
  template: { type: 'json_schema', schema: { type: 'object', required: [], properties: {} } },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-json-schema-validation.rst',
})

/** Adds the result to each entity. */
export const openJsonSchema: OpenTransform = (part, making, stage) => {
  const written = get(part.config, 'schema')
  const url = text(part.config, 'schema_url')
  let validator: Validator | null = isObject(written) ? validatorOf(plainValue(written)) : null
  const valid = text(part.config, 'key_valid', 'valid')
  const errors = text(part.config, 'key_errors', 'errors')
  const where = { pipe: making.pipe.id, path: part.path }
  const runtime = eachEntity(part, stage, async (entity, running) => {
    if (!validator && url !== undefined) {
      const from = systemOf(part, making)
      const answer = await requestText({ url: joinUrl(from?.config ?? {}, url) }, from, making, running)
      validator = validatorOf(JSON.parse(answer.text))
    }
    if (!validator) throw new Fault(noSchema({}, where))
    return checked(entity, validator, valid, errors)
  })
  if (validator) return here(runtime)
  return { runtime, needs: url === undefined ? noSchema({}, where) : needsAnswers(part, making) }
}

function validatorOf(schema: unknown): Validator {
  return new Validator(schema as Schema, '2019-09', false)
}

function checked(entity: Entity, validator: Validator, valid: string, errors: string): Entity {
  const result: Entity = { ...entity }
  try {
    const output = validator.validate(plainValue(entity))
    put(result, valid, output.valid)
    if (!output.valid)
      put(
        result,
        errors,
        leaves(output.errors).map((unit) => inWords(unit, entity)),
      )
  } catch (error) {
    throw new Fault(brokenSchema({ reason: error instanceof Error ? error.message : String(error) }))
  }
  return result
}

/** The errors that have no more precise ones below them. */
function leaves(units: readonly OutputUnit[]): OutputUnit[] {
  return units.filter(
    (unit) => !units.some((other) => other !== unit && other.keywordLocation.startsWith(`${unit.keywordLocation}/`)),
  )
}

/** In the words of Sesam's own validator where they are known; with the place otherwise. */
function inWords(unit: OutputUnit, _entity: Entity): string {
  const missing = /required property "([^"]*)"/.exec(unit.error)?.[1]
  if (unit.keyword === 'required' && missing !== undefined) return `'${missing}' is a required property`
  const place = unit.instanceLocation.replace(/^#\/?/, '')
  return place === '' ? unit.error : `${place}: ${unit.error}`
}
