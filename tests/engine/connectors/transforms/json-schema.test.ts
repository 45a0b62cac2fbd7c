/** The json_schema transform; configuration-transforms-json-schema.rst. */
import { expect, test } from 'vitest'
import type { RunContext } from '../../../../engine-worker/connectors/runtime.ts'
import type { Entity, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { embedded, opened } from '../open.ts'
import { transformed } from './transformed.ts'

test('json_schema says whether an entity fits, in the words of Sesam where known', async () => {
  const schema = { type: 'object', properties: { born: { type: 'string' } }, required: ['name', 'born'] }
  const { entities } = await transformed({ type: 'json_schema', schema }, [
    { _id: '3', name: 'Jim' },
    { _id: '5', name: 'Bob', born: '1972-03-12' },
    { _id: '6', name: 'Eve', born: 5 },
  ])
  expect(entities[0]).toEqual({ _id: '3', name: 'Jim', valid: false, errors: ["'born' is a required property"] })
  expect(entities[1]).toEqual({ _id: '5', name: 'Bob', born: '1972-03-12', valid: true })
  expect(entities[2]).toMatchObject({ valid: false })
})

test('json_schema ends with a problem at a pattern that would take too long', async () => {
  const text = `${'a'.repeat(60)}!`
  const failure = async (schema: JsonObject, entity: JsonObject) => {
    const pipe = opened({ pipe: { source: embedded(), transform: { type: 'json_schema', schema } } })
    const running = { at: () => {}, pause: async () => {} } as unknown as RunContext
    const [derived] = (await pipe.stages[0]?.transform([{ _id: '1', ...entity } as Entity], running)) ?? []
    return derived?.problem ?? derived?.main
  }
  const costly = { type: 'string', pattern: '^(a+)+$' }
  expect(await failure({ properties: { s: costly } }, { s: text })).toMatchObject({
    code: 'schema-pattern-budget',
    where: { path: ['transform', 'schema', 'properties', 's', 'pattern'] },
  })
  const names = { items: { $ref: '#/definitions/name' }, type: 'array' }
  expect(await failure({ definitions: { name: costly }, properties: { l: names } }, { l: ['a', text] })).toMatchObject({
    where: { path: ['transform', 'schema', 'definitions', 'name', 'pattern'] },
  })
  expect(
    await failure({ patternProperties: { '(x+x+)+y': { type: 'string' } } }, { ['x'.repeat(60)]: 1 }),
  ).toMatchObject({ where: { path: ['transform', 'schema', 'patternProperties', '(x+x+)+y'] } })
  expect(await failure({ properties: { s: costly } }, { s: 'a'.repeat(60), t: text })).toMatchObject({ valid: true })
  expect(await failure({ properties: { s: costly } }, { s: 'b!' })).toMatchObject({ valid: false })
})
