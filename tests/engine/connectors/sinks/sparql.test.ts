/** The sparql sink; configuration-sinks-sparql.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { sent } from './sent.ts'

test('sparql says when a resource was changed, unless told not to', async () => {
  const sink = { type: 'sparql', system: 'web', url: 'sparql', graph: 'http://g' }
  const stamp = 'lastmodified> "2020-09-13T12:26:40Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
  const [update] = await sent(sink, { _id: '1', a: 1 })
  expect(update?.text).toContain(stamp)
  const [without] = await sent({ ...sink, write_sdshare_updated: false }, { _id: '1', a: 1 })
  expect(without?.text).not.toContain(stamp)
})

test('what it needs is asked for', () => {
  expect(problemsOf({ sink: { type: 'sparql', system: 'web', url: 'x' } })).toContain('missing-property sink graph')
})
