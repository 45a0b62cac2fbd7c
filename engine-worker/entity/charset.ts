/**
 * Character sets: bytes of files as text, and text as bytes. Names are those of the web and, as configurations have
 * them, those of Python's codecs (`latin-1`, `cp1252`, `utf_8`). See configuration-sources-csv.rst and
 * configuration-sinks-csv.rst.
 */

import { pythonCharset } from './charset-names.ts'
import { codePage } from './code-pages.ts'

/** What becomes of characters that a character set lacks. */
export type ReplacementPolicy = 'backslashreplace' | 'replace' | 'xmlcharrefreplace' | 'ignore'

/** Names of Python's codecs for which neither browsers nor Node have anything, without what stands between the parts. */
const pythonOnly =
  /^(big5hkscs|hkscs|(cp|ibm|csibm)?(037|273|424|500|720|856|857|864|869|875|1006|1026|1125|1140)|ibm039|ebcdiccp(ca|nl|us|wt|he|be|ch)|cp866u|ruscii|cpgr|eucjis2004|jisx0213|eucjisx0213|hz|hzgb|hzgb2312|(cs)?iso2022(jp([123]|2004|ext)?|kr)|johab|cp1361|ms1361|koi8t|kz1048|rk1048|strk10482002|mac(greek|iceland|latin2|turkish|centraleurope|centeuro)|(cs)?ptcp154|pt154|cp154|cyrillicasian|hproman8|roman8|r8|cp1051|ibm1051|s(hift)?jis2004|s(hift)?jisx0213|utf(7|16(be|le)?|32(be|le)?)|u(7|32)|unicode11utf7|iso8859(11|16|162001)?|isoir226|thai|tis620(0|25290|25291)?|isoir166|latin10|l10)$/

/** Whether a name is one of Python's codecs, which Sesam reads and writes by, though nothing here knows it. */
export function isPythonCharset(name: string): boolean {
  return pythonOnly.test(name.trim().toLowerCase().replace(/[-_ ]/g, ''))
}

/** A character set by its name: lower case, the web's spelling; null where there is none of that name. */
export function charsetOf(name: string): string | null {
  const lower = name.trim().toLowerCase().replaceAll('_', '-')
  const page = lower.replace(/^(ibm|dos-?)?-?(?=\d+$)/, 'cp')
  if (codePage(page) !== null) return page
  const python = pythonCharset(lower)
  if (python !== null && codePage(python) !== null) return python
  const known = python ?? lower.replace(/^iso8859/, 'iso-8859').replace(/^cp(?=125\d$)/, 'windows-')
  try {
    return new TextDecoder(known) && known
  } catch {
    return null // a name that means nothing, which is the answer
  }
}

/** What Windows-1252 has where ISO 8859-1 has control characters, from byte 128 on. */
const windowsSigns = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/**
 * The text of bytes in a character set as {@link charsetOf} names it; a TypeError when `strict` and they are not in it.
 * Browsers and Node differ on Windows-1252, and the web has no ISO 8859-1 of its own, so these are read here.
 */
export function decodeAs(bytes: Uint8Array, charset: string, strict: boolean): string {
  const page = codePage(charset)
  if (page === null && charset !== 'iso-8859-1' && charset !== 'windows-1252') {
    return new TextDecoder(charset, { fatal: strict }).decode(bytes)
  }
  let text = ''
  for (let from = 0; from < bytes.length; from += 8192) {
    text += String.fromCharCode(...bytes.subarray(from, from + 8192))
  }
  if (charset === 'iso-8859-1') return text
  if (page !== null) return text.replace(/[\x80-\xff]/g, (sign) => page[sign.charCodeAt(0) - 128] ?? sign)
  return text.replace(/[\x80-\x9f]/g, (sign) => windowsSigns[sign.charCodeAt(0) - 128] ?? sign)
}

/** The character set of 16 bits that a byte order mark at the beginning names, or null. */
function markOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
}

/** The text of bytes that begin with a byte order mark of UTF-16, without the mark; null for any others. */
export function markedText(bytes: Uint8Array): string | null {
  const charset = markOf(bytes)
  if (charset === null) return null
  try {
    return decodeAs(bytes, charset, true)
  } catch {
    return null
  }
}

/** The text of a file, and the character set it was found to be in. */
export interface DecodedText {
  readonly text: string
  readonly charset: string
}

/**
 * The text of bytes: by their byte order mark, as UTF-8, or else in the character set that is expected, which is
 * Windows-1252 where nothing is known (as office programs write CSV). A mark stays out of the text.
 */
export function decodeBytes(bytes: Uint8Array, expected?: string): DecodedText {
  const marked = markOf(bytes)
  if (marked) return { text: decodeAs(bytes, marked, false), charset: marked }
  try {
    return { text: decodeAs(bytes, 'utf-8', true), charset: 'utf-8' }
  } catch {
    const named = expected === undefined ? null : charsetOf(expected)
    const charset = named === null || named === 'utf-8' ? 'windows-1252' : named
    return { text: decodeAs(bytes, charset, false), charset }
  }
}

/** The text of bytes that may be XML: in the character set that an XML declaration names, else as {@link decodeBytes}. */
export function decodeXml(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const named = /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(head)?.[1]
  const charset = named === undefined ? null : charsetOf(named)
  if (charset === null || charset === 'utf-8') return decodeBytes(bytes).text
  return decodeAs(bytes, charset, false)
}

/** The text with characters that the character set lacks replaced. */
export function representable(text: string, charset: string, replacing: ReplacementPolicy): string {
  const has = codesOf(charset)
  if (!has) return text
  let result = ''
  for (const sign of text) result += has.has(sign) ? sign : replacement(sign, replacing)
  return result
}

function replacement(sign: string, replacing: ReplacementPolicy): string {
  const code = sign.codePointAt(0) ?? 0
  if (replacing === 'ignore') return ''
  if (replacing === 'replace') return '?'
  if (replacing === 'xmlcharrefreplace') return `&#${code};`
  const digits = code.toString(16)
  if (code > 0xffff) return `\\U${digits.padStart(8, '0')}`
  return code > 0xff ? `\\u${digits.padStart(4, '0')}` : `\\x${digits.padStart(2, '0')}`
}

/** The bytes of a text; characters that the character set lacks become question marks. */
export function encodeText(text: string, charset: string): Uint8Array {
  if (charset.startsWith('utf-16')) return utf16Bytes(text, charset)
  const table = codesOf(charset)
  if (!table) return new TextEncoder().encode(text)
  return Uint8Array.from(Array.from(text), (sign) => table.get(sign) ?? 63)
}

/** UTF-16 with a byte order mark; without one where the byte order is said. */
function utf16Bytes(text: string, charset: string): Uint8Array {
  const marked = charset === 'utf-16' ? `\ufeff${text}` : text
  const bytes = new DataView(new ArrayBuffer(2 * marked.length))
  for (let at = 0; at < marked.length; at++) bytes.setUint16(2 * at, marked.charCodeAt(at), charset !== 'utf-16be')
  return new Uint8Array(bytes.buffer)
}

const tablesByCharset = new Map<string, ReadonlyMap<string, number> | null>()

/** The bytes of the characters of a set with a byte each; null for sets that have every character. */
function codesOf(charset: string): ReadonlyMap<string, number> | null {
  const before = tablesByCharset.get(charset)
  if (before !== undefined) return before
  const table = charset.startsWith('utf-') ? null : tableOf(charset)
  tablesByCharset.set(charset, table)
  return table
}

function tableOf(charset: string): ReadonlyMap<string, number> {
  const most = charset === 'us-ascii' ? 128 : 256
  const table = new Map<string, number>()
  for (let byte = 0; byte < most; byte++) {
    const sign = decodeAs(Uint8Array.of(byte), charset, false)
    if (sign !== '\ufffd' && sign !== '' && !table.has(sign)) table.set(sign, byte)
  }
  return table
}

/** The character set that a content type names; UTF-8 where it names none. */
export function charsetIn(contentType: string): string {
  return charsetOf(/;\s*charset=([^;\s]+)/i.exec(contentType)?.[1] ?? 'utf-8') ?? 'utf-8'
}
