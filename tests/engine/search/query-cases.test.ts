/** Queries with the hits that follow from the documented syntax (hub/features/integrated-search.rst), by scan and by index. */
import { describe, expect, it } from 'vitest'
import { readEntity } from '../../../engine-worker/entity/transit.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { turn } from '../../../engine-worker/run/turn.ts'
import { searchIndexes } from '../../../engine-worker/search/index/index-search.ts'
import { SearchIndexes } from '../../../engine-worker/search/index/search-indexes.ts'
import { parseQuery } from '../../../engine-worker/search/query.ts'
import { searchStore } from '../../../engine-worker/search/search-store.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { queryCases } from '../../support/search-cases.ts'

const { datasets, cases } = queryCases

describe('a query', () => {
  it.each(cases)('$rule: $query', async ({ on, query, hits, order, globals, picks = {}, facets }) => {
    const store = memoryStore(machine)
    const logs = datasets[on] ?? {}
    const names = Object.keys(logs).filter((name) => picks.all || (globals ?? Object.keys(logs)).includes(name))
    for (const name of names) {
      // One commit a version, as later ones of a commit win.
      for (const each of logs[name] ?? []) {
        await store.commit({ datasets: [{ dataset: name, entities: [readEntity(JSON.stringify(each))] }] })
      }
    }
    const withDeleted = picks.deleted === true
    const scanned = await searchStore(store, { query, datasets: names, picks, withDeleted, most: 99 })
    const found = scanned.hits.map(({ dataset, id }) => `${dataset}/${id}`)
    expect(found.toSorted()).toEqual([...hits].sort())
    if (order) expect(found.filter((hit) => order.includes(hit))).toEqual(order)
    for (const [facet, counts] of Object.entries(facets ?? {})) {
      expect(new Map(Object.entries(scanned.facets)).get(facet)).toEqual(new Map(Object.entries(counts)))
    }
    const indexes = new SearchIndexes(store, 7, () => turn)
    for (const name of names) await indexes.follow(name)
    const indexed = searchIndexes(indexes.indexesOf(names), {
      query: parseQuery(query),
      picks,
      withDeleted,
      most: 99,
    })
    expect(indexed.total).toBe(hits.length)
    expect(indexed.facets).toEqual(scanned.facets)
    expect(indexed.hits.map(({ score }) => score)).toEqual(scanned.hits.map(({ score }) => score))
  })
})
