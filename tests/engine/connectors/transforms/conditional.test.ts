/** The conditional transform; configuration-transforms-conditional.rst. */
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
const alternatives = {
  a: markingTransform('a'),
  b: { type: 'conditional', condition: 'c', alternatives: { c: markingTransform('c') } },
}

test('is the alternative that its condition names, also through nested ones', async () => {
  const outputWhen = async (condition: string) =>
    (await transformed({ type: 'conditional', condition, alternatives }, [{ _id: '1' }])).entities
  expect(await outputWhen('a')).toEqual([{ _id: '1', a: true }])
  expect(await outputWhen('b')).toEqual([{ _id: '1', c: true }])
})

test('a condition without an alternative is a located problem', () => {
  expect(problemsOf({ transform: { type: 'conditional', condition: 'gone', alternatives } })).toContain(
    'unknown-alternative transform condition',
  )
})
