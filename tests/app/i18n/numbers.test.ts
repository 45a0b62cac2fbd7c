import { describe, expect, it } from 'vitest'
import { count, pluralIn } from '../../../app/i18n/numbers.ts'

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
})
