/** Binary data, and base64 as its text form. */
import { decodeBase64, encodeBase64 } from '../../entity/base64.ts'
import { Bytes } from '../../entity/value.ts'
import { each } from '../argument.ts'
import { expression } from '../define.ts'
import { typeTest } from './type-test.ts'

const doc = 'dtl/dtl-functions-bytes.rst'
const utf8 = new TextEncoder()

export const bytesFunctions = [
  expression({
    name: 'bytes',
    group: 'bytes',
    doc,
    says: 'Turns texts into bytes, in UTF-8.',
    more: 'Values that are not text are left out.',
    sentence: '{values} as bytes',
    takes: [each('values', 'string', { says: 'A text, or a list of texts.' })],
    gives: 'bytes',
    examples: [
      { dtl: ['bytes', '_S.note'], source: { note: 'hei' }, gives: '~baGVp' },
      { dtl: ['bytes', ['list', 'ø', 5]], gives: ['~bw7g='] },
    ],
    run: (text) => new Bytes(utf8.encode(text)),
  }),

  expression({
    name: 'base64-encode',
    group: 'bytes',
    doc,
    says: 'Writes bytes as base64 text.',
    more: 'Only bytes are taken, other values are left out; turn a text into bytes first.',
    sentence: '{values} as base64 text',
    takes: [each('values', 'bytes', { says: 'Bytes, or a list of them.' })],
    gives: 'string',
    examples: [
      { dtl: ['base64-encode', ['bytes', '_S.user']], source: { user: 'me:pw' }, gives: 'bWU6cHc=' },
      { dtl: ['base64-encode', ['list', '~bAAEC', 'text']], gives: ['AAEC'] },
    ],
    run: ({ data }) => encodeBase64(data),
  }),

  expression({
    name: 'base64-decode',
    group: 'bytes',
    doc,
    says: 'Reads base64 text as bytes.',
    more: 'What is not text or not base64 is left out. Use `string` to get the text that the bytes hold.',
    sentence: 'the bytes in the base64 text {values}',
    chain: 'decoded from base64',
    takes: [each('values', 'string', { says: 'A base64 text, or a list of them.' })],
    gives: 'bytes',
    examples: [
      { dtl: ['string', ['base64-decode', '_S.body']], source: { body: 'SGVpIQ==' }, gives: 'Hei!' },
      { dtl: ['base64-decode', ['list', 'AAEC', 'not base64!', 7]], gives: ['~bAAEC'] },
    ],
    run: (text) => {
      const bare = text.replace(/\s+/g, '')
      const data = bare.length % 4 === 0 ? decodeBase64(bare) : null
      return data === null ? undefined : new Bytes(data)
    },
  }),

  typeTest({
    name: 'is-bytes',
    group: 'bytes',
    doc,
    type: 'bytes',
    examples: [
      { dtl: ['is-bytes', '_S.picture'], source: { picture: '~biVBORw==' }, gives: true },
      { dtl: ['is-bytes', 'iVBORw=='], gives: false },
    ],
    test: (value) => value instanceof Bytes,
  }),
]
