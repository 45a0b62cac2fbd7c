import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import { printJson, readJson } from '../../../engine-worker/entity/json.ts'
import { isObject, type Json } from '../../../engine-worker/entity/value.ts'
import type { JsonPath } from '../../../engine-worker/path.ts'
import { chainOf } from '../../../engine-worker/text/chain.ts'
import {
  expressionTokens,
  sentenceText,
  stepSentence,
  type Token,
  vocabulary,
} from '../../../engine-worker/text/sentence.ts'
import { conformance, noShared } from '../../shared.ts'

const words = vocabulary(functions)
const step = (json: Json): string => sentenceText(stepSentence(json, words))

/** Places of all scalars below a call, without the names of functions. */
function leaves(json: Json, path: JsonPath): JsonPath[] {
  if (Array.isArray(json)) return json.flatMap((item, index) => leaves(item, [...path, index]))
  if (isObject(json)) return Object.keys(json).flatMap((key) => leaves(json[key] ?? null, [...path, key]))
  return [path]
}

/** Places that tokens stand for: words of a call stand for its name only. */
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
  for (const leaf of leaves(json, [])) {
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
    expect(step(['add', 'name', ['upper', '_S.first']])).toBe('add name ← first, then in upper case')
    expect(step(['copy', '*', '_*'])).toBe('copy * except _*')
    expect(step(['copy', '*'])).toBe('copy *')
    expect(step(['if', ['is-null', '_S.x'], ['add', 'y', 1]])).toMatch(/^if .*: 1 step$/)
    expect(step(['add', 'lines', ['apply', 'line', '_S.lines']])).toBe('add lines ← lines, then each by rule line')
    expect(
      step([
        'add',
        'o',
        ['hops', { datasets: ['orders o'], where: [['eq', '_S._id', 'o.customer']], return: 'o.total' }],
      ]),
    ).toMatch(/^add o ← from orders o where .*_id.*o\.customer.*, giving o\.total$/)
    expect(
      step([
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

  test.each([
    // The commonest shapes of expressions in real pipes (usage.md), and what they are told as.
    [
      ['decimal', ['replace', ',', '.', ['replace', ' ', '', '_S.limit']]],
      'limit, then remove " ", then replace "," with ".", then decimal',
    ],
    [['neq', '_S.name', ''], 'name is not empty'],
    [['eq', '_S.name', ''], 'name is empty'],
    [['eq', '_S.status', 'paid'], 'status is "paid"'],
    [['ni', 'crm', '_S.id'], 'id, then as identifier in "crm"'],
    [['in', '_S.type', ['list', 'a', 'b']], 'type is one of ["a", "b"]'],
    [['apply', 'line', '_S.lines'], 'lines, then each by rule line'],
    [['first', '_S.names'], 'names, then the first'],
    [['string', '_S.number'], 'number, then text'],
    [['concat', '_S.zip', ' ', '_S.city'], '(zip, " ", city) put together'],
    [['datetime-parse', '%d.%m.%Y', '_S.born'], 'born, then read as a date "%d.%m.%Y"'],
    [['is-not-null', '_S.mail'], 'mail is there'],
    [['is-null', '_S.mail'], 'mail is missing'],
    [['and', ['is-not-null', '_S.a'], ['eq', '_S.b', 1]], 'a is there and b is 1'],
    [['or', ['is-empty', '_S.a'], ['gt', '_S.b', 3]], 'a is empty or b is more than 3'],
    [['not', ['eq', '_S.a', 1]], 'not a is 1'],
    [['filter', ['neq', '_.', ''], '_S.tags'], 'tags, then for which it is not empty'],
    [['split', ';', '_S.tags'], 'tags, then split at ";"'],
    [['last', ['split', ';', '_S.tags']], 'tags, then split at ";", then the last'],
    [['integer', '_S.n'], 'n, then integer'],
    [['coalesce', ['list', '_S.a', '_S.b']], 'first non-empty of [a, b]'],
    [['coalesce', ['list', '_S.a', '_S.b', '_S.c', '_S.d', '_S.e']], 'first non-empty of 5'],
    [['map', ['upper', '_.'], '_S.tags'], 'tags, then each: it, then in upper case'],
    [['if', ['eq', '_S.a', 1], 'x', 'y'], 'if a is 1 then "x" else "y"'],
    [['max', '_S.years'], 'years, then the greatest'],
    [['matches', 'a*', '_S.name'], 'name matches a*'],
    [['datetime-format', '%Y', '_S.day'], 'day, then written as "%Y"'],
    [['now'], 'now'],
    [['count', '_S.orders'], 'orders, then how many'],
    [['substring', 0, 4, '_S.code'], 'code, then characters 0 to before 4'],
    [['ni-id', '_S.ref'], 'ref, then its identifier'],
    [['replace', '-', '', '_S.code'], 'code, then remove "-"'],
    [['datetime', '_S.at'], 'at, then datetime'],
    [['key-values', '_S.d'], 'd, then its pairs, as key and value'],
    [['lower', '_S.email'], 'email, then in lower case'],
    [['length', '_S.code'], 'code, then its length'],
    [['multiply', 100, '_S.share'], 'share, then times 100'],
    [['sum', '_S.amounts'], 'amounts, then sum'],
    [['datetime-plus', 'day', 14, '_S.invoiced'], 'invoiced, then plus 14 "day"'],
    [['join', ', ', '_S.tags'], 'tags, then joined by ", "'],
    [['sorted', '_S.tags'], 'tags, then sorted'],
    [['strip', '_S.name'], 'name, then without spaces around'],
    [['strip', '"', '_S.name'], 'name, then without "\\"" around'],
    [['distinct', '_S.tags'], 'tags, then each once'],
    [['nth', 1, '_S.parts'], 'parts, then number 1 (from 0)'],
    [['flatten', '_S.lists'], 'lists, then opened one level'],
    [['phonenumber-parse', 'NO', '_S.phone'], 'phone, then phone number "NO"'],
    [['round', 2, '_S.sum'], 'sum, then rounded to 2 digits'],
    [['round', '_S.sum'], 'sum, then rounded'],
    [['lower', ['concat', '_S.a', '_S.b']], '(a, b) put together, then in lower case'],
    [['json-parse', '_S.text'], 'text, then read as JSON'],
    [['hash128', 'murmur3', '_S.text'], 'text, then hash "murmur3"'],
  ] satisfies [Json, string][])('%j reads in the order in which things happen', (dtl, told) => {
    expect(sentenceText(expressionTokens(dtl, words))).toBe(told)
  })

  test('have a chain form for every function that does something to a value', () => {
    // What needs several values, or none, is told as a whole; and what gives true or false is a condition.
    const whole = new Set(['list', 'dict', 'concat', 'tuples', 'combine', 'coalesce-args', 'now', 'uuid', 'range'])
    const without = functions.filter((each) => {
      const last = each.takes.at(-1)
      const isValue = last?.quantifier === 'one' && (last.mode === 'value' || last.mode === 'each')
      const isTest = each.gives === 'boolean' && each.name !== 'boolean'
      return each.kind === 'expression' && isValue && !isTest && !whole.has(each.name) && chainOf(each) === null
    })
    // These are about two values alike.
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
    expect(step(['frobnicate', 1, ['upper', '_S.x'], { a: 1 }])).toBe('frobnicate(1, x, then in upper case, {"a":1})')
    expect(step(['add', 'x'])).toBe('add("x")')
    expect(step({ a: 1 })).toBe('{"a":1}')
    expect(step([])).toBe('[]')
    expect(step(['add', 'x', [1, 2]])).toBe('add x ← [1,2]')
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
