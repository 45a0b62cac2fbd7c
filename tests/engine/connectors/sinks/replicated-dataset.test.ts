/** The replicated_dataset sink beside what run/replicated.test.ts says of its runs; configuration-sinks-replicated-dataset.rst. */
import { expect, test } from 'vitest'
import { engine } from '../../run/engine.ts'
import { problemsOf } from '../open.ts'

test('writes the versions of its source with their offsets', async () => {
  const source = { type: 'dataset', dataset: 'old', include_previous_versions: true }
  const { put, run, store } = engine([{ _id: 'p', source, sink: { type: 'replicated_dataset', dataset: 'copy' } }])
  await put('old', [{ _id: 'a', n: 1 }])
  await put('old', [{ _id: 'a', n: 2 }])
  await run()
  const offsets = async (dataset: string) => {
    const found: unknown[] = []
    for await (const batch of store.scan(dataset, { history: true }))
      found.push(...batch.map(({ _updated }) => _updated))
    return found
  }
  expect(await offsets('copy')).toEqual(await offsets('old'))
})

test('a dataset that is no text is a located problem', () => {
  expect(problemsOf({ sink: { type: 'replicated_dataset', dataset: 7 } })).toContain('wrong-type sink dataset')
})
