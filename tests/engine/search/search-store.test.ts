/** Search over stored datasets equals a search over their latest entities, and gives the positions of the words. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { documentOf } from '../../../engine-worker/search/document.ts'
import { parseQuery } from '../../../engine-worker/search/query.ts'
import { search } from '../../../engine-worker/search/search.ts'
import { searchStore } from '../../../engine-worker/search/search-store.ts'
import { snippetsOf } from '../../../engine-worker/search/snippet.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'

const defaultSearch = { picks: {}, withDeleted: false, most: 100 }
const word = fc.constantFrom('ola', 'kari', 'nordmann', 'oslo', 'bergen', 'ol')
const entity = fc.record({
  _id: fc.constantFrom('1', '2', '3', '4'),
  _deleted: fc.boolean(),
  name: fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
  'crm:city': word,
})
const query = fc.array(
  fc.oneof(
    word,
    word.map((each) => `-${each}`),
    word.map((each) => `${each}*`),
  ),
  { maxLength: 3 },
)

describe('searchStore', () => {
  it('finds what a search over the latest entities finds, after any history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entity, { maxLength: 12 }), query, fc.boolean(), async (log, terms, withDeleted) => {
        const store = memoryStore(machine)
        const latest = new Map<string, Entity>()
        for (const each of log) {
          // Deleting a deleted entity writes nothing.
          if (each._deleted && latest.get(each._id)?._deleted !== false) continue
          await store.commit({ datasets: [{ dataset: 'people', entities: [each] }] })
          latest.delete(each._id)
          latest.set(each._id, each)
        }
        const text = terms.join(' ')
        const visible = [...latest.values()].filter((each) => withDeleted || each._deleted !== true)
        const expected = search(
          visible.map((each) => documentOf('people', each)),
          text,
        )
        const found = await searchStore(store, {
          ...defaultSearch,
          query: text,
          datasets: ['people', 'absent'],
          withDeleted,
        })
        expect(found.hits.map(({ id }) => id).sort()).toEqual(expected.hits.map(({ document }) => document.id).sort())
        expect(found.total).toBe(expected.hits.length)
        expect(found.facets).toEqual(expected.facets)
        const scores = found.hits.map(({ score }) => score)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
      }),
      { numRuns: 60 },
    )
  })

  it('shows no more hits than asked for, and counts all', async () => {
    const store = memoryStore(machine)
    await store.commit({ datasets: [{ dataset: 'd', entities: ['1', '2', '3'].map((_id) => ({ _id, name: 'ola' })) }] })
    const found = await searchStore(store, { ...defaultSearch, query: 'ola', datasets: ['d'], most: 2 })
    expect([found.total, found.hits.length]).toEqual([3, 2])
  })
})

describe('snippetsOf', () => {
  const snippetsIn = (text: string, each: Entity) => {
    const asked = parseQuery(text)
    return asked === null ? [] : snippetsOf(asked, each, 3)
  }

  it('marks the words that were found, with the property that they are in', () => {
    const found = snippetsIn('nord* -kari', { _id: '1', person: { names: ['Ola', 'Ola Nordmann'] } })
    expect(found).toEqual([{ property: 'person.names', text: 'Ola Nordmann', marks: [{ from: 4, to: 12 }] }])
  })

  it('cuts long values around the first word', () => {
    const [snippet] = snippetsIn('needle', { _id: '1', note: `${'hay '.repeat(100)}needle${' hay'.repeat(100)}` })
    expect(snippet?.text.length).toBeLessThan(200)
    const [mark] = snippet?.marks ?? []
    expect(snippet?.text.slice(mark?.from, mark?.to)).toBe('needle')
  })
})
