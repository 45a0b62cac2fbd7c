/** Filters by property in a query: which of the entities that the words find meet them. */
import { describe, expect, it } from 'vitest'
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
  const find = async (query: string) => {
    const { hits, total } = await engine.search({ query, picks: { datasets: ['people'] }, from: 0, count: 10 })
    expect(total).toBe(hits.length)
    return hits.map(({ id }) => id).toSorted()
  }
  return { engine, store, find }
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
})
