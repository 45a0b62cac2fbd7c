/** The upper_keys transform; configuration-transforms-upper_keys.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { transformed } from './transformed.ts'

test('changes the names of properties, those inside of values only when asked', async () => {
  const entity = { _id: 'A', $Own: { X: 1 }, Born: 1, Home: { Street: 'S' }, Rows: [{ Deep: 2 }, 'Text'] }
  const { entities: flat } = await transformed({ type: 'upper_keys' }, [entity])
  expect(flat).toEqual([{ _id: 'A', $Own: { X: 1 }, BORN: 1, HOME: { Street: 'S' }, ROWS: [{ Deep: 2 }, 'Text'] }])
  const { entities: deep } = await transformed({ type: 'upper_keys', recurse: true }, [entity])
  expect(deep).toEqual([{ _id: 'A', $Own: { X: 1 }, BORN: 1, HOME: { STREET: 'S' }, ROWS: [{ DEEP: 2 }, 'Text'] }])
})

test('a flag that is none is a located problem', () => {
  expect(problemsOf({ transform: { type: 'upper_keys', recurse: 'deep' } })).toContain('wrong-type transform recurse')
})
