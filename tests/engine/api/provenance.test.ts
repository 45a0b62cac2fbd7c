/** The provenance of an entity and its outputs, through merges, joins, children and renamed ids. */
import { describe, expect, it } from 'vitest'
import { provenanceOf } from '../../../engine-worker/api/provenance.ts'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { dtl, engine } from '../run/engine.ts'
import { ticking } from '../run/histories.ts'

const pipes: JsonObject[] = [
  {
    _id: 'golden',
    source: {
      type: 'merge',
      version: 2,
      identity: 'first',
      datasets: ['crm c', 'shop s'],
      equality: [['eq', 'c.email', 's.email']],
    },
    transform: [
      dtl([
        ['copy', '*'],
        [
          'add',
          'orders',
          ['sorted', '_.', ['hops', { datasets: ['order o'], where: [['eq', '_S.email', 'o.email']] }]],
        ],
        ['create-child', ['map', ['dict', '_id', ['concat', '_S._id', '-', '_._id']], '_T.orders']],
      ]),
      { type: 'emit_children' },
    ],
  },
  { _id: 'named', source: { type: 'dataset', dataset: 'crm' }, transform: dtl([['copy', '*']]) },
  {
    _id: 'all',
    source: { type: 'union_datasets', datasets: ['crm', 'shop'] },
    sink: { type: 'json', system: 's', url: 'x' },
  },
]

async function newSession() {
  const environment = ticking()
  const { session, put, run } = engine(pipes, { environment })
  await put('crm', [
    { _id: 'c1', email: 'ada@x' },
    { _id: 'c2', email: 'bo@x' },
  ])
  await put('shop', [{ _id: 's1', email: 'ada@x' }])
  await put('order', [
    { _id: 'o1', email: 'ada@x' },
    { _id: 'o2', email: 'ada@x' },
    { _id: 'o3', email: 'bo@x' },
  ])
  await run()
  return { of: (dataset: string, id: string) => provenanceOf(session, { dataset, id }, environment) }
}

const placeTexts = (places: readonly { dataset: string; id: string }[]): Json[] =>
  places.map(({ dataset, id }) => `${dataset} ${id}`).sort()

describe('a deleted entity', () => {
  it('was filtered, lost its source entity, or would be written by the next run', async () => {
    const environment = ticking()
    const { session, put, run } = engine(
      [
        {
          _id: 'big',
          source: { type: 'dataset', dataset: 'in' },
          transform: [
            dtl([['copy', '*']]),
            dtl([
              ['filter', ['gt', '_S.n', 5]],
              ['copy', '*'],
            ]),
          ],
        },
        {
          _id: 'named',
          source: { type: 'dataset', dataset: 'in' },
          add_namespaces: true,
          namespaced_identifiers: true,
          transform: dtl([
            ['filter', ['gt', '_S.named:n', 5]],
            ['copy', '*'],
          ]),
        },
      ],
      { environment },
    )
    await put('in', [
      { _id: 'a', n: 9 },
      { _id: 'b', n: 9 },
    ])
    await run()
    await put('in', [
      { _id: 'a', n: 1 },
      { _id: 'b', _deleted: true },
    ])
    await run()
    const deletionReasons = async (dataset: string, id: string) =>
      (await provenanceOf(session, { dataset, id }, environment)).made.map(({ deletion }) => deletion)
    expect(await deletionReasons('big', 'a')).toEqual([{ why: 'filtered', stage: 'transform/1' }])
    const [named] = await session.runner.store.store.lookup('named', ['named:a'])
    expect(named).toMatchObject({ _deleted: true })
    expect(await deletionReasons('named', 'named:a')).toEqual([{ why: 'filtered', stage: 'transform/0' }])
    expect(await deletionReasons('big', 'b')).toEqual([{ why: 'source' }])
    expect(await deletionReasons('in', 'b')).toEqual([])
    await put('in', [{ _id: 'a', n: 9 }])
    expect(await deletionReasons('big', 'a')).toEqual([{ why: 'outdated' }])
  })
})

describe('one entity', () => {
  it('is traced to the members of its merge and to what was joined', async () => {
    const { of } = await newSession()
    const { made } = await of('golden', 'c1-o2')
    expect(made).toHaveLength(1)
    expect(made[0]).toMatchObject({ pipe: 'golden', outside: false })
    expect(placeTexts(made[0]?.sources ?? [])).toEqual(['crm c1', 'shop s1'])
    expect(placeTexts(made[0]?.joined ?? [])).toEqual(['order o1', 'order o2'])
  })

  it('is followed to what it became, read or joined', async () => {
    const { of } = await newSession()
    expect((await of('shop', 's1')).became).toEqual([
      { pipe: 'golden', how: 'source', dataset: 'golden', ids: ['c1-o1', 'c1-o2'] },
      { pipe: 'all', how: 'source', dataset: null, ids: [] },
    ])
    expect((await of('order', 'o3')).became).toEqual([
      { pipe: 'golden', how: 'joined', dataset: 'golden', ids: ['c2-o3'] },
    ])
    expect((await of('crm', 'c2')).became.find(({ pipe }) => pipe === 'named')?.ids).toEqual(['c2'])
    expect(await of('crm', 'gone')).toEqual({ made: [], became: [] })
  })
})
