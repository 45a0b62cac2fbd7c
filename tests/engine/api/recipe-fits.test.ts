/** The kinds of recipes that fit a value of an entity. */
import { describe, expect, it } from 'vitest'
import { recipeMatchesOf } from '../../../engine-worker/api/recipe-fits.ts'
import { parsePath, segmentText } from '../../../engine-worker/dtl/tree/path.ts'
import { DateTime, type Dict, Float, type Value } from '../../../engine-worker/entity/value.ts'
import { environment } from '../dtl/corpus.ts'

const fitsOf = async (value: Value, samples: readonly Dict[] = []) => {
  const found = await recipeMatchesOf({ name: 'p', path: '_S.p', value, samples, environment: environment() })
  return found.map(({ fits, key, filled }) => [fits, key ?? null, filled])
}
const value = '_S.p'

describe('a value', () => {
  it('that is a single text, number or an empty list fits nothing', async () => {
    for (const single of ['x', '', 5, true, [], ['a', 'b']]) expect(await fitsOf(single)).toEqual([])
  })

  it('that is an object is one to be merged', async () => {
    expect(await fitsOf({ city: 'Oslo' })).toEqual([['object', null, { value }]])
  })

  it('that repeats itself, or has lists in it, can be made plain', async () => {
    expect(await fitsOf(['a', 'b', 'a'])).toEqual([['repeated', null, { value }]])
    expect(await fitsOf([['a'], 'b'])).toEqual([['lists', null, { value }]])
    expect(await fitsOf([['a'], ['a']])).toEqual([
      ['lists', null, { value }],
      ['repeated', null, { value }],
    ])
    // The same text, but of another type.
    expect(await fitsOf([1, new Float(1), '1'])).toEqual([])
  })
})

describe('a gap', () => {
  it('is filled with what most others have there, if more than one has it', async () => {
    const filledConstant = async (...values: Value[]) =>
      (
        await fitsOf(
          null,
          values.map((p) => ({ p })),
        )
      )[0]?.[2]
    expect(await filledConstant('NO', 'SE', 'NO', null, '')).toEqual({ value, key: 'NO' })
    expect(await filledConstant(1, 1, '1')).toEqual({ value, key: 1 })
    expect(await filledConstant('NO', 'SE')).toEqual({ value, key: '' })
    expect(await filledConstant()).toEqual({ value, key: '' })
  })

  it('is not filled with what would be read as a path, nor with objects', async () => {
    const filledConstant = async (p: Value) => (await fitsOf(null, [{ p }, { p }]))[0]?.[2]
    expect(await filledConstant('_S.secret')).toEqual({ value, key: '' })
    expect(await filledConstant({ a: 1 })).toEqual({ value, key: '' })
  })
})

describe('a list of objects', () => {
  it('has children, and sums of what are numbers, also where they are written as texts', async () => {
    const rows = [
      { n: 1, price: '1,50', note: 'a' },
      { n: new Float(2.5), price: '2,00', note: 'b' },
    ]
    expect(await fitsOf(rows)).toEqual([
      ['objects', null, { value }],
      ['numbers', 'n', { value: '_S.p.n' }],
      ['numbers', 'price', { value: ['decimal', ['replace', ',', '.', '_S.p.price']] }],
    ])
  })

  it('is ordered by moments, and grouped by texts that come again', async () => {
    const rows = [
      { day: new DateTime(1, 0), state: 'paid' },
      { day: new DateTime(2, 0), state: 'paid' },
    ]
    expect(await fitsOf(rows)).toEqual([
      ['objects', null, { value }],
      ['moments', 'day', { value, key: '_.day' }],
      ['groups', 'state', { value, key: '_.state' }],
    ])
  })

  it('leaves out what the store sets, and writes odd names so that they are paths', async () => {
    const rows = [
      { _ts: 1, $ids: 2, 'a.b': 3 },
      { _ts: 1, $ids: 2, 'a.b': 4 },
    ]
    const found = await fitsOf(rows)
    expect(found.map(([, key]) => key)).toEqual([null, 'a.b'])
    expect(found[1]?.[2]).toEqual({ value: `_S.p.${segmentText('a.b')}` })
    expect(parsePath(`_S.p.${segmentText('a.b')}`)).toMatchObject({ segments: ['p', 'a.b'] })
  })
})
