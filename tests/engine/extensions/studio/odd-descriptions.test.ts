/** Descriptions that are odd, of another form, or empty: a sensible draft, or a problem that says what is wrong and where. */
import { describe, expect, it } from 'vitest'
import { draftOf } from '../../../../engine-worker/extensions/studio/draft.ts'
import { formatOfJson, formatOfText } from '../../../../engine-worker/extensions/studio/other-formats.ts'
import { Fault } from '../../../../engine-worker/problem.ts'

const answering = (schema: unknown) => ({
  get: { responses: { 200: { content: { 'application/json': { schema } } } } },
})
const things = { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } }
const described = (paths: unknown, more: object = {}) =>
  JSON.stringify({ openapi: '3.1.0', info: { title: 'X' }, paths, ...more })

function faultOf(text: string) {
  try {
    draftOf(text)
  } catch (error) {
    if (error instanceof Fault) return error.problem
    throw error
  }
  throw new Error('it was read')
}

describe('an address', () => {
  it.each([
    ['is missing', {}, ''],
    ['is none of the servers', { servers: [] }, ''],
    ['is a path', { servers: [{ url: '/api/v1' }] }, '/api/v1'],
    ['has no scheme', { servers: [{ url: '//x.example/v1' }] }, '//x.example/v1'],
    ['varies without a default', { servers: [{ url: 'https://{tenant}.x.example' }] }, 'https://{tenant}.x.example'],
  ])('that %s stays open, and that is said', (_, more, given) => {
    const draft = draftOf(described({ '/a': answering(things) }, more))
    expect(draft.address).toBe('')
    expect(draft.problems).toMatchObject([{ code: 'studio-address-open', facts: { given } }])
  })
  it('that varies has the default or the first choice', () => {
    const variables = { tenant: { default: 'acme' }, zone: { enum: ['eu', 'us'] } }
    const servers = [{ url: 'https://{tenant}.{zone}.example', variables }]
    expect(draftOf(described({ '/a': answering(things) }, { servers })).address).toBe('https://acme.eu.example')
  })
})

describe('a description', () => {
  it.each([
    ['with webhooks alone', described(undefined, { webhooks: { made: { post: {} } } }), true, ['webhooks']],
    ['without paths', described({}), false, ['paths']],
    ['whose paths are a list', described([]), false, ['paths']],
    ['whose paths lead in a circle', described({ '/a': { $ref: '#/paths/~1a' } }), false, ['paths']],
    ['that only takes things in', described({ '/a': { post: {} } }), false, undefined],
  ])('%s says that nothing can be asked', (_, text, webhooks, path) => {
    const found = faultOf(text)
    expect(found).toMatchObject({ code: 'studio-no-operations', facts: { webhooks } })
    expect(found.where?.path).toEqual(path)
  })

  const object = (properties: object) => ({ type: ['object', 'null'], properties })
  it.each([
    ['types that are lists', { type: ['null', 'array'], items: object({ id: { type: ['null', 'integer'] } }) }],
    [
      'oneOf with null before',
      { oneOf: [{ type: 'null' }, { type: 'array', items: { anyOf: [things.items, object({ id: {} })] } }] },
    ],
    ['parts of allOf', { allOf: [{ properties: { page: { type: 'integer' } } }, { properties: { data: things } }] }],
  ])('with %s has an example and a key', (_, schema) => {
    const [found] = draftOf(described({ '/a': answering(schema) })).datatypes
    expect(found).toMatchObject({ name: 'a', isOn: true, key: 'id' })
    expect(JSON.parse(found?.example ?? '')).toEqual({ id: 1 })
  })

  it('with anchors and merge keys in YAML is read', () => {
    const ok =
      '{content: {application/json: {schema: {type: array, items: {type: object, properties: {id: {type: integer}}}}}}}'
    const paths =
      '  /a: {get: {responses: {200: *ok}}}\n  /b:\n    get:\n      <<: *both\n      responses: {"200": *ok}'
    const text = `openapi: 3.0.0\nx-ok: &ok ${ok}\nx-both: &both {summary: s}\npaths:\n${paths}\n`
    expect(draftOf(text).datatypes.map(({ name, key }) => [name, key])).toEqual([
      ['a', 'id'],
      ['b', 'id'],
    ])
  })

  it('without answers, or with parts that are null, keeps what is there', () => {
    const paths = { '/a': { get: null }, '/b': null, '/c': { get: { responses: null } }, '/d': answering(things) }
    expect(draftOf(described(paths)).datatypes.map(({ name, isOn }) => [name, isOn])).toEqual([
      ['d', true],
      ['c', false],
    ])
  })

  it('that names its version behind 20,000 other characters is a description', () => {
    const { openapi, ...others } = JSON.parse(described({ '/a': answering(things) }))
    const text = JSON.stringify({
      components: { schemas: { S: { description: 'x'.repeat(30_000) } } },
      ...others,
      openapi,
    })
    expect(draftOf(text).title).toBe('X')
  })

  it('is not what an answer only mentions', () => {
    const text = JSON.stringify({ note: 'x'.repeat(30_000), rows: [{ id: 1, meta: { openapi: '3.0.0' } }] })
    expect(draftOf(text, 'https://x.example/rows').datatypes[0]?.name).toBe('row')
  })
})

describe('another form', () => {
  it.each([
    ['<?xml version="1.0"?><wsdl:definitions name="x"/>', 'XML'],
    ['<definitions xmlns="http://schemas.xmlsoap.org/wsdl/">', 'WSDL'],
    ['\uFEFF<!DOCTYPE html><html>', 'a page in HTML'],
    ['#%RAML 1.0\ntitle: X', 'RAML'],
    ['asyncapi: 2.6.0\nchannels: {}', 'AsyncAPI'],
    ['type Query { a: Int }', 'a GraphQL schema'],
    ['{"asyncapi": "2.6.0"}', 'AsyncAPI'],
    ['{"openapi": "4.0.0", "paths": {}}', 'OpenAPI 4.0.0'],
    ['{"swaggerVersion": "1.2", "apis": []}', 'Swagger 1.2'],
    ['{"info": {"_postman_id": "x"}, "item": []}', 'a collection of Postman'],
    ['{"data": {"__schema": {}}}', 'a GraphQL schema'],
  ])('%s is named', (text, format) => {
    expect(faultOf(text)).toMatchObject({ code: 'studio-other-format', facts: { format }, where: { line: 1 } })
  })
  it('is nothing that an answer is taken for', () => {
    expect(formatOfText('{"id": 1, "html": "<p>"}')).toBeNull()
    expect(formatOfJson({ info: { schema: 'x' }, item: 'a', data: [] })).toBeNull()
    expect(formatOfJson([{ swaggerVersion: '1.2' }])).toBeNull()
  })
})
