import { expect, test } from 'vitest'
import { mergeProblems } from '../../../engine-worker/connectors/merge-check.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { opened } from './open.ts'

/** Codes and places of what is wrong with a merge. */
function problemsOf(merge: JsonObject): string[] {
  const pipe = opened({ pipe: { source: { type: 'merge', version: 2, ...merge } } })
  return mergeProblems(pipe.effective).map(({ code, where }) => `${code} ${where.path?.join('/')}`)
}
const datasets = ['crm-person cp', 'erp-person ep']

test('rules over one dataset a side are fine, expressions too', () => {
  expect(problemsOf({ datasets, equality: [['eq', 'cp.mail', ['lower', 'ep.mail']]] })).toEqual([])
  expect(problemsOf({ datasets, equality_sets: [['cp.mail', ['lower', 'ep.mail']]] })).toEqual([])
  expect(problemsOf({ datasets: ['only'] })).toEqual([])
})

test.each<[string, JsonObject, string[]]>([
  [
    'an unknown alias',
    { datasets, equality: [['eq', 'cp.mail', 'epp.mail']] },
    ['merge-side-without-dataset source/equality/0/2'],
  ],
  [
    'two datasets on one side',
    { datasets, equality_sets: [['cp.a', ['concat', 'cp.b', 'ep.b']]] },
    ['merge-side-with-several-datasets source/equality_sets/0/1'],
  ],
  [
    'something else than eq',
    { datasets, equality: [['neq', 'cp.a', 'ep.a']] },
    ['merge-not-an-equality source/equality/0', 'merge-without-rules source'],
  ],
  [
    'a dataset twice',
    { datasets: ['a x', 'a y'], equality: [['eq', 'x.a', 'y.a']] },
    ['merge-named-twice source/datasets/1'],
  ],
  [
    'an alias twice',
    { datasets: ['a x', 'b x'], equality: [['eq', 'x.a', 'x.a']] },
    ['merge-alias-twice source/datasets/1', 'merge-equality-within-dataset source/equality/0'],
  ],
  [
    'two sides over one dataset',
    { datasets, equality: [['eq', 'cp.mail', ['lower', 'cp.post']]] },
    ['merge-equality-within-dataset source/equality/0'],
  ],
  [
    'a set that is no list of expressions',
    { datasets, equality_sets: ['cp.mail', ['eq', 'cp.mail', 'ep.mail']] },
    ['merge-not-a-set source/equality_sets/0', 'merge-not-a-set source/equality_sets/1', 'merge-without-rules source'],
  ],
  [
    'rules that are no list',
    { datasets, equality: 'cp.mail = ep.mail' },
    ['merge-not-an-equality source/equality', 'merge-without-rules source'],
  ],
  ['the old version', { datasets: ['only'], version: 1 }, ['merge-old-version source/version']],
  ['another version', { datasets: ['only'], version: 3 }, ['merge-unknown-version source/version']],
  ['no rules', { datasets }, ['merge-without-rules source']],
])('%s', (_name, merge, codes) => {
  expect(problemsOf(merge)).toEqual(codes)
})

test('what does not compile is found in place', () => {
  expect(problemsOf({ datasets, equality: [['eq', 'cp.mail', ['lowr', 'ep.mail']]] })[0]).toContain(
    'source/equality/0/2',
  )
})

test('a pipe does not run with rules that say nothing, nor with a strategy that there is not', () => {
  const reasonOf = (merge: JsonObject) => {
    const needs = opened({ pipe: { source: { type: 'merge', version: 2, datasets, ...merge } } }).needs
    return needs && `${needs.severity} ${needs.code} ${needs.where.file} ${needs.where.path?.join('/')}`
  }
  const file = 'pipes/p.conf.json'
  expect(reasonOf({ equality_sets: [['cp.mail', 'ep.mail']] })).toBeNull()
  expect(reasonOf({})).toBeNull()
  expect(reasonOf({ equality: [['eq', 'cp.mail', 'mail']] })).toBe(
    `error merge-side-without-dataset ${file} source/equality/0/2`,
  )
  expect(reasonOf({ strategy: 'compakt' })).toBe(`error unknown-choice ${file} source/strategy`)
  expect(reasonOf({ identity: 'last' })).toBe(`error unknown-choice ${file} source/identity`)
})
