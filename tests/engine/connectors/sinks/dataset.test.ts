/** The dataset sink; configuration-sinks-dataset.rst. */
import { expect, test } from 'vitest'
import { engine } from '../../run/engine.ts'
import { problemsOf } from '../open.ts'

const source = { type: 'embedded', entities: [{ _id: '1', n: 1 }] }

test('writes the dataset that it names, or that is called as the pipe', async () => {
  const { run, read } = engine([
    { _id: 'named', source, sink: { type: 'dataset', dataset: 'people' } },
    { _id: 'unnamed', source, sink: { type: 'dataset' } },
  ])
  await run()
  expect(await read('people')).toEqual([{ _id: '1', n: 1 }])
  expect(await read('unnamed')).toEqual([{ _id: '1', n: 1 }])
})

test('writes no version of what has not changed', async () => {
  const { run, read } = engine([{ _id: 'p', source, sink: { type: 'dataset', dataset: 'people' } }])
  await run()
  await run(undefined, true)
  expect(await read('people', { history: true })).toHaveLength(1)
})

test('a dataset that is no text is a located problem', () => {
  expect(problemsOf({ sink: { type: 'dataset', dataset: 7 } })).toContain('wrong-type sink dataset')
})
