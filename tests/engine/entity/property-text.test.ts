import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { get } from '../../../engine-worker/entity/dict.ts'
import { propertyValue } from '../../../engine-worker/entity/property-text.ts'
import { printEntity, readEntity } from '../../../engine-worker/entity/transit.ts'
import { anyEntity } from './arbitrary.ts'

describe('a property of a text', () => {
  it('is what reading the whole gives, wherever the text stands', () => {
    fc.assert(
      fc.property(anyEntity, fc.string(), fc.string(), (entity, before, other) => {
        const text = printEntity(entity)
        const whole = readEntity(text)
        for (const name of [...Object.keys(whole), other, '_id', 'toString', '']) {
          const read = propertyValue(`${before}${text}}`, before.length, before.length + text.length, name)
          expect(read).toEqual(get(whole, name))
        }
      }),
    )
  })

  it.each([
    ['spaces', '{ "a" : 1, "b" : [1, 2] }'],
    ['what looks like a property inside of values', '{"a":"\\"b\\":7,","c":{"b":1},"d":["b:","]"],"b":{"x":"}"}}'],
    ['literals', '{"a":true,"b":-0.50e3,"c":null}'],
    ['none', '{}'],
  ])('is found in a text with %s', (_, text) => {
    const whole = readEntity(text)
    for (const name of ['a', 'b', 'c', 'd', 'x']) {
      expect(propertyValue(text, 0, text.length, name)).toEqual(get(whole, name))
    }
  })
})
