/**
 * The largest projects have more groups than a screen holds: their groups are gathered into parts, by config group, by
 * what their names begin with, or by the concept that they belong to. A part opens to its groups.
 */
import type { GraphNode } from '../flow/graph.ts'
import type { MapBundle, MapGroup, ProjectMap } from './map-groups.ts'

/** From this many groups on, they are shown in parts. */
const minGroupsForParts = 50
/** What the ids of parts begin with. */
export const partMark = 'part:'
/** A way of gathering is taken where at most this share of the groups stays alone. */
const maxShareAlone = 0.2

/** The part of each group, by its id; null where the groups are few enough. */
export function mapPartsOf(map: ProjectMap): ReadonlyMap<string, string> | null {
  if (map.groups.length < minGroupsForParts) return null
  const ways = [
    ({ pipes }: MapGroup) => mostFrequent(pipes.map(({ groups }) => groups['config-group'])),
    ({ name }: MapGroup) => /^[^-_.:/]+(?=[-_.:/])/.exec(name)?.[0] ?? null,
    conceptsOf(map),
    ({ name }: MapGroup) => name.slice(0, 1).toUpperCase(),
  ]
  for (const way of ways) {
    const parts = new Map(map.groups.map((group) => [group.id, way(group) ?? group.name]))
    const sizes = new Map<string, number>()
    for (const part of parts.values()) sizes.set(part, (sizes.get(part) ?? 0) + 1)
    const alone = [...sizes.values()].filter((size) => size === 1).length
    if (sizes.size > 1 && sizes.size <= map.groups.length / 2 && alone <= map.groups.length * maxShareAlone)
      return parts
  }
  return null
}

/** All parts, each as one group, with the wires between them. */
export function mapOfParts(map: ProjectMap, parts: ReadonlyMap<string, string>): ProjectMap {
  return withGroupsMerged(map, (id) => `${partMark}${parts.get(id) ?? id}`)
}

/** The groups of one part; other parts that they are wired to stand at the sides, each as one group. */
export function mapOfPart(map: ProjectMap, parts: ReadonlyMap<string, string>, part: string): ProjectMap {
  const all = withGroupsMerged(map, (id) => (parts.get(id) === part ? id : `${partMark}${parts.get(id) ?? id}`))
  const inside = new Set(map.groups.filter(({ id }) => parts.get(id) === part).map(({ id }) => id))
  const bundles = all.bundles.filter(({ from, to }) => inside.has(from) || inside.has(to))
  const leadsIn = new Set(bundles.map(({ from }) => from))
  const reached = new Set(bundles.map(({ to }) => to))
  return {
    bundles,
    groupOf: all.groupOf,
    groups: all.groups
      .filter(({ id }) => inside.has(id) || leadsIn.has(id) || reached.has(id))
      .map((group) => (inside.has(group.id) ? group : { ...group, side: leadsIn.has(group.id) ? 'in' : 'out' })),
  }
}

/** The map with groups put together that have the same new id. */
function withGroupsMerged(map: ProjectMap, idOf: (group: string) => string): ProjectMap {
  const groups = new Map<string, MapGroup & { readonly pipes: GraphNode[] }>()
  for (const group of map.groups) {
    const id = idOf(group.id)
    const known = groups.get(id)
    if (known) known.pipes.push(...group.pipes)
    else if (id === group.id) groups.set(id, { ...group, pipes: [...group.pipes] })
    else groups.set(id, { id, side: 'concept', name: id.slice(partMark.length), pipes: [...group.pipes] })
  }
  const bundles = new Map<string, MapBundle>()
  for (const bundle of map.bundles) {
    const [from, to] = [idOf(bundle.from), idOf(bundle.to)]
    if (from === to) continue
    const id = `${from} → ${to}`
    const known = bundles.get(id)
    const kind = bundle.kind === 'hops' && known?.kind !== 'flow' ? 'hops' : 'flow'
    bundles.set(id, { id, from, to, kind, count: bundle.count + (known?.count ?? 0) })
  }
  return {
    groups: [...groups.values()],
    bundles: [...bundles.values()],
    groupOf: new Map([...map.groupOf].map(([pipe, group]) => [pipe, idOf(group)])),
  }
}

/** By the concept that a group has most wires with. */
function conceptsOf({ groups, bundles }: ProjectMap): (group: MapGroup) => string | null {
  const names = new Map(groups.filter(({ side }) => side === 'concept').map(({ id, name }) => [id, name]))
  const best = new Map<string, { readonly name: string; readonly count: number }>()
  for (const { from, to, count } of bundles)
    for (const [group, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const name = names.get(other)
      if (name !== undefined && count > (best.get(group)?.count ?? 0)) best.set(group, { name, count })
    }
  return ({ id, side, name }) => (side === 'concept' ? name : (best.get(id)?.name ?? null))
}

function mostFrequent(values: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
