import { describe, expect, test } from 'vitest'
import { indentedJson, propertyTexts } from '../../../../app/canvas/pipe/entity-text.ts'
import { namesLike, readsOf, rowsOf } from '../../../../app/canvas/pipe/mapping.ts'
import { functionTable } from '../../../../engine-worker/dtl/registry.ts'
import { printJson, readJson } from '../../../../engine-worker/index.ts'

describe('a rule as columns', () => {
  const steps = [
    ['copy', ['list', 'no', 'name']],
    ['rename', 'old', 'new'],
    ['add', 'city', '_S.address.city'],
    ['if', ['eq', '_S.kind', 'x'], ['add', 'a', 1], [['default', 'b', "_S.'odd.name'"]]],
    ['create-child', '_T.lines'],
  ]

  test('each target property has a row that points at its step', () => {
    const rows = rowsOf(steps, ['rules', 'default'], functionTable)
    expect(rows.map(({ target }) => target)).toEqual(['no', 'name', 'new', 'city', 'a', 'b'])
    expect(rows.map(({ path }) => path.slice(2).join('/'))).toEqual(['0', '0', '1', '2', '3/2', '3/3/0'])
    expect(rows[3]).toMatchObject({ from: '_S.address.city', byName: false })
  })

  test('a pattern that copies several stands for them, and is no property of its own', () => {
    const rows = rowsOf(
      [
        ['copy', ['list', 'no', 'addr*']],
        ['copy', '*'],
        ['add', 'a*', 1],
      ],
      ['r'],
      functionTable,
    )
    expect(rows.map(({ target, isPattern }) => [target, isPattern])).toEqual([
      ['no', false],
      ['addr*', true],
      ['*', true],
      ['a*', false],
    ])
    expect(namesLike('addr*', ['address', 'my addr', 'addr.x'])).toEqual(['address', 'addr.x'])
    expect(namesLike('a.*c', ['abc', 'a.bc'])).toEqual(['a.bc'])
    expect(namesLike('*', ['a', 'b'])).toEqual(['a', 'b'])
  })

  test('what is read of the source is known, by first segments', () => {
    const { all, names } = readsOf(steps, functionTable)
    expect(all).toBe(false)
    for (const name of ['no', 'name', 'old', 'address', 'kind', 'odd.name']) expect(names).toContain(name)
    expect(readsOf([['copy', '*']], functionTable).all).toBe(true)
  })
})

describe('entities as text', () => {
  test('properties come apart with their values as written', () => {
    const text = '{"_id": "1", "n": 1.0, "big": 1e400, "s": "a, \\"b\\": {", "l": [1, {"x": "]"}], "e": {}, "é": null}'
    expect(propertyTexts(text)).toEqual([
      ['_id', '"1"'],
      ['n', '1.0'],
      ['big', '1e400'],
      ['s', '"a, \\"b\\": {"'],
      ['l', '[1, {"x": "]"}]'],
      ['e', '{}'],
      ['é', 'null'],
    ])
    expect(propertyTexts('{}')).toEqual([])
    expect(propertyTexts('not an entity')).toEqual([])
  })

  test('long values on several lines say the same', () => {
    const value = printJson(Array.from({ length: 30 }, (_, n) => ({ n, s: 'a, b: [c]' })))
    expect(indentedJson(value)).toContain('\n')
    expect(printJson(readJson(indentedJson(value)))).toBe(value)
    expect(indentedJson('[1, 2]')).toBe('[1, 2]')
  })
})
