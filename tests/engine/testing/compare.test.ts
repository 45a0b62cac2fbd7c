import { describe, expect, test } from 'vitest'
import { readEntities } from '../../../engine-worker/entity/transit.ts'
import {
  actualForm,
  blacklist,
  outputDifferences,
  readExpected,
  sameXml,
  sortedByFields,
} from '../../../engine-worker/testing/compare.ts'
import { fnmatch } from '../../../engine-worker/testing/fnmatch.ts'

const defaultSettings = { blacklist: [] as string[], ignoreDeletes: true, sortBy: ['_id'] }

/** Whether the client would find actual and expected equal. */
function isSame(actual: string, expected: string, more: Partial<typeof defaultSettings> = {}): boolean {
  const settings = { ...defaultSettings, ...more }
  const wanted = readExpected(expected, 'x.json')
  return (
    outputDifferences(actualForm(readEntities(actual), wanted, settings), sortedByFields(wanted, settings.sortBy))
      .length === 0
  )
}

describe('patterns', () => {
  test.each([
    ['*', 'anything.at.all', true],
    ['a.*.c', 'a.b.x.c', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[]]x', ']x', true],
    ['[x', '[x', true],
    ['a*b*c', 'a123b', false],
    [`${'*'.repeat(50)}b`, 'a'.repeat(5000), false],
  ])('%s on %s', (pattern, text, fits) => {
    expect(fnmatch(pattern)(text)).toBe(fits)
  })
  test('a list marker stands for any depth, a name with dots matches as it is', () => {
    const blocked = blacklist(['list[].secret', 'dotted.name'])
    expect([blocked('list.secret'), blocked('list.0.secret'), blocked('dotted.name'), blocked('list')]).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
})

describe('what is compared', () => {
  test('reserved properties go at every depth, _id, $ids and a true _deleted stay', () => {
    expect(
      isSame(
        '[{"_id": "1", "_updated": 5, "a": {"_x": 1, "_id": "2"}, "$ids": ["~:a"]}]',
        '[{"_id": "1", "a": {"_id": "2"}, "$ids": ["~:a"]}]',
      ),
    ).toBe(true)
    expect(isSame('[{"_id": "1", "_deleted": false}]', '[{"_id": "1"}]')).toBe(true)
  })
  test('the expected side is not filtered', () => {
    expect(isSame('[{"_id": "1", "_x": 1}]', '[{"_id": "1", "_x": 1}]')).toBe(false)
  })
  test('blacklisted paths go, also inside lists', () => {
    expect(
      isSame('[{"_id": "1", "a": [{"b": 1, "c": 2}]}]', '[{"_id": "1", "a": [{"c": 2}]}]', { blacklist: ['a.b'] }),
    ).toBe(true)
  })
  test('unexpected deleted entities go unless they count', () => {
    const actual = '[{"_id": "1"}, {"_id": "2", "_deleted": true}]'
    expect(isSame(actual, '[{"_id": "1"}]')).toBe(true)
    expect(isSame(actual, '[{"_id": "1"}]', { ignoreDeletes: false })).toBe(false)
    expect(isSame(actual, '[{"_id": "1"}, {"_id": "2", "_deleted": true}]')).toBe(true)
  })
  test('floats without fraction are integers on the actual side only; huge integers are rounded', () => {
    expect(isSame('[{"_id": "1", "a": 1.0}]', '[{"_id": "1", "a": 1}]')).toBe(true)
    expect(isSame('[{"_id": "1", "a": 1}]', '[{"_id": "1", "a": 1.0}]')).toBe(false)
    expect(isSame('[{"_id": "1", "a": 12345678901234567}]', '[{"_id": "1", "a": 12345678901234568}]')).toBe(true)
  })
  test('a float that is written with an exponent stays one', () => {
    expect(isSame('[{"_id": "1", "a": 1e22}]', '[{"_id": "1", "a": 1e22}]')).toBe(true)
  })
  test('null is not missing, texts are not numbers, list order counts, key order does not', () => {
    expect(isSame('[{"_id": "1", "a": null}]', '[{"_id": "1"}]')).toBe(false)
    expect(isSame('[{"_id": "1", "a": "1"}]', '[{"_id": "1", "a": 1}]')).toBe(false)
    expect(isSame('[{"_id": "1", "a": [1, 2]}]', '[{"_id": "1", "a": [2, 1]}]')).toBe(false)
    expect(isSame('[{"a": 1, "_id": "1"}]', '[{"_id": "1", "a": 1}]')).toBe(true)
  })
  test('the same _id may occur twice', () => {
    expect(isSame('[{"_id": "3", "a": 2}, {"_id": "3", "a": 1}]', '[{"_id": "3", "a": 1}, {"_id": "3", "a": 2}]')).toBe(
      true,
    )
  })
  test('transit texts compare as text', () => {
    expect(isSame('[{"_id": "1", "a": "~f1.50"}]', '[{"_id": "1", "a": "~f1.50"}]')).toBe(true)
  })
})

test('sorting by a field that some entities lack fails', () => {
  expect(() => sortedByFields([{ _id: 'a', x: 's' }, { _id: 'b' }], ['x'])).toThrow(TypeError)
  expect(sortedByFields([{ _id: 'b' }, { _id: 'a' }], ['_id'])).toEqual([{ _id: 'a' }, { _id: 'b' }])
})

test('differences name the entity and the property', () => {
  const wanted = readExpected('[{"_id": "1", "a": 1}, {"_id": "2"}]', 'x')
  const found = outputDifferences(
    actualForm(readEntities('[{"_id": "1", "a": 2}, {"_id": "3"}]'), wanted, defaultSettings),
    wanted,
  )
  expect(found).toEqual([
    { _id: '1', says: 'a differs', actual: 2, expected: 1 },
    { _id: '3', says: 'was not expected', actual: { _id: '3' } },
    { _id: '2', says: 'is missing', expected: { _id: '2' } },
  ])
})

test('xml is compared by its content', () => {
  expect(sameXml('<a x="1"><b>t</b></a>', '<a x="1">\n  <b>t</b>\n</a>\n')).toBe(true)
  expect(sameXml('<a><b>t</b></a>', '<a><b>u</b></a>')).toBe(false)
})
