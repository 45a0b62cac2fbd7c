import { describe, expect, test } from 'vitest'
import { aboutSource, aliasOf } from '../../../app/forms/aliases.ts'
import { constantOfText, expressionShape } from '../../../app/forms/expression.ts'
import { namesFor } from '../../../app/forms/names.ts'
import { pathsOf } from '../../../app/forms/paths.ts'
import { commonValues } from '../../../app/forms/values.ts'
import { printJson } from '../../../engine-worker/index.ts'

describe('what an expression is', () => {
  test.each([
    ['_S.name', 'property'],
    ['o.lines.amount', 'property'],
    ['_.', 'property'],
    ['_S.first name', 'property'],
    ["_S.'a.b'.Ålder (år)", 'property'],
    ['_T.100 %', 'property'],
    ['john.doe@example.org', 'constant'],
    ['a sentence. And more', 'constant'],
    ['plain', 'constant'],
    [12, 'constant'],
    [null, 'constant'],
    [['lower', '_S.a'], 'function'],
    [[1, 2], 'json'],
    [{ datasets: [] }, 'json'],
  ])('%j is a %s', (value, shape) => expect(expressionShape(value, ['o'])).toBe(shape))

  test('a constant is typed as it reads, and numbers stay as written', () => {
    expect(constantOfText('abc')).toBe('abc')
    expect(constantOfText(' true ')).toBe(true)
    expect(constantOfText('null')).toBeNull()
    expect(constantOfText('007')).toBe('007')
    expect(printJson(constantOfText('1.0'))).toBe('1.0')
    expect(printJson(constantOfText('100000000000000000000'))).toBe('100000000000000000000')
  })
})

test('names suggest themselves by what is written', () => {
  expect(namesFor(['add', '', ['sum', ['decimal', '_T.orders.amount']]], 1)).toEqual(['sum-amount', 'amount'])
  expect(namesFor(['add', '', '_S.crm:e-mail'], 1)).toEqual(['e-mail'])
  expect(namesFor(['add', '', ['hops', { datasets: ['orders o'], where: [] }]], 1)).toEqual(['orders'])
  expect(namesFor(['add', ''], 1)).toEqual([])
})

test('paths are found in dictionaries and in lists of them, with how often', () => {
  const rows = ['{"_id":"1","a":{"b":1},"l":[{"n":"x"},{"n":"y"}]}', '{"_id":"2","odd.name":true}', '{"cut…']
  const found = pathsOf(rows, '_S')
  expect(found.map(({ path }) => path)).toEqual(['_S._id', "_S.'odd.name'", '_S.a', '_S.l', '_S.a.b', '_S.l.n'])
  expect(found.find(({ path }) => path === '_S.a.b')?.present).toBe(0.5)
  expect(pathsOf(['[{"n":1},{"n":2}]'], '_', true).map(({ path }) => path)).toEqual(['_.', '_.n'])
})

test('the alias of an expression, and the expression without it', () => {
  expect(aliasOf(['lower', 'a.email'], ['a', 'b'])).toBe('a')
  expect(aliasOf(['concat', 'a.x', 'b.y'], ['a', 'b'])).toBeNull()
  expect(aboutSource(['lower', 'a.email'], 'a')).toEqual(['lower', '_S.email'])
  expect(aboutSource(['lower', '_T.email'], 'a')).toBeNull()
  expect(aboutSource('constant', 'a')).toBe('constant')
})

test('values that the data has, the most common first', () => {
  const rows = ['{"s":"paid"}', '{"s":"open"}', '{"x:s":"paid"}', '{"s":{"no":1}}', '{"s":null}']
  expect(commonValues(rows, ['s'])).toEqual(['"paid"', '"open"'])
})
