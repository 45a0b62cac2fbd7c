/** Indexes follow their datasets through any history, also when indexing is interrupted at any moment. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { turn } from '../../../engine-worker/run/turn.ts'
import { documentOf } from '../../../engine-worker/search/document.ts'
import { searchIndexes } from '../../../engine-worker/search/index/index-search.ts'
import { SearchIndexes } from '../../../engine-worker/search/index/search-indexes.ts'
import { parseQuery } from '../../../engine-worker/search/query.ts'
import { search } from '../../../engine-worker/search/search.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'

const word = fc.constantFrom('ola', 'kari', 'oslo', 'ol')
const entity = fc.record({
  _id: fc.constantFrom('1', '2', '3', '4', '5'),
  _deleted: fc.boolean(),
  name: word,
  city: word,
})
const change = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(entity, { minLength: 1, maxLength: 4 }).map((entities) => ({ do: 'write' as const, entities })),
  },
  fc.constant({ do: 'reset' as const }),
  fc.constant({ do: 'remove' as const }),
  fc.constantFrom(0, 1, 2).map((keepVersions) => ({ do: 'compact' as const, keepVersions })),
  fc.constant({ do: 'withhold' as const }),
  fc.constantFrom('release' as const, 'rollback' as const).map((how) => ({ do: how })),
  { weight: 4, arbitrary: fc.constant({ do: 'follow' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'restart' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'stop' as const }) },
)

async function latestEntities(store: DatasetStore): Promise<Entity[]> {
  const found: Entity[] = []
  for await (const batch of store.scan('d', { live: true })) found.push(...batch)
  return found
}

describe('SearchIndexes', () => {
  it('answer like a scan after every kind of history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 25 }), async (changes) => {
        const store = memoryStore(machine)
        let indexes = new SearchIndexes(store, 7, () => turn)
        for (const each of changes) {
          const pending = (await store.info('d'))?.pendingSince ?? null
          if (each.do === 'write') {
            if (pending === null) await store.commit({ datasets: [{ dataset: 'd', entities: each.entities }] })
          } else if (each.do === 'withhold') {
            const entities = [{ _id: '9', name: 'withheld kari' }]
            await store.commit({ datasets: [{ dataset: 'd', entities, pending: true }] })
          } else if (each.do === 'compact') {
            await store.compact('d', {
              keepVersions: each.keepVersions,
              olderThan: Date.now() + 1e6,
              consumedUpTo: 1e9,
            })
          } else if (each.do === 'follow') await indexes.follow('d')
          else if (each.do === 'restart') indexes = new SearchIndexes(store, 8, () => turn)
          else if (each.do === 'stop') await indexes.follow('d', { signal: AbortSignal.abort() })
          else await store.commit({ [each.do]: ['d'] })
        }
        await indexes.follow('d')
        const latest = await latestEntities(store)
        for (const asked of ['ola', 'kari*', 'oslo -ola', '-ol', 'ol~1 withheld']) {
          const expected = search(
            latest.map((one) => documentOf('d', one)),
            asked,
          )
          const found = searchIndexes(indexes.indexesOf(['d']), {
            query: parseQuery(asked),
            picks: {},
            withDeleted: false,
            most: 99,
          })
          expect(found.total).toBe(expected.hits.length)
          expect(found.facets).toEqual(expected.facets)
          expect(found.hits.map(({ score }) => score)).toEqual(expected.hits.map(({ score }) => score))
        }
      }),
      { numRuns: Number(process.env.LAWS ?? 120) },
    )
  })

  it('says how far an index is, and removes what is kept of datasets that are gone', async () => {
    const store = memoryStore(machine)
    const entities = Array.from({ length: 1200 }, (_, at) => ({ _id: `${at}`, name: `ola ${at}` }))
    await store.commit({ datasets: [{ dataset: 'd', entities }] })
    const indexes = new SearchIndexes(store, 7, () => turn)
    expect(await indexes.progress('d')).toMatchObject({ indexed: 0, entities: 1200, complete: false })
    const reported: number[] = []
    await indexes.follow('d', { onProgress: ({ indexed }) => reported.push(indexed) })
    expect(reported.at(-1)).toBe(1200)
    expect(await indexes.progress('d')).toMatchObject({ indexed: 1200, complete: true })
    const storedKeys = async () => {
      const found: string[] = []
      for await (const { key } of store.states('search-index:')) found.push(key)
      return found
    }
    expect(await storedKeys()).not.toEqual([])
    await indexes.removeStale(new Set())
    expect(await storedKeys()).toEqual([])
  })
})
