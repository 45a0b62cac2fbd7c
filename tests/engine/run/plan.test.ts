import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { inOrder } from '../../../engine-worker/run/plan.ts'
import { dtl, engine } from './engine.ts'

const datasetPipe = (_id: string, dataset: string, more: JsonObject = {}): JsonObject => ({
  _id,
  source: { type: 'dataset', dataset },
  ...more,
})
const hopsTo = (dataset: string) =>
  dtl([['add', 'x', ['hops', { datasets: [`${dataset} d`], where: [['eq', '_S._id', 'd._id']] }]]])

function order(pipes: JsonObject[]): string[] {
  return inOrder(engine(pipes).session.pipes()).map(({ id }) => id)
}

describe('the order of pipes', () => {
  it('puts producers before readers and before those that join', () => {
    expect(
      order([
        datasetPipe('c', 'b'),
        datasetPipe('b', 'a', { transform: hopsTo('z') }),
        datasetPipe('z', 'in'),
        datasetPipe('a', 'in'),
      ]),
    ).toEqual(['a', 'z', 'b', 'c'])
  })
  it('follows the dataset that a sink names, not the pipe', () => {
    expect(
      order([datasetPipe('late', 'out'), datasetPipe('early', 'in', { sink: { type: 'dataset', dataset: 'out' } })]),
    ).toEqual(['early', 'late'])
  })
  it('lets sources weigh more than joins in a circle', () => {
    expect(order([datasetPipe('b', 'a'), datasetPipe('a', 'in', { transform: hopsTo('b') })])).toEqual(['a', 'b'])
  })
  it('copes with long chains', () => {
    const chain = Array.from({ length: 3000 }, (_, n) => datasetPipe(`p${n}`, n === 2999 ? 'in' : `p${n + 1}`))
    expect(order(chain).at(0)).toBe('p2999')
  })
})
