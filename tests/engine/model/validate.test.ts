/** The problems of a model, in the terms of the model and at their places. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { modelShape } from '../../../engine-worker/model/model.ts'
import { importOsi, readModel } from '../../../engine-worker/model/read.ts'
import { modelProblems } from '../../../engine-worker/model/validate.ts'
import { formatPart } from '../../../engine-worker/text/format.ts'

interface Parts {
  readonly concepts?: object
  readonly mappings?: readonly object[]
  readonly more?: object
}

const person = { keys: [['email']], properties: { email: { rule: 'key' }, name: { rule: 'priority' } } }
const mapping = (name: string, more: object = {}) => ({
  name,
  system: 'crm',
  datatype: 'person',
  concept: 'person',
  properties: [
    { from: 'email', to: 'email' },
    { from: 'name', to: 'name' },
  ],
  ...more,
})

/** Code and place of each problem of a model. */
function found({ concepts = { person }, mappings = [mapping('a')], more = {} }: Parts): string[] {
  const systems = { crm: { datatypes: { person: { key: ['id'] } } } }
  const text = JSON.stringify({ version: 1, systems, concepts, mappings, ...more })
  const { model, problems } = readModel(text, 'model.json')
  const all = model === null ? problems : modelProblems(model, 'model.json')
  return all.map(({ code, where }) => `${code} ${where.path?.join('/')}`)
}

describe('a model', () => {
  test('without faults has no problems', () => {
    expect(found({})).toEqual([])
  })

  test.each<[string, Parts, string]>([
    [
      'keys that refer to each other in a circle',
      {
        concepts: {
          person,
          a: { keys: [['b']], properties: { b: { rule: 'key', references: 'b' } } },
          b: { keys: [['a']], properties: { a: { rule: 'key', references: 'a' } } },
        },
      },
      'model-reference-cycle concepts/a',
    ],
    [
      'mappings inside each other',
      { mappings: [mapping('a', { parent: 'b' }), mapping('b', { parent: 'a' })] },
      'model-parent-cycle mappings/0/parent',
    ],
    [
      'a concept without a key',
      { concepts: { person: { properties: person.properties } }, mappings: [mapping('a'), mapping('b')] },
      'model-concept-without-key concepts/person',
    ],
    [
      'two masters of equal rank',
      { mappings: [mapping('a', { priority: 1 }), mapping('b', { priority: 1 })] },
      'model-equal-rank concepts/person/properties/name',
    ],
    [
      'a property that no mapping fills',
      { concepts: { person: { ...person, properties: { ...person.properties, age: { rule: 'priority' } } } } },
      'model-property-without-source concepts/person/properties/age',
    ],
    [
      'a property that no data has',
      { more: { tests: [{ input: { 'crm.person': [{ id: '1', email: 'a' }] }, expected: {} }] } },
      'model-property-not-in-data mappings/0/properties/1',
    ],
    [
      'an unknown concept',
      { mappings: [mapping('a', { concept: 'company' })] },
      'model-unknown-name mappings/0/concept',
    ],
    ['a name that occurs twice', { mappings: [mapping('a'), mapping('a')] }, 'model-name-twice mappings/1/name'],
    [
      'SQL that cannot be said',
      { mappings: [mapping('a', { filter: { sql: "name ~ '^(x+)+$'" } })] },
      'model-sql-not-understood mappings/0/filter',
    ],
    [
      'broken SQL',
      { mappings: [mapping('a', { filter: { sql: "name = 'x" } })] },
      'model-sql-not-understood mappings/0/filter',
    ],
    [
      'a value of a vocabulary that stands twice',
      {
        mappings: [
          mapping('a', {
            properties: [
              {
                from: 'name',
                to: 'name',
                values: [
                  { here: 'a', there: 'A' },
                  { here: 'a', there: 'B' },
                ],
              },
            ],
          }),
        ],
      },
      'model-value-twice mappings/0/properties/0/values/1',
    ],
    [
      'a test that names nothing',
      { more: { tests: [{ input: { 'crm.persons': [] }, expected: {} }] } },
      'model-test-names-nothing tests/0/input/crm.persons',
    ],
    [
      'a test that expects something of nobody',
      { more: { tests: [{ input: {}, expected: { b: {} }, golden: { firm: [] } }] } },
      'model-test-names-nothing tests/0/golden/firm',
    ],
    [
      'a record that is none',
      { more: { tests: [{ input: { 'crm.person': [5] }, expected: {} }] } },
      'model-test-no-record tests/0/input/crm.person/0',
    ],
    [
      'a link with another number of parts',
      { mappings: [mapping('a'), mapping('b', { links: [{ properties: ['x', 'y'], references: 'a' }] })] },
      'model-link-parts mappings/1/links/0',
    ],
    [
      'a date that is none',
      { mappings: [mapping('a', { share: { since: 'yesterday' } })] },
      'model-since-no-time mappings/0/share/since',
    ],
    [
      'a path for no service',
      { more: { systems: { crm: { datatypes: { person: { key: ['id'], path: 'persons' } } } } } },
      'model-path-without-service systems/crm/datatypes/person/path',
    ],
    [
      'a key that names a property twice',
      { concepts: { person: { ...person, keys: [['email', 'email']] } } },
      'model-key-names-twice concepts/person/keys/0',
    ],
    ['an empty name', { concepts: { person, '': person } }, 'model-name-empty concepts/'],
    ['a part without meaning', { mappings: [mapping('a', { colour: 1 })] }, 'model-part-unknown mappings/0/colour'],
    ['a part that is missing', { mappings: [{ name: 'a' }] }, 'model-part-missing mappings/0'],
    ['a part of another kind', { concepts: [] }, 'model-wrong-kind concepts'],
    [
      'a latest value without times',
      {
        concepts: { person: { ...person, properties: { ...person.properties, name: { rule: 'latest' } } } },
        mappings: [mapping('a'), mapping('b')],
      },
      'model-latest-without-time concepts/person/properties/name',
    ],
  ])('with %s says so', (_, parts, problem) => {
    expect(found(parts)).toContain(problem)
  })

  test.each<[string, Parts, string]>([
    [
      'an expression on the way in',
      { mappings: [mapping('a', { properties: [{ from: 'email', to: 'email', in: ['uper', '_S.email'] }] })] },
      'dtl-unknown-function mappings/0/properties/0/in',
    ],
    [
      'an expression on the way out',
      { mappings: [mapping('a', { properties: [{ from: 'email', to: 'email', out: ['uper', '_S.email'] }] })] },
      'dtl-unknown-function mappings/0/properties/0/out',
    ],
    [
      'a filter',
      { mappings: [mapping('a', { filter: ['eqq', '_S.a', 1] })] },
      'dtl-unknown-function mappings/0/filter',
    ],
    [
      'what the system may get',
      { mappings: [mapping('a', { share_filter: ['eqq', '_S.a', 1] })] },
      'dtl-unknown-function mappings/0/share_filter',
    ],
    [
      'an expression of a concept',
      {
        concepts: {
          person: {
            ...person,
            properties: { ...person.properties, x: { rule: 'expression', expression: ['uper', '_S.a'] } },
          },
        },
      },
      'dtl-unknown-function concepts/person/properties/x/expression',
    ],
    [
      'how a datatype is read',
      {
        more: {
          systems: { crm: { datatypes: { person: { key: ['id'], source: { type: 'sqll', system: 'crm' } } } } },
        },
      },
      'unknown-type systems/crm/datatypes/person/source/type',
    ],
    [
      'how a system is reached',
      { more: { systems: { crm: { datatypes: { person: { key: ['id'] } }, config: { type: 'system:sqll' } } } } },
      'unknown-type systems/crm/config/type',
    ],
  ])('whose pipes have a problem says where it comes from: %s', (_, parts, problem) => {
    expect(found(parts)).toContain(problem)
  })

  test('with 300 mappings is checked and says what is wrong with the last one', () => {
    const mappings = Array.from({ length: 300 }, (_, index) => mapping(`m${index}`))
    expect(found({ mappings: [...mappings.slice(0, -1), mapping('m299', { system: 'gone' })] })).toEqual([
      'model-unknown-name mappings/299/system',
    ])
    expect(found({ mappings })).toEqual([])
  })

  test('in broken YAML is located by line', () => {
    const { model, problems } = importOsi('version: "1.0"\nmappings:\n  - name: a\n   source: b\n', 'x.yaml')
    expect(model).toBeNull()
    expect(problems).toMatchObject([{ code: 'model-yaml-broken', where: { file: 'x.yaml', line: 4 } }])
    for (const endless of [
      'a: &a [*a]',
      '['.repeat(100_000),
      `a: &a [x]\nb: &b [${'*a,'.repeat(200)}]\nc: &c [${'*b,'.repeat(200)}]\nd: [${'*c,'.repeat(200)}]`,
    ])
      expect(importOsi(endless, 'x.yaml').problems).toMatchObject([
        { code: 'model-yaml-broken', where: { line: expect.any(Number), column: expect.any(Number) } },
      ])
    expect(importOsi('version: "3.0"', 'x.yaml').problems).toMatchObject([{ code: 'model-osi-version' }])
  })
})

describe('a mapping file', () => {
  const file = (more: string) => `version: "1.0"
sources: { crm: { primary_key: id } }
targets:
  person: { fields: { email: identity } }
mappings:
  - name: crm
    source: crm
    target: person
${more}`
  const fields = '    fields: [{ source: email, target: email }]\n'

  test.each([
    [
      'a part that no version knows is told about and left out',
      file(`${fields}    colour: red\n`),
      { code: 'model-osi-part-unknown', severity: 'warning', where: { line: 10 } },
    ],
    [
      'an unknown strategy',
      file(fields).replace('identity', 'newest'),
      { code: 'model-wrong-kind', where: { line: 4, path: ['targets', 'person', 'fields', 'email'] } },
    ],
    [
      'an unknown direction',
      file('    fields: [{ source: email, target: email, direction: sideways }]\n'),
      { code: 'model-wrong-kind', where: { line: 9 } },
    ],
    [
      'a strategy of deletion that nobody knows',
      file(`${fields}    soft_delete: { field: gone, strategy: maybe }\n`),
      { code: 'model-wrong-kind', where: { line: 10 } },
    ],
    ['a part that is missing', file(fields).replace('    target: person\n', ''), { code: 'model-part-missing' }],
    [
      'a list where an object is expected',
      'version: "2.0"\nsources: []\n',
      { code: 'model-wrong-kind', where: { line: 2 } },
    ],
  ])('%s', (_, text, expected) => {
    expect(importOsi(text, 'x.yaml').problems[0]).toMatchObject(expected)
  })

  test('with an alias of nothing, or with nothing in it, is located too', () => {
    const [alias] = importOsi('version: "1.0"\nsources: { a: *nothing }\n', 'x.yaml').problems
    expect(alias).toMatchObject({ code: 'model-yaml-broken', where: { line: 2, column: 15 } })
    const [empty] = importOsi('', 'x.yaml').problems
    expect(empty).toMatchObject({ code: 'model-osi-version', where: { line: 1, column: 1 } })
    expect(importOsi(file(`${fields}    description: &said what\n`), 'x.yaml').problems).toEqual([])
  })

  test('says once what keeps a mapping from having a system', () => {
    const codes = (text: string) => {
      const { model } = importOsi(text, 'x.yaml')
      return model === null ? [] : modelProblems(model, 'x.yaml').map(({ code }) => code)
    }
    expect(codes(file(fields).replace('    source: crm\n', ''))).toEqual(['model-mapping-without-system'])
    const element = `${fields}  - { name: a, parent: b, array: l, target: person, fields: [{ source: email, target: email }] }\n`
    expect(codes(file(element))).toEqual(['model-unknown-name'])
    const circle = `${element}  - { name: b, parent: a, array: l, target: person, fields: [{ source: email, target: email }] }\n`
    expect(codes(file(circle))).toEqual(['model-parent-cycle'])
  })

  test.each([
    ['a version that is a number', file(fields).replace('"1.0"', '1.0'), undefined],
    ['two documents', 'version: "1.0"\n---\nversion: "1.0"\n', 'it holds more than one document'],
    ['a key that stands twice', 'version: "1.0"\nversion: "1.0"\n', 'this key stands in the same object twice'],
    ['tabs', 'version: "1.0"\nsources:\n\ta: 1\n', 'lines are indented with blanks, not with tabs'],
    ['depth', `a: ${'{a: '.repeat(5000)}1${'}'.repeat(5000)}`, 'it is nested too deep'],
    ['a merge of a text', 'version: "1.0"\na: { <<: 5 }\n', 'Merge sources must be maps or map aliases'],
    ['a circle of merges', 'a: &a\n  <<: *a\n', 'it is nested too deep'],
  ])('with %s is read or says why not, in words of its own', (_, text, reason) => {
    const { problems } = importOsi(text, 'x.yaml')
    expect(problems.map(({ facts }) => facts.reason)).toEqual(reason === undefined ? [] : [reason])
  })

  test.each([
    ['too large', `${file(fields)}# ${'x'.repeat(5_000_001)}`, { code: 'model-osi-too-large', where: { line: 1 } }],
    ['not UTF-8', `${file(fields)}# \uFFFD`, { code: 'model-not-utf8', where: { line: 10, column: 3 } }],
    ['no mapping file', 'hello', { code: 'model-osi-version', facts: { version: '' } }],
    ['of version 3', 'version: 3.0', { code: 'model-osi-version', facts: { version: '3' } }],
    [
      'with a source that is not declared',
      file(fields).replace('source: crm', 'source: cmr'),
      { code: 'model-osi-source-undeclared', where: { line: 7 }, facts: { suggestion: 'crm' } },
    ],
    [
      'with a part that is written wrongly',
      file(`${fields}    fliter: "email = 1"\n`),
      { code: 'model-osi-part-unknown', fix: 'Did you mean filter?' },
    ],
  ])('that is %s says so', (_, text, expected) => {
    expect(importOsi(text, 'x.yaml').problems[0]).toMatchObject(expected)
  })

  test('may use an alias as often as it has mappings', () => {
    const many = Array.from(
      { length: 300 },
      (_, at) => `  - { name: m${at}, source: crm, target: person, fields: *f }\n`,
    )
    const text = file('    fields: &f [{ source: email, target: email }]\n') + many.join('')
    expect(importOsi(text, 'x.yaml').model?.mappings).toHaveLength(301)
  })

  test('with a name that is not there is located by line', () => {
    const { model, place } = importOsi(file('    fields: [{ source: email, target: mail }]\n'), 'x.yaml')
    if (model === null) throw new Error('it was not read')
    const [problem] = modelProblems(model, 'x.yaml')
    expect(problem).toMatchObject({ code: 'model-unknown-name' })
    expect(place?.(problem?.where.path ?? [])).toMatchObject({ line: 9 })
  })
})

test('the published schema is that of the declaration', () => {
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...modelShape.schema }
  const published = readFileSync(join(import.meta.dirname, '../../../public/model.schema.json'), 'utf8')
  expect(published).toBe(`${formatPart(schema)}\n`)
})
