/** Profiles of properties, for the heads of columns. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collectProfile } from '../../../engine-worker/analysis/profile.ts'
import { readEntity } from '../../../engine-worker/entity/transit.ts'
import type { Dict } from '../../../engine-worker/entity/value.ts'

function profileOf(entities: readonly Dict[]) {
  const collector = collectProfile()
  for (const entity of entities) collector.add(entity)
  return collector.profile()
}

test('values are counted, the commonest named, numbers and moments spread', () => {
  const rows = [
    '{"_id":"1","city":"Oslo","sum":"~f10.5","at":"~t2024-01-01T00:00:00Z","mixed":1}',
    '{"_id":"2","city":"Oslo","sum":20,"at":"~t2024-01-13T00:00:00Z","mixed":"x"}',
    '{"_id":"3","city":"Bergen","sum":130.5,"at":null}',
  ].map((text) => readEntity(text))
  const { entities, properties } = profileOf(rows)
  expect(entities).toBe(3)
  const of = (name: string) => properties.find((each) => each.name === name)
  expect(of('_id')).toMatchObject({ present: 3, nulls: 0, distinct: 3, top: [], spread: null })
  expect(of('city')).toMatchObject({ kinds: ['string'], distinct: 2, top: [{ value: '"Oslo"', count: 2 }] })
  expect(of('sum')?.spread).toEqual({
    is: 'number',
    bins: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    least: 10.5,
    middle: 20,
    most: 130.5,
  })
  const day = 86_400_000
  expect(of('at')).toMatchObject({ present: 2, nulls: 1, spread: { is: 'moment', least: 1704067200000 } })
  expect((of('at')?.spread?.most ?? 0) - (of('at')?.spread?.least ?? 0)).toBe(12 * day)
  expect(of('mixed')).toMatchObject({ present: 2, spread: null })
})

test('every value is in one part of the spread, and the ends are the least and the greatest', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 200 }), (numbers) => {
      const { properties } = profileOf(numbers.map((n) => ({ n })))
      const spread = properties[0]?.spread
      expect(spread?.bins.reduce((sum, each) => sum + each, 0)).toBe(numbers.length)
      expect([spread?.least, spread?.most]).toEqual([Math.min(...numbers), Math.max(...numbers)])
    }),
  )
})

test('memory is bounded: of many numbers an even selection is kept, of many texts the first', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => ({ n: at, text: `t${at}` }))
  const [n, text] = profileOf(many).properties
  expect(n?.present).toBe(20_000)
  expect(n?.spread?.bins.every((each) => each > 200 && each < 400)).toBe(true)
  expect(text).toMatchObject({ present: 20_000, more: true })
})
