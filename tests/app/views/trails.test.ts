import { describe, expect, it } from 'vitest'
import { downstream, upstream } from '../../../app/views/lineage/trails.ts'
import type { PipeFacts } from '../../../engine-worker/config/project/facts.ts'

const pipe = (name: string, reads: string[], hops: string[] = [], writes: string | null = name): PipeFacts => ({
  pipe: name,
  sourceType: 'dataset',
  sinkType: writes === null ? 'json' : 'dataset',
  systems: [],
  reads,
  hops,
  writes,
  transforms: [],
  composite: false,
  global: false,
  disabled: false,
  needs: null,
})
const facts = [
  pipe('a', []),
  pipe('b', ['a', 'd']),
  pipe('c', ['b'], ['a']),
  pipe('d', ['c']),
  pipe('out', ['c'], [], null),
]
const names = (steps: ReturnType<typeof upstream>) =>
  steps.map(
    ({ fact, depth, joined, again }) => `${depth} ${fact.pipe}${joined ? ' joined' : ''}${again ? ' again' : ''}`,
  )

describe('trails', () => {
  it('go up through sources and joins, and end in a circle', () => {
    expect(names(upstream('c', facts))).toEqual(['0 c', '1 b', '2 a', '2 d', '3 c again', '1 a joined again'])
  })
  it('go down to outputs', () => {
    expect(names(downstream('b', facts))).toEqual(['0 c', '1 d', '2 b', '3 c again', '1 out'])
  })
  it('are empty for an unknown dataset', () => expect(upstream('x', facts)).toEqual([]))
})
