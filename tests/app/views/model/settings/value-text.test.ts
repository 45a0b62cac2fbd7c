import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valueFromText, valueText } from '../../../../../app/views/model/settings/value-text.ts'
import { printJson } from '../../../../../engine-worker/entity/json.ts'
import type { Json } from '../../../../../engine-worker/entity/value.ts'

test('numbers and true or false are that, everything else is text', () => {
  expect(valueFromText('12')).toBe(12)
  expect(valueFromText('true')).toBe(true)
  expect(valueFromText('12 cm')).toBe('12 cm')
  expect(valueFromText('"12"')).toBe('12')
  expect(valueText('12')).toBe('"12"')
  expect(valueText('Oslo')).toBe('Oslo')
  expect(valueText(undefined)).toBe('')
})

test('a value comes back from its text', () => {
  const value: fc.Arbitrary<Json> = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
  )
  fc.assert(
    fc.property(value, (each) => {
      expect(printJson(valueFromText(valueText(each)))).toBe(printJson(each))
    }),
  )
})
