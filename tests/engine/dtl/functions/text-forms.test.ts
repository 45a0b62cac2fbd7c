/** Functions between values and their text forms: JSON, base64, URLs, UUIDs, booleans, comparisons. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, equal } from '../../../../engine-worker/entity/order.ts'
import { Bytes, isDict, kindOf, UUID, type Value } from '../../../../engine-worker/entity/value.ts'
import { anyValue } from '../../entity/arbitrary.ts'
import { evaluate } from './evaluate.ts'

describe('json', () => {
  it('is read again as it was written, with types in transit form', () => {
    fc.assert(
      fc.property(anyValue, (v) => {
        const [again] = evaluate(['json-transit-parse', ['json-transit', '_S.list']], { list: [v] }) as Value[]
        expect(equal(again ?? null, v)).toBe(true)
        expect(kindOf(again ?? null)).toBe(kindOf(v))
      }),
    )
  })

  it('sorts keys and spaces like the documentation', () => {
    expect(evaluate(['json', '_S.v'], { v: { b: [1, 2], a: { '': null } } })).toBe('{"a": {"": null}, "b": [1, 2]}')
    expect(evaluate(['json', '_S.missing'])).toBe('null')
    expect(evaluate(['json-parse', ['list', '1.0', '1', '[', '']])).toEqual(evaluate(['list', ['float', 1], 1]))
  })

  it('treats dangerous keys as keys', () => {
    const dict = evaluate(['json-parse', '{"__proto__": {"x": 1}, "constructor": 2}'])
    expect(isDict(dict) && Object.keys(dict)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(dict)).toBe(Object.prototype)
    expect(evaluate(['json-parse', '["['.repeat(3000)])).toBeNull()
    expect(evaluate(['json-parse', '['.repeat(100_000)])).toBeNull()
  })
})

describe('bytes and URLs', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ unit: 'grapheme' }), (data, text) => {
        const v = new Bytes(data)
        expect(evaluate(['base64-decode', ['base64-encode', '_S.v']], { v })).toEqual(v)
        expect(evaluate(['url-unquote', ['url-quote', '_S.text']], { text })).toBe(text)
        expect(evaluate(['string', ['bytes', '_S.text']], { text })).toBe(text)
      }),
    )
  })

  it('quote like encodeURIComponent, and more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const strict = encodeURIComponent(text).replace(
          /[!'()*]/g,
          (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
        )
        expect(evaluate(['url-quote', '_S.text'], { text })).toBe(strict)
      }),
    )
    expect(evaluate(['url-unquote', '%ff%zz%'])).toBe('\ufffd%zz%')
  })

  it('leave out what is no base64', () => {
    expect(evaluate(['base64-decode', ['list', 'YQ==', 'YQ=', 'YQ', 'Y', '****', 'YW Jj\n']])).toEqual([
      new Bytes(Uint8Array.of(97)),
      new Bytes(Uint8Array.of(97, 98, 99)),
    ])
  })
})

describe('uuid', () => {
  it('makes version 4', () => {
    expect((evaluate(['uuid']) as UUID).text).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })

  it('reads the usual forms', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const forms = [id, id.toUpperCase(), id.replaceAll('-', ''), `{${id}}`, `urn:uuid:${id}`]
        expect(evaluate(['uuid', '_S.forms'], { forms })).toEqual(forms.map(() => new UUID(id)))
      }),
    )
    expect(evaluate(['uuid', ['list', 'x', null, 5]])).toEqual([])
    expect(evaluate(['uuid', null])).toBeNull()
  })
})

describe('comparisons', () => {
  it('agree with each other', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        const compareWith = (name: string) => evaluate([name, '_S.a', '_S.b'], { a, b })
        expect(compareWith('neq')).toBe(!compareWith('eq'))
        expect(compareWith('gte')).toBe(evaluate(['lte', '_S.b', '_S.a'], { a, b }))
        if (!Array.isArray(a) && !Array.isArray(b) && a !== null && b !== null && kindOf(a) === kindOf(b)) {
          expect(compareWith('gt')).toBe(compare(a, b) > 0)
          expect(compareWith('lte')).toBe(compare(a, b) <= 0)
        }
      }),
    )
  })

  it('find no order between types, nor with null', () => {
    for (const name of ['gt', 'gte', 'lt', 'lte']) {
      expect(evaluate([name, 'a', 1])).toBe(false)
      expect(evaluate([name, null, null])).toBe(false)
      expect(evaluate([name, ['list'], 1])).toBe(false)
    }
    expect(evaluate(['gt', ['decimal', '1.5'], 1])).toBe(true)
    expect(evaluate(['eq', 10n ** 20n, ['float', 1e20]])).toBe(true)
  })
})

describe('conditions', () => {
  it('stop at the first that decides', () => {
    const bomb = ['^', 10, 10n ** 30n]
    expect(evaluate(['and', false, ['gt', bomb, '_S.x']])).toBe(false)
    expect(evaluate(['or', 1, ['gt', bomb, '_S.x']])).toBe(true)
    expect(evaluate(['not', null, ['gt', bomb, '_S.x'], true])).toBe(true)
  })

  it('are true and false over nothing', () => {
    expect(evaluate(['all', ['list']])).toBe(true)
    expect(evaluate(['any', null])).toBe(false)
    expect(evaluate(['boolean', ['list', 'TRUE', 'true ', null, false]])).toEqual([true, false])
  })
})
