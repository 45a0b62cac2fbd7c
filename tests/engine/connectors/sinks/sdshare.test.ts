/** The sdshare sink; configuration-sinks-sdshare.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { sent } from './sent.ts'

const sink = { type: 'sdshare', system: 'web', url: 'push', graph: 'http://g' }

test('pushes statements, and names the resources they are about; deleted ones have no statements', async () => {
  const [request] = await sent(sink, { _id: 'http://x/1', 'http://x/a': 1 }, { _id: 'http://x/2', _deleted: true })
  expect(request).toMatchObject({ method: 'POST', contentType: 'application/n-triples' })
  expect(request?.url).toBe(
    `https://web/push?graph=${encodeURIComponent('http://g')}&resource=${encodeURIComponent('http://x/1')}&resource=${encodeURIComponent('http://x/2')}`,
  )
  expect(request?.text).toContain('<http://x/1> <http://x/a>')
  expect(request?.text).not.toContain('http://x/2')
})

test('what it needs is asked for', () => {
  expect(problemsOf({ sink: { type: 'sdshare', system: 'web' } })).toContain('missing-property sink url')
})
