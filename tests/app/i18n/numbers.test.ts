import { describe, expect, it } from 'vitest'
import { bytesIn, count, countedIn, percent, pluralIn } from '../../../app/i18n/numbers.ts'

describe('numbers', () => {
  it('have narrow spaces between thousands', () => {
    expect([0, 999, 1000, 1_234_567, -5000].map(count)).toEqual([
      '0',
      '999',
      '1\u202f000',
      '1\u202f234\u202f567',
      '-5\u202f000',
    ])
  })

  it('choose the form of the word by the rules of the language', () => {
    for (const language of ['en', 'nb']) {
      const plural = pluralIn(language)
      expect([0, 1, 2, 1.5, 21].map((value) => plural(value, 'one', 'other'))).toEqual([
        'other',
        'one',
        'other',
        'other',
        'other',
      ])
    }
  })

  it('stand before the word that they count', () => {
    expect([0, 1, 1200].map((value) => countedIn('nb')(value, 'pipe', 'piper'))).toEqual([
      '0 piper',
      '1 pipe',
      '1\u202f200 piper',
    ])
  })

  it('say a share in percent', () => {
    expect([0, 0.456, 1].map(percent)).toEqual(['0\u00a0%', '46\u00a0%', '100\u00a0%'])
  })

  it('of bytes stand in the unit that fits', () => {
    expect([0, 999, 1500, 41_600_000, 2.1e9, 3e15].map(bytesIn('en'))).toEqual([
      '0 byte',
      '999 byte',
      '1.5 kB',
      '42 MB',
      '2.1 GB',
      '3,000 TB',
    ])
    expect(bytesIn('nb')(1500)).toBe('1,5 kB')
  })
})
