/** The chained transform, an old way of writing a list; configuration-transforms.rst. */
import { expect, test } from 'vitest'
import { problemsOf } from '../open.ts'
import { transformed } from './transformed.ts'

const markingTransform = (name: string) => ({
  type: 'dtl',
  rules: {
    default: [
      ['copy', '*'],
      ['add', name, true],
    ],
  },
})

test('runs its transforms in order, as a list would', async () => {
  const transforms = [
    markingTransform('a'),
    { type: 'chained', transforms: [markingTransform('b'), { type: 'upper_keys' }] },
  ]
  const chained = await transformed({ type: 'chained', transforms }, [{ _id: '1' }])
  expect(chained.entities).toEqual([{ _id: '1', A: true, B: true }])
})

test('what is wrong inside is said at its place', () => {
  expect(
    problemsOf({ transform: { type: 'chained', transforms: [markingTransform('a'), { type: 'gone' }] } }),
  ).toContain('unknown-type transform transforms 1 type')
})
