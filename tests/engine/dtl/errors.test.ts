/** The problems of a rule have its place; the problems of an entity name rule, place and entity. */
import { describe, expect, it } from 'vitest'
import { compileRules } from '../../../engine-worker/dtl/compile/compile.ts'
import { makeContext } from '../../../engine-worker/dtl/context.ts'
import type { Entity, Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { Fault, type Problem } from '../../../engine-worker/problem.ts'
import { environment } from './corpus.ts'

function problems(steps: Json, rules: JsonObject = {}): readonly Problem[] {
  return compileRules({ type: 'dtl', rules: { default: steps, ...rules } }).problems
}

/** `code at path` of the first problem. */
function firstProblem(steps: Json, rules: JsonObject = {}): string {
  const [found] = problems(steps, rules)
  return found === undefined ? 'no problem' : `${found.code} at ${found.where.path?.join('/')}`
}

function runProblem(steps: Json, source: Entity = { _id: 'e1' }, rules: JsonObject = {}): Problem | null {
  const { dtl, problems } = compileRules({ type: 'dtl', rules: { default: steps, ...rules } })
  expect(problems).toEqual([])
  try {
    dtl.run(source, makeContext({ environment: environment(), budget: 200_000 }))
    return null
  } catch (error) {
    if (error instanceof Fault) return error.problem
    throw error
  }
}

describe('a rule that cannot be right', () => {
  it('names the nearest function', () => {
    const [found] = problems([['add', 'a', ['uper', '_S.a']]])
    expect(found).toMatchObject({ code: 'dtl-unknown-function', facts: { nearest: 'upper' } })
    expect(found?.where.path).toEqual(['rules', 'default', 0, 2])
    expect(problems([['coppy', '*']])[0]).toMatchObject({ facts: { nearest: 'copy', kind: 'transform' } })
  })

  it.each<[string, Json, string]>([
    ['too few arguments', [['add', 'a']], 'dtl-wrong-argument-count at rules/default/0'],
    ['too many arguments', [['copy', 'a', 'b', 'c']], 'dtl-wrong-argument-count at rules/default/0'],
    ['a list that is no call', [['add', 'a', [1, 2]]], 'dtl-not-a-call at rules/default/0/2'],
    ['an empty list', [['add', 'a', []]], 'dtl-empty-call at rules/default/0/2'],
    ['a transform as a value', [['add', 'a', ['copy', '*']]], 'dtl-transform-as-expression at rules/default/0/2'],
    ['a value as a transform', [['upper', '_S.a']], 'dtl-expression-as-transform at rules/default/0'],
    ['a text as a transform', ['copy'], 'dtl-wrong-argument-count at rules/default'],
    ['a number as a transform', [5], 'dtl-not-a-transform at rules/default/0'],
    ['an unknown rule', [['add', 'a', ['apply', 'nil', '_S.']]], 'dtl-unknown-rule at rules/default/0/2'],
    ['a quote left open', [['add', 'a', "_S.'x"]], 'dtl-path-quote at rules/default/0/2'],
    ['a problem in a branch', [['if', true, ['ad', 'a', 1]]], 'dtl-unknown-function at rules/default/0/2'],
  ])('%s', (_title, steps, expected) => {
    expect(firstProblem(steps)).toBe(expected)
  })

  it.each<[string, Json, string]>([
    ['a literal', [['add', 'a', ['ljust', 'x', '0', '_S.a']]], 'rules/default/0/2/1'],
    ['a function with another result', [['add', 'a', ['upper', ['count', '_S.a']]]], 'rules/default/0/2/1'],
  ])('warns of %s that makes a call null', (_title, steps, path) => {
    expect(problems(steps)).toMatchObject([{ code: 'dtl-wrong-argument-type', severity: 'warning' }])
    expect(problems(steps)[0]?.where.path?.join('/')).toBe(path)
  })

  it('does not warn of what may fit', () => {
    const fitting: Json[] = [
      ['upper', null],
      ['upper', ['list', 'a', 1]],
      ['+', ['list', 1], 2],
      ['insert', ['list', 1], '_S.a', 2],
      ['plus', 1, ['decimal', '_S.a']],
    ]
    expect(problems(fitting.map((dtl) => ['add', 'a', dtl]))).toEqual([])
  })

  it('has a default rule', () => {
    expect(compileRules({ type: 'dtl', rules: { other: [] } }).problems[0]?.code).toBe('dtl-no-default-rule')
    expect(compileRules({ type: 'dtl' }).problems[0]?.code).toBe('dtl-no-default-rule')
  })

  it('finds problems in rules that nothing applies', () => {
    expect(firstProblem([], { unused: [['nope']] })).toBe('dtl-unknown-function at rules/unused/0')
  })
})

describe('hops that cannot be right', () => {
  const hops = (spec: JsonObject, ...more: JsonObject[]) => firstProblem([['add', 'a', ['hops', spec, ...more]]])

  it.each<[string, JsonObject, string]>([
    ['an alias that nothing joins', { datasets: ['a a', 'b b'], where: ['eq', '_S.k', 'a.k'] }, 'dtl-hops-not-joined'],
    ['a join to a literal only', { datasets: ['a a'], where: ['eq', 'a.k', 'x'] }, 'dtl-hops-not-joined'],
    [
      'return with recurse',
      { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'], recurse: true, return: 'a.x' },
      'dtl-hops-return-recurse',
    ],
    ['no where', { datasets: ['a a'] }, 'dtl-hops-spec'],
    ['no datasets', { where: ['eq', '_S.k', 'a.k'] }, 'dtl-hops-spec'],
    ['an alias twice', { datasets: ['a a', 'b a'], where: ['eq', '_S.k', 'a.k'] }, 'dtl-hops-spec'],
    [
      'a subset of no alias',
      { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'], subsets: { b: ['eq', '_S.x', 1] } },
      'dtl-hops-spec',
    ],
    [
      'a subset that is no eq',
      { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'], subsets: { a: ['gt', '_S.x', 1] } },
      'dtl-hops-spec',
    ],
  ])('%s', (_title, spec, code) => {
    expect(hops(spec)).toContain(code)
  })

  it('allows return on the last specification only', () => {
    const spec: JsonObject = { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'] }
    expect(hops({ ...spec, return: 'a.x' }, spec)).toContain('dtl-hops-spec')
    expect(hops(spec, { ...spec, return: 'a.x' })).toBe('no problem')
  })

  it('refuses apply over a rule with hops, also when the rule comes later', () => {
    const rule: Json = [['add', 'x', ['hops', { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'] }]]]
    expect(firstProblem([['add', 'a', ['apply', 'r', '_S.']]], { r: rule })).toBe(
      'dtl-apply-over-hops at rules/default/0/2',
    )
    expect(
      firstProblem([['add', 'a', ['apply-hops', 'r', { datasets: ['a a'], where: ['eq', '_S.k', 'a.k'] }]]], {
        r: rule,
      }),
    ).toBe('no problem')
  })
})

describe('an entity that cannot be transformed', () => {
  it('is named with the place and the function', () => {
    const found = runProblem([
      ['add', 'a', 1],
      ['if', true, ['fail!', 'no way']],
    ])
    expect(found).toMatchObject({ code: 'dtl-fail', message: 'no way' })
    expect(found?.where).toEqual({ path: ['rules', 'default', 1, 2], function: 'fail!', entity: 'e1' })
  })

  it('says where a call inside an applied rule failed', () => {
    const found = runProblem(
      [['create', ['apply', 'r', '_S.list']]],
      { _id: 'e2', list: [{ a: 1 }] },
      { r: [['copy', 'a']] },
    )
    expect(found).toMatchObject({ code: 'dtl-not-an-entity', where: { path: ['rules', 'default', 0], entity: 'e2' } })
  })

  it('must have an _id', () => {
    expect(runProblem([['add', '_id', 5]])).toMatchObject({ code: 'dtl-id-required', where: { entity: 'e1' } })
    expect(runProblem([['remove', '_id']])).toMatchObject({ code: 'dtl-id-required' })
  })
})

describe('work without end', () => {
  it('stops recursion', () => {
    const found = runProblem(
      [['add', 'a', ['apply', 'r', '_S.']]],
      { _id: 'e1' },
      { r: [['add', 'a', ['apply', 'r', '_S.']]] },
    )
    expect(found?.code).toBe('dtl-recursion-too-deep')
    expect(found?.where.entity).toBe('e1')
  })

  it('stops recursion that branches', () => {
    const again: Json = ['apply', 'r', ['list', '_S.', '_S.']]
    const rules = { r: [['if', ['lt', ['count', '_P._S.x'], 100], ['add', 'a', again]]] }
    expect(runProblem([['add', 'a', again]], { _id: 'e1' }, rules)?.code).toMatch(/dtl-(budget|recursion-too-deep)/)
  })

  it('stops loops over loops', () => {
    const many: Json = ['range', 0, 1000]
    const found = runProblem([['add', 'a', ['map', ['map', ['map', '_.', many], many], many]]])
    expect(found?.code).toBe('dtl-budget')
    expect(found?.where.path?.slice(0, 3)).toEqual(['rules', 'default', 0])
  })

  it('stops values that double', () => {
    const doubling: Json[] = Array.from({ length: 40 }, () => ['add', 'a', ['list', '_T.a', '_T.a']])
    expect(runProblem([['add', 'a', 'x'], ...doubling])?.code).toBe('dtl-budget')
    expect(runProblem([['add', 'a', 'x'], ...doubling.slice(0, 15)])).toBeNull()
    expect(runProblem([['add', 'a', 'x'], ...doubling, ['add', 'b', ['json', '_T.a']]])?.code).toBe('dtl-budget')
    const rules = { r: [['add', 'a', ['apply', 'r', ['list', ['list', '_S.', '_S.']]]]] }
    expect(
      runProblem(
        [
          ['add', 'a', ['apply', 'r', '_S.']],
          ['add', 'b', ['json', '_T.a']],
        ],
        { _id: 'e1' },
        rules,
      ),
    ).not.toBeNull()
    const text: Json[] = Array.from({ length: 60 }, () => ['add', 'a', ['concat', '_T.a', '_T.a']])
    expect(runProblem([['add', 'a', 'xx'], ...text])).not.toBeNull()
  })

  it('reports configuration that is nested too deep', () => {
    let deep: Json = 'x'
    for (let level = 0; level < 50_000; level++) deep = ['list', deep]
    expect(firstProblem([['add', 'a', deep]])).toContain('dtl-too-much')
  })

  it('never makes a target contain itself', () => {
    expect(
      runProblem([
        ['add', 'a', '_T.'],
        ['add', 'b', '_T.'],
        ['add', 'c', '_R.'],
      ]),
    ).toBeNull()
  })
})
