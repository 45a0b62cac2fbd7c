/** What is known of rules without running them. */
import { describe, expect, it } from 'vitest'
import { compileRules } from '../../../engine-worker/dtl/compile/compile.ts'
import type { Namespaces } from '../../../engine-worker/dtl/evaluation.ts'
import { type DtlFacts, factsOf } from '../../../engine-worker/dtl/facts.ts'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'

function facts(steps: Json, rules: JsonObject = {}, namespaces?: Namespaces): DtlFacts {
  const options = namespaces === undefined ? {} : { namespaces }
  const { dtl, problems } = compileRules({ type: 'dtl', rules: { default: steps, ...rules } }, options)
  expect(problems).toEqual([])
  return factsOf(dtl.facts)
}

/** `from: path` of everything the default rule reads. */
function reads(of: DtlFacts): string[] {
  return (of.rules[0]?.reads ?? []).map(({ from, path }) => `${from}: ${path.join('.')}`)
}

const spaces: Namespaces = { enabled: true, identity: 'crm', property: 'crm', expansions: new Map() }

describe('facts of rules', () => {
  it('say what is read, written, copied and removed, with places', () => {
    const of = facts([
      ['copy', 'a*', 'ab'],
      ['add', 'n', ['upper', '_S.name.first']],
      ['remove', 'x'],
      ['rename', 'b', 'c'],
    ])
    expect(reads(of)).toEqual(['_S: name.first', '_S: b'])
    const [rule] = of.rules
    expect(rule?.writes).toMatchObject([
      { property: 'n', by: 'add', type: 'string', at: ['rules', 'default', 1] },
      { property: 'c', by: 'rename' },
    ])
    expect(rule?.copies).toMatchObject([{ include: ['a*'], exclude: ['ab'] }])
    expect(rule?.removes).toMatchObject([{ property: 'x' }])
  })

  it('say names in namespaces', () => {
    const of = facts(
      [
        ['add', 'age', '_S.age'],
        ['add', '::n', '_S.hr:n'],
        ['rename', 'a', 'b'],
      ],
      {},
      spaces,
    )
    expect(reads(of)).toEqual(['_S: *:age', '_S: hr:n', '_S: *:a'])
    expect(of.rules[0]?.writes.map(({ property }) => property)).toEqual(['crm:age', 'n', '*:b'])
  })

  it('say what is joined, and on what', () => {
    const hops: JsonObject = {
      datasets: ['orders o', 'products p'],
      where: [
        ['eq', '_S._id', 'o.customer'],
        ['eq', 'p._id', 'o.product'],
        ['gt', 'o.total', 5],
      ],
      subsets: { o: ['eq', '_S.shop', 'oslo'] },
      return: 'p.name',
    }
    const of = facts([
      ['add', 'x', ['hops', hops]],
      ['add', 'y', ['lookup-entity', 'codes', '_S.code']],
    ])
    expect(of.rules[0]?.joins).toMatchObject([
      { dataset: 'orders', alias: 'o', tracked: true, on: ['_S._id', 'o.customer'], indexed: true },
      { dataset: 'products', alias: 'p', tracked: true, on: ['o.product', 'p._id'], indexed: true },
    ])
    expect(of.datasets).toEqual([
      { dataset: 'orders', tracked: true },
      { dataset: 'products', tracked: true },
      { dataset: 'codes', tracked: false },
    ])
    expect(new Set(reads(of))).toEqual(
      new Set([
        '_S: _id',
        'orders: customer',
        'orders: product',
        'products: _id',
        'orders: total',
        'orders: shop',
        'products: name',
        '_S: code',
      ]),
    )
  })

  it('know that `_S` of later hops is an entity of the dataset before', () => {
    const of = facts([
      [
        'add',
        'x',
        [
          'hops',
          { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'] },
          { datasets: ['b b'], where: ['eq', '_S.m', 'b.m'] },
        ],
      ],
    ])
    expect(reads(of)).toContain('a: m')
  })

  it('say which rules are reached, and what they do', () => {
    const of = facts([['create', ['apply', 'one', '_S.list']]], {
      one: [
        ['add', '_id', '_S.id'],
        ['filter', '_S.ok'],
      ],
      other: [],
    })
    expect(of.reached).toEqual(['default', 'one'])
    expect(of.rules.map(({ rule, created, stops }) => ({ rule, creates: created.length > 0, stops }))).toEqual([
      { rule: 'default', creates: true, stops: false },
      { rule: 'one', creates: false, stops: true },
      { rule: 'other', creates: false, stops: false },
    ])
  })

  it('count functions', () => {
    const of = facts([['add', 'a', ['upper', ['lower', ['upper', '_S.a']]]]])
    expect(of.functions.slice(0, 2)).toEqual([
      { name: 'upper', kind: 'expression', times: 2 },
      { name: 'add', kind: 'transform', times: 1 },
    ])
  })
})
