/** The dataset source; its runs are in run/sources.test.ts; configuration-sources-dataset.rst. */
import { expect, test } from 'vitest'
import { engine } from '../../run/engine.ts'
import { problemsOf } from '../open.ts'

test('reads the latest version of each entity of its dataset, or all versions', async () => {
  const { put, run, read } = engine([
    { _id: 'latest', source: { type: 'dataset', dataset: 'in' } },
    { _id: 'all', source: { type: 'dataset', dataset: 'in', include_previous_versions: true } },
  ])
  await put('in', [{ _id: '1', n: 1 }])
  await put('in', [{ _id: '1', n: 2 }])
  await run()
  expect(await read('latest', { history: true })).toEqual([{ _id: '1', n: 2 }])
  expect(await read('all', { history: true })).toEqual([
    { _id: '1', n: 1 },
    { _id: '1', n: 2 },
  ])
})

test('what it needs is asked for', () => {
  expect(problemsOf({ source: { type: 'dataset' } })).toContain('missing-property source dataset')
})
