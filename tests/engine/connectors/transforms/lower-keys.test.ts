/** The lower_keys transform; configuration-transforms-lower_keys.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { transformed } from './transformed.ts'

test('changes the names of properties, those inside of values only when asked', async () => {
  const entity = { _id: 'A', $Own: { X: 1 }, Born: 1, Home: { Street: 'S' }, Rows: [{ Deep: 2 }, 'Text'] }
  const { entities: flat } = await transformed({ type: 'lower_keys' }, [entity])
  expect(flat).toEqual([{ _id: 'A', $Own: { X: 1 }, born: 1, home: { Street: 'S' }, rows: [{ Deep: 2 }, 'Text'] }])
  const { entities: deep } = await transformed({ type: 'lower_keys', recurse: true }, [entity])
  expect(deep).toEqual([{ _id: 'A', $Own: { X: 1 }, born: 1, home: { street: 'S' }, rows: [{ deep: 2 }, 'Text'] }])
})

test('a flag that is none is a located problem', () => {
  expect(problemsOf({ transform: { type: 'lower_keys', recurse: 'deep' } })).toContain('wrong-type transform recurse')
})
