/** Texts: wrapping, links, HTML and JSON, by laws and by forbidden output. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeText, unescapeHtml } from '../../../engine-worker/template/html.ts'
import { RenderState } from '../../../engine-worker/template/state.ts'
import { lengthOf, linesOf, strip, subText, wordsOf } from '../../../engine-worker/template/text.ts'
import { toJson } from '../../../engine-worker/template/to-json.ts'
import { linked } from '../../../engine-worker/template/urlize.ts'
import { fromValue } from '../../../engine-worker/template/values.ts'
import { wrapLine } from '../../../engine-worker/template/wrap.ts'
import { registry } from './registry.ts'

const state = () => new RenderState(registry, {})
const texts = fc.string({ unit: 'binary' })

describe('wrapping', () => {
  const lines = fc.array(fc.constantFrom('a', 'word', 'well-known', '--', ' ', '  ', 'averylongwordindeed', 'é'), {
    maxLength: 20,
  })
  test('gives lines of at most the width, and loses nothing but blanks', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 15 }), (parts, width) => {
        const line = parts.join('')
        const wrapped = wrapLine(line, { width, breakLong: true, breakHyphens: true }, state())
        expect(wrapped.join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''))
        for (const each of wrapped) expect(lengthOf(each.trimEnd())).toBeLessThanOrEqual(width)
      }),
    )
  })
})

describe('HTML', () => {
  test('an escaped text has no signs of HTML, and reads back as it was', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const escaped = escapeText(text, state())
        expect(escaped).not.toMatch(/[<>"']/)
        expect(unescapeHtml(escaped)).toBe(text)
      }),
    )
  })
  test('links never open anything but a link', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('http://', 'www.', 'a.com', '<', '"', ' ', ')', '@', 'javascript:', '&'), {
          maxLength: 12,
        }),
        (parts) => {
          const escaping = (text: string) => escapeText(text, state())
          const options = { limit: null, rel: 'noopener', target: '', schemes: [], escaping }
          const html = linked(escaping(parts.join('')), options)
          expect(
            html.replaceAll(/<a href="(?:https?:\/\/|mailto:)[^"<>]*"(?: rel="noopener")?>|<\/a>/g, ''),
          ).not.toMatch(/[<>"]/)
        },
      ),
    )
  })
})

test('JSON is JSON, in ASCII, and cannot end a script', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      fc.pre(!/-0[,\]}]|^-0$|e[+-]?\d/.test(JSON.stringify(value)))
      const json = toJson(fromValue(value), null, state())
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(json).toMatch(/^[ -~]*$/)
      expect(json).not.toMatch(/[<>&']/)
    }),
  )
})

describe('characters', () => {
  test('are counted and cut by code points', () => {
    expect(lengthOf('a😀b')).toBe(3)
    expect(subText('a😀b', 1, 2)).toBe('😀')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 10 }), (text, at) => {
        expect(subText(text, 0, at) + subText(text, at, lengthOf(text))).toBe(text)
      }),
    )
  })
  test('stripping takes from the ends only, and words have no blanks', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(text).toContain(strip(text, null, 'both'))
        expect(strip(text, null, 'both')).toBe(strip(strip(text, null, 'left'), null, 'right'))
        for (const word of wordsOf(text)) expect(strip(word, null, 'both')).toBe(word)
      }),
    )
  })
  test('lines with their ends are the whole text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(linesOf(text, true).join('')).toBe(text)
      }),
    )
  })
})
