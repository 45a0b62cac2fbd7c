/**
 * A store whose join indexes follow its commits: they answer like an index that is built from the log at that moment.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import type { Commit } from '../../../../engine-worker/storage/store.ts'
import { ticking } from '../../run/histories.ts'

const definition = { id: 'k', keysOf: (entity: { k?: unknown }) => (typeof entity.k === 'string' ? [entity.k] : []) }
const keys = ['x', 'y']

const entity = fc.record({ _id: fc.constantFrom('1', '2', '3'), k: fc.constantFrom(...keys), _deleted: fc.boolean() })
const commit: fc.Arbitrary<Commit> = fc.oneof(
  fc.array(entity, { maxLength: 4 }).map((entities): Commit => ({ datasets: [{ dataset: 'd', entities }] })),
  fc.constantFrom<Commit>({ reset: ['d'] }, { remove: ['d'] }),
)

describe('an indexed store', () => {
  test('answers like an index of the log, whatever was committed through it or beside it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(commit, fc.boolean())), async (commits) => {
        const store = memoryStore(ticking())
        const indexed = new IndexedStore(store)
        await indexed.index('d', definition)
        for (const [each, beside] of commits) {
          if (beside) {
            await store.commit(each)
            await indexed.refresh('d')
          } else await indexed.commit(each)
          const fresh = await new IndexedStore(store).index('d', definition)
          const index = await indexed.index('d', definition)
          expect(keys.map((key) => [...index.idsOf(key)])).toEqual(keys.map((key) => [...fresh.idsOf(key)]))
          expect(indexed.ready('d', definition)).toBe(index)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('does not see withheld versions before they are released', async () => {
    const indexed = new IndexedStore(memoryStore(ticking()))
    await indexed.commit({ datasets: [{ dataset: 'd', entities: [{ _id: '1', k: 'x' }] }] })
    const idsOf = async (key: string) => [...(await indexed.index('d', definition)).idsOf(key)]
    expect(await idsOf('x')).toEqual(['1'])
    await indexed.commit({ datasets: [{ dataset: 'd', entities: [{ _id: '2', k: 'x' }], pending: true }] })
    expect(await idsOf('x')).toEqual(['1'])
    await indexed.commit({ release: ['d'] })
    expect(await idsOf('x')).toEqual(['1', '2'])
    expect((await indexed.all('d')).map(({ _id }) => _id)).toEqual(['1', '2'])
    expect(indexed.allReady('d')).toHaveLength(2)
    await indexed.commit({ datasets: [{ dataset: 'd', entities: [{ _id: '1', _deleted: true }] }] })
    expect(indexed.allReady('d')).toBeNull()
    expect(await idsOf('x')).toEqual(['2'])
  })
})
