/** Other transforms, each a little different, to run before a measurement: a worker in use has seen many. */
import type { Json, JsonObject } from '../../../entity/value.ts'

const fields = ['first', 'last', 'email', 'age', 'balance', 'city', 'phone', 'registered']

export function otherTransforms(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, i) => {
    const field = fields[i % fields.length] ?? 'first'
    const path = `_S.${field}`
    const variants: Json[] = [
      ['add', `a${i}`, ['concat', path, '-', ['string', '_S.age']]],
      ['add', `b${i}`, ['coalesce', ['list', `_S.x${i}`, path]]],
      ['if', ['is-not-null', path], [['add', `c${i}`, ['length', ['string', path]]]], ['add', `c${i}`, 0]],
      ['add', `d${i}`, ['count', ['filter', ['gt', '_.quantity', i % 3], '_S.lines']]],
      ['add', `e${i}`, ['map', ['upper', '_.sku'], '_S.lines']],
      ['add', `f${i}`, ['case', ['eq', '_S.age', i], 'same', ['gt', '_S.age', i], 'more', 'less']],
      ['rename', field, `g${i}`],
      ['add', `h${i}`, ['apply', 'line', '_S.lines']],
      ['merge', '_S.address'],
      ['default', `i${i}`, ['sorted', '_.price', '_S.lines']],
    ]
    const steps = variants.filter((_each, index) => (i + index) % 3 !== 0)
    const copies: Json[] = i % 2 === 0 ? [['copy', '*']] : [['copy', ['list', '_id', field, 'a*'], 'address']]
    return {
      default: [...copies, ...steps, ['remove', 'e*']],
      line: [
        ['add', 'n', ['plus', 1, '_S.quantity']],
        ['copy', 'sku'],
      ],
    }
  })
}
