/** The emit_children transform; configuration-transforms-emit_children.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { transformed } from './transformed.ts'

test('emit_children puts the children in the place of the parent', async () => {
  const { entities } = await transformed({ type: 'emit_children' }, [
    { _id: 'p', $children: [{ _id: 'c1', a: 1 }, { a: 2 }, 'x'] },
    { _id: 'q' },
  ])
  expect(entities).toEqual([{ _id: 'c1', a: 1 }])
})

test('a property that it does not have is said', () => {
  expect(problemsOf({ transform: { type: 'emit_children', rules: {} } })).toContain('unknown-key transform rules')
})
