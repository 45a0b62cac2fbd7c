/** Profiles of properties: each figure is compared with an independent count. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ColumnValues } from '../../../engine-worker/analysis/column-values.ts'
import { profileOfColumn } from '../../../engine-worker/analysis/profile.ts'
import { characterShape } from '../../../engine-worker/analysis/value-shape.ts'
import { printValue, readEntity } from '../../../engine-worker/entity/transit.ts'
import { kindOf, type Value } from '../../../engine-worker/entity/value.ts'
import { anyValue } from '../entity/arbitrary.ts'

function profileOf(values: readonly (Value | undefined)[], found: (at: number) => boolean = () => true) {
  const column = new ColumnValues()
  for (const value of values) column.add(value)
  return profileOfColumn('value', column, {
    gone: new Uint8Array(values.length),
    found: Uint8Array.from(values, (_, at) => (found(at) ? 1 : 0)),
    places: values.map((_, at) => at),
  })
}

const valuesOf = (texts: readonly string[]) => texts.map((text) => readEntity(`{"_id":"1","v":${text}}`).v)
const fewValues = fc.constantFrom<Value>('Oslo', 'Bergen', 'oslo', '1', 1, 2.5, null, true)
const values = fc.array(fc.option(fc.oneof(fewValues, fewValues, anyValue), { nil: undefined, freq: 8 }), {
  maxLength: 60,
})

describe('profiles', () => {
  it('count what a recount of the values gives', () => {
    fc.assert(
      fc.property(values, fc.nat(4), (all, odd) => {
        const isFound = (at: number) => at % 5 > odd
        const found = profileOf(all, isFound)
        const there = all.flatMap((value, at) => (value === undefined || value === null ? [] : [{ value, at }]))
        expect(found.present).toEqual({ all: there.length, found: there.filter(({ at }) => isFound(at)).length })
        expect(found.nulls.all).toBe(all.filter((value) => value === null).length)
        const texts = new Map<string, number[]>()
        for (const { value, at } of there) {
          const text = `${typeof value === 'string'} ${printValue(value)}`
          texts.set(text, [...(texts.get(text) ?? []), at])
        }
        const repeated = [...texts.values()].filter((places) => places.length > 1)
        expect(found.distinct).toBe(texts.size)
        expect(found.repeated).toEqual({ values: repeated.length, entities: repeated.flat().length })
        expect(found.top).toEqual(
          repeated
            .sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))
            .slice(0, 20)
            .map((places) => ({ all: places.length, found: places.filter(isFound).length, first: places[0] })),
        )
        for (const { kind, count } of found.kinds) {
          expect(count).toBe(there.filter(({ value }) => kindOf(value) === kind).length)
        }
        expect(found.kinds.reduce((sum, { count }) => sum + count, 0)).toBe(there.length)
      }),
    )
  })

  it('put every number in one part of the spread, and tell the ends and the middle', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 300 }), (numbers) => {
        const isFound = (at: number) => at % 3 === 0
        const { spread } = profileOf(numbers, isFound)
        const sorted = numbers.toSorted((a, b) => a - b)
        expect(spread?.bins.reduce((sum, { all }) => sum + all, 0)).toBe(numbers.length)
        expect(spread?.bins.reduce((sum, { found }) => sum + found, 0)).toBe(
          numbers.filter((_, at) => isFound(at)).length,
        )
        expect([spread?.least, spread?.middle, spread?.most]).toEqual([
          sorted[0],
          sorted[(sorted.length - 1) >> 1],
          sorted.at(-1),
        ])
      }),
    )
  })

  it('spread moments and the lengths of many different texts, but nothing that is mixed', () => {
    const moments = valuesOf(['"~t2024-01-01T00:00:00Z"', '"~t2024-01-13T00:00:00Z"'])
    expect(profileOf(moments).spread).toMatchObject({ is: 'moment', least: 1704067200000, most: 1705104000000 })
    const texts = Array.from({ length: 30 }, (_, at) => `t${'x'.repeat(at)}`)
    expect(profileOf(texts).spread).toMatchObject({ is: 'length', least: 1, middle: 15, most: 30 })
    expect(profileOf(['Oslo', 'Bergen', 'Oslo']).spread).toBeNull()
    expect(profileOf(['Oslo', 1]).spread).toBeNull()
    expect(profileOf(valuesOf(['20', '"~f10.5"', '130.5'])).spread).toMatchObject({ is: 'number', least: 10.5 })
  })

  it('keep counting exactly where there are many values', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `t${at % 15_000}`)
    const { distinct, repeated, top } = profileOf(many)
    expect([distinct, repeated]).toEqual([15_000, { values: 5000, entities: 10_000 }])
    expect(top[0]).toEqual({ all: 2, found: 2, first: 0 })
  })
})

describe('shapes', () => {
  it('have a sign for each run of letters, digits and blanks, and other signs as they are', () => {
    expect(['ada@example.org', '+47 900 10 001', 'Åse  Bø', '', '😀x', 'no @'].map(characterShape)).toEqual([
      'a@a.a',
      '+9 9 9 9',
      'a a',
      '',
      '😀a',
      'a @',
    ])
    expect(characterShape('.'.repeat(100))).toHaveLength(25)
    expect(profileOf(['a@b.c', 'x', 'd@e.f']).shapes).toEqual([
      { shape: 'a@a.a', count: 2 },
      { shape: 'a', count: 1 },
    ])
  })
})
