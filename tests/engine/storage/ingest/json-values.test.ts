/** JSON that arrives in pieces: the places of the cuts do not matter. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entity } from '../../../../engine-worker/entity/value.ts'
import { JsonValues } from '../../../../engine-worker/storage/ingest/json-values.ts'

/** The rows of a text that comes in pieces, each with the line it begins on. */
function rowsOf(pieces: readonly string[]): [number, Entity][] {
  const reader = new JsonValues((text) => JSON.parse(text))
  return pieces.flatMap((piece, at) =>
    [...reader.push(piece, at === pieces.length - 1)].map(({ line, read }): [number, Entity] => [line, read()]),
  )
}

function cutAt(text: string, places: readonly number[]): string[] {
  const bounds = [...new Set([0, ...places.filter((place) => place < text.length), text.length])].sort((a, b) => a - b)
  return bounds.slice(1).map((end, at) => text.slice(bounds[at], end))
}

const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constantFrom('{', '}', '"', '\\', '[{', '\\"', '\n'))
const entity = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('}', '"')), fc.oneof(value, fc.array(value)), {
  noNullPrototype: true,
})

describe('values of a JSON text in pieces', () => {
  test('are the same wherever it is cut, as a list and one a line', () => {
    fc.assert(
      fc.property(fc.array(entity, { minLength: 1 }), fc.array(fc.nat({ max: 400 })), (entities, places) => {
        const lines = entities.map((each, at): [number, unknown] => [at + 1, each])
        const texts = entities.map((each) => JSON.stringify(each))
        expect(rowsOf(cutAt(`${texts.join('\n')}\n`, places))).toEqual(lines)
        expect(rowsOf(cutAt(`[${texts.join(',\n')}]`, places))).toEqual(lines)
        expect(rowsOf(cutAt(JSON.stringify(entities, null, 2), places)).map(([, each]) => each)).toEqual(entities)
      }),
    )
  })

  test('end where the text does, or it is said where it broke off', () => {
    expect(() => rowsOf(['[{"a": 1}', '\n'])).toThrow(/ends before the end of the list/)
    expect(() => rowsOf(['{"a": 1}\n{"b": "}'])).toThrow(/ends inside an object/)
    expect(() => rowsOf(['[{"a": 1} {"b": 2}]'])).toThrow()
    expect(() => rowsOf(['{"a": 1}', ' 7'])).toThrow()
    expect(rowsOf(['[', ']', ' \n'])).toEqual([])
    expect(rowsOf([''])).toEqual([])
  })
})
