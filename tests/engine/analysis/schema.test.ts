import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collectSchema, type PropertySchema, SCHEMA_LIMITS, schemaOf } from '../../../engine-worker/analysis/schema.ts'
import { type Dict, Float, isDict, kindOf, NI, type Value } from '../../../engine-worker/entity/value.ts'

describe('an inferred schema', () => {
  test('knows properties, types, presence and examples, nested ones too', () => {
    const { entities, properties } = schemaOf([
      { _id: '1', age: 7, tags: ['a', 'b', 1], address: { city: 'Oslo' } },
      { _id: '2', age: new Float(7), address: [{ city: 'Bergen', zip: '5003' }, { city: 'Oslo' }] },
      { _id: '3', age: null, ref: new NI('a:b') },
    ])
    expect(entities).toBe(3)
    const propertyNamed = (name: string) => properties.find((each) => each.name === name)
    expect(propertyNamed('_id')).toMatchObject({
      present: 3,
      types: [{ kind: 'string', count: 3 }],
      distinct: 3,
      more: false,
    })
    expect(propertyNamed('age')).toMatchObject({
      present: 3,
      types: [
        { kind: 'integer', count: 1 },
        { kind: 'float', count: 1 },
        { kind: 'null', count: 1 },
      ],
      examples: [7, new Float(7)],
      distinct: 2,
    })
    expect(propertyNamed('tags')).toMatchObject({
      types: [{ kind: 'list', count: 1 }],
      items: [
        { kind: 'string', count: 2 },
        { kind: 'integer', count: 1 },
      ],
    })
    expect(propertyNamed('address')?.properties).toMatchObject([
      { name: 'city', present: 3, distinct: 2, examples: ['Oslo', 'Bergen'] },
      { name: 'zip', present: 1 },
    ])
    expect(propertyNamed('ref')).toMatchObject({ types: [{ kind: 'ni', count: 1 }] })
  })

  test('stays small, whatever the data', () => {
    const collector = collectSchema({ ...SCHEMA_LIMITS, distinct: 3, properties: 10, depth: 1 })
    for (let n = 0; n < 100; n++) {
      collector.add({ _id: String(n), [`p${n}`]: { deep: { deeper: { deepest: n } } }, long: 'x'.repeat(1000) })
    }
    const { properties, leftOut, entities } = collector.schema()
    expect([properties.length, leftOut, entities]).toEqual([10, 92, 100])
    expect(properties[0]).toMatchObject({ name: '_id', distinct: 3, more: true })
    expect(properties.find(({ name }) => name === 'long')?.examples).toEqual([`${'x'.repeat(200)}…`])
    const deep = properties.find(({ name }) => name === 'p0')?.properties[0]
    expect(deep).toMatchObject({ name: 'deep', properties: [] })
  })

  test('counts each entity once, in any order', () => {
    const entity = fc.dictionary(
      fc.constantFrom('a', 'b', '__proto__', 'constructor', '1'),
      fc.constantFrom(1, 'x', null),
    )
    fc.assert(
      fc.property(fc.array(entity), (entities) => {
        const { properties } = schemaOf(entities)
        for (const { name, present, types } of properties) {
          expect(present).toBe(entities.filter((each) => Object.hasOwn(each, name)).length)
          expect(types.reduce((sum, { count }) => sum + count, 0)).toBe(present)
        }
        const names = new Set(entities.flatMap((each) => Object.keys(each)))
        expect(new Set(properties.map(({ name }) => name))).toEqual(names)
      }),
    )
  })

  test('equals a recount of every place in random data', () => {
    fc.assert(
      fc.property(fc.array(nested, { maxLength: 12 }), (entities) => {
        expect(countProperties(schemaOf(entities).properties)).toEqual(recount(entities))
      }),
      { numRuns: 300 },
    )
  })
})

const names = fc.constantFrom('a', 'b', 'n:c', '1', 'toString')
const scalar = fc.oneof(
  fc.constantFrom<Value>('x', 'y', 1, 2n ** 70n, true, false, null, new Float(1), new NI('a:b')),
  fc.integer({ min: 0, max: 3 }),
)
const { nested } = fc.letrec<{ nested: Dict; value: Value }>((tie) => ({
  nested: fc.dictionary(names, tie('value'), { maxKeys: 4 }),
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    scalar,
    tie('nested'),
    fc.array(fc.oneof(scalar, tie('nested')), { maxLength: 3 }),
  ),
}))

interface CountedProperty {
  readonly present: number
  readonly types: Readonly<Record<string, number>>
  readonly items: Readonly<Record<string, number>>
  readonly inside: Readonly<Record<string, CountedProperty>>
}

function countProperties(properties: readonly PropertySchema[]): Record<string, CountedProperty> {
  const byKind = (counts: PropertySchema['types']) =>
    Object.fromEntries(counts.map(({ kind, count }) => [kind, count] as const))
  return Object.fromEntries(
    properties.map(({ name, present, types, items, properties: inside }) => [
      name,
      { present, types: byKind(types), items: byKind(items), inside: countProperties(inside) },
    ]),
  )
}

/** An independent count: gathers all values of each property first, and then counts them. */
function recount(dicts: readonly Dict[]): Record<string, CountedProperty> {
  const all = [...new Set(dicts.flatMap((dict) => Object.keys(dict)))]
  const kindCounts = (values: readonly Value[]) => {
    const found = values.map((value) => kindOf(value))
    return Object.fromEntries(found.map((kind) => [kind, found.filter((each) => each === kind).length]))
  }
  return Object.fromEntries(
    all.map((name) => {
      const values = dicts.flatMap((dict) => (Object.hasOwn(dict, name) ? [dict[name] ?? null] : []))
      const items = values.flatMap((value) => (Array.isArray(value) ? value : []))
      const inside = [...values, ...items].filter((value) => isDict(value))
      return [
        name,
        { present: values.length, types: kindCounts(values), items: kindCounts(items), inside: recount(inside) },
      ]
    }),
  )
}
