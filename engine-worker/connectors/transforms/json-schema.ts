// @cfworker/json-schema: validates by interpreting the schema, where most validators compile it with new Function.
import { type Schema, Validator } from '@cfworker/json-schema'
import { textField } from '../../config/model/field.ts'
import { textSetting } from '../../config/model/setting.ts'
import { comment, system, triggerOn } from '../../config/model/shared-fields.ts'
import { get, put } from '../../entity/dict.ts'
import { type Entity, isObject } from '../../entity/value.ts'
import { Fault, problem, reasonOf, type Where } from '../../problem.ts'
import { kind } from '../kind.ts'
import { here, systemOf } from '../open-context.ts'
import { joinUrl, requestText } from '../request.ts'
import { plainValue } from '../to-text.ts'
import { eachEntity } from './each-entity.ts'
import { missingAnswers } from './response.ts'
import type { PatternGuard } from './schema-patterns.ts'
import { schemaErrors } from './schema-words.ts'

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
const patternTooCostly = problem<{ pattern: string; length: number }>({
  code: 'schema-pattern-budget',
  severity: 'error',
  says: ({ pattern, length }) =>
    `The pattern “${pattern}” takes too many tries on a text of ${length.toLocaleString('en')} characters.`,
  fix: () => 'Write it without repetitions inside repetitions: ^a+$ instead of ^(a+)+$.',
})

/** configuration-transforms-json-schema-validation.rst */
export const jsonSchemaTransform = kind({
  role: 'transform',
  type: 'json_schema',
  alias: ['json_schema_validation'],
  preservesEntities: true,
  partName: 'valid',
  label: 'JSON schema',
  icon: 'list-checks',
  says: 'Validates each entity against a JSON schema and records whether it is valid, and what is wrong.',
  group: 'check',
  runs: 'here',
  fields: [
    { name: 'schema', type: { is: 'json' }, says: 'The schema.' },
    textField('schema_url', 'The address of the schema, if it is not written here.'),
    { ...system(['system:url'], false), says: 'The system of schema_url.' },
    textField('key_valid', 'The property that says whether the entity is valid.', { default: 'valid' }),
    textField('key_errors', 'The property that lists what is wrong.', { default: 'errors' }),
    triggerOn,
    comment,
  ],
  rules: [{ of: ['schema', 'schema_url'], need: 'at-least-one' }],
  template: { type: 'json_schema', schema: { type: 'object', required: [], properties: {} } },
  example: {
    config: {
      type: 'json_schema',
      schema: { type: 'object', required: ['email'], properties: { email: { type: 'string' } } },
    },
    takes: [{ _id: '7', email: 'ada@example.org' }, { _id: '8' }],
    gives: [
      { _id: '7', email: 'ada@example.org', valid: true },
      { _id: '8', valid: false, errors: ["'email' is a required property"] },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-json-schema-validation.rst',
  /** Adds the result to each entity. */
  open: (part, context, stage) => {
    const written = get(part.config, 'schema')
    const url = textSetting(part.config, 'schema_url')
    let schema: Compiled | null = isObject(written) ? validatorOf(plainValue(written)) : null
    const valid = textSetting(part.config, 'key_valid', 'valid')
    const errors = textSetting(part.config, 'key_errors', 'errors')
    const where = { pipe: context.pipe.id, path: part.path }
    const runtime = eachEntity(part, stage, async (entity, running) => {
      if (!schema && url !== undefined) {
        const from = systemOf(part, context)
        const answer = await requestText({ url: joinUrl(from?.config ?? {}, url) }, from, context, running)
        schema = validatorOf(JSON.parse(answer.text))
      }
      if (!schema) throw new Fault(noSchema({}, where))
      return checked(entity, schema, valid, errors, await guardOf(schema.written), where)
    })
    if (schema) return here(runtime)
    return { runtime, needs: url === undefined ? noSchema({}, where) : missingAnswers(part, context) }
  },
})

interface Compiled {
  readonly written: unknown
  readonly validator: Validator
}

function validatorOf(schema: unknown): Compiled {
  return { written: schema, validator: new Validator(schema as Schema, '2019-09', false) }
}

const guards = new WeakMap<object, PatternGuard | null>()

/** What holds the patterns of a schema to their budget; null when it has none. */
async function guardOf(schema: unknown): Promise<PatternGuard | null> {
  if (typeof schema !== 'object' || schema === null) return null
  let guard = guards.get(schema)
  if (guard === undefined) {
    const { patternGuard } = await import('./schema-patterns.ts')
    guard = patternGuard(schema)
    guards.set(schema, guard)
  }
  return guard
}

function checked(
  entity: Entity,
  schema: Compiled,
  valid: string,
  errors: string,
  guard: PatternGuard | null,
  where: Where,
): Entity {
  const result: Entity = { ...entity }
  const value = plainValue(entity)
  const costly = guard?.(value) ?? null
  if (costly !== null) {
    const { pattern, text, path } = costly
    const place = { ...where, path: [...(where.path ?? []), 'schema', ...path] }
    throw new Fault(patternTooCostly({ pattern, length: text.length }, place))
  }
  try {
    const output = schema.validator.validate(value)
    put(result, valid, output.valid)
    if (!output.valid) put(result, errors, schemaErrors(output.errors, schema.written, value))
  } catch (error) {
    throw new Fault(brokenSchema({ reason: reasonOf(error) }))
  }
  return result
}
