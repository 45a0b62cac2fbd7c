import { describe, expect, test } from 'vitest'
import { typedValue } from '../../../engine-worker/api/parse-input.ts'
import { expressionsFor } from '../../../engine-worker/api/synthesis.ts'
import { compileAlone, NO_NAMESPACES } from '../../../engine-worker/dtl/compile/compile.ts'
import { makeContext } from '../../../engine-worker/dtl/context.ts'
import { printValue } from '../../../engine-worker/entity/transit.ts'
import type { Json } from '../../../engine-worker/entity/value.ts'
import { environment } from '../dtl/corpus.ts'

const source = {
  _id: '1',
  first: 'Ada',
  last: 'Lovelace',
  email: 'ADA@Example.org',
  price: 12.5,
  quantity: 4,
  born: '10.12.1815',
  tags: ['a', 'b', 'c'],
  address: { city: 'London' },
  phone: ' 99 88 77 66 ',
  big: 9007199254740993n,
}
const target = { country: 'NO' }

const expressionsGiving = (wanted: string) =>
  expressionsFor({ source, target, text: wanted, value: typedValue(wanted) }, environment(), NO_NAMESPACES)

describe('expressions by example', () => {
  test.each<[string, Json]>([
    ['Lovelace', '_S.last'],
    ['London', '_S.address.city'],
    ['NO', '_T.country'],
    ['LOVELACE', ['upper', '_S.last']],
    ['Ada Lovelace', ['concat', '_S.first', ' ', '_S.last']],
    [
      'ada.lovelace@london.no',
      [
        'concat',
        ['lower', '_S.first'],
        '.',
        ['lower', '_S.last'],
        '@',
        ['lower', '_S.address.city'],
        '.',
        ['lower', '_T.country'],
      ],
    ],
    ['Example.org', ['last', ['split', '@', '_S.email']]],
    ['1815-12-10', ['datetime-format', '%Y-%m-%d', ['datetime-parse', '%d.%m.%Y', '_S.born']]],
    ['50', ['*', '_S.price', '_S.quantity']],
    ['99 88 77 66', ['strip', '_S.phone']],
    ['a,b,c', ['join', ',', '_S.tags']],
    ['Lov', ['substring', 0, 3, '_S.last']],
    ['9007199254740993', '_S.big'],
  ])('%s', (wanted, expected) => {
    expect(expressionsGiving(wanted)[0]?.expression).toEqual(expected)
  })

  test('what is offered gives what it says', () => {
    for (const wanted of ['3', 'Example.org', 'true', 'c', '4']) {
      for (const { expression, gives } of expressionsGiving(wanted)) {
        const { expression: compiled, problems } = compileAlone(expression)
        expect(problems).toEqual([])
        const value = compiled.evaluate(source, makeContext({ environment: environment() }), target)
        expect([wanted, printValue(value)]).toEqual([wanted, printValue(gives)])
      }
    }
  })

  test('nothing is offered for what cannot be reached, nor for odd names and values', () => {
    expect(expressionsGiving('utterly elsewhere')).toEqual([])
    const odd = JSON.parse('{"__proto__": "x1", "a.b": "x2", "*": "x3", "": "x4", "c": null}')
    for (const wanted of ['x2', 'x3']) {
      expect(
        expressionsFor({ source: odd, target: null, text: wanted, value: wanted }, environment(), NO_NAMESPACES),
      ).toEqual([])
    }
  })
})
