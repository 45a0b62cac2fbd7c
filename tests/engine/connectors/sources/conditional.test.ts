/** The conditional source; configuration-sources-conditional.rst. */
import { expect, test } from 'vitest'
import { output, problemsOf } from '../open.ts'

const alternatives = { prod: { type: 'empty' }, test: { type: 'embedded', entities: [{ _id: '1' }] } }

test('is the alternative that its condition names', async () => {
  const readWith = async (condition: string) =>
    (await output({ pipe: { source: { type: 'conditional', condition, alternatives } } })).entities
  expect(await readWith('test')).toEqual([{ _id: '1' }])
  expect(await readWith('prod')).toEqual([])
})

test('a condition without an alternative is a located problem', () => {
  expect(problemsOf({ source: { type: 'conditional', condition: 'gone', alternatives } })).toContain(
    'unknown-alternative source condition',
  )
})
