import { describe, expect, it } from 'vitest'
import { levelAt } from '../../../../app/canvas/flow/level-of-detail.ts'

describe('the level of detail', () => {
  it('is everything near, names farther away, and blocks from afar', () => {
    expect([2, 1, 0.5, 0.49, 0.22, 0.21, 0.05].map(levelAt)).toEqual([
      'near',
      'near',
      'near',
      'far',
      'far',
      'farther',
      'farther',
    ])
  })
})
