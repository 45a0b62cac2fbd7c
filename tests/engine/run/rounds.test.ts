/** The status of a pipe after rounds: counts are added up, and a problem stays until its entity was read again. */
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../../engine-worker/problem.ts'
import type { PipeProgress } from '../../../engine-worker/run/progress.ts'
import { afterRound, waitingPipe } from '../../../engine-worker/run/rounds.ts'

function problemOf(code: string, entity?: string): Problem {
  return { code, severity: 'warning', message: code, facts: {}, where: entity === undefined ? {} : { entity } }
}

function round(change: Partial<PipeProgress>): PipeProgress {
  return { ...waitingPipe('p'), state: 'done', ...change }
}

describe('afterRound', () => {
  it('adds the counts of rounds and takes the state of the last', () => {
    const first = round({ read: 3, written: 2, milliseconds: 5 })
    const both = afterRound(first, round({ read: 1, written: 1, deleted: 4, milliseconds: 7, state: 'failed' }))
    expect(both).toMatchObject({ state: 'failed', read: 4, written: 3, deleted: 4, milliseconds: 12 })
  })

  it('keeps problems of entities until they come again, and all problems where nothing was read', () => {
    const before = round({ read: 2, problems: [problemOf('a', '1'), problemOf('b')] })
    const codes = (progress: PipeProgress) =>
      progress.problems.map(({ code, where }) => `${code} ${where.entity ?? ''}`)
    expect(codes(afterRound(before, round({ read: 1 })))).toEqual(['a 1'])
    expect(codes(afterRound(before, round({})))).toEqual(['a 1', 'b '])
    expect(codes(afterRound(before, round({ read: 1, problems: [problemOf('a', '1')] })))).toEqual(['a 1'])
  })

  it('forgets what stopped a round that failed once a later one goes on', () => {
    const failed = round({ state: 'failed', read: 1, problems: [problemOf('a', '1'), problemOf('stop')] })
    expect(afterRound(failed, round({ read: 1 })).problems.map(({ code }) => code)).toEqual(['a'])
  })

  it('adds up what joins found, and takes the merge as the last round left it', () => {
    const rates = (merged: number, found: number, asked: number): PipeProgress['matches'] => [
      { is: 'merge', name: 'p', matched: merged, of: 10 },
      { is: 'hops', name: 'orders', matched: found, of: asked },
    ]
    const both = afterRound(round({ read: 4, matches: rates(2, 3, 4) }), round({ read: 1, matches: rates(4, 0, 1) }))
    expect(both.matches).toEqual(rates(4, 3, 5))
    expect(afterRound(both, round({})).matches).toEqual(rates(4, 3, 5))
    expect(afterRound(round({}), round({}))).not.toHaveProperty('matches')
  })
})
