/**
 * Other datasets for an engine without storage: requested together, cached for a batch, and recorded as in the
 * committing engine.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JoinIndex, Suspended } from '../../../../engine-worker/dtl/evaluation.ts'
import { printEntity } from '../../../../engine-worker/entity/transit.ts'
import type { Entity } from '../../../../engine-worker/entity/value.ts'
import type { Address } from '../../../../engine-worker/run/engines/messages.ts'
import { addressText, RemoteLookups } from '../../../../engine-worker/run/engines/remote-lookups.ts'

const byKey: JoinIndex = { id: 'key', keysOf: ({ key }) => [String(key)] }
const unknownIndex: JoinIndex = { id: 'unknown', keysOf: () => [] }
const stored: readonly Entity[] = [
  { _id: 'b', key: 'x' },
  { _id: 'a', key: 'x' },
  { _id: 'c', key: 'y' },
]

/** Look-ups in `stored` as the dataset `d`, and the keys of each request. */
function remoteLookups() {
  const asked: (readonly Address[])[] = []
  const answer = async (addresses: readonly Address[]) => {
    asked.push(addresses)
    return addresses.map(([, index, key]) =>
      stored.filter((each) => (index === null ? each._id : each.key) === key).map((each) => printEntity(each)),
    )
  }
  const lookups = new RemoteLookups(answer, new Set([addressText(['d', byKey.id, ''])]))
  return { lookups, asked }
}

/** Evaluates again and again until nothing is missing, as a run does. */
async function awaitSuspended<T>(evaluate: () => T): Promise<T> {
  for (;;) {
    try {
      return evaluate()
    } catch (error) {
      if (!(error instanceof Suspended)) throw error
      await error.until
    }
  }
}

const ids = (entities: readonly Entity[]) => entities.map(({ _id }) => _id)

describe('a look-up from an engine without data', () => {
  it('waits, and then has the entity or null; the second time it is known', async () => {
    const { lookups, asked } = remoteLookups()
    expect(() => lookups.lookup('d', 'a')).toThrow(Suspended)
    expect(await awaitSuspended(() => lookups.lookup('d', 'a'))).toEqual({ _id: 'a', key: 'x' })
    expect(await awaitSuspended(() => lookups.lookup('d', 'never'))).toBeNull()
    expect(lookups.lookup('d', 'a')).toEqual({ _id: 'a', key: 'x' })
    expect(asked).toHaveLength(2)
  })

  it('is asked for together with the others of the moment, each address once', async () => {
    const { lookups, asked } = remoteLookups()
    const waits: Suspended[] = []
    for (const id of ['a', 'b', 'a'])
      try {
        lookups.lookup('d', id)
      } catch (error) {
        if (error instanceof Suspended) waits.push(error)
      }
    await Promise.all(waits.map(({ until }) => until))
    expect(waits).toHaveLength(3)
    expect(asked).toEqual([
      [
        ['d', null, 'a'],
        ['d', null, 'b'],
      ],
    ])
  })

  it('is kept for the chunks of a batch, and not longer', async () => {
    const { lookups } = remoteLookups()
    await awaitSuspended(() => lookups.lookup('d', 'a'))
    lookups.begin(true)
    expect(lookups.lookup('d', 'a')).not.toBeNull()
    lookups.begin(false)
    expect(() => lookups.lookup('d', 'a')).toThrow(Suspended)
    await awaitSuspended(() => lookups.lookup('d', 'a'))
    lookups.forget()
    expect(() => lookups.lookup('d', 'a')).toThrow(Suspended)
  })
})

describe('a join from an engine without data', () => {
  it('by several keys has each entity once, in the order of their _id', async () => {
    const { lookups } = remoteLookups()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom<string[]>('x', 'y', 'z'), { maxLength: 5 }), async (keys) => {
        const found = await awaitSuspended(() => lookups.join('d', byKey, keys, false))
        const wanted = stored.filter(({ key }) => keys.includes(String(key)))
        expect(ids(found).toSorted()).toEqual(ids(wanted).toSorted())
        if (keys.length > 1) expect(ids(found)).toEqual(ids(found).toSorted())
      }),
    )
  })

  it('is recorded under a number of the chunk where it is tracked, and counted', async () => {
    const { lookups } = remoteLookups()
    lookups.begin(false)
    lookups.recording = []
    await awaitSuspended(() => {
      lookups.recording = []
      return lookups.join('d', byKey, ['x', 'y'], true)
    })
    expect(lookups.recording).toEqual([0, 'x', 0, 'y'])
    expect(lookups.slots).toEqual([['d', 'key']])
    expect(lookups.joined).toEqual({ rows: 3, most: 3 })
    await awaitSuspended(() => lookups.join('d', byKey, ['x'], false))
    expect(lookups.recording).toEqual([0, 'x', 0, 'y'])
    expect(lookups.joined).toEqual({ rows: 5, most: 3 })
    lookups.begin(true)
    expect([lookups.recording, lookups.slots, lookups.joined.rows]).toEqual([null, [], 0])
  })

  it('over an index that the other engine does not know, or over all of a dataset, is remembered as not here', () => {
    for (const ask of [
      ({ lookups }: ReturnType<typeof remoteLookups>) => lookups.join('d', unknownIndex, ['x'], false),
      ({ lookups }: ReturnType<typeof remoteLookups>) => lookups.join('other', byKey, ['x'], false),
      ({ lookups }: ReturnType<typeof remoteLookups>) => lookups.all(),
    ]) {
      const given = remoteLookups()
      expect(given.lookups.isNotHere).toBe(false)
      expect(() => ask(given)).toThrow('not here')
      expect(given.lookups.isNotHere).toBe(true)
      given.lookups.begin(true)
      expect(given.lookups.isNotHere).toBe(false)
    }
  })
})

it('addresses that differ have different texts', () => {
  const part = fc.constantFrom('', 'a', 'b', 'a b', 'null')
  const address: fc.Arbitrary<Address> = fc.tuple(part, fc.option(part, { nil: null }), part)
  fc.assert(
    fc.property(address, address, (one, other) => {
      expect(addressText(one) === addressText(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
    }),
  )
})
