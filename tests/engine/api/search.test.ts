/** Search over the datasets of a project, as the page asks for it. */
import { describe, expect, it } from 'vitest'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'

const people = [
  { _id: '1', name: 'Ada Lovelace', age: 36, email: 'ada@example.org' },
  { _id: '2', name: 'Grace Hopper', age: 85 },
  { _id: '3', name: 'Adam', age: 85, email: 'adam@example.org', address: { city: 'Oslo' } },
]
const pipe = (id: string, more: object) => [`pipes/${id}.conf.json`, JSON.stringify({ _id: id, type: 'pipe', ...more })]
const files = Object.fromEntries([
  pipe('people', { source: { type: 'embedded', entities: people } }),
  pipe('all', {
    source: { type: 'dataset', dataset: 'people' },
    transform: {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['filter', ['neq', '_S.name', 'Grace Hopper']],
        ],
      },
    },
    metadata: { global: true },
  }),
])

async function searched() {
  const engine = testEngine(memoryPlatform())
  await engine.open({ project: 'p', files })
  await engine.run({ run: '1', pipes: ['people', 'all'] })
  await engine['follow-search']()
  const idsFound = async (query: string, picks = {}) => {
    const { hits } = await engine.search({ query, picks, from: 0, count: 10 })
    return hits.map(({ dataset, id }) => `${dataset} ${id}`)
  }
  return { engine, find: idsFound }
}

describe('search', () => {
  it('finds entities of all datasets, globals first, with the words and their places', async () => {
    const { engine, find } = await searched()
    expect(await find('ada')).toEqual(['all 1', 'people 1'])
    expect(await find('ada*', { datasets: ['people'] })).toEqual(['people 1', 'people 3'])
    const { total, hits, facets, searched: of } = await engine.search({ query: 'oslo', picks: {}, from: 0, count: 1 })
    expect([total, of]).toEqual([2, 5])
    expect(hits).toEqual([
      expect.objectContaining({
        title: 'Adam',
        snippets: [{ property: 'address.city', text: 'Oslo', marks: [{ from: 0, to: 4 }] }],
      }),
    ])
    expect(facets.datasets).toEqual([
      ['all', 1],
      ['people', 1],
    ])
  })

  it('narrows by filters on properties, and counts what is left', async () => {
    const { engine, find } = await searched()
    expect(await find('@age>40')).toEqual(['all 3', 'people 2', 'people 3'])
    expect(await find('@age>40 -@email')).toEqual(['people 2'])
    expect(await find('@email:ada* adam')).toEqual(['all 3', 'people 3'])
    expect(await find('@address.city=oslo')).toEqual(['all 3', 'people 3'])
    expect(await find('@_updated>2100-01-01')).toHaveLength(0)
    expect(await find('@_updated>1971-01-01')).toHaveLength(5)
    const { facets } = await engine.search({ query: '@age>40', picks: {}, from: 0, count: 0 })
    expect(facets.datasets).toEqual([
      ['people', 2],
      ['all', 1],
    ])
  })

  it('leaves out datasets that are switched off, and finds them again', async () => {
    const { engine, find } = await searched()
    await engine['switch-search']({ dataset: 'people', on: false })
    expect(await find('ada')).toEqual(['all 1'])
    expect((await engine['follow-search']()).off).toEqual(['people'])
    await engine['switch-search']({ dataset: 'people', on: true })
    await engine['follow-search']()
    expect(await find('ada')).toEqual(['all 1', 'people 1'])
  })

  it('counts systems and types beside datasets, and narrows by them', async () => {
    const engine = testEngine(memoryPlatform())
    const entities = [
      { _id: '1', name: 'Ada' },
      { _id: '2', name: 'Bo' },
    ]
    await engine.open({
      project: 'p',
      files: Object.fromEntries([
        ['systems/crm.conf.json', JSON.stringify({ _id: 'crm', type: 'system:url', url_pattern: 'https://x.no/%s' })],
        pipe('crm-contact', { source: { type: 'embedded', entities } }),
        pipe('crm-contact-share', {
          source: { type: 'dataset', dataset: 'crm-contact' },
          sink: { type: 'json', system: 'crm', url: 'x' },
        }),
        pipe('global-order', { source: { type: 'embedded', entities: [{ _id: 'o', name: 'Ada' }] } }),
      ]),
    })
    await engine.run({ run: '1' })
    await engine['follow-search']()
    const searchWith = (picks: object) => engine.search({ query: 'ada', picks, from: 0, count: 10 })
    const { facets } = await searchWith({})
    expect(facets.types).toEqual([
      ['contact', 2],
      ['order', 1],
    ])
    expect(facets.systems).toEqual([['crm', 1]])
    const narrowed = await searchWith({ types: ['contact'], systems: ['crm'] })
    expect(narrowed.total).toBe(1)
    expect(narrowed.facets.types).toEqual([['contact', 1]])
    expect(narrowed.facets.systems).toEqual([['crm', 1]])
  })
})
