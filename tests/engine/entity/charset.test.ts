import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  charsetIn,
  charsetOf,
  decodeAs,
  decodeBytes,
  encodeText,
  representable,
} from '../../../engine-worker/entity/charset.ts'

const bytes = (...of: number[]) => Uint8Array.from(of)

describe('character sets', () => {
  it.each([
    ['UTF-8', 'utf-8'],
    ['utf_8', 'utf-8'],
    ['latin-1', 'iso-8859-1'],
    ['iso8859_15', 'iso-8859-15'],
    ['cp1252', 'windows-1252'],
    ['U8', 'utf-8'],
    ['utf_16_le', 'utf-16le'],
    ['mac_roman', 'macintosh'],
    ['cp932', 'shift_jis'],
    ['ms949', 'euc-kr'],
    ['cp936', 'gbk'],
    ['iso2022_jp', 'iso-2022-jp'],
    ['iso_8859_5_1988', 'iso-8859-5'],
    ['1252', 'windows-1252'],
    ['cspc850multilingual', 'cp850'],
    ['csibm865', 'cp865'],
    ['latin', 'iso-8859-1'],
    ['mac_cyrillic', 'x-mac-cyrillic'],
    ['iso_8859_9999', null],
    ['csibm999', null],
    ['nonsense', null],
  ])('%s is %s', (name, charset) => expect(charsetOf(name)).toBe(charset))

  it('reads what it is, and only then what it is expected to be', () => {
    expect(decodeBytes(bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa6))).toEqual({ text: 'æ', charset: 'utf-8' })
    expect(decodeBytes(bytes(0xff, 0xfe, 0xe6, 0x00))).toEqual({ text: 'æ', charset: 'utf-16le' })
    expect(decodeBytes(bytes(0xe6, 0x80))).toEqual({ text: 'æ€', charset: 'windows-1252' })
    expect(decodeBytes(bytes(0xe6), 'iso-8859-2')).toEqual({ text: 'ć', charset: 'iso-8859-2' })
    expect(decodeBytes(bytes(0xe6), 'utf-8')).toEqual({ text: 'æ', charset: 'windows-1252' })
  })

  it('replaces what a set lacks as it is told', () => {
    expect(representable('æęß𝄞', 'iso-8859-1', 'backslashreplace')).toBe('æ\\u0119ß\\U0001d11e')
    expect(representable('æ', 'us-ascii', 'backslashreplace')).toBe('\\xe6')
    expect(representable('ę', 'iso-8859-1', 'xmlcharrefreplace')).toBe('&#281;')
    expect(representable('aęb', 'iso-8859-1', 'replace')).toBe('a?b')
    expect(representable('aęb', 'iso-8859-1', 'ignore')).toBe('ab')
    expect(representable('ę', 'utf-8', 'ignore')).toBe('ę')
  })

  it('finds the set in a content type', () => {
    expect(charsetIn('text/csv; charset=cp1252')).toBe('windows-1252')
    expect(charsetIn('text/csv')).toBe('utf-8')
  })

  it('reads back what it wrote', () => {
    const charset = fc.constantFrom('windows-1252', 'iso-8859-1', 'iso-8859-5', 'koi8-r', 'utf-16le')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), charset, (text, charset) => {
        const written = representable(text, charset, 'ignore')
        expect(decodeAs(encodeText(written, charset), charset, true)).toBe(written)
      }),
    )
  })
})

/** Bytes as Python's codecs give them. */
it.each<[string, string, readonly number[]]>([
  ['cp437', 'Ærlig ?degård é ½', [146, 114, 108, 105, 103, 32, 63, 100, 101, 103, 134, 114, 100, 32, 130, 32, 171]],
  ['cp850', 'Ærlig Ødegård é ½', [146, 114, 108, 105, 103, 32, 157, 100, 101, 103, 134, 114, 100, 32, 130, 32, 171]],
  ['cp865', 'Ærlig Ødegård é ½', [146, 114, 108, 105, 103, 32, 157, 100, 101, 103, 134, 114, 100, 32, 130, 32, 171]],
  ['cp858', 'Ærlig Ødegård é ½', [146, 114, 108, 105, 103, 32, 157, 100, 101, 103, 134, 114, 100, 32, 130, 32, 171]],
  ['cp852', '?rlig ?deg?rd é ?', [63, 114, 108, 105, 103, 32, 63, 100, 101, 103, 63, 114, 100, 32, 130, 32, 63]],
  ['cp861', 'Ærlig Ødegård é ½', [146, 114, 108, 105, 103, 32, 157, 100, 101, 103, 134, 114, 100, 32, 130, 32, 171]],
])('the code page %s', (name, text, bytes) => {
  const charset = charsetOf(name) ?? ''
  expect(decodeAs(Uint8Array.from(bytes), charset, true)).toBe(text)
  expect([...encodeText(text, charset)]).toEqual(bytes)
  expect(charsetOf(name.replace('cp', 'IBM'))).toBe(name)
})
