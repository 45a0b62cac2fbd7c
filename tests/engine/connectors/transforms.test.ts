import { describe, expect, test } from 'vitest'
import type { RunContext } from '../../../engine-worker/connectors/runtime.ts'
import { addNamespaces } from '../../../engine-worker/connectors/transforms/namespaces.ts'
import type { Entity, Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { embedded, entitiesOf, opened, output } from './open.ts'

const systems: JsonObject[] = [
  { _id: 'web', type: 'system:url', url_pattern: 'https://web/%s' },
  {
    _id: 'r',
    type: 'system:rest',
    url_pattern: 'https://r/%s',
    operations: { get: { url: 'x/{{ _id }}', method: 'GET' } },
  },
]

/** What a transform makes of these entities. */
async function transformed(transform: JsonObject, entities: Json[], files: Record<string, string> = {}) {
  return output({ pipe: { source: embedded(...entities), transform }, systems, files })
}

test('emit_children puts the children in the place of the parent', async () => {
  const { entities } = await transformed({ type: 'emit_children' }, [
    { _id: 'p', $children: [{ _id: 'c1', a: 1 }, { a: 2 }, 'x'] },
    { _id: 'q' },
  ])
  expect(entities).toEqual([{ _id: 'c1', a: 1 }])
})

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

test('xml and rdf write an entity into one of its properties', async () => {
  const { entities } = await transformed({ type: 'xml', 'xml-property': 'xml' }, [{ _id: '1', '<a>': { b: 'x&y' } }])
  expect(entities[0]).toMatchObject({ xml: '<a b="x&amp;y"/>' })
  const rdf = await output({
    pipe: {
      source: embedded({ _id: 'x:1', 'x:name': 'E', 'x:in': { 'x:id': 1 } }),
      transform: { type: 'rdf', 'rdf-property': 'rdf' },
    },
    metadata: { namespaces: { default: { x: 'http://x.org/' } } },
  })
  const [first] = rdf.entities as { rdf: string }[]
  expect(first?.rdf).toContain('<http://x.org/1> <http://x.org/name> "E" .')
  expect(first?.rdf).toContain('_:x1 <http://x.org/id> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .')
})

test('lower_keys and upper_keys change the names of properties, those inside of values only when asked', async () => {
  const entity = { _id: 'A', $Own: { X: 1 }, Born: 1, Home: { Street: 'S' }, Rows: [{ Deep: 2 }, 'Text'] }
  const { entities: flat } = await transformed({ type: 'lower_keys' }, [entity])
  expect(flat).toEqual([{ _id: 'A', $Own: { X: 1 }, born: 1, home: { Street: 'S' }, rows: [{ Deep: 2 }, 'Text'] }])
  const { entities: deep } = await transformed({ type: 'upper_keys', recurse: true }, [entity])
  expect(deep).toEqual([{ _id: 'A', $Own: { X: 1 }, BORN: 1, HOME: { STREET: 'S' }, ROWS: [{ DEEP: 2 }, 'Text'] }])
})

describe('http', () => {
  const transform = { type: 'http', system: 'web', url: 'twist', batch_size: 2 }
  test('goes on with the entities of the recorded answers', async () => {
    const answers = [{ entity: '1', answer: [{ _id: '1', x: 1 }, { _id: 'new' }] }, { answer: [] }]
    const files = { 'testdata/p.answers.json': JSON.stringify(answers) }
    const { entities, problems } = await transformed(transform, [{ _id: '1' }, { _id: '2' }, { _id: '3' }], files)
    expect(problems).toEqual([])
    expect(entities).toHaveLength(2)
    expect(entities).toEqual(expect.arrayContaining([{ _id: '1', x: 1 }, { _id: 'new' }]))
  })
  test('without network or records the pipe is not runnable, by name', async () => {
    const { entities, problems } = await transformed(transform, [{ _id: '1' }])
    expect({ entities, problems }).toEqual({ entities: [], problems: ['transform-needs-answers'] })
  })
  test('supplied output stands in for the whole pipe', async () => {
    const { entities } = await transformed(transform, [{ _id: '1' }], {
      'testdata/p.json': '[{"_id": "out", "x": 1.5}]',
    })
    expect(entities).toEqual([{ _id: 'out', x: 1.5 }])
  })
  test('trigger_on leaves the others alone', async () => {
    const files = { 'testdata/p.answers.json': '[{"answer": []}]' }
    const { entities } = await transformed(
      { ...transform, trigger_on: { key: 'go', value: 'ye*' } },
      [{ _id: '1', go: 'yes' }, { _id: '2' }],
      files,
    )
    expect(entities).toEqual([{ _id: '2' }])
  })
})

describe('rest', () => {
  const files = {
    'testdata/p.answers.json': JSON.stringify([
      { url: 'x/1', answer: { result: [{ name: 'Ann' }] } },
      { url: 'x/2', answer: 'gone', status: 404 },
    ]),
  }
  const transform = { type: 'rest', system: 'r', operation: 'get', payload_property: 'result' }
  test('adds the answer to the entity', async () => {
    expect((await transformed(transform, [{ _id: '1' }], files)).entities).toEqual([
      { _id: '1', response: [{ name: 'Ann' }] },
    ])
  })
  test('follows pages, as sources do', async () => {
    const pages: Readonly<Record<string, unknown>> = {
      'https://r/x/1': { result: [{ n: 1 }], next: 'https://r/x/2' },
      'https://r/x/2': { result: [{ n: 2 }, { n: 3 }], next: null },
    }
    const fetch = async (url: RequestInfo | URL) => Response.json(pages[String(url)])
    const operations = { get: { url: 'x/{{ _id }}', method: 'GET', next_page_link: '{{ body.next }}' } }
    const systems = [{ _id: 'r', type: 'system:rest', url_pattern: 'https://r/%s', operations }]
    const through = (more: JsonObject) =>
      output({ pipe: { source: embedded({ _id: '1' }), transform: { ...transform, ...more } }, systems, fetch })
    expect((await through({})).entities).toEqual([{ _id: '1', response: [{ n: 1 }, { n: 2 }, { n: 3 }] }])
    const { entities } = await through({ replace_entity: true })
    expect(entities.map((entity) => (entity as JsonObject).n).sort()).toEqual([1, 2, 3])
  })
  test('an answer whose status is not allowed is an error, recorded or not', async () => {
    expect((await transformed(transform, [{ _id: '2' }], files)).problems).toEqual(['bad-answer'])
    const ignoring = { ...transform, ignored_status_codes: '404' }
    expect(await transformed(ignoring, [{ _id: '2' }], files)).toMatchObject({ entities: [], problems: [] })
  })
  test('replaces the entity when told to, as the service answers', async () => {
    const replacing = { ...transform, replace_entity: true, id_expression: '{{ name | lower }}' }
    expect((await transformed(replacing, [{ _id: '1' }], files)).entities).toEqual([{ name: 'Ann' }])
  })
})

test('conditional and chained transforms run as what they come to', async () => {
  const dtl = (name: string) => ({
    type: 'dtl',
    rules: {
      default: [
        ['copy', '*'],
        ['add', name, true],
      ],
    },
  })
  const transform = {
    type: 'conditional',
    condition: 'b',
    alternatives: { a: dtl('a'), b: { type: 'chained', transforms: [dtl('b'), dtl('c')] } },
  }
  expect((await transformed(transform, [{ _id: '1' }])).entities).toEqual([{ _id: '1', b: true, c: true }])
})

describe('what increments know of a DTL transform', () => {
  const known = (...steps: Json[]) => {
    const pipe = opened({ pipe: { transform: { type: 'dtl', rules: { default: steps } } } })
    return pipe.stages[0]
  }
  test('ids are kept unless a rule gives another one', () => {
    expect(known(['copy', '*'])?.ids).toBe('kept')
    expect(known(['add', '_id', '_S.x'])?.ids).toBe('any')
    expect(known(['add', ['concat', 'a', '_S.b'], 1])?.ids).toBe('any')
    expect(known(['merge', '_S.x'])?.ids).toBe('kept')
    expect(known(['remove', '_*'])?.ids).toBe('kept')
    expect(known(['remove', ['list', 'a', '_id']])?.ids).toBe('any')
    expect(known(['remove', '_S.name'])?.ids).toBe('any')
  })
  test('creation, children, joins and comparison with earlier versions', () => {
    const join = { datasets: ['orders o'], where: [['eq', '_S._id', 'o.customer']] }
    expect(known(['create', '_S.x'])).toMatchObject({ creates: true, createsChildren: false })
    expect(known(['create-child', '_S.x'])?.createsChildren).toBe(true)
    expect(known(['add', 'o', ['hops', join]])?.hops).toEqual([{ dataset: 'orders', tracked: true }])
    expect(known(['add', 'o', ['hops', { ...join, 'track-dependencies': false }]])?.hops).toEqual([
      { dataset: 'orders', tracked: false },
    ])
    expect(known(['filter', ['is-changed', '_S.x']])?.usesPrevious).toBe(true)
  })
  test('a rule that does not compile makes the pipe unable to run, with the place', () => {
    const pipe = opened({ pipe: { transform: [{ type: 'dtl', rules: { default: [['ad', 'x', 1]] } }] } })
    expect(pipe.needs).toMatchObject({ severity: 'error', where: { pipe: 'p', file: 'pipes/p.conf.json' } })
    expect(pipe.needs?.where.path?.slice(0, 4)).toEqual(['transform', 0, 'rules', 'default'])
  })
})

test('namespaces are added to names at every depth, not to reserved ones', () => {
  const namespaces = { enabled: true, identity: 'i', property: 'p', expansions: new Map() }
  const [entity] = entitiesOf({ _id: '1', a: { b: [{ c: 1 }] }, 'x:y': 2, $x: { y: 1 }, _z: { q: 1 } })
  expect(addNamespaces(entity ?? {}, namespaces)).toEqual({
    _id: 'i:1',
    'p:a': { 'p:b': [{ 'p:c': 1 }] },
    'x:y': 2,
    $x: { y: 1 },
    _z: { q: 1 },
  })
  expect(addNamespaces({ _id: 'i:1' }, namespaces)._id).toBe('i:1')
})
