/** The xml transform; configuration-transforms-xml.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { transformed } from './transformed.ts'

test('writes an entity as XML into one of its properties', async () => {
  const { entities } = await transformed({ type: 'xml', 'xml-property': 'xml' }, [{ _id: '1', '<a>': { b: 'x&y' } }])
  expect(entities[0]).toMatchObject({ xml: '<a b="x&amp;y"/>' })
})

test('a name of a property that is no text is a located problem', () => {
  expect(problemsOf({ transform: { type: 'xml', 'xml-property': 7 } })).toContain('wrong-type transform xml-property')
})
