/** The datasets and properties that contain an identifier, through merges. */
import { describe, expect, it } from 'vitest'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'

const embedded = (id: string, entities: object[]) => [
  `pipes/${id}.conf.json`,
  JSON.stringify({
    _id: id,
    type: 'pipe',
    source: { type: 'embedded', entities },
    add_namespaces: true,
    namespaced_identifiers: true,
  }),
]
const files = Object.fromEntries([
  embedded('crm', [
    { _id: '1', email: 'ada@x' },
    { _id: '10', email: 'bo@x' },
  ]),
  embedded('erp', [{ _id: '7', mail: 'ada@x' }]),
  embedded('order', [
    { _id: 'o1', customer: '~:crm:1', lines: [{ payer: '~:erp:7' }] },
    { _id: 'o2', customer: '~:crm:10', note: 'not crm:1 itself' },
  ]),
  [
    'pipes/person.conf.json',
    JSON.stringify({
      _id: 'person',
      type: 'pipe',
      metadata: { global: true },
      source: {
        type: 'merge',
        version: 2,
        identity: 'first',
        datasets: ['crm c', 'erp e'],
        equality: [['eq', 'c.crm:email', 'e.erp:mail']],
      },
    }),
  ],
])

async function reach(id: string) {
  const engine = testEngine(memoryPlatform())
  await engine.open({ project: 'p', files })
  await engine.run({ run: '1', pipes: ['crm', 'erp', 'order', 'person'] })
  const { places, ...more } = await engine['identifier-reach'](id)
  return { ...more, places: places.toSorted((a, b) => (a.dataset < b.dataset ? -1 : 1)) }
}

describe('identifier-reach', () => {
  it('follows merged identifiers to every place that holds one of them', async () => {
    const found = await reach('erp:7')
    expect(found.ids.toSorted()).toEqual(['crm:1', 'erp:7'])
    expect(found.places.map(({ dataset, id, how }) => [dataset, id, how])).toEqual([
      ['crm', 'crm:1', 'same'],
      ['erp', 'erp:7', 'same'],
      ['order', 'order:o1', 'refers'],
      ['person', 'crm:1', 'same'],
    ])
    expect(found.places[2]?.properties.toSorted()).toEqual(['order:customer', 'order:lines.order:payer'])
    expect(found.complete).toBe(true)
  })

  it('takes an identifier whole, and finds nothing where there is none', async () => {
    expect((await reach('crm:10')).places.map(({ dataset, id }) => `${dataset} ${id}`)).toEqual([
      'crm crm:10',
      'order order:o2',
      'person crm:10',
    ])
    expect(await reach('absent:1')).toEqual({ ids: ['absent:1'], places: [], complete: true })
    expect((await reach(':')).places).toEqual([])
  })
})
