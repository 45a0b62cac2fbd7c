/** Facts of rules that are found without running them. */
import { describe, expect, it } from 'vitest'
import { type CompiledRules, compileRules } from '../../../engine-worker/dtl/compile/compile.ts'
import type { Namespaces } from '../../../engine-worker/dtl/evaluation.ts'
import type { DtlFacts } from '../../../engine-worker/dtl/facts.ts'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'

function compiled(steps: Json, rules: JsonObject = {}, namespaces?: Namespaces): CompiledRules {
  const options = namespaces === undefined ? {} : { namespaces }
  const { dtl, problems } = compileRules({ type: 'dtl', rules: { default: steps, ...rules } }, options)
  expect(problems).toEqual([])
  return dtl
}

function factsOf(steps: Json, rules: JsonObject = {}, namespaces?: Namespaces): DtlFacts {
  return compiled(steps, rules, namespaces).facts
}

/** `from: path` of everything the default rule reads. */
function readsOf(of: DtlFacts): string[] {
  return (of.rules[0]?.reads ?? []).map(({ from, path }) => `${from}: ${path.join('.')}`)
}

const crmNamespaces: Namespaces = { enabled: true, identity: 'crm', property: 'crm', expansions: new Map() }

describe('facts of rules', () => {
  it('say what is read, written, copied and removed, with places', () => {
    const of = factsOf([
      ['copy', 'a*', 'ab'],
      ['add', 'n', ['upper', '_S.name.first']],
      ['remove', 'x'],
      ['rename', 'b', 'c'],
    ])
    expect(readsOf(of)).toEqual(['_S: name.first', '_S: b'])
    const [rule] = of.rules
    expect(rule?.writes).toMatchObject([
      { property: 'n', effect: { is: 'sets' }, at: ['rules', 'default', 1] },
      { property: 'c', effect: { is: 'brings' } },
    ])
    expect(rule?.copies).toMatchObject([{ include: ['a*'], exclude: ['ab'] }])
    expect(rule?.removes).toMatchObject([{ property: 'x' }])
  })

  it('say names in namespaces', () => {
    const of = factsOf(
      [
        ['add', 'age', '_S.age'],
        ['add', '::n', '_S.hr:n'],
        ['rename', 'a', 'b'],
      ],
      {},
      crmNamespaces,
    )
    expect(readsOf(of)).toEqual(['_S: *:age', '_S: hr:n', '_S: *:a'])
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
    const { facts: of, indexes } = compiled([
      ['add', 'x', ['hops', hops]],
      ['add', 'y', ['lookup-entity', 'codes', '_S.code']],
    ])
    expect(of.rules[0]?.joins).toMatchObject([
      { dataset: 'orders', tracked: true, at: ['rules', 'default', 0, 2] },
      { dataset: 'products', tracked: true, at: ['rules', 'default', 0, 2] },
    ])
    expect(of.rules[0]?.lookups).toMatchObject([{ dataset: 'codes', tracked: false }])
    expect(indexes.map(({ dataset }) => dataset)).toEqual(['orders', 'products'])
    expect(new Set(readsOf(of))).toEqual(
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
    const of = factsOf([
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
    expect(readsOf(of)).toContain('a: m')
  })

  it('say which rules are reached, and what they do', () => {
    const of = factsOf([['create', ['apply', 'one', '_S.list']]], {
      one: [
        ['add', '_id', '_S.id'],
        ['filter', '_S.ok'],
      ],
      other: [],
    })
    expect(of.reached).toEqual(['default', 'one'])
    expect(of.rules.map(({ rule, created }) => ({ rule, creates: created.length > 0 }))).toEqual([
      { rule: 'default', creates: true },
      { rule: 'one', creates: false },
      { rule: 'other', creates: false },
    ])
  })

  it('follow the constant names of path', () => {
    expect(readsOf(factsOf([['add', 'x', ['path', ['list', 'lines', 'sku'], '_S.orders']]]))).toContain(
      '_S: orders.lines.sku',
    )
  })

  it('tell the functions that are called, but not in comments', () => {
    const of = factsOf([
      ['add', 'a', ['upper', ['lower', ['upper', '_S.a']]]],
      ['comment', ['add', 'b', ['sum', '_S.b']]],
    ])
    expect([...of.functions].map(({ name }) => name).sort()).toEqual(['add', 'comment', 'lower', 'upper'])
  })
})
