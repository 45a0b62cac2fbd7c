/** The union_datasets source; its runs are in run/sources.test.ts; configuration-sources-union-datasets.rst. */
import { expect, test } from 'vitest'
import { engine } from '../../run/engine.ts'
import { problemsOf } from '../open.ts'

test('keeps the entities of its datasets apart by their names', async () => {
  const { put, run, read } = engine([{ _id: 'p', source: { type: 'union_datasets', datasets: ['a', 'b'] } }])
  await put('a', [{ _id: '1', a: 1 }])
  await put('b', [{ _id: '1', b: 1 }])
  await run()
  expect(await read('p')).toEqual([
    { _id: 'a:1', a: 1 },
    { _id: 'b:1', b: 1 },
  ])
})

test('leaves the ids as they are where it is told to', async () => {
  const source = { type: 'union_datasets', datasets: ['a', 'b'], prefix_ids: false }
  const { put, run, read } = engine([{ _id: 'p', source }])
  await put('a', [{ _id: '1', a: 1 }])
  await put('b', [{ _id: '2', b: 1 }])
  await run()
  expect(await read('p')).toEqual([
    { _id: '1', a: 1 },
    { _id: '2', b: 1 },
  ])
})

test('what it needs is asked for', () => {
  expect(problemsOf({ source: { type: 'union_datasets' } })).toContain('missing-property source datasets')
})
