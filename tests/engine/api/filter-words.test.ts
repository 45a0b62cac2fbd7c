/** The substring that narrows a text filter must be in each text that the filter finds. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilterHow, meetsFilters } from '../../../engine-worker/api/filter.ts'
import { queryOfFilter } from '../../../engine-worker/api/filter-words.ts'
import { documentOf } from '../../../engine-worker/search/document.ts'
import { match } from '../../../engine-worker/search/match.ts'

const sign = fc.constantFrom(
  'a',
  'B',
  'e',
  'å',
  'Å',
  '\u0301',
  'İ',
  '\u212a',
  '\u212b',
  '.',
  '-',
  ' ',
  '1',
  '@',
  'ß',
  '日',
)
const text = fc.string({ unit: sign, maxLength: 12 })

describe('queryOfFilter', () => {
  it('finds every text in which the filter holds', () => {
    const found = { some: 0 }
    fc.assert(
      fc.property(
        text,
        fc.nat(10),
        fc.nat(10),
        fc.constantFrom<FilterHow>('is', 'begins', 'contains'),
        (value, from, length, how) => {
          const wanted =
            how === 'is' ? value : how === 'begins' ? value.slice(0, length) : value.slice(from, from + length)
          for (const written of [wanted, wanted.toUpperCase(), wanted.toLowerCase()]) {
            const filter = { property: 'p', how, value: written }
            const query = queryOfFilter(filter)
            if (query === null || !meetsFilters({ p: value }, [filter])) continue
            found.some++
            expect(
              match(query, documentOf('d', { _id: '', p: value })),
              JSON.stringify([value, written]),
            ).not.toBeNull()
          }
        },
      ),
      { numRuns: Number(process.env.LAWS ?? 1000) },
    )
    expect(found.some).toBeGreaterThan(100)
  })

  it('has nothing to look for where a part of a word does not follow', () => {
    expect(queryOfFilter({ property: 'p', how: 'greater', value: 'oslo' })).toBeNull()
    expect(queryOfFilter({ property: 'p', how: 'is', value: 'å' })).toBeNull()
    expect(queryOfFilter({ property: 'p', how: 'contains', value: 'ada@example' })).toEqual({
      kind: 'and',
      parts: [
        { kind: 'part', word: 'exampl' },
        { kind: 'part', word: 'ada' },
      ],
    })
  })
})
