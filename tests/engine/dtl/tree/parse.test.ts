import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functionTable } from '../../../../engine-worker/dtl/registry.ts'
import { NO_FUNCTIONS } from '../../../../engine-worker/dtl/tree/functions.ts'
import { namesIn } from '../../../../engine-worker/dtl/tree/names.ts'
import type { CallNode, HopsNode, TreeNode } from '../../../../engine-worker/dtl/tree/node.ts'
import { parseDatasets, parseExpression, parseRules, parseStep } from '../../../../engine-worker/dtl/tree/parse.ts'
import { argumentOf, argumentsOf, visit } from '../../../../engine-worker/dtl/tree/visit.ts'
import type { Json } from '../../../../engine-worker/entity/value.ts'

const expression = (json: Json) => parseExpression(json, [], functionTable).node
const step = (json: Json) => parseStep(json, [], functionTable)

function asCall(node: TreeNode): CallNode {
  if (node.is !== 'call') throw new Error(`a ${node.is} is no call`)
  return node
}

function allNodes(node: TreeNode): TreeNode[] {
  const found: TreeNode[] = []
  visit(node, (each) => found.push(each) > 0)
  return found
}

function joins(node: TreeNode): HopsNode[] {
  return allNodes(node).flatMap((each) => (each.is === 'hops' ? [each] : []))
}

/** The node at a place of JSON. */
function valueAt(json: Json, path: readonly (string | number)[]): unknown {
  let value: unknown = json
  for (const key of path) value = Reflect.get(Object(value), key)
  return value
}

describe('the syntax tree', () => {
  test('tells constants, paths, calls and lists apart', () => {
    const kindsOf = (...jsons: Json[]) => jsons.map((json) => expression(json).is)
    expect(kindsOf(1, 'a', null, { a: '_S.x' }, '~:a:b')).toEqual(Array(5).fill('constant'))
    expect(kindsOf('_S.a', "_S.'a", ['lower', 'a'], ['nobody-knows'], [], [['list']])).toEqual([
      'path',
      'broken-path',
      'call',
      'call',
      'list',
      'list',
    ])
  })

  test('binds arguments to the declared ones by their number', () => {
    const short = asCall(step(['add-if', 'a', '_S.a']))
    expect(argumentOf(short, 'values')?.json).toBe('_S.a')
    expect(argumentOf(short, 'condition')).toBeUndefined()
    const long = asCall(step(['add-if', 'a', ['gt', '_.', 1], '_S.a']))
    expect(argumentOf(long, 'condition')?.json).toEqual(['gt', '_.', 1])
    expect(argumentsOf(asCall(expression(['concat', 'a', 'b'])), 'values').map(({ node }) => node.json)).toEqual([
      'a',
      'b',
    ])
    expect(asCall(step(['add', 'a'])).bound).toBeNull()
    expect(asCall(expression(['nobody-knows', 1])).declared).toBeNull()
  })

  test('the tests and outcomes of a case take turns', () => {
    const cases = asCall(step(['case', '_S.a', ['add', 'a', 1], '_S.b', [['add', 'b', 1]], ['add', 'c', 1]]))
    expect(cases.given.map(({ node }) => node.is)).toEqual(['path', 'steps', 'path', 'steps', 'steps'])
    const equal = asCall(step(['case-eq', '_S.a', 1, ['add', 'a', 1], []]))
    expect(equal.given.map(({ node }) => node.is)).toEqual(['path', 'constant', 'steps', 'steps'])
    expect(asCall(expression(['case', '_S.a', 1, 2])).given.map(({ node }) => node.is)).toEqual([
      'path',
      'constant',
      'constant',
    ])
  })

  test('data and notes are no expressions', () => {
    expect(asCall(expression(['literal', ['lower', '_S.a']])).given[0]?.node.is).toBe('data')
    const note = asCall(step(['comment', ['add', 'a', '_S.a']])).given[0]?.node
    expect(note?.is).toBe('note')
    if (note) expect(allNodes(note).map(({ is }) => is)).toEqual(['note', 'call', 'constant', 'path'])
  })

  test('hops bind aliases to datasets, also inside of each other', () => {
    const inner: Json = ['hops', { datasets: ['b y'], where: ['eq', 'x.id', 'y.id'], return: { k: 'y.k', x: 'x.k' } }]
    const outer: Json = [
      'hops',
      {
        datasets: ['a x'],
        where: [
          ['eq', '_S.id', 'x.id'],
          ['is-not-empty', inner],
        ],
      },
    ]
    const [first, second] = joins(expression(outer))
    expect(first?.datasets).toMatchObject([{ dataset: 'a', alias: 'x', at: [1, 'datasets', 0] }])
    expect([...(second?.aliases.values() ?? [])].map(({ name, dataset, slot }) => [name, dataset, slot])).toEqual([
      ['x', 'a', 0],
      ['y', 'b', 1],
    ])
    const paths = (second?.returns ? allNodes(second.returns) : []).flatMap((node) =>
      node.is === 'path' ? [node] : [],
    )
    expect(paths.map(({ json, dataset, at }) => [json, dataset, at.slice(-2)])).toEqual([
      ['y.k', 'b', ['return', 'k']],
      ['x.k', 'a', ['return', 'x']],
    ])
  })

  test('of several specifications the later ones begin with what the earlier found', () => {
    const [first, second] = joins(
      expression([
        'hops',
        { datasets: ['a x'], where: ['eq', '_S.id', 'x.id'] },
        { datasets: ['b y'], where: ['eq', '_S.k', 'y.id'], 'track-dependencies': false },
      ]),
    )
    expect([first?.follows, first?.tracked, second?.follows, second?.tracked]).toEqual([false, true, true, false])
    const source = second?.where ? allNodes(second.where).find((node) => node.is === 'path') : undefined
    expect(source).toMatchObject({ json: '_S.k', dataset: 'a' })
  })

  test('without declarations joins are still seen, and everything else as it is written', () => {
    const { node } = parseExpression(['hops', { datasets: ['a x'], where: ['eq', '_S.a', 'x.a'] }], [], NO_FUNCTIONS)
    expect(joins(node).map(({ datasets }) => datasets[0]?.dataset)).toEqual(['a'])
  })

  test('every node stands at the place of its JSON, whatever is written', () => {
    const head = fc.constantFrom(
      'add',
      'copy',
      'if',
      'case',
      'hops',
      'apply',
      'lower',
      'list',
      'literal',
      'comment',
      'x',
    )
    const { json } = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Json>('a', '_S.a', "_S.'a", 'x.a', 1, null, true),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.tuple(head, fc.array(tie('json'), { maxLength: 4 })).map(([name, args]): Json => [name, ...args]),
        tie('json').map((where): Json => ({ datasets: ['a x'], where, return: { k: where } })),
      ),
    }))
    fc.assert(
      fc.property(json, (written) => {
        const rules = { default: written }
        for (const { steps } of parseRules(rules, [], functionTable).values())
          for (const node of allNodes(steps)) expect(valueAt(rules, node.at)).toBe(node.json)
      }),
    )
  })
})

describe('names in an argument', () => {
  const namesWritten = (json: Json) => namesIn(expression(json))?.map(({ text, at }) => [text, at.join('/')]) ?? null

  test('are a text, a list of texts, or a plain list', () => {
    expect(namesWritten('a')).toEqual([['a', '']])
    expect(namesWritten(['list', 'a', 'b'])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ])
    expect(namesWritten(['a', 'b'])).toEqual([
      ['a', '0'],
      ['b', '1'],
    ])
  })

  test('are not known where they are computed', () => {
    for (const json of ['_S.a', ['lower', 'a'], ['list', 'a', '_S.b'], ['list', ['lower', 'a']], 1, null])
      expect(namesWritten(json as Json)).toBeNull()
  })
})

test('datasets may have aliases, and any space around them', () => {
  expect(parseDatasets(['a', ' b  x ', 'c:d e', 5], ['datasets'])).toMatchObject([
    { dataset: 'a', alias: null, start: 0 },
    { dataset: 'b', alias: 'x', start: 1, aliasStart: 4 },
    { dataset: 'c:d', alias: 'e', at: ['datasets', 2] },
  ])
  expect(parseDatasets('a', [])).toEqual([])
})
