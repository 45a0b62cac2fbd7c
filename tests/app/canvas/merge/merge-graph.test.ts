/** A merge as one graph: cards and wires that come, go and stay, and who changed them. */
import { describe, expect, it } from 'vitest'
import { entryOf, mergeGraph } from '../../../../app/canvas/merge/merge-graph.ts'
import { functionTable } from '../../../../engine-worker/dtl/registry.ts'
import { mergeProjects } from '../../../../engine-worker/text/merge-project.ts'
import { projectOf } from '../../../../engine-worker/text/project.ts'

const pipe = (_id: string, dataset: string | null) => ({
  path: `pipes/${_id}.conf.json`,
  content: JSON.stringify({
    _id,
    type: 'pipe',
    source: dataset === null ? { type: 'embedded', entities: [] } : { type: 'dataset', dataset },
  }),
})
const project = (...pipes: ReturnType<typeof pipe>[]) => projectOf(pipes, '').value

describe('mergeGraph', () => {
  it('marks what the newer version brings and takes away, and what is one’s own', () => {
    const base = project(pipe('a', null), pipe('b', 'a'), pipe('gone', 'a'))
    const mine = project(pipe('a', null), pipe('b', 'a'), pipe('gone', 'a'), pipe('own', 'b'))
    const theirs = project(pipe('a', null), pipe('b', 'fresh'), pipe('fresh', 'a'))
    const { project: merged, entries } = mergeProjects(base, mine, theirs, () => 'mine')
    const graph = mergeGraph({ base, mine, theirs, merged, entries }, 'test', functionTable)
    const cards = graph.nodes.map((node) => [node.name, graph.marks.get(node.id)?.is, graph.marks.get(node.id)?.by])
    expect(cards.toSorted()).toEqual([
      ['a', undefined, undefined],
      ['b', 'changed', 'theirs'],
      ['fresh', 'new', 'theirs'],
      ['gone', 'gone', 'theirs'],
      ['own', 'new', 'mine'],
    ])
    const wires = graph.edges.map((edge) => {
      const mark = graph.marks.get(edge.id)
      return [`${edge.from} ${edge.to}`, mark?.is, mark?.by]
    })
    expect(wires.toSorted()).toEqual([
      ['pipe:a pipe:b', 'gone', 'theirs'],
      ['pipe:a pipe:fresh', 'new', 'theirs'],
      ['pipe:a pipe:gone', 'gone', 'theirs'],
      ['pipe:b pipe:own', 'new', 'mine'],
      ['pipe:fresh pipe:b', 'new', 'theirs'],
    ])
    expect(graph.nodes.map(entryOf).toSorted()[0]).toBe('pipe a')
  })
})
