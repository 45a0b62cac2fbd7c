/** The conditional sink; configuration-sinks-conditional.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { sent } from './sent.ts'

const alternatives = { prod: { type: 'null' }, test: { type: 'http_endpoint' } }

test('is the alternative that its condition names', async () => {
  expect(await sent({ type: 'conditional', condition: 'test', alternatives }, { _id: '1' })).toHaveLength(1)
  expect(await sent({ type: 'conditional', condition: 'prod', alternatives }, { _id: '1' })).toEqual([])
})

test('a condition without an alternative is a located problem', () => {
  expect(problemsOf({ sink: { type: 'conditional', condition: 'gone', alternatives } })).toContain(
    'unknown-alternative sink condition',
  )
})
