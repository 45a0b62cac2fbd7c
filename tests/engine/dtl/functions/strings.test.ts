import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONGEST_TEXT } from '../../../../engine-worker/dtl/text-length.ts'
import { wildcard } from '../../../../engine-worker/dtl/wildcard.ts'
import { Bytes, Float, type Json } from '../../../../engine-worker/entity/value.ts'
import { evaluate, problemOf } from './evaluate.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', ' ', '\t', 'å', '😀'), maxLength: 12 })
const place = fc.integer({ min: -14, max: 14 })
const surrogatePair = '🤡'

describe('wildcard', () => {
  const pattern = fc.string({ unit: fc.constantFrom('*', '?', 'a', 'b', '.', '😀'), maxLength: 8 })

  it('means what the regular expression means', () => {
    fc.assert(
      fc.property(pattern, text, (glob, value) => {
        const source = Array.from(glob, (c) => (c === '*' ? '.*' : c === '?' ? '.' : c === '.' ? '\\.' : c)).join('')
        expect(wildcard(glob)(value)).toBe(new RegExp(`^${source}$`, 'su').test(value))
      }),
      { numRuns: 2000 },
    )
  })
  it('does not slow down with stars', () => {
    const value = `${'a'.repeat(50_000)}b`
    expect(wildcard(`${'*a'.repeat(500)}*c`)(value)).toBe(false)
    expect(wildcard(`${'*a'.repeat(500)}*b`)(value)).toBe(true)
    expect(wildcard(`${'*?'.repeat(500)}*`)(value)).toBe(true)
  })
  it('takes brackets and backslashes for themselves', () => {
    expect(wildcard('[ab]\\*')('[ab]\\c')).toBe(true)
    expect(wildcard('[ab]')('a')).toBe(false)
  })
})

describe('characters beyond U+FFFF', () => {
  it('count as one', () => {
    fc.assert(
      fc.property(text, place, place, (value, start, end) => {
        const characters = Array.from(value)
        expect(evaluate(['length', '_S.value'], { value })).toBe(characters.length)
        expect(evaluate(['substring', start, end, '_S.value'], { value })).toBe(characters.slice(start, end).join(''))
        expect(evaluate(['split', '', '_S.value'], { value })).toEqual(characters)
      }),
    )
  })
  it('fill up and are stripped whole', () => {
    expect(evaluate(['rjust', 3, surrogatePair, '_S.value'], { value: '😀' })).toBe(
      `${surrogatePair}${surrogatePair}😀`,
    )
    expect(evaluate(['strip', surrogatePair, '_S.value'], { value: `${surrogatePair}😀${surrogatePair}` })).toBe('😀')
  })
})

describe('strip', () => {
  it('takes the set away from the ends and nothing else', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('a', ' \t', '.😀', 'ab', ''), (value, set) => {
        const wanted = Array.from(value)
        while (wanted.length > 0 && set.includes(wanted[0] ?? '') && set !== '') wanted.shift()
        const left = wanted.join('')
        while (wanted.length > 0 && set.includes(wanted[wanted.length - 1] ?? '') && set !== '') wanted.pop()
        expect(evaluate(['lstrip', '_S.set', '_S.value'], { value, set })).toBe(left)
        expect(evaluate(['strip', '_S.set', '_S.value'], { value, set })).toBe(wanted.join(''))
        expect(evaluate(['rstrip', '_S.set', ['lstrip', '_S.set', '_S.value']], { value, set })).toBe(wanted.join(''))
      }),
    )
  })
  it('knows the white space of all scripts', () => {
    expect(evaluate(['strip', '_S.value'], { value: '\u00a0\u3000\u2003\u0085x\u001c\u2029' })).toBe('x')
    expect(evaluate(['split', '_S.value'], { value: ' a\u00a0\u2003b ' })).toEqual(['a', 'b'])
  })
})

describe('replace', () => {
  it('one text is what cutting there and joining gives', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('a', 'ab', '.', '😀'), text, (value, old, by) => {
        const expected = value.split(old).join(by)
        expect(evaluate(['replace', '_S.old', '_S.by', '_S.value'], { value, old, by })).toBe(expected)
        expect(evaluate(['replace', ['dict', '_S.old', '_S.by'], '_S.value'], { value, old, by })).toBe(expected)
      }),
    )
  })
  it('has no special characters in what it puts in', () => {
    expect(evaluate(['replace', 'a', '_S.by', 'bab'], { by: "$&$1$'\\1" })).toBe("b$&$1$'\\1b")
  })
  it('prefers the longer key and never replaces what it put in', () => {
    expect(evaluate(['replace', { a: '1', ab: '2', '1': '3' }, 'abac'])).toBe('21c')
  })
  it('puts the new text around every character when the old one is empty', () => {
    expect(evaluate(['replace', '', '-', '_S.value'], { value: 'a😀' })).toBe('-a-😀-')
  })
})

describe('join and split', () => {
  it('join undoes split', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('.', 'ab', '😀'), (value, separator) => {
        expect(evaluate(['join', '_S.by', ['split', '_S.by', '_S.value']], { value, by: separator })).toBe(value)
      }),
    )
  })
})

describe('limits', () => {
  it('a width that is far too large is a problem, not a crash', () => {
    expect(problemOf(['ljust', 10n ** 15n, ' ', 'x'])).toBe('dtl-text-too-long')
    expect(problemOf(['rjust', LONGEST_TEXT + 1, ' ', 'x'])).toBe('dtl-text-too-long')
  })
  it('texts that grow with every step are a problem', () => {
    const grow: Json = ['replace', 'x', '_S.long', ['replace', 'x', '_S.long', ['replace', 'x', '_S.long', 'x']]]
    expect(problemOf(grow, { long: 'x'.repeat(5000) })).toBe('dtl-text-too-long')
    expect(problemOf(['join', '_S.by', '_S.list'], { by: 'x'.repeat(1 << 20), list: Array(100).fill('y') })).toBe(
      'dtl-text-too-long',
    )
  })
})

describe('string', () => {
  it('writes every type as people write it', () => {
    expect(
      evaluate([
        'string',
        ['list', new Float(2) as Json, 1.5, true, '~t2024-05-01T10:00:00Z', '~f1.50', ['list', '~rhttp://x/', null]],
      ]),
    ).toEqual(['2.0', '1.5', 'true', '2024-05-01T10:00:00Z', '1.50', '["http://x/", null]'])
  })
  it('leaves out bytes that are no text', () => {
    expect(
      evaluate(['string', '_S.value'], { value: [new Bytes(Uint8Array.of(0xff)), new Bytes(Uint8Array.of(65))] }),
    ).toEqual(['A'])
  })
})
