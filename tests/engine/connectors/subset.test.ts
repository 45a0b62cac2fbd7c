/** The sides of a subset. */
import { describe, expect, it } from 'vitest'
import { subsetParts } from '../../../engine-worker/connectors/subset.ts'

describe('a subset', () => {
  it('has its expression on either side, also beside a list of values', () => {
    expect(subsetParts(['eq', '_S.kind', 'tank'])).toEqual({ expression: '_S.kind', value: 'tank', at: 1 })
    expect(subsetParts(['eq', 'tank', '_S.kind'])).toEqual({ expression: '_S.kind', value: 'tank', at: 2 })
    expect(subsetParts(['eq', ['a', 'b'], '_S.kind'])).toEqual({ expression: '_S.kind', value: ['a', 'b'], at: 2 })
    expect(subsetParts(['eq', 'x', ['lower', '_S.kind']])).toEqual({
      expression: ['lower', '_S.kind'],
      value: 'x',
      at: 2,
    })
  })

  it.each([
    [['neq', '_S.kind', 'tank']],
    [['eq', '_S.kind', '_S.other']],
    [['eq', 'a', 'b']],
    [['eq', '_S.kind', 'a', 'b']],
    ['_S.kind'],
  ])('is not %j', (subset) => {
    expect(subsetParts(subset)).toBeNull()
  })
})
