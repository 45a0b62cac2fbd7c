import { describe, expect, it } from 'vitest'
import { downstream, upstream } from '../../../app/views/lineage/trails.ts'
import { pipeFacts } from '../../support/pipe-facts.ts'

const pipe = (name: string, reads: string[], hops: string[] = [], writes: string | null = name) =>
  pipeFacts(name, { reads, hops, writes })
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
