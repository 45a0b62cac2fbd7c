/** Near misses of a join: other types, capitals and spaces, typing errors. */
import { describe, expect, test } from 'vitest'
import { nearMissesIn } from '../../../engine-worker/api/near-misses.ts'
import { NO_NAMESPACES } from '../../../engine-worker/dtl/compile/compile.ts'
import { printEntity } from '../../../engine-worker/entity/transit.ts'
import { type Entity, type Json, NI } from '../../../engine-worker/entity/value.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'

async function nearMissesOf(entity: Entity, others: Entity[], pair: readonly [Json, Json]) {
  const store = memoryStore({ now: () => 0n })
  await store.commit({ datasets: [{ dataset: 'orders', entities: others }] })
  const context = { environment: machine, namespaces: NO_NAMESPACES }
  const found = await nearMissesIn(store, { entity: printEntity(entity), dataset: 'orders', pairs: [pair] }, context)
  return found.map(({ id, how }) => `${id} ${how}`)
}

describe('near misses of a join', () => {
  test('differ in type, in capitals, spaces and punctuation, or by a slip; the closest come first', async () => {
    const others: Entity[] = [
      { _id: 'same', mail: 'ada@example.org' },
      { _id: 'slip', mail: 'ada@exmaple.org' },
      { _id: 'form', mail: ' ADA@Example.org' },
      { _id: 'far', mail: 'grace@example.com' },
      { _id: 'none', mail: null },
    ]
    expect(await nearMissesOf({ _id: '1', email: 'ada@example.org' }, others, ['_S.email', '_S.mail'])).toEqual([
      'form form',
      'slip similar',
    ])
  })

  test('a number and an identifier are near the text that reads like them', async () => {
    const others: Entity[] = [
      { _id: 'text', customer: '4711' },
      { _id: 'other', customer: '4713' },
      { _id: 'ni', customer: new NI('crm:4711') },
    ]
    expect(await nearMissesOf({ _id: '1', no: 4711 }, others, ['_S.no', '_S.customer'])).toEqual([
      'text type',
      'other similar',
    ])
    expect(await nearMissesOf({ _id: '1', no: 'crm:4711' }, others, ['_S.no', '_S.customer'])).toEqual(['ni type'])
  })

  test('keys that are computed are compared by what they come to; where they fail or come to nothing they are left out', async () => {
    const others: Entity[] = [
      { _id: '2', mail: 'ADA@exampel.org' },
      { _id: '3', mail: 7 },
    ]
    const email = { _id: '1', email: 'ada@example.org' }
    expect(
      await nearMissesOf(email, others, [
        ['lower', ['concat', '_S.email', '']],
        ['lower', '_S.mail'],
      ]),
    ).toEqual(['2 similar'])
    expect(await nearMissesOf({ _id: '1', a: 'x' }, [{ _id: '2', a: 'X' }], ['_S.a.b', '_S.a'])).toEqual([])
    expect(await nearMissesOf({ _id: '1', a: 'x' }, [{ _id: '2', a: 'X' }], [['fail!', 'no'], '_S.a'])).toEqual([])
  })
})
