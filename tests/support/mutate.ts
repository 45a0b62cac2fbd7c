/** Broken variants of valid input: characters, tokens and pieces are changed, removed, repeated and inserted. */
import fc from 'fast-check'

/** Inputs that often break parsers: special characters and words, and extreme values. */
const tokens = [
  ...['\0', '"', "'", '{', '}', '[', ']', ',', ':', '\\', '\n', '\r', ';', '=', '<', '>', '&', '%', '#', '$', '\uFEFF'],
  ...[
    '\ud800',
    '\u2028',
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '{{@',
    '<![CDATA[',
    '<?xml',
    '&#0;',
    '-->',
    '~t',
    '~:',
    '~f',
    '$ENV(',
  ],
  ...['null', 'true', '-', '-0', '1e999', '1e-999', '9007199254740993', '0.1', 'NaN', '1'.repeat(400), '__proto__'],
  ...['constructor', '_id', '_deleted', '""', '[]', '{}', '../', '['.repeat(1500), '('.repeat(500), 'x'.repeat(5000)],
]

interface Edit {
  readonly kind: 'remove' | 'put' | 'repeat' | 'move' | 'flip'
  /** Places, from 0 to 1. */
  readonly at: number
  readonly to: number
  readonly token: string
}

const placeArbitrary = fc.double({ min: 0, max: 1, noNaN: true })
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('remove', 'put', 'put', 'repeat', 'move', 'flip'),
  at: placeArbitrary,
  to: placeArbitrary,
  token: fc.constantFrom(...tokens),
})

/** Pieces that are repeated, removed or moved are at most this long, so that inputs stay small. */
const PIECE = 400

function applyEdit(text: string, { kind, at, to, token }: Edit): string {
  const from = Math.floor(at * text.length)
  const end = Math.min(text.length, from + 1 + Math.floor(to * PIECE * at))
  const piece = text.slice(from, end)
  switch (kind) {
    case 'remove':
      return text.slice(0, from) + text.slice(end)
    case 'put':
      return text.slice(0, from) + token + text.slice(from)
    case 'repeat':
      return text.slice(0, end) + piece + text.slice(end)
    case 'move': {
      const rest = text.slice(0, from) + text.slice(end)
      const place = Math.floor(to * rest.length)
      return rest.slice(0, place) + piece + rest.slice(place)
    }
    case 'flip':
      return (
        text.slice(0, from) +
        String.fromCharCode(text.charCodeAt(from) ^ (1 << Math.floor(to * 7))) +
        text.slice(from + 1)
      )
  }
}

/** One of the texts with up to five edits. */
export function mutatedText(seeds: readonly string[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...seeds), fc.array(edit, { maxLength: 5 })).map(([seed, edits]) => {
    return edits.reduce(applyEdit, seed)
  })
}

/** One of the byte arrays with up to eight bytes changed, and perhaps its end cut off. */
export function mutatedBytes(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const change = fc.record({ at: placeArbitrary, byte: fc.constantFrom(0, 1, 127, 128, 255, 80, 75) })
  const length = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: placeArbitrary })
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 8 }), length)
    .map(([seed, changes, part]) => {
      const bytes = seed.slice(0, Math.ceil(seed.length * part))
      for (const { at, byte } of changes) if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = byte
      return bytes
    })
}
