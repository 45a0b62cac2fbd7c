/** The schema of a dataset equals a recount, and its history has the added, changed and removed properties. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collectJsonSchema } from '../../../engine-worker/analysis/json-schema.ts'
import { collectSchema } from '../../../engine-worker/analysis/schema.ts'
import { type Entity, isDict, kindOf, type Value } from '../../../engine-worker/entity/value.ts'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'
import { anyEntity } from '../entity/arbitrary.ts'

describe('inferred schemas', () => {
  it('say of a list in a list that it is an array, as JSON schema too, of whatever entities', () => {
    const collector = collectJsonSchema()
    collector.add({ _id: '1', at: [[1, 2], [[3]], { x: 4 }] })
    collector.add({ _id: '2', at: [5] })
    const items = {
      anyOf: [{ type: 'array' }, { type: 'object', properties: { x: { type: 'integer' } } }, { type: 'integer' }],
    }
    expect(collector.schema().properties).toMatchObject({ at: { type: 'array', items } })
    fc.assert(
      fc.property(fc.array(anyEntity, { minLength: 1, maxLength: 12 }), (entities) => {
        const any = collectJsonSchema()
        for (const entity of entities) any.add(entity as Entity)
        expect(any.schema()).toMatchObject({ type: 'object' })
      }),
    )
  })

  it('equal a recount at every depth', () => {
    fc.assert(
      fc.property(fc.array(anyEntity, { maxLength: 12 }), (entities) => {
        const collector = collectSchema({ distinct: 1000, examples: 0, properties: 1000, depth: 20 })
        for (const entity of entities) collector.add(entity as Entity)
        const { properties } = collector.schema()
        const counted = new Map<string, number>()
        const count = (key: string) => counted.set(key, (counted.get(key) ?? 0) + 1)
        const countPaths = (dict: Entity, path: string) => {
          for (const name of Object.keys(dict)) {
            const at = `${path}/${JSON.stringify(name)}`
            const value = dict[name] ?? null
            count(at)
            count(`${at} ${kindOf(value)}`)
            const items: readonly Value[] = Array.isArray(value) ? value : [value]
            for (const item of items) {
              if (Array.isArray(value)) count(`${at}[] ${kindOf(item)}`)
              if (isDict(item)) countPaths(item as Entity, at)
            }
          }
        }
        for (const entity of entities) countPaths(entity as Entity, '')
        const inferred = new Map<string, number>()
        const readProperties = (all: typeof properties, path: string) => {
          for (const { name, present, types, items, properties: inside } of all) {
            const at = `${path}/${JSON.stringify(name)}`
            inferred.set(at, present)
            for (const each of types) inferred.set(`${at} ${each.kind}`, each.count)
            for (const each of items) inferred.set(`${at}[] ${each.kind}`, each.count)
            readProperties(inside, at)
          }
        }
        readProperties(properties, '')
        expect(inferred).toEqual(counted)
      }),
    )
  })

  it('have a history: a new property, a changed type, one that is gone, with the run of each', async () => {
    const engine = testEngine(memoryPlatform())
    const file = (entities: readonly object[]) => ({
      'pipes/people.conf.json': JSON.stringify({ _id: 'people', type: 'pipe', source: { type: 'embedded', entities } }),
    })
    await engine.open({
      project: 'p',
      files: file([
        { _id: '1', age: 3, old: true },
        { _id: '2', name: 'Ada' },
      ]),
    })
    await engine.run({ run: '1' }, () => {})
    const first = await engine['dataset-schema']({ dataset: 'people' })
    expect(first.history).toEqual([])
    expect(first.entities).toBe(2)
    expect(first.jsonSchema).toMatchObject({ type: 'object', properties: { age: { type: 'integer' } } })
    await engine.update({
      files: file([
        { _id: '1', age: 'three', city: 'Oslo' },
        { _id: '2', name: 'Ada' },
      ]),
    })
    await engine.run({ run: '2' }, () => {})
    const { history } = await engine['dataset-schema']({ dataset: 'people' })
    expect(history.map(({ is, property, before, after }) => [is, property, before, after])).toEqual([
      ['removed', 'old', ['boolean'], []],
      ['typed', 'age', ['integer'], ['integer', 'string']],
      ['added', 'city', [], ['string']],
    ])
  })
})
