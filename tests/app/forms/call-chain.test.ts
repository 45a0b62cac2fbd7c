/** Nested calls as a chain, for the form that shows one thing after another. */
import { expect, test } from 'vitest'
import { callChain } from '../../../app/forms/call-chain.ts'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import type { Json } from '../../../engine-worker/index.ts'

const chain = (value: Json) => {
  const found = callChain(value, ['x'], functions)
  return found && [found.head.value, ...found.links.map(({ call, path }) => [call[0], path.join('/')])]
}

test('calls in calls are told from the inside out', () => {
  const amount = ['decimal', ['replace', ',', '.', ['replace', ' ', '', '_S.limit']]]
  expect(chain(amount)).toEqual(['_S.limit', ['replace', 'x/1/3'], ['replace', 'x/1'], ['decimal', 'x']])
  expect(chain(['lower', ['concat', '_S.a', '_S.b']])).toEqual([
    ['concat', '_S.a', '_S.b'],
    ['lower', 'x'],
  ])
})

test('what hands no single value on is no chain', () => {
  for (const whole of ['_S.a', ['eq', '_S.a', 1], ['concat', '_S.a', 'b'], ['unknown', 1], ['hops', { datasets: [] }]])
    expect(chain(whole)).toBe(null)
})
