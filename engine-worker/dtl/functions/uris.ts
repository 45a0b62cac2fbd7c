/** URIs, and the quoting of texts inside them. */
import { URI } from '../../entity/value.ts'
import { each, one, optional } from '../argument.ts'
import { expression } from '../define.ts'
import { typeTest } from './type-test.ts'

const doc = 'dtl/dtl-functions-uris.rst'
const deprecations = 'deprecations.rst'
const utf8 = new TextEncoder()
const text = new TextDecoder()
const UNRESERVED = /[A-Za-z0-9_.~-]/

/** Writes every character but the unreserved and safe ones as the codes of its UTF-8 bytes. */
export function quoteUrl(value: string, safe: string): string {
  let quoted = ''
  for (const byte of utf8.encode(value)) {
    const char = String.fromCharCode(byte)
    const keep = byte < 128 && (UNRESERVED.test(char) || safe.includes(char))
    quoted += keep ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return quoted
}

/** Reads `%xx` codes as UTF-8; other percent signs stay. */
function unquoteUrl(value: string): string {
  return value.replace(/(?:%[0-9a-fA-F]{2})+/g, (codes) =>
    text.decode(Uint8Array.from(codes.slice(1).split('%'), (code) => Number.parseInt(code, 16))),
  )
}

export const uriFunctions = [
  expression({
    name: 'uri',
    group: 'URIs',
    doc,
    says: 'Turns texts into URIs.',
    more: 'The text is taken as it is, nothing is encoded. Values that are not text are left out.',
    sentence: '{values} as a URI',
    takes: [each('values', 'string', { says: 'A text, or a list of texts.' })],
    gives: 'uri',
    examples: [
      {
        dtl: ['uri', ['concat', 'https://example.com/p/', '_S.id']],
        source: { id: '5' },
        gives: '~rhttps://example.com/p/5',
      },
      { dtl: ['uri', ['list', 'urn:isbn:1', 2]], gives: ['~rurn:isbn:1'] },
    ],
    run: (value) => new URI(value),
  }),

  typeTest({
    name: 'is-uri',
    group: 'URIs',
    doc,
    type: 'a URI',
    examples: [
      { dtl: ['is-uri', '_S.home'], source: { home: '~rhttps://example.com/' }, gives: true },
      { dtl: ['is-uri', 'https://example.com/'], gives: false },
    ],
    test: (value) => value instanceof URI,
  }),

  expression({
    name: 'url-quote',
    group: 'URIs',
    doc,
    says: 'Percent-encodes texts, so that they can be part of a URL.',
    more:
      'Letters, digits and the characters _ . - ~ are kept; everything else becomes the % codes of its UTF-8 bytes, unless it ' +
      'is among the safe characters. Values that are not text are left out.',
    sentence: '{values} encoded for a URL, except {safe-chars}',
    takes: [
      optional('safe-chars', 'string', {
        says: 'Characters that are not encoded; none when left out.',
        placeholder: '/',
      }),
      each('values', 'string', { says: 'A text, or a list of texts.' }),
    ],
    gives: 'string',
    examples: [
      {
        dtl: ['url-quote', '_S.query'],
        source: { query: 'blå & hvit/rød' },
        gives: 'bl%C3%A5%20%26%20hvit%2Fr%C3%B8d',
      },
      { dtl: ['url-quote', '/:', ['list', 'a/b:c d', 5]], gives: ['a/b:c%20d'] },
    ],
    run: (safe, value) => quoteUrl(value, safe ?? ''),
  }),

  expression({
    name: 'url-unquote',
    group: 'URIs',
    doc,
    says: 'Decodes percent-encoded texts.',
    more: 'A plus sign stays a plus sign. Values that are not text are left out.',
    sentence: '{values} decoded from a URL',
    takes: [each('values', 'string', { says: 'A text, or a list of texts.' })],
    gives: 'string',
    examples: [
      { dtl: ['url-unquote', '_S.path'], source: { path: 'r%C3%B8d%20saft' }, gives: 'rød saft' },
      { dtl: ['url-unquote', ['list', '100%', '%41+b']], gives: ['100%', 'A+b'] },
    ],
    run: unquoteUrl,
  }),

  expression({
    name: 'curie',
    group: 'URIs',
    doc: deprecations,
    deprecated: 'Use namespaced identifiers, made with `ni`, instead.',
    says: 'Puts a prefix and a colon before texts and makes URIs of them.',
    more: 'Values that are not text are left out.',
    sentence: '{prefix}:{values} as a URI',
    chain: 'as a URI with the prefix {prefix}',
    takes: [
      one('prefix', 'string', { says: 'The prefix, without the colon.', placeholder: 'ex' }),
      each('values', 'string', { says: 'A text, or a list of texts.' }),
    ],
    gives: 'uri',
    examples: [
      { dtl: ['curie', 'shop', '_S.no'], source: { no: 'A7' }, gives: '~rshop:A7' },
      { dtl: ['curie', 'shop', ['list', 'x', 1]], gives: ['~rshop:x'] },
    ],
    run: (prefix, value) => new URI(`${prefix}:${value}`),
  }),
]
