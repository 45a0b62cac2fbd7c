/** The xml_endpoint sink; configuration-sinks-xml_endpoint.rst. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { problemsOf } from '../open.ts'
import { sent } from './sent.ts'

test('xml_endpoint writes tags, attributes and the wrapper', async () => {
  const sink = { type: 'xml_endpoint', wrapper: 'baz', 'root-attributes': { xmlns: 'http://x' } }
  const entity: JsonObject = {
    _id: '1',
    name: 'Entity <1>',
    id: 'entity-1',
    '<foo:tag>': [{ id: 'child', name: 'Child entity', '<section>': [{ '<from>': '0' }, 'x', { '<to>': '999' }] }],
  }
  const [file] = await sent(sink, entity)
  expect(file?.text).toBe(
    '<baz xmlns="http://x"><foo:tag name="Entity &lt;1&gt;" id="entity-1"><section id="child" name="Child entity"><from>0</from><to>999</to></section></foo:tag></baz>',
  )
})

test('attributes that are no object are a located problem', () => {
  expect(problemsOf({ sink: { type: 'xml_endpoint', 'root-attributes': 'x' } })).toContain(
    'wrong-type sink root-attributes',
  )
})
