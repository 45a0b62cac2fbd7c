import '../../../../engine-worker/connectors/kinds.ts'
import { describe, expect, test } from 'vitest'
import { withComponent } from '../../../../app/canvas/flow/edits.ts'
import { graphOf, reachableNodes } from '../../../../app/canvas/flow/graph.ts'
import { foldedGraph, groupsOf } from '../../../../app/canvas/flow/groups.ts'
import { inBlocks } from '../../../../app/canvas/flow/layout.ts'
import { outlineOf } from '../../../../app/canvas/flow/Outline.tsx'
import type { PipeFacts } from '../../../../engine-worker/config/project/facts.ts'
import { emptyProject, type JsonObject } from '../../../../engine-worker/index.ts'

const fact = (pipe: string, more: Partial<PipeFacts> = {}): PipeFacts => ({
  pipe,
  sourceType: 'dataset',
  sinkType: 'dataset',
  systems: [],
  reads: [],
  hops: [],
  writes: pipe,
  transforms: [],
  composite: false,
  global: false,
  disabled: false,
  needs: null,
  ...more,
})
const configs: JsonObject[] = [
  { _id: 'crm', type: 'system:rest' },
  { _id: 'crm-in', type: 'pipe', source: { type: 'rest', system: 'crm' } },
  { _id: 'all', type: 'pipe', source: { type: 'merge', datasets: ['crm-in c'] } },
  { _id: 'crm-out', type: 'pipe', source: { type: 'dataset', dataset: 'all' }, sink: { type: 'rest', system: 'crm' } },
]
const content = configs.reduce((project, config) => withComponent(project, config), emptyProject)
const facts = [
  fact('crm-in', { sourceType: 'rest', systems: ['crm'] }),
  fact('all', { sourceType: 'merge', reads: ['crm-in'], hops: ['codes'] }),
  fact('crm-out', { sinkType: 'rest', reads: ['all'], writes: null, systems: ['crm'] }),
]
const pipesOnly = graphOf(content, facts, { datasets: false, systems: false })

describe('the graph of a project', () => {
  test('pipes are joined through the datasets they hand on; a dataset nobody writes stands for itself', () => {
    expect(pipesOnly.edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`).sort()).toEqual([
      'dataset:codes hops pipe:all',
      'pipe:all flow pipe:crm-out',
      'pipe:crm-in flow pipe:all',
    ])
    expect(Object.fromEntries(pipesOnly.nodes.map(({ name, role }) => [name, role]))).toEqual({
      'crm-in': 'source',
      all: 'global',
      'crm-out': 'sink',
      codes: 'dataset',
    })
  })

  test('a system that is read and written stands on both sides', () => {
    const shown = graphOf(content, facts, { datasets: false, systems: true })
    expect(shown.edges.filter(({ kind }) => kind === 'system').map(({ from, to }) => [from, to])).toEqual([
      ['system:crm', 'pipe:crm-in'],
      ['pipe:crm-out', 'system-out:crm'],
    ])
  })

  test('datasets can stand between all pipes', () => {
    const shown = graphOf(content, facts, { datasets: true, systems: false })
    expect(shown.edges.map(({ from, to }) => `${from} ${to}`)).toContain('pipe:crm-in dataset:crm-in')
    expect(shown.edges.map(({ from, to }) => `${from} ${to}`)).toContain('dataset:crm-in pipe:all')
  })

  test('what lies up and down of a node', () => {
    expect([...reachableNodes(pipesOnly.edges, 'pipe:all', 'up')].sort()).toEqual([
      'dataset:codes',
      'pipe:all',
      'pipe:crm-in',
    ])
    expect([...reachableNodes(pipesOnly.edges, 'pipe:all', 'down')]).toEqual(['pipe:all', 'pipe:crm-out'])
  })

  test('a folded group is one node, and wires to its members lead to it', () => {
    expect([...groupsOf(pipesOnly, 'system').keys()]).toEqual(['crm'])
    const small = foldedGraph(pipesOnly, 'system', ['crm'])
    expect(small.nodes.map(({ id }) => id)).toEqual(['pipe:all', 'dataset:codes', 'group:system:crm'])
    expect(small.edges.filter(({ kind }) => kind === 'flow').map(({ from, to }) => [from, to])).toEqual([
      ['group:system:crm', 'pipe:all'],
      ['pipe:all', 'group:system:crm'],
    ])
  })
})

test('the outline follows the data, also through circles', () => {
  const circle = {
    nodes: pipesOnly.nodes,
    edges: [
      ...pipesOnly.edges,
      { id: 'back', from: 'pipe:crm-out', to: 'pipe:crm-in', kind: 'flow' as const, dataset: 'x' },
    ],
  }
  expect(outlineOf(pipesOnly).map(({ node }) => node.name)).toEqual(['codes', 'crm-in', 'all', 'crm-out'])
  expect(
    outlineOf(circle)
      .map(({ node }) => node.name)
      .sort(),
  ).toEqual(['all', 'codes', 'crm-in', 'crm-out'])
})

test('long layers are broken into columns, nothing overlaps, and the order of layers stays', () => {
  const nodes = Array.from({ length: 300 }, (_, n) => ({ id: `n${n}`, x: n < 200 ? 0 : 400, y: n * 90 }))
  const placed = inBlocks(nodes)
  expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(300)
  const first = placed.filter(({ id }) => Number(id.slice(1)) < 200)
  const second = placed.filter(({ id }) => Number(id.slice(1)) >= 200)
  expect(Math.max(...first.map(({ x }) => x))).toBeLessThan(Math.min(...second.map(({ x }) => x)))
  expect(Math.max(...placed.map(({ y }) => y))).toBeLessThan(300 * 20)
})
