/** The null sink; configuration-sinks-null.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { sent } from './sent.ts'

test('discards what arrives', async () => {
  expect(await sent({ type: 'null' }, { _id: '1' }, { _id: '2' })).toEqual([])
})

test('a property that it does not have is said', () => {
  expect(problemsOf({ sink: { type: 'null', dataset: 'x' } })).toContain('unknown-key sink dataset')
})
