import { describe, expect, test } from 'vitest'
import { keyMatches, type OverlapRequest } from '../../../engine-worker/api/key-matches.ts'
import { NO_NAMESPACES } from '../../../engine-worker/dtl/compile/compile.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'

const people: Entity[] = [
  { _id: 'p1', email: 'Ada@x.org', no: 1, kind: 'a' },
  { _id: 'p2', email: 'bo@x.org', no: 2, kind: 'a' },
  { _id: 'p3', email: null, no: 3, kind: 'a' },
]
const orders: Entity[] = [
  { _id: 'o1', mail: ['ada@x.org', 'bo@x.org'], customer: 1, kind: 'a' },
  { _id: 'o2', mail: 'bo@x.org', customer: 1, kind: 'a' },
  { _id: 'o3', mail: null, customer: 9, kind: 'a' },
  { _id: 'o4', mail: 'gone@x.org', customer: 2, kind: 'a', _deleted: true },
]

async function matchesOf(request: Partial<OverlapRequest>) {
  const store = memoryStore({ now: () => 0n })
  await store.commit({
    datasets: [
      { dataset: 'people', entities: people },
      { dataset: 'orders', entities: orders },
    ],
  })
  return keyMatches(store, NO_NAMESPACES, {
    pipe: 'p',
    left: { dataset: 'people' },
    right: { dataset: 'orders' },
    ...request,
  })
}

describe('how values of two sides meet', () => {
  test('matches are counted as a join finds them: elements of lists, no nulls, nothing deleted', async () => {
    const [mail, customer] = await matchesOf({
      pairs: [
        ['_S.email', '_S.mail'],
        ['_S.no', '_S.customer'],
      ],
    })
    expect(mail).toMatchObject({ matched: 1, of: 3, most: 2, complete: true })
    expect(mail?.examples).toEqual([{ left: 'p2', right: 'o1' }])
    expect(customer).toMatchObject({ matched: 1, of: 3, most: 2 })
  })

  test('functions of properties count, too; what cannot be a key gives nothing', async () => {
    const [lower, ...more] = await matchesOf({
      pairs: [
        [['lower', '_S.email'], '_S.mail'],
        [['now'], '_S.mail'],
      ],
    })
    expect(lower).toMatchObject({ matched: 2, of: 3 })
    expect(more).toEqual([])
  })

  test('pairs that identify are suggested first; a value that all have is no suggestion', async () => {
    const found = await matchesOf({})
    expect(found.map(({ pair }) => pair)).toEqual([
      ['_S.email', '_S.mail'],
      ['_S.no', '_S.customer'],
    ])
  })

  test('a sample of entities is told from a whole dataset', async () => {
    const [found] = await matchesOf({
      left: { entities: ['{"_id":"x","no":1}'] },
      pairs: [['_S.no', '_S.customer']],
    })
    expect(found).toMatchObject({ matched: 1, of: 1, complete: false })
  })

  test('texts that differ in capitals only are suggested with what writes them alike', async () => {
    const found = await matchesOf({})
    const mail = found.find(({ pair }) => pair[0] === '_S.email')
    expect(mail).toMatchObject({ pair: ['_S.email', '_S.mail'], fold: ['lower', '_.'], form: 1, matched: 2, of: 3 })
    expect(found.find(({ pair }) => pair[0] === '_S.no')).toMatchObject({ fold: '_.', form: 0 })
  })
})
