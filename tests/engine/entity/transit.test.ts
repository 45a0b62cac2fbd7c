import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readExactly } from '../../../engine-worker/entity/json.ts'
import { equal } from '../../../engine-worker/entity/order.ts'
import {
  decodeString,
  decodeTransit,
  encodeTransit,
  printEntity,
  printEntityLines,
  printValue,
  readEntities,
  readEntity,
  readEntityLines,
  readValue,
} from '../../../engine-worker/entity/transit.ts'
import { Decimal, Float, kindOf, NI, type Value } from '../../../engine-worker/entity/value.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { anyEntity, anyValue } from './arbitrary.ts'

/** Types and values, exactly. */
function shape(value: Value): unknown {
  if (Array.isArray(value)) return value.map(shape)
  const kind = kindOf(value)
  if (kind === 'dict') return Object.entries(value as object).map(([key, item]) => [key, shape(item)])
  return [kind, printValue(value)]
}

function faultOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error.problem.code
    throw error
  }
  return 'none'
}

describe('transit text', () => {
  it('prints what it reads', () => {
    const text =
      '{"_id":"1","whole":10.0,"small":0.1,"big":12345678901234567890,"ni":"~:ns:a","uri":"~rhttp://x/","price":"~f4.20","at":"~t2015-01-02T03:04:05.123456789Z","day":"~t2015-12-31","data":"~bAAEC","key":"~u531a379e-31bb-4ce1-8690-158dceb64be6","other":"~xyz","bad":"~t2015-13-01"}'
    expect(printEntity(readEntity(text))).toBe(text)
    expect(Object.values(readEntity(text)).map(kindOf)).toEqual(
      'string float float integer ni uri decimal datetime date bytes uuid string string'.split(' '),
    )
  })

  it('reads every value it printed', () => {
    fc.assert(
      fc.property(anyEntity, (entity) => {
        const again = readEntity(printEntity(entity))
        expect(shape(again)).toEqual(shape(entity))
        expect(equal(again, entity)).toBe(true)
        expect(printEntity(again)).toBe(printEntity(entity))
      }),
      { numRuns: 500 },
    )
  })

  it('reads the same with and without the short cut', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = printValue([value])
        expect(shape(readValue(text))).toEqual(shape(readExactly<Value>(text, decodeString)))
      }),
      { numRuns: 300 },
    )
  })

  it('reads every way to write a number exactly', () => {
    const digits = fc.oneof(fc.stringMatching(/^[0-9]{1,20}$/), fc.stringMatching(/^[09]{1,20}$/))
    const literal = fc
      .tuple(fc.constantFrom('', '-'), digits, fc.option(digits), fc.option(fc.stringMatching(/^[eE][-+]?[0-9]{1,2}$/)))
      .map(([sign, whole, fraction, exponent]) => {
        const start = sign + whole.replace(/^0+(?=.)/, '')
        return `${start}${fraction === null ? '' : `.${fraction}`}${exponent ?? ''}`
      })
    fc.assert(
      fc.property(
        fc.array(literal, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(',', ', ', '\n,\n'),
        (all, comma) => {
          const text = `{"a":[${all.join(comma)}],"b": ${all[0]} }`
          expect(shape(readValue(text))).toEqual(shape(readExactly<Value>(text, decodeString)))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('keeps values through plain JSON', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(shape(decodeTransit(encodeTransit(value)))).toEqual(shape(value))
      }),
    )
  })

  it('keeps numbers apart that JSON.parse confuses', () => {
    const list = readValue('[1, 1.0, 1e2, 1.5e1, 9007199254740993, 1.99999999999999999999, 0.00000000000000001, -0.0]')
    expect(list).toEqual([
      1,
      new Float(1),
      new Float(100),
      new Float(15),
      9007199254740993n,
      new Float(2),
      1e-17,
      new Float(-0),
    ])
    expect(readValue('{"text": "x, 10.0, y", "n": 10.0}')).toEqual({ text: 'x, 10.0, y', n: new Float(10) })
    expect(readValue('["\\u007e#10.0", "~#1.0", 2.0]')).toEqual(['~#10.0', '~#1.0', new Float(2)])
  })

  it('treats every key as a property of its own', () => {
    const entity = readEntity('{"_id":"1","__proto__":{"polluted":"~:a:b"},"constructor":1.0}')
    expect(Object.keys(entity)).toEqual(['_id', '__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(printEntity(entity)).toContain('"__proto__":{"polluted":"~:a:b"}')
  })

  it('reads a list, a single entity and lines', () => {
    expect(readEntities('[{"_id":"1"},{"_id":"2"}]').length).toBe(2)
    expect(readEntities('{"_id":"1"}').length).toBe(1)
    expect(readEntities('\ufeff{"_id":"1","n":1.0}\n\n{"_id":"2"}\n').map((entity) => entity._id)).toEqual(['1', '2'])
    expect(faultOf(() => readEntities('[1]'))).toBe('entity-not-an-object')
    expect(faultOf(() => readEntities('{"_id":"1"}\n{"_id":}\n'))).toBe('json-broken')
  })

  it('refuses nesting that would overflow', () => {
    expect(faultOf(() => readValue('['.repeat(100_000) + ']'.repeat(100_000)))).toBe('json-too-deep')
    expect(faultOf(() => readValue(`${'{"a":'.repeat(5000)}10.0${'}'.repeat(5000)}`))).toBe('json-too-deep')
    let value: Value = 1
    for (let depth = 0; depth < 200_000; depth++) value = [value]
    expect(faultOf(() => printValue(value))).toBe('json-too-deep')
  })

  it('does not parse decimals that are only passed on', () => {
    expect(readValue('["~f1.0"]')).toEqual([new Decimal(null, '1.0')])
    expect(decodeTransit('~:a:b')).toEqual(new NI('a:b'))
  })
})

describe('printing many entities', () => {
  it('gives the same lines as printing each, and lines that read as the same entities, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(anyEntity, { maxLength: 8 }), (entities) => {
        const text = printEntityLines(entities)
        expect(text).toBe(entities.map((entity) => `${printEntity(entity)}\n`).join(''))
        expect(readEntityLines(text).map(shape)).toEqual(entities.map(shape))
      }),
      { numRuns: 300 },
    )
  })

  it('an exact number before or after changes nothing', () => {
    const plain = readEntity('{"_id":"1","n":1,"ni":"~:a:b"}')
    const exact = readEntity('{"_id":"2","n":1.0,"big":12345678901234567890}')
    expect(printEntityLines([plain, exact, exact, plain, plain])).toBe(
      [plain, exact, exact, plain, plain].map((entity) => `${printValue(entity)}\n`).join(''),
    )
    expect(printEntity(exact)).toBe('{"_id":"2","n":1.0,"big":12345678901234567890}')
    expect(printEntity(plain)).toBe('{"_id":"1","n":1,"ni":"~:a:b"}')
  })

  it('leaves what JSON.stringify says of values to others as it is', () => {
    expect(JSON.stringify({ ni: new NI('a:b'), float: new Float(1) })).toBe('{"ni":{"text":"a:b"},"float":{"value":1}}')
  })
})

it('infinity and NaN are written as null, as JSON has neither (changelog.rst)', () => {
  const value = [new Float(Number.POSITIVE_INFINITY), new Float(Number.NEGATIVE_INFINITY), new Float(Number.NaN)]
  expect(printValue({ a: value, b: value[0] ?? null })).toBe('{"a":[null,null,null],"b":null}')
  expect(encodeTransit(value)).toEqual([null, null, null])
  expect(printValue(readValue('[1e400,-1e400,1e300]'))).toBe('[null,null,1e+300]')
})
