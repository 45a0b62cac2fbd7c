/** The empty source; configuration-sources-empty.rst. */
import { expect, test } from 'vitest'
import { output, problemsOf } from '../open.ts'

test('gives nothing', async () => {
  expect(await output({ pipe: { source: { type: 'empty' } } })).toMatchObject({ entities: [], problems: [] })
})

test('a property that it does not have is said', () => {
  expect(problemsOf({ source: { type: 'empty', url: 'x' } })).toContain('unknown-key source url')
})
