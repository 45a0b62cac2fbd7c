/** Comparisons of datasets equal a naive comparison of all entities. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { identityOf } from '../../../engine-worker/analysis/identity.ts'
import type { Entity, Value } from '../../../engine-worker/entity/value.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'
import { environment } from '../dtl/corpus.ts'

const entity = fc.record(
  {
    _id: fc.constantFrom('1', '2', '3', '4', '5', '6'),
    _deleted: fc.boolean(),
    key: fc.constantFrom<Value>('a', 'b', null, ['c']),
    name: fc.constantFrom<Value>('Ada', 'Bo', null, { a: 1 }),
    city: fc.constantFrom<Value>('Oslo', ['Oslo']),
  },
  { requiredKeys: ['_id', '_deleted'] },
)
const entities = fc.array(entity, { maxLength: 12 }) as fc.Arbitrary<Entity[]>

async function latest(store: DatasetStore, dataset: string): Promise<Entity[]> {
  const found: Entity[] = []
  for await (const batch of store.scan(dataset, { live: true })) found.push(...batch)
  return found
}

function entitiesByKey(all: readonly Entity[], key: string): ReadonlyMap<string, Entity> {
  return new Map(
    all.flatMap((each) => {
      const value = each[key] ?? null
      const single = Array.isArray(value) ? value[0] : value
      return single === null || single === undefined ? [] : [[String(single), each] as const]
    }),
  )
}

it('counts equal, differing and missing entities, and the properties that differ', async () => {
  await fc.assert(
    fc.asyncProperty(entities, entities, fc.constantFrom('_id', 'key'), async (left, right, key) => {
      const around = environment()
      const store = memoryStore(around)
      const engine = testEngine({ ...memoryPlatform(around), openStore: async () => store })
      await engine.open({ project: 'p', files: {} })
      await store.commit({ datasets: [{ dataset: 'l', entities: left }] })
      await store.commit({ datasets: [{ dataset: 'r', entities: right }] })
      const found = await engine['compare-datasets']({ left: 'l', right: 'r', key, most: 3 })
      const [one, other] = [entitiesByKey(await latest(store, 'l'), key), entitiesByKey(await latest(store, 'r'), key)]
      const both = [...one].flatMap(([each, entity]) => {
        const match = other.get(each)
        return match ? [[entity, match] as const] : []
      })
      const differing = new Map<string, number>()
      let same = 0
      for (const [a, b] of both) {
        const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
          (name) =>
            !name.startsWith('_') &&
            (Object.hasOwn(a, name) !== Object.hasOwn(b, name) ||
              identityOf(a[name] ?? null) !== identityOf(b[name] ?? null)),
        )
        if (names.length === 0) same++
        for (const name of names) differing.set(name, (differing.get(name) ?? 0) + 1)
      }
      expect(found).toMatchObject({
        same,
        differing: both.length - same,
        onlyLeft: one.size - both.length,
        onlyRight: other.size - both.length,
      })
      expect(
        new Map(found.properties.map((each) => [each.name, each.differing + each.onlyLeft + each.onlyRight])),
      ).toEqual(differing)
      expect(found.examples.differing.length).toBe(Math.min(3, both.length - same))
    }),
    { numRuns: 60 },
  )
})
