import { describe, expect, test } from 'vitest'
import { MAX_TRIES, patternCost } from '../../../engine-worker/connectors/pattern-cost.ts'

const tries = (pattern: string, text: string) => patternCost(pattern)?.tries(text)

describe('the cost of a pattern', () => {
  test.each([
    ['^(a+)+$', 'a'],
    ['^(a|a)*$', 'a'],
    ['(x+x+)+y', 'x'],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'],
    ['^(?=(a+)+$)b', 'a'],
    ['(?<=^(a+)+)b', 'a'],
    ['^(a?){40}$', 'a'],
    ['^(\\p{L}+\\s?)*$', 'é'],
  ])('%s is too much for a text that almost matches', (pattern, letter) => {
    expect(tries(pattern, `${letter.repeat(60)}!`)).toBe(Number.POSITIVE_INFINITY)
  })

  test('is plainly small for patterns as people write them, however long the text', () => {
    const common = [
      '^[0-9]{4}$',
      '^\\d{4}-\\d{2}-\\d{2}$',
      '^NO-.+',
      '[A-Z]{2}\\d+',
      '^(?!x)[a-z]{2,10}$',
      'abc|def',
      '^a?b?c?$',
    ]
    for (const pattern of common)
      expect([pattern, patternCost(pattern)?.safeLength]).toEqual([
        pattern,
        expect.toSatisfy((length: number) => length >= 500),
      ])
  })

  test('is counted where a repetition is inside another one, and small where these cannot overlap', () => {
    const domain = '^([a-z0-9]+\\.)+[a-z]{2,}$'
    const text = 'a-long.example.name.with.many.parts.example.org'.replaceAll('-', '')
    expect(tries(domain, text)).toBeLessThan(1_000)
    expect(tries(domain, `${'ab.'.repeat(2_000)}!`)).toBeLessThan(MAX_TRIES)
    expect(tries('^(?:(?:)*x*)*$', `${'x'.repeat(10)}`)).toBeLessThan(1_000)
    expect(tries('\\b(cat|dog)+\\B', 'hotdogs and cats')).toBeLessThan(1_000)
  })

  test('of what refers back to a group is not counted, so only short texts are safe', () => {
    expect(tries('^(a+)\\1$', 'a'.repeat(10))).toBe(0)
    expect(tries('^(a+)\\1$', 'a'.repeat(1_000_000))).toBe(Number.POSITIVE_INFINITY)
  })

  test('is unknown of what is no regular expression', () => {
    expect(patternCost('(')).toBeNull()
  })

  test('is counted as JavaScript matches: what is found at once costs little', () => {
    expect(tries('^(a+)+$', 'a'.repeat(200))).toBeLessThan(2_000)
  })
})
