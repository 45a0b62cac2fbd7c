/** Random rules and entities for laws. Hops are generated with `JOINS` in the place of the `eq` that joins. */
import fc from 'fast-check'
import type { FunctionDeclaration } from '../../../engine-worker/dtl/define.ts'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import { bind } from '../../../engine-worker/dtl/tree/bind.ts'
import {
  type Dict,
  type Entity,
  Float,
  type Json,
  type JsonObject,
  NI,
  type Value,
} from '../../../engine-worker/entity/value.ts'

const names = ['a', 'b', 'list', 'deep', 'x:a', 'y:a', 'z:b', 'constructor'] as const

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(
    null,
    true,
    false,
    'a',
    'b',
    'ab',
    '',
    'a:b',
    'Ø',
    '2020-01-02',
    0,
    1,
    2,
    7,
    -3,
    1.5,
    2n ** 60n,
  ),
  fc.constantFrom<Value>(new Float(1), new NI('x:1'), new NI('crm:e1')),
)
const dict: fc.Arbitrary<Dict> = fc.dictionary(fc.constantFrom(...names), scalar, { maxKeys: 3, noNullPrototype: true })
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(fc.oneof(scalar, dict), { maxLength: 4 }) },
  { weight: 2, arbitrary: dict },
)

export const entity: fc.Arbitrary<Entity> = fc
  .tuple(
    fc.constantFrom('e1', 'e2', 'crm:e3'),
    fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true }),
  )
  .map(([_id, properties]) => ({ _id, ...properties }))

export const dataset: fc.Arbitrary<Entity[]> = fc
  .array(fc.tuple(entity, fc.boolean()), { maxLength: 5 })
  .map((list) =>
    list.map(([each, deleted], index) => ({ ...each, ...(deleted ? { _deleted: true } : {}), _id: `d${index}` })),
  )

const path = (aliases: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom('_S', '_S', '_S', '_T', '_', '_R._S', '_P._S', '_P._T', ...aliases),
      fc.array(fc.constantFrom('a', 'b', 'list', 'deep', 'x:a', '_id', '$ids', 'constructor', '::a'), { maxLength: 2 }),
    )
    .map(([variable, segments]) => `${variable}.${segments.join('.')}`)

const literal: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 'a', 'b', '*', '', 'x:', 0, 1, 2, 3, -1, 1.5, new Float(2), 10, '~:x:1'),
  fc.constant<Json>({ a: 1, b: ['x'] }),
)

/** Functions whose compiled and plain evaluation can be compared: deterministic, over values, without side data. */
const comparedFunctions: readonly FunctionDeclaration[] = functions.filter(
  ({ kind, takes, deterministic, run, group, name }) =>
    kind === 'expression' &&
    run !== undefined &&
    deterministic !== false &&
    takes.every(({ mode }) => mode !== 'json' && mode !== 'transforms') &&
    !['encryption', 'phone numbers'].includes(group) &&
    !['now', 'completeness', 'range', 'lookup', 'uri-expand', 'ni', 'hash128'].includes(name),
)
const special = [
  'and',
  'or',
  'not',
  'if',
  'case',
  'case-eq',
  'if-null',
  'coalesce-args',
  'concat',
  'in',
  'path',
] as const
const counts: Record<(typeof special)[number], readonly number[]> = {
  and: [1, 2],
  or: [1, 2],
  not: [1, 2],
  if: [2, 3],
  case: [2, 3, 4],
  'case-eq': [3, 4, 5],
  'if-null': [2],
  'coalesce-args': [1, 2, 3],
  concat: [1, 2, 3],
  in: [2],
  path: [2],
}

const callArbitrary = (inner: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.oneof(
    fc.constantFrom(...comparedFunctions).chain((declaration) => {
      const possible = [0, 1, 2, 3, 4].filter((count) => bind(declaration, count) !== null)
      return fc
        .constantFrom(...possible)
        .chain((count) => fc.array(inner, { minLength: count, maxLength: count }))
        .map((args): Json => [declaration.name, ...args])
    }),
    fc.constantFrom(...special).chain((name) =>
      fc
        .constantFrom(...counts[name])
        .chain((count) => fc.array(inner, { minLength: count, maxLength: count }))
        .map((args): Json => [name, ...args]),
    ),
  )

function expressionOf(aliases: readonly string[], depth: number, hops: boolean): fc.Arbitrary<Json> {
  const leaf = fc.oneof(
    { weight: 3, arbitrary: path(aliases) as fc.Arbitrary<Json> },
    { weight: 1, arbitrary: literal },
  )
  if (depth === 0) return leaf
  const inner = expressionOf(aliases, depth - 1, hops)
  const others = [
    callArbitrary(inner),
    fc.tuple(fc.constantFrom('sub', 'keep'), inner).map(([rule, dtl]): Json => ['apply', rule, dtl]),
  ]
  if (hops && aliases.length === 0) others.push(hopsOf(depth))
  return fc.oneof(leaf, ...others, callArbitrary(inner))
}

/** Joins in order: `p` from the source, `q` from the source or from `p`; then perhaps a filter. */
function hopsOf(depth: number): fc.Arbitrary<Json> {
  const key = fc.constantFrom('a', 'b', 'list', '_id', '$ids', 'list.a')
  const spec = fc
    .record({
      two: fc.boolean(),
      from: fc.constantFrom('_S', 'p'),
      keys: fc.tuple(key, key, key, key),
      filter: fc.option(fc.constantFrom<Json>(['is-not-null', 'p.a'], ['eq', 'p.b', 1], ['gt', 'p.a', 0])),
      returns: fc.option(expressionOf(['p'], depth - 1, false)),
      reversed: fc.boolean(),
    })
    .map(({ two, from, keys: [k1, k2, k3, k4], filter, returns, reversed }): JsonObject => {
      const first: Json = reversed ? ['JOINS', `p.${k2}`, `_S.${k1}`] : ['JOINS', `_S.${k1}`, `p.${k2}`]
      const second: Json[] = two ? [['JOINS', `${from}.${k3}`, `q.${k4}`]] : []
      return {
        datasets: ['ps p', ...(two ? ['qs q'] : [])],
        where: [first, ...second, ...(filter === null ? [] : [filter])],
        ...(returns === null || typeof returns === 'string' ? {} : { return: returns }),
      }
    })
  return fc.oneof(
    spec.map((each): Json => ['hops', each]),
    spec.map((each): Json => ['apply-hops', 'sub', each]),
  )
}

const property = fc.constantFrom('a', 'b', 'n', 'x:a', '::n', ':n', '_id', '$c', 'constructor')
const patterns: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>('*', 'a', 'x:*', '*:a', '?', 'l*', '_*', '::a', 'z*:*'),
  fc.constantFrom<Json>(['list', 'a', 'list'], ['list', 'x:a', '*e*'], ['list', '_id', 'deep']),
)

const transform = (expression: fc.Arbitrary<Json>, depth: number): fc.Arbitrary<Json> => {
  const simple: fc.Arbitrary<Json>[] = [
    fc.tuple(property, expression).map(([name, dtl]): Json => ['add', name, dtl]),
    fc.tuple(property, expression).map(([name, dtl]): Json => ['add-if', name, dtl]),
    fc.tuple(property, expression, expression).map(([name, condition, dtl]): Json => ['add-if', name, condition, dtl]),
    fc.tuple(property, expression).map(([name, dtl]): Json => ['default', name, dtl]),
    patterns.map((include): Json => ['copy', include]),
    fc.tuple(patterns, patterns).map(([include, exclude]): Json => ['copy', include, exclude]),
    patterns.map((each): Json => ['remove', each]),
    fc.tuple(property, property).map(([from, to]): Json => ['rename', from, to]),
    expression.map((dtl): Json => ['merge', dtl]),
    expression.map((dtl): Json => ['merge-union', dtl]),
    expression.map((dtl): Json => ['filter', dtl]),
    expression.map((dtl): Json => ['create', dtl]),
    fc.constant<Json>(['comment', 'nothing', ['fail!', 'never']]),
  ]
  if (depth === 0) return fc.oneof(...simple)
  const inner = transform(expression, depth - 1)
  return fc.oneof(
    ...simple,
    fc
      .tuple(expression, fc.array(inner, { maxLength: 3 }), inner)
      .map(([dtl, then, other]): Json => ['if', dtl, then, other]),
    fc.tuple(expression, inner, expression, inner).map(([x, then, y, other]): Json => ['case', x, then, y, other]),
    fc.tuple(expression, expression, inner, inner).map(([x, y, then, other]): Json => ['case-eq', x, y, then, other]),
  )
}

const plain = expressionOf([], 2, false)

/** Rules with `default`, and two that are applied. */
export const rules: fc.Arbitrary<JsonObject> = fc
  .record({
    default: fc.array(transform(expressionOf([], 3, true), 2), { minLength: 1, maxLength: 6 }),
    sub: fc.array(transform(noApply(plain), 0), { maxLength: 3 }),
    keep: fc.constant<Json[]>([
      ['copy', '*'],
      ['add', 'n', '_P._S._id'],
    ]),
  })
  .map((all): JsonObject => all)

/** Rules that apply rules could recurse without end. */
function noApply(expression: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return expression.filter((dtl) => !JSON.stringify(dtl, bigints).includes('"apply"'))
}

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

/** The same rules as Sesam writes them, `eq` joining. */
export function withEq(dtl: Json): Json {
  if (Array.isArray(dtl)) return dtl.map((each, index) => (index === 0 && each === 'JOINS' ? 'eq' : withEq(each)))
  if (typeof dtl !== 'object' || dtl === null || dtl instanceof Float) return dtl
  return Object.fromEntries(Object.entries(dtl).map(([key, each]) => [key, withEq(each)]))
}
