/** The merge source; its runs are in run/merge.test.ts; configuration-sources-merge.rst. */
import { expect, test } from 'vitest'
import { engine } from '../../run/engine.ts'
import { problemsOf } from '../open.ts'

const source = {
  type: 'merge',
  version: 2,
  datasets: ['a a', 'b b'],
  equality: [['eq', 'a.k', 'b.k']],
  identity: 'first',
}

test('makes one entity of those that its rules call equal', async () => {
  const { put, run, read } = engine([{ _id: 'p', source }])
  await put('a', [
    { _id: '1', k: 7 },
    { _id: '2', k: 8 },
  ])
  await put('b', [{ _id: 'x', k: 7, y: true }])
  await run()
  expect(await read('p', { live: true })).toMatchObject([
    { _id: '1', k: [7, 7], y: true },
    { _id: '2', k: 8 },
  ])
})

test('rules that are no rule are a located problem', () => {
  expect(problemsOf({ source: { ...source, equality: [['eq', 'a.k', 'c.k']] } }).join()).toMatch(/source equality 0/)
})
