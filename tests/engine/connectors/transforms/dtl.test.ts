/** The dtl transform; configuration-transforms-dtl.rst. */
import { describe, expect, test } from 'vitest'
import type { Json } from '../../../../engine-worker/entity/value.ts'
import { opened } from '../open.ts'

describe('what increments know of a DTL transform', () => {
  const compiledStage = (...steps: Json[]) => {
    const pipe = opened({ pipe: { transform: { type: 'dtl', rules: { default: steps } } } })
    return pipe.stages[0]
  }
  test('ids are kept unless a rule gives another one', () => {
    expect(compiledStage(['copy', '*'])?.ids).toBe('kept')
    expect(compiledStage(['add', '_id', '_S.x'])?.ids).toBe('any')
    expect(compiledStage(['add', ['concat', 'a', '_S.b'], 1])?.ids).toBe('any')
    expect(compiledStage(['merge', '_S.x'])?.ids).toBe('kept')
    expect(compiledStage(['remove', '_*'])?.ids).toBe('kept')
    expect(compiledStage(['remove', ['list', 'a', '_id']])?.ids).toBe('any')
    expect(compiledStage(['remove', '_S.name'])?.ids).toBe('any')
  })
  test('creation, children, joins and comparison with earlier versions', () => {
    const join = { datasets: ['orders o'], where: [['eq', '_S._id', 'o.customer']] }
    expect(compiledStage(['create', '_S.x'])).toMatchObject({ creates: true, createsChildren: false })
    expect(compiledStage(['create-child', '_S.x'])?.createsChildren).toBe(true)
    expect(compiledStage(['add', 'o', ['hops', join]])?.hops).toEqual([{ dataset: 'orders', tracked: true }])
    expect(compiledStage(['add', 'o', ['hops', { ...join, 'track-dependencies': false }]])?.hops).toEqual([
      { dataset: 'orders', tracked: false },
    ])
    expect(compiledStage(['filter', ['is-changed', '_S.x']])?.usesPrevious).toBe(true)
  })
  test('a rule that does not compile makes the pipe unable to run, with the place', () => {
    const pipe = opened({ pipe: { transform: [{ type: 'dtl', rules: { default: [['ad', 'x', 1]] } }] } })
    expect(pipe.needs).toMatchObject({ severity: 'error', where: { pipe: 'p', file: 'pipes/p.conf.json' } })
    expect(pipe.needs?.where.path?.slice(0, 4)).toEqual(['transform', 0, 'rules', 'default'])
  })
})
