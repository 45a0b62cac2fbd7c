/** The map of a project: every pipe in one group, systems at the sides, bundles counted, nothing overlaps. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Graph, GraphEdge, GraphNode, Role } from '../../../../app/canvas/flow/graph.ts'
import { mapOf } from '../../../../app/canvas/map/map-groups.ts'
import { groupCardSize, mapLayout, nextGroup, partCardSize, partLayout } from '../../../../app/canvas/map/map-layout.ts'
import { mapOfPart, mapOfParts, mapPartsOf } from '../../../../app/canvas/map/map-parts.ts'
import { isSought } from '../../../../app/canvas/map/pipe-marks.ts'

function pipe(name: string, role: Role = 'transform'): GraphNode {
  const model = name.includes('-') ? (name.split('-')[0] ?? null) : null
  return {
    id: `pipe:${name}`,
    kind: 'pipe',
    name,
    role,
    component: name,
    says: [],
    composite: 0,
    disabled: false,
    needs: null,
    groups: { none: null, system: null, 'config-group': null, model },
    icon: null,
    concept: null,
  }
}

function wire(from: string, to: string, kind: GraphEdge['kind'] = 'flow', dataset = ''): GraphEdge {
  return { id: `${kind} ${from} ${to}`, from, to, kind, dataset }
}

const flow = (from: string, to: string, kind: GraphEdge['kind'] = 'flow') => wire(`pipe:${from}`, `pipe:${to}`, kind)

describe('mapOf', () => {
  const graph: Graph = {
    nodes: [
      pipe('crm-person-collect', 'source'),
      pipe('crm-person-enrich'),
      pipe('global-person', 'global'),
      pipe('global-order', 'global'),
      pipe('person-statistics'),
      pipe('crm-person-transform'),
      pipe('crm-person-share', 'sink'),
      pipe('list-countries', 'source'),
    ],
    edges: [
      wire('system:crm', 'pipe:crm-person-collect', 'system', 'crm'),
      wire('pipe:crm-person-share', 'system-out:crm', 'system', 'crm'),
      flow('crm-person-collect', 'crm-person-enrich'),
      flow('crm-person-enrich', 'global-person'),
      flow('list-countries', 'global-person', 'hops'),
      flow('global-person', 'global-order', 'hops'),
      flow('global-person', 'person-statistics'),
      flow('global-person', 'crm-person-transform'),
      flow('crm-person-transform', 'crm-person-share'),
    ],
  }
  it('gives each pipe the system that it comes from or goes to, or the concept that it is made of', () => {
    const { groups, bundles } = mapOf(graph)
    expect(Object.fromEntries(groups.map(({ id, pipes }) => [id, pipes.map(({ name }) => name)]))).toEqual({
      'in:crm': ['crm-person-collect', 'crm-person-enrich'],
      'concept:person': ['global-person', 'person-statistics'],
      'concept:order': ['global-order'],
      'out:crm': ['crm-person-transform', 'crm-person-share'],
      'in:list': ['list-countries'],
    })
    expect(bundles.map(({ from, to, kind, count }) => [from, to, kind, count])).toEqual([
      ['in:crm', 'concept:person', 'flow', 1],
      ['in:list', 'concept:person', 'hops', 1],
      ['concept:person', 'concept:order', 'hops', 1],
      ['concept:person', 'out:crm', 'flow', 1],
    ])
  })

  it('loses no pipe and no wire of any graph, in circles too, and lays no two groups over each other', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-c](-[a-d]){0,2}$/), { minLength: 1, maxLength: 12 })
    const random = names.chain((list) =>
      fc.record({
        nodes: fc.tuple(
          ...list.map((name) =>
            fc.constantFrom<Role>('source', 'transform', 'global', 'sink').map((role) => pipe(name, role)),
          ),
        ),
        edges: fc.array(
          fc
            .tuple(
              fc.constantFrom(...list),
              fc.constantFrom(...list),
              fc.constantFrom('flow' as const, 'hops' as const),
            )
            .map(([a, b, kind]) => flow(a, b, kind)),
          { maxLength: 20 },
        ),
      }),
    )
    fc.assert(
      fc.property(random, (each) => {
        const map = mapOf({ nodes: [...each.nodes], edges: each.edges })
        expect(map.groups.flatMap(({ pipes }) => pipes)).toHaveLength(each.nodes.length)
        const between = each.edges.filter(({ from, to }) => map.groupOf.get(from) !== map.groupOf.get(to))
        expect(map.bundles.reduce((sum, { count }) => sum + count, 0)).toBe(between.length)
        const places = Object.values(mapLayout(map, 1.5))
        expect(places).toHaveLength(map.groups.length)
        for (const [at, a] of places.entries())
          for (const b of places.slice(at + 1))
            expect(Math.abs(a.x - b.x) >= groupCardSize.width || Math.abs(a.y - b.y) >= groupCardSize.height).toBe(true)
      }),
    )
  })
})

describe('mapPartsOf', () => {
  const divisions = ['north', 'south', 'east']
  const systems = Array.from({ length: 18 }, (_, at) => `sys${at}`)
  const all = divisions.flatMap((division) => systems.map((system) => `${division}-${system}`))
  const graph: Graph = {
    nodes: [
      ...all.map((name) => pipe(`${name}-read`, 'source')),
      pipe('global-north-customer', 'global'),
      pipe('global-south-customer', 'global'),
    ],
    edges: [
      ...all.map((name) => wire(`system:${name}`, `pipe:${name}-read`, 'system', name)),
      ...systems.map((system) => flow(`north-${system}-read`, 'global-north-customer')),
      flow('global-north-customer', 'global-south-customer', 'hops'),
    ],
  }
  const map = mapOf(graph)

  it('leaves a map alone that a screen holds', () => {
    expect(mapPartsOf(mapOf({ nodes: graph.nodes.slice(0, 10), edges: graph.edges }))).toBeNull()
  })

  it('gathers many groups by what their names begin with; every pipe is in one part, and parts do not overlap', () => {
    const parts = mapPartsOf(map) ?? new Map()
    const { groups, bundles } = mapOfParts(map, parts)
    expect(groups.map(({ name, pipes }) => [name, pipes.length])).toEqual([
      ['north', 19],
      ['south', 19],
      ['east', 18],
    ])
    expect(bundles.map(({ from, to, kind, count }) => [from, to, kind, count])).toEqual([
      ['part:north', 'part:south', 'hops', 1],
    ])
    const places = Object.values(partLayout(groups, 1.5))
    for (const [at, a] of places.entries())
      for (const b of places.slice(at + 1))
        expect(Math.abs(a.x - b.x) >= partCardSize.width || Math.abs(a.y - b.y) >= partCardSize.height).toBe(true)
  })

  it('opens a part to its groups, with other parts that they are joined to at the side', () => {
    const inside = mapOfPart(map, mapPartsOf(map) ?? new Map(), 'south')
    expect(inside.groups).toHaveLength(20)
    expect(inside.groups.find(({ id }) => id === 'part:north')?.side).toBe('in')
    expect(inside.groups.some(({ id }) => id === 'part:east')).toBe(false)
  })

  it('gathers by config group first, and by concept where names have nothing in common', () => {
    const names = Array.from({ length: 60 }, (_, at) => `${String.fromCharCode(97 + (at % 26))}x${at}`)
    const concepts = ['person', 'order', 'item', 'place']
    const grouped = names.map((name, at) => {
      const node = pipe(name, 'source')
      return { ...node, groups: { ...node.groups, 'config-group': at < 30 ? 'sales' : 'stock' } }
    })
    const edges = names.map((name) => wire(`system:${name}`, `pipe:${name}`, 'system', name))
    expect(new Set(mapPartsOf(mapOf({ nodes: grouped, edges }))?.values())).toEqual(new Set(['sales', 'stock']))
    const wired = mapOf({
      nodes: [
        ...names.map((name) => pipe(name, 'source')),
        ...concepts.map((name) => pipe(`global-${name}`, 'global')),
      ],
      edges: [...edges, ...names.map((name, at) => flow(name, `global-${concepts[at % 4]}`))],
    })
    expect(new Set(mapPartsOf(wired)?.values())).toEqual(new Set(concepts))
  })
})

describe('nextGroup', () => {
  it('goes to the nearest group in a direction, and stays where there is none', () => {
    const places = { a: { x: 0, y: 0 }, b: { x: 0, y: 100 }, c: { x: 400, y: 90 } }
    expect(nextGroup(places, 'a', 'down')).toBe('b')
    expect(nextGroup(places, 'b', 'right')).toBe('c')
    expect(nextGroup(places, 'a', 'up')).toBeNull()
  })
})

describe('isSought', () => {
  it('looks for all words of a name, and for the mark', () => {
    const node = pipe('crm-person-collect')
    const filter = { text: 'PERSON crm', mark: null, system: null }
    expect(isSought(node, 'fine', filter)).toBe(true)
    expect(isSought(node, 'fine', { ...filter, mark: 'failed' })).toBe(false)
    expect(isSought(node, 'failed', { ...filter, text: 'order' })).toBe(false)
  })
})
