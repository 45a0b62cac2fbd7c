/** Values as people write them. */
import { expect, test } from 'vitest'
import { humanOf, humanText } from '../../../app/data/readable-values.ts'

test.each([
  ['"~f12500.50"', 'nb', '12 500,50'],
  ['1234', 'nb', '1234'],
  ['-12345678901234567890', 'nb', '−12 345 678 901 234 567 890'],
  ['"~f0.1"', 'nb', '0,10'],
  ['"~f0.123456789012345678901234567890"', 'nb', '0,123456789012345678901234567890'],
  ['"~t2019-02-03T00:00:00Z"', 'nb', '3. feb. 2019'],
  ['"~:crm:42"', 'nb', '→ crm:42'],
  ['"~rtel:+47-41-22-33-44"', 'nb', '+47 41 22 33 44'],
  ['"~f1499.90"', 'nb', '1 499,90'],
  ['"text"', 'nb', 'text'],
  ['"cut off', 'nb', '"cut off'],
  ['[{"_id":"1","_updated":3,"n":2},{"_id":"2"}]', 'nb', '2 × {_id: 1, n: 2}'],
  ['["a","~f1.5"]', 'nb', 'a, 1,50'],
  ['{"a":1,"b":null}', 'nb', 'a: 1, b: null'],
])('%s reads %s', (value, language, shown) => {
  expect(humanOf(value, language, 'nb-NO').replace(/[\u00a0\u202f]/g, ' ')).toBe(shown)
})

test('the habits of the person decide about numbers and dates', () => {
  expect(humanText('~f12500.5', 'en', 'en-US')).toBe('12,500.50')
  expect(humanText('~t2019-02-03T13:05:00Z', 'en', 'en-GB')).toBe('3 Feb 2019, 13:05')
})
