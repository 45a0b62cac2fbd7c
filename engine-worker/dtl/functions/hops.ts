/** Looking into other datasets, and applying rules to values: hops, apply-hops, lookup-entity, apply. */

import type { Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { hopsSpec, json, one } from '../argument.ts'
import { compileHops } from '../compile/hops.ts'
import { type Call, expression, type RuleRef } from '../define.ts'
import type { Eval } from '../evaluation.ts'

const applyOverHops = problem<{ rule: string }>({
  code: 'dtl-apply-over-hops',
  severity: 'error',
  says: (f) =>
    `The rule “${f.rule}” has hops, so it cannot be applied with “apply”: its dependencies could not be tracked.`,
  fix: () => 'Use “apply-hops”, which joins and applies the rule in one.',
})

const nameExpected = problem<{ function: string; argument: string }>({
  code: 'dtl-name-expected',
  severity: 'error',
  says: (f) => `“${f.function}” needs a plain text as ${f.argument}.`,
})

const hopsDoc = 'dtl/dtl-functions-hops.rst'
const dictDoc = 'dtl/dtl-functions-dictionaries.rst'
const spec = hopsSpec('hops-spec', {
  says: 'A dictionary with “datasets” and “where”, or several to follow one another.',
})

const orders = [
  { _id: 'o1', customer: 'c1', total: 120, lines: [{ product: 'p1' }] },
  { _id: 'o2', customer: 'c1', total: 80, lines: [{ product: 'p2' }] },
  { _id: 'o3', customer: 'c2', total: 40, lines: [] },
]
const products = [
  { _id: 'p1', name: 'Chair' },
  { _id: 'p2', name: 'Table' },
]

function ruleOf(call: Call): RuleRef {
  const name = call.args.rule
  if (typeof name === 'string') return call.rule(name)
  call.report(nameExpected({ function: call.declaration.name, argument: 'name of the rule' }), [1])
  return { name: '', usesHops: () => false, apply: () => null }
}

function compileApply(call: Call): Eval {
  const rule = ruleOf(call)
  const values = call.eval('values')
  call.later(() => {
    if (rule.usesHops()) call.report(applyOverHops({ rule: rule.name }))
  })
  return (frame) => {
    const value = values(frame)
    if (value === null) return null
    if (!Array.isArray(value)) return rule.apply(frame, value)
    const results: Value[] = []
    for (const each of value) {
      const result = rule.apply(frame, each)
      if (result !== null) results.push(result)
    }
    return results
  }
}

function compileApplyHops(call: Call): Eval {
  const rule = ruleOf(call)
  const hops = compileHops(call, 1)
  return (frame) => {
    const results: Value[] = []
    for (const each of hops(frame)) {
      const result = rule.apply(frame, each)
      if (result !== null) results.push(result)
    }
    return results
  }
}

function compileLookupEntity(call: Call): Eval {
  const dataset = call.eval('dataset-id')
  const id = call.eval('entity-id')
  return (frame) => {
    const from = dataset(frame)
    if (typeof from !== 'string') throw new Fault(nameExpected({ function: 'lookup-entity', argument: 'dataset' }))
    const find = (wanted: Value): Value => {
      if (typeof wanted !== 'string') return null
      const entity = frame.ctx.datasets.lookup(from, wanted)
      // A deleted entity is not there any more.
      return entity === null || entity._deleted === true ? null : entity
    }
    const wanted = id(frame)
    return Array.isArray(wanted) ? wanted.map(find).filter((entity) => entity !== null) : find(wanted)
  }
}

export const hopsFunctions = [
  expression({
    name: 'hops',
    group: 'hops',
    doc: hopsDoc,
    says: 'Finds entities of other datasets by joins, and gives them as a list.',
    more: 'In “where”, an “eq” between two aliases (“_S” is one) is a join and succeeds when any values overlap; everything else filters. Deleted entities and nulls never join. Every alias must be reached from the source. Without “return” the entities of the last alias are given; “return” takes aliases, an expression, or a dictionary with expressions. “recurse” feeds the output back, at most “max_depth” (10) times. Several specifications follow one another. Changes in the datasets are tracked unless “track-dependencies” is false.',
    sentence: 'from {hops-spec}',
    common: 5,
    takes: [spec],
    gives: 'list',
    examples: [
      {
        dtl: ['map', '_.total', ['hops', { datasets: ['orders o'], where: ['eq', '_S._id', 'o.customer'] }]],
        source: { _id: 'c1' },
        datasets: { orders },
        gives: [120, 80],
      },
      {
        dtl: [
          'hops',
          {
            datasets: ['orders o', 'products p'],
            where: [
              ['eq', '_S._id', 'o.customer'],
              ['eq', 'o.lines.product', 'p._id'],
              ['gt', 'o.total', 100],
            ],
            return: 'p.name',
          },
        ],
        source: { _id: 'c1' },
        datasets: { orders, products },
        gives: ['Chair'],
      },
      {
        dtl: [
          'map',
          '_._id',
          ['hops', { datasets: ['staff s'], where: ['eq', '_S.reports', 's._id'], recurse: true, exclude_root: true }],
        ],
        source: { _id: 'a', reports: ['b'] },
        datasets: { staff: [{ _id: 'b', reports: ['c'] }, { _id: 'c' }] },
        gives: ['b', 'c'],
        says: 'Everybody below, however deep.',
      },
    ],
    compile: (call) => compileHops(call, 0),
  }),
  expression({
    name: 'apply-hops',
    group: 'dictionaries',
    doc: dictDoc,
    says: 'Finds entities of other datasets like “hops” and applies a rule to each of them.',
    more: 'The result is always a list. In the rule, “_S” is the value found and “_P” the caller. Rules that have hops themselves can only be applied with this function.',
    sentence: 'from {hops-spec}, each by rule {rule}',
    takes: [json('rule', { says: 'The rule to apply.', names: 'rule' }), spec],
    gives: 'list',
    examples: [
      {
        dtl: ['apply-hops', 'order', { datasets: ['orders o'], where: ['eq', '_S._id', 'o.customer'] }],
        rules: {
          order: [
            ['add', 'sum', '_S.total'],
            ['add', 'of', '_P._S._id'],
          ],
        },
        source: { _id: 'c1' },
        datasets: { orders },
        gives: [
          { sum: 120, of: 'c1' },
          { sum: 80, of: 'c1' },
        ],
      },
      {
        dtl: ['apply-hops', 'order', { datasets: ['orders o'], where: ['eq', '_S._id', 'o.customer'] }],
        rules: { order: [['copy', 'total']] },
        source: { _id: 'c9' },
        datasets: { orders },
        gives: [],
      },
    ],
    compile: compileApplyHops,
  }),
  expression({
    name: 'lookup-entity',
    group: 'hops',
    doc: hopsDoc,
    says: 'Gives the entity with an id in another dataset, or null when there is none.',
    more: 'When that entity changes, the source entity is not processed again; use “hops” if it should be. The dataset must have been filled before.',
    sentence: 'the entity {entity-id} in {dataset-id}',
    chain: 'the entity with this id in {dataset-id}',
    takes: [
      one('dataset-id', 'string', {
        says: 'The dataset to look in.',
        names: 'dataset',
        reads: true,
        placeholder: 'code-table',
      }),
      one('entity-id', 'any', { says: 'The id to look up, or a list of ids.', placeholder: '_S.code' }),
    ],
    gives: 'dict',
    deterministic: false,
    examples: [
      { dtl: ['lookup-entity', 'products', 'p1'], datasets: { products }, gives: { _id: 'p1', name: 'Chair' } },
      {
        dtl: ['path', 'name', ['lookup-entity', 'products', '_S.product']],
        source: { product: 'p2' },
        datasets: { products },
        gives: 'Table',
      },
      { dtl: ['lookup-entity', 'products', 'p9'], datasets: { products }, gives: null },
    ],
    compile: compileLookupEntity,
  }),
  expression({
    name: 'apply',
    group: 'dictionaries',
    doc: dictDoc,
    says: 'Applies a rule to each of the values and gives the targets.',
    more: 'In the rule, “_S” is the value, “_T” starts empty, “_P” is the caller. One value gives one dictionary, a list gives a list. Values that the rule filters are left out. A rule with hops needs “apply-hops”.',
    sentence: '{values}, each by rule {rule}',
    chain: 'each by rule {rule}',
    takes: [
      json('rule', { says: 'The rule to apply.', names: 'rule' }),
      one('values', 'any', { says: 'The values that the rule is applied to, one by one.' }),
    ],
    gives: 'any',
    examples: [
      {
        dtl: ['apply', 'line', '_S.lines'],
        rules: { line: [['add', 'sum', ['*', '_S.pieces', '_S.price']]] },
        source: {
          lines: [
            { pieces: 2, price: 10 },
            { pieces: 1, price: 5 },
          ],
        },
        gives: [{ sum: 20 }, { sum: 5 }],
      },
      {
        dtl: ['apply', 'person', '_S.owner'],
        rules: {
          person: [
            ['rename', 'fn', 'name'],
            ['add', 'of', '_P._S._id'],
          ],
        },
        source: { _id: 'f1', owner: { fn: 'Ada' } },
        gives: { name: 'Ada', of: 'f1' },
      },
      {
        dtl: ['apply', 'big', '_S.sizes'],
        rules: {
          big: [
            ['filter', ['gt', '_S.', 10]],
            ['add', 'size', '_S.'],
          ],
        },
        source: { sizes: [5, 20] },
        gives: [{ size: 20 }],
      },
    ],
    compile: compileApply,
  }),
]
