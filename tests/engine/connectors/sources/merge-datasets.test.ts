/** The merge_datasets source; its runs are in run/sources.test.ts; configuration-sources-merge-datasets.rst. */
import { expect, test } from 'vitest'
import { engine } from '../../run/engine.ts'
import { problemsOf } from '../open.ts'

test('reads of each _id what is latest among its datasets', async () => {
  const { put, run, read } = engine([{ _id: 'p', source: { type: 'merge_datasets', datasets: ['a', 'b'] } }])
  await put('a', [{ _id: '1', a: 1 }])
  await put('b', [{ _id: '1', b: 1 }])
  await run()
  expect(await read('p')).toEqual([{ _id: '1', b: 1 }])
})

test('what it needs is asked for', () => {
  expect(problemsOf({ source: { type: 'merge_datasets' } })).toContain('missing-property source datasets')
})
