/** The json sink; configuration-sinks-json.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { sent } from './sent.ts'

test('json posts transit JSON in batches; secrets stay names', async () => {
  const sink = { type: 'json', system: 'web', url: 'in', batch_size: 2 }
  const requests = await sent(sink, { _id: '1', at: '~t2020-01-01T00:00:00Z' }, { _id: '2' }, { _id: '3' })
  expect(requests).toHaveLength(2)
  expect(requests[0]).toMatchObject({ method: 'POST', url: 'https://web/in', headers: { 'X-Key': '$SECRET(key)' } })
  expect(JSON.parse(requests[0]?.text ?? '')).toEqual([{ _id: '1', at: '~t2020-01-01T00:00:00Z' }, { _id: '2' }])
})

test('what it needs is asked for', () => {
  expect(problemsOf({ sink: { type: 'json', system: 'web' } })).toContain('missing-property sink url')
})
