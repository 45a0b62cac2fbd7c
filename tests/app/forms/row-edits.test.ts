/** Rows of editors: moving them, and making them from pasted tables. */
import { expect, test } from 'vitest'
import { movedRow, pastedTable } from '../../../app/forms/row-edits.ts'

test('a row goes to another place and the others keep their order', () => {
  expect(movedRow(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(movedRow(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
  expect(movedRow(['a'], 5, 0)).toEqual(['a'])
})

test('what is copied from a spreadsheet is a table, one word is not', () => {
  expect(pastedTable('a\t1\r\nb\t2\r\n')).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
  expect(pastedTable('a\nb')).toEqual([['a'], ['b']])
  expect(pastedTable('a word\n')).toBe(null)
  expect(pastedTable('')).toBe(null)
})
