/** Search results as a list shows them. */
import { expect, it } from 'vitest'
import { foundEntities } from '../../../engine-worker/api/found-entities.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { parseQuery } from '../../../engine-worker/search/query.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { environment } from '../dtl/corpus.ts'

async function searchEntities(entities: readonly Entity[], query: string) {
  const store = memoryStore(environment())
  await store.commit({ datasets: [{ dataset: 'd', entities }] })
  const hits = []
  for await (const batch of store.rows('d', { history: true }))
    for (const updated of Array.from(batch.updated)) hits.push({ dataset: 'd', updated, score: 1 })
  return foundEntities({ store }, hits.toReversed(), parseQuery(query))
}

it('is called by its name or title, whatever its namespace, and otherwise by its id', async () => {
  const all = await searchEntities(
    [
      { _id: '1', 'crm:full_name': 'Ada Lovelace', note: 'x' },
      { _id: '2', title: ['The engine', 'Other'] },
      { _id: '3', name: 7 },
      { _id: '4', name: '', label: 'n'.repeat(100) },
    ],
    'x',
  )
  expect(all.map(({ id, title }) => [id, title])).toEqual([
    ['4', 'n'.repeat(80)],
    ['3', '3'],
    ['2', 'The engine'],
    ['1', 'Ada Lovelace'],
  ])
})

it('says how many were merged, whether it is deleted, and where the words stand, in the order of the hits', async () => {
  const [gone, merged] = await searchEntities(
    [
      { _id: '1', $ids: ['a', 'b'], name: 'Ada', city: 'Oslo' },
      { _id: '2', _deleted: true, city: 'Bergen' },
    ],
    'oslo',
  )
  expect(gone).toMatchObject({ id: '2', deleted: true, merged: 0 })
  expect(merged).toMatchObject({ dataset: 'd', id: '1', deleted: false, merged: 2 })
  expect(JSON.stringify(merged?.snippets)).toContain('Oslo')
})

it('leaves out versions that the store does not have any more, and everything where there is no query', async () => {
  const store = memoryStore(environment())
  await store.commit({ datasets: [{ dataset: 'd', entities: [{ _id: '1' }] }] })
  expect(await foundEntities({ store }, [{ dataset: 'd', updated: 99, score: 1 }], parseQuery('x'))).toEqual([])
  expect(await searchEntities([{ _id: '1' }], '')).toEqual([])
})
