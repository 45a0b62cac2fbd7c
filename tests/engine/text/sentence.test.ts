import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import { printJson, readJson } from '../../../engine-worker/entity/json.ts'
import { isObject, type Json } from '../../../engine-worker/entity/value.ts'
import type { JsonPath } from '../../../engine-worker/path.ts'
import { chainOf } from '../../../engine-worker/text/chain.ts'
import { expressionTokens, stepSentence, vocabulary } from '../../../engine-worker/text/sentence.ts'
import { sentenceText, type Token } from '../../../engine-worker/text/token.ts'
import { conformance, noShared } from '../../shared.ts'
import { commonShapes } from './common-shapes.ts'

const words = vocabulary(functions)
const sentenceOf = (json: Json): string => sentenceText(stepSentence(json, words))

/** Places of all scalars below a call, without the names of functions. */
function leafPaths(json: Json, path: JsonPath): JsonPath[] {
  if (Array.isArray(json)) return json.flatMap((item, index) => leafPaths(item, [...path, index]))
  if (isObject(json)) return Object.keys(json).flatMap((key) => leafPaths(json[key] ?? null, [...path, key]))
  return [path]
}

/** The places that tokens refer to: words of a call refer to its name only. */
function covered(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if (token.is === 'text' || token.is === 'then') return []
    if (token.is === 'chain' || token.is === 'fold') return covered(token.tokens)
    if (token.is === 'call')
      return [
        ...[...(token.says ?? []), [...token.path, 0]].map((path) => `${path.join('/')}/`),
        ...covered(token.tokens),
      ]
    return [token.path.map((part) => `${part}/`).join('')]
  })
}

function expectNothingLost(json: Json, tokens: readonly Token[]): void {
  const places = ['0/', ...covered(tokens)]
  for (const leaf of leafPaths(json, [])) {
    const place = `${leaf.join('/')}/`
    if (leaf.length > 0)
      expect(
        places.some((known) => place.startsWith(known)),
        `${place} of ${printJson(json)}`,
      ).toBe(true)
  }
}

describe('sentences', () => {
  test('say what a step does', () => {
    expect(sentenceOf(['add', 'name', ['upper', '_S.first']])).toBe('add name ← first, then in upper case')
    expect(sentenceOf(['copy', '*', '_*'])).toBe('copy everything except _*')
    expect(sentenceOf(['copy', '*'])).toBe('copy everything')
    expect(sentenceOf(['if', ['is-null', '_S.x'], ['add', 'y', 1]])).toMatch(/^if .*: 1 step$/)
    expect(sentenceOf(['add', 'lines', ['apply', 'line', '_S.lines']])).toBe(
      'add lines ← lines, then each by rule line',
    )
    expect(
      sentenceOf([
        'add',
        'o',
        ['hops', { datasets: ['orders o'], where: [['eq', '_S._id', 'o.customer']], return: 'o.total' }],
      ]),
    ).toMatch(/^add o ← from orders o where .*_id.*o\.customer.*, giving o\.total$/)
    expect(
      sentenceOf([
        'case',
        ['eq', 1, 1],
        ['add', 'a', 1],
        [
          ['add', 'a', 2],
          ['add', 'b', 3],
        ],
      ]),
    ).toMatch(/^case .*: 1 step, otherwise 2 steps$/)
  })

  test.each(commonShapes)('%j reads in the order in which things happen', (dtl, told) => {
    const tokens = expressionTokens(dtl, words)
    expect(sentenceText(tokens)).toBe(told)
    expectNothingLost(dtl, tokens)
  })

  test('are there for every function', () => {
    expect(functions.filter(({ sentence }) => sentence === undefined).map(({ name }) => name)).toEqual([])
  })

  test('tell long conditions by what they are about, and have the whole behind it', () => {
    const long: Json = ['and', ...['a', 'b', 'c', 'd'].map((name) => ['eq', `_S.${name}-of-the-customer`, 'yes or no'])]
    const [fold] = stepSentence(['filter', long], words).slice(-1)
    if (fold?.is !== 'fold') throw new Error('not folded')
    expect(fold.text).toMatch(/^all of 4 conditions about a-of-the-customer, b-of.* d-of-the-customer$/)
    expect(sentenceText([fold], true)).toContain('d-of-the-customer is "yes or no"')
  })

  test('have a chain form for every function that does something to a value', () => {
    // Functions with several values or none have a whole sentence; those that return true or false are conditions.
    const whole = new Set(['list', 'dict', 'concat', 'tuples', 'combine', 'coalesce-args', 'now', 'uuid', 'range'])
    const without = functions.filter((each) => {
      const last = each.takes.at(-1)
      const isValue = last?.quantifier === 'one' && (last.mode === 'value' || last.mode === 'each')
      const isTest = each.gives === 'boolean' && each.name !== 'boolean'
      return each.kind === 'expression' && isValue && !isTest && !whole.has(each.name) && chainOf(each) === null
    })
    // These treat two values in the same way.
    const ofTwo = ['completeness', 'difference', 'if-null', 'insert', 'intersection', 'union']
    expect(without.map(({ name }) => name).toSorted()).toEqual(ofTwo)
  })

  test('tell properties, constants, datasets and rules apart', () => {
    const hops = { datasets: ['orders o'], where: ['eq', '_S.id', 'o.customer'], recurse: true }
    const [, name, , call] = stepSentence(['add', 'x', ['apply-hops', 'r', hops]], words)
    expect(name).toEqual({ is: 'property', text: 'x', variable: null, path: [1] })
    if (call?.is !== 'call') throw new Error('no call')
    expect(call.tokens.filter(({ is }) => is === 'rule' || is === 'dataset')).toEqual([
      { is: 'dataset', text: 'orders o', path: [2, 2, 'datasets', 0] },
      { is: 'rule', text: 'r', path: [2, 1] },
    ])
    const eq = call.tokens.find((token) => token.is === 'call')
    expect(eq && covered([eq])).toEqual(['2/2/where/0/', '2/2/where/1/', '2/2/where/2/'])
    expect(expressionTokens('o.x', words, [], ['o'])).toMatchObject([{ is: 'property', variable: 'o' }])
    expect(expressionTokens('o.x', words)).toMatchObject([{ is: 'literal', text: '"o.x"' }])
    expect(expressionTokens('_.', words)).toMatchObject([{ is: 'property', text: 'it' }])
  })

  test('show what they do not know as it is', () => {
    expect(sentenceOf(['frobnicate', 1, ['upper', '_S.x'], { a: 1 }])).toBe(
      'frobnicate(1, x, then in upper case, {"a":1})',
    )
    expect(sentenceOf(['add', 'x'])).toBe('add("x")')
    expect(sentenceOf({ a: 1 })).toBe('{"a":1}')
    expect(sentenceOf([])).toBe('[]')
    expect(sentenceOf(['add', 'x', [1, 2]])).toBe('add x ← [1,2]')
  })

  test.skipIf(noShared)('leave nothing out of the known cases', () => {
    const read = (name: string): Json => readJson(readFileSync(join(conformance, name), 'utf8'))
    const steps = (json: Json): Json[] =>
      Array.isArray(json) ? (typeof json[0] === 'string' ? [json] : json.flatMap(steps)) : []
    let count = 0
    for (const each of [read('transforms.json'), read('expressions.json')].flat()) {
      if (!isObject(each)) continue
      const { rules, expr } = each
      const all = isObject(rules) ? Object.values(rules).flatMap(steps) : []
      for (const one of all) expectNothingLost(one, stepSentence(one, words))
      if (expr !== undefined) expectNothingLost(expr, expressionTokens(expr, words))
      count += all.length + 1
    }
    expect(count).toBeGreaterThan(1000)
  })

  test('leave nothing out of anything', () => {
    const names = functions.map(({ name }) => name)
    const json = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Json>(null, true, 1, 'x', '_S.a.b', '_.', '_T.', 'o.x'),
        fc
          .tuple(fc.constantFrom(...names, 'unknown'), fc.array(tie('value'), { maxLength: 5 }))
          .map(([name, rest]) => [name, ...rest]),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('datasets', 'where', 'return', 'recurse', 'x'), tie('value')),
      ),
    })).value
    fc.assert(
      fc.property(json, (value) => {
        expectNothingLost(value, stepSentence(value, words))
        expectNothingLost(value, expressionTokens(value, words))
      }),
      { numRuns: 400 },
    )
  })
})
