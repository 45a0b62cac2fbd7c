/** Which expressions of a merge source are the same kind of key (configuration-sources.rst, equality and equality_sets). */
import { expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { keySetsOf } from '../../../../engine-worker/run/sources/merge-keys.ts'

const keysOf = (config: JsonObject): (readonly [number, Json])[][] =>
  keySetsOf(config, ['a', 'b', 'c']).map((sides) => sides.map(({ place, expression }) => [place, expression] as const))

it('each rule links its two sides', () => {
  const equality = [
    ['eq', 'a.id', 'b.ref'],
    ['eq', ['lower', 'b.email'], 'c.email'],
  ]
  expect(keysOf({ equality })).toEqual([
    [
      [0, 'a.id'],
      [1, 'b.ref'],
    ],
    [
      [1, ['lower', 'b.email']],
      [2, 'c.email'],
    ],
  ])
})

it('sets that share an expression are one', () => {
  const equality_sets = [
    ['a.id', 'b.id'],
    ['c.no', 'a.no'],
    ['b.id', 'c.id'],
  ]
  expect(keysOf({ equality_sets }).map((set) => set.map(([, expression]) => expression))).toEqual([
    ['c.no', 'a.no'],
    ['a.id', 'b.id', 'c.id'],
  ])
})

it('what names no alias, and what is no rule, links nothing', () => {
  expect(keysOf({ equality: [['eq', 'a.id', '"x"'], 'eq', ['neq', 'a.id', 'b.id']], equality_sets: 'a.id' })).toEqual([
    [[0, 'a.id']],
    [],
    [],
  ])
  expect(keysOf({})).toEqual([])
})
