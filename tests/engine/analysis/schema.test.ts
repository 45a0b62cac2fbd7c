import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collectSchema, SCHEMA_LIMITS, schemaOf } from '../../../engine-worker/analysis/schema.ts'
import { Float, NI } from '../../../engine-worker/entity/value.ts'

describe('an inferred schema', () => {
  test('knows properties, types, presence and examples, nested ones too', () => {
    const { entities, properties } = schemaOf([
      { _id: '1', age: 7, tags: ['a', 'b', 1], address: { city: 'Oslo' } },
      { _id: '2', age: new Float(7), address: [{ city: 'Bergen', zip: '5003' }, { city: 'Oslo' }] },
      { _id: '3', age: null, ref: new NI('a:b') },
    ])
    expect(entities).toBe(3)
    const at = (name: string) => properties.find((each) => each.name === name)
    expect(at('_id')).toMatchObject({ present: 3, types: [{ kind: 'string', count: 3 }], distinct: 3, more: false })
    expect(at('age')).toMatchObject({
      present: 3,
      types: [
        { kind: 'integer', count: 1 },
        { kind: 'float', count: 1 },
        { kind: 'null', count: 1 },
      ],
      examples: [7, new Float(7)],
      distinct: 3,
    })
    expect(at('tags')).toMatchObject({
      types: [{ kind: 'list', count: 1 }],
      items: [
        { kind: 'string', count: 2 },
        { kind: 'integer', count: 1 },
      ],
    })
    expect(at('address')?.properties).toMatchObject([
      { name: 'city', present: 3, distinct: 2, examples: ['Oslo', 'Bergen'] },
      { name: 'zip', present: 1 },
    ])
    expect(at('ref')).toMatchObject({ types: [{ kind: 'ni', count: 1 }] })
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
})
