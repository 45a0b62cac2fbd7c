/** Filters by property in a query: which of the entities that the words find meet them. */
import { describe, expect, it } from 'vitest'
import { type Filter, meetsFilters } from '../../../engine-worker/api/filter.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { openedEngine } from '../../support/opened-engine.ts'

const people = [
  { _id: '1', name: 'Ada Lovelace', age: 36, address: { city: 'London' } },
  { _id: '2', name: 'Grace Hopper', age: 85 },
  { _id: '3', name: 'Ada Byron', age: 8, address: { city: 'Oslo' } },
]
const files = {
  'pipes/people.conf.json': JSON.stringify({
    _id: 'people',
    type: 'pipe',
    source: { type: 'embedded', entities: people },
  }),
}

async function searched() {
  const { engine, store } = await openedEngine(files)
  await engine.run({ run: '1' })
  await engine['follow-search']()
  const idsFound = async (query: string) => {
    const { hits, total } = await engine.search({ query, picks: { datasets: ['people'] }, from: 0, count: 10 })
    expect(total).toBe(hits.length)
    return hits.map(({ id }) => id).toSorted()
  }
  return { engine, store, find: idsFound }
}

describe('a query with filters', () => {
  it('finds the entities that its words find and that meet all filters', async () => {
    const { find } = await searched()
    expect(await find('ada')).toEqual(['1', '3'])
    expect(await find('ada @age>20')).toEqual(['1'])
    expect(await find('ada @age>20 @name:Byron')).toEqual([])
    expect(await find('ada @address.city=Oslo')).toEqual(['3'])
  })

  it('finds by filters alone, also by what is missing', async () => {
    const { find } = await searched()
    expect(await find('@address')).toEqual(['1', '3'])
    expect(await find('-@address')).toEqual(['2'])
    expect(await find('@age!=36')).toEqual(['2', '3'])
    expect(await find('@nothing')).toEqual([])
    expect(await find('@age>=36 @age<=85')).toEqual(['1', '2'])
    expect(await find('-@age>20')).toEqual(['3'])
    expect(await find('-@address.city:lon')).toEqual(['2', '3'])
  })

  it('compares the moment of a version as a date', async () => {
    const { find, store } = await searched()
    const moments: number[] = []
    for await (const batch of store.scan('people')) for (const { _ts } of batch) moments.push(Number(_ts) / 1000)
    const day = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10)
    const before = day(Math.min(...moments) - 86_400_000)
    const after = day(Math.max(...moments) + 86_400_000)
    expect(await find(`@_updated>${before}`)).toEqual(['1', '2', '3'])
    expect(await find(`@_updated>${after}`)).toEqual([])
    expect(await find(`@_updated=${after}`)).toEqual([])
    expect(await find(`@_updated>=${before}T00:00:00Z @_updated<=${after}T00:00`)).toEqual(['1', '2', '3'])
    const today = day(Math.min(...moments))
    if (day(Math.max(...moments)) === today) {
      expect(await find(`@_updated=${today}`)).toEqual(['1', '2', '3'])
      expect(await find(`-@_updated=${today}`)).toEqual([])
    }
    expect(await find(`-@_updated=${after}`)).toEqual(['1', '2', '3'])
    expect(await find(`@_updated<${after}`)).toEqual(['1', '2', '3'])
  })

  it('asks about the newest versions alone, once the indexes have followed', async () => {
    const { engine, find } = await searched()
    const older = people.map((each) => ({ ...each, age: 1 }))
    const pipe = { _id: 'people', type: 'pipe', source: { type: 'embedded', entities: older } }
    await engine.update({ files: { 'pipes/people.conf.json': JSON.stringify(pipe) } })
    await engine.run({ run: '2', full: true })
    await engine['follow-search']()
    expect(await find('@age>20')).toEqual([])
    expect(await find('@age=1')).toEqual(['1', '2', '3'])
  })

  it('finds among many entities, by columns, what reading each of them finds', async () => {
    const { engine, store } = await searched()
    const cities = ['Oslo', 'Bergen', 'Tromsø', null]
    const many = Array.from({ length: 3000 }, (_, at): Entity => {
      const address = at % 3 === 0 ? { city: cities[at % 4] ?? null } : 'none'
      return { _id: `m${at}`, name: `Ada ${at}`, age: at % 90, email: `ada.${at}@example.org`, address }
    })
    await store.commit({ datasets: [{ dataset: 'people', entities: many }] })
    await engine['follow-search']()
    await engine.profile({ dataset: 'people', properties: ['age', 'name', 'email', 'address', 'address.city'] })
    const count = async (query: string) =>
      (await engine.search({ query, picks: { datasets: ['people'] }, from: 0, count: 0 })).total
    const all: Entity[] = []
    for await (const batch of store.scan('people', { live: true })) all.push(...batch)
    const expectedCount = (...filters: readonly Filter[]) => all.filter((each) => meetsFilters(each, filters)).length
    expect(await count('@age>70')).toBe(expectedCount({ property: 'age', how: 'greater', value: '70' }))
    expect(await count('-@age>70')).toBe(expectedCount({ property: 'age', how: 'at-most', value: '70' }))
    expect(await count('@email:ada.47*')).toBe(expectedCount({ property: 'email', how: 'begins', value: 'ada.47' }))
    expect(await count('@email:7@ex')).toBe(expectedCount({ property: 'email', how: 'contains', value: '7@ex' }))
    expect(await count('@name="ada 12"')).toBe(1)
    expect(await count('@address.city=oslo @age>=45')).toBe(
      expectedCount(
        { property: 'address.city', how: 'is', value: 'Oslo' },
        { property: 'age', how: 'at-least', value: '45' },
      ),
    )
  })
})
