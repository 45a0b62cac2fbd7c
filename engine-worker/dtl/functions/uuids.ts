/** UUIDs: context new ones and reading them. */
import { UUID, type Value } from '../../entity/value.ts'
import { optional } from '../argument.ts'
import { expression } from '../define.ts'
import type { Context } from '../evaluation.ts'
import { typeTest } from './type-test.ts'

const doc = 'dtl/dtl-functions-uuids.rst'

function withHyphens(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** A new one, version 4: 122 random bits. */
function randomUuid(ctx: Context): UUID {
  const bytes = ctx.randomBytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return new UUID(withHyphens(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')))
}

/** Reads the usual ways to write one: with or without hyphens, in braces, as URN. */
function readUuid(value: Value): UUID | undefined {
  if (value instanceof UUID) return value
  if (typeof value !== 'string' || value.length > 60) return undefined
  const hex = value
    .replace(/^urn:uuid:/i, '')
    .replace(/^\{(.*)\}$/, '$1')
    .replaceAll('-', '')
    .toLowerCase()
  return /^[0-9a-f]{32}$/.test(hex) ? new UUID(withHyphens(hex)) : undefined
}

export const uuidFunctions = [
  expression({
    name: 'uuid',
    group: 'UUIDs',
    doc,
    says: 'Makes a new random UUID, or turns texts into UUIDs.',
    more:
      'Without an argument every evaluation gives another one, so that a pipe that runs again over the same entity ' +
      'changes it. Texts that are not UUIDs are left out.',
    sentence: 'a new UUID',
    variants: [{ argument: 'values', sentence: '{values} as a UUID' }],
    deterministic: false,
    takes: [optional('values', 'any', { says: 'A text, or a list of texts; left out: a new UUID.' })],
    gives: 'uuid',
    examples: [
      { dtl: ['uuid'], satisfies: 'is-uuid' },
      {
        dtl: ['uuid', '_S.key'],
        source: { key: '2F1B6C1E-07A9-4A0C-9D0B-5F2E8F1C3A77' },
        gives: '~u2f1b6c1e-07a9-4a0c-9d0b-5f2e8f1c3a77',
      },
      {
        dtl: ['uuid', ['list', '2f1b6c1e07a94a0c9d0b5f2e8f1c3a77', 'no']],
        gives: ['~u2f1b6c1e-07a9-4a0c-9d0b-5f2e8f1c3a77'],
      },
    ],
    run: (values, ctx) => {
      if (values === undefined) return randomUuid(ctx)
      if (!Array.isArray(values)) return values === null ? null : readUuid(values)
      ctx.spend(values.length)
      const read: Value[] = []
      for (const value of values) {
        const uuid = readUuid(value)
        if (uuid !== undefined) read.push(uuid)
      }
      return read
    },
  }),

  typeTest({
    name: 'is-uuid',
    group: 'UUIDs',
    doc,
    type: 'a UUID',
    examples: [
      { dtl: ['is-uuid', '_S.key'], source: { key: '~u2f1b6c1e-07a9-4a0c-9d0b-5f2e8f1c3a77' }, gives: true },
      { dtl: ['is-uuid', '2f1b6c1e-07a9-4a0c-9d0b-5f2e8f1c3a77'], gives: false },
    ],
    test: (value) => value instanceof UUID,
  }),
]
