/** The cards and wires of the map as it is shown: parts, groups, or the pipes of one group between its neighbours. */
import { useCallback, useMemo } from 'react'
import { count } from '../../i18n/numbers.ts'
import type { CardNode } from '../flow/elements.ts'
import { useFlowWords } from '../flow/flow-words.ts'
import type { Point } from '../flow/layout-file.ts'
import { groupOfCard, memberCards, memberEdges, neighbourSize, openedLayout, openedWires } from './group-elements.ts'
import { type BundleEdge, bundleEdges, type GroupFacts, type GroupNode, groupNodes } from './map-elements.ts'
import type { MapSide } from './map-groups.ts'
import { groupCardSize, mapLayout, partCardSize, partLayout } from './map-layout.ts'
import { partMark } from './map-parts.ts'
import { useMapState } from './map-state.ts'
import type { useProjectMap } from './use-map.ts'

interface MapElements {
  readonly nodes: (GroupNode | CardNode)[]
  readonly edges: BundleEdge[]
  readonly places: Readonly<Record<string, Point>>
  /** Heads of the columns, where there are some. */
  readonly columns: readonly {
    readonly side: MapSide
    readonly x: number
    readonly y: number
    readonly pipes: number
  }[]
}

/** `aspect` is the width of the canvas divided by its height, in coarse steps. */
export function useMapElements(
  { graph, map, parts, part, opened, facts }: ReturnType<typeof useProjectMap>,
  aspect: number,
): MapElements {
  const chosen = useMapState((state) => state.chosen)
  const labelOf = useLabel()
  const isParts = parts !== null && part === null && opened === null
  const openedPipes = useMemo(
    () =>
      facts.find(({ group }) => group.id === opened)?.group.pipes.toSorted((a, b) => (a.name < b.name ? -1 : 1)) ?? [],
    [facts, opened],
  )
  // Where cards stand does not change with what is chosen or looked for.
  const ids = openedPipes.map(({ id }) => id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pipes are known by their ids
  const inside = useMemo(() => {
    if (opened === null) return null
    const wires = openedWires(graph, map, opened)
    return { wires, ...openedLayout(openedPipes, wires) }
  }, [graph, map, opened, ids])
  const outside = useMemo(
    () => (isParts ? partLayout(map.groups, aspect) : opened === null ? mapLayout(map, aspect) : {}),
    [isParts, map, opened, aspect],
  )
  return useMemo(() => {
    if (inside !== null) {
      const cards = [...inside.before, ...inside.after].flatMap((id) => {
        const each = facts.find(({ group }) => group.id === groupOfCard(id))
        return each ? [[id, each] as const] : []
      })
      return {
        places: inside.places,
        nodes: [
          ...memberCards(openedPipes, inside.places, chosen),
          ...groupNodes(cards, inside.places, chosen, labelOf, neighbourSize),
        ],
        edges: memberEdges(inside.wires, inside, chosen),
        columns: [],
      }
    }
    const cards = facts.map((each) => [each.group.id, each] as const)
    return {
      places: outside,
      nodes: groupNodes(cards, outside, chosen, labelOf, isParts ? partCardSize : groupCardSize),
      edges: isParts ? [] : bundleEdges(map, outside, chosen, groupCardSize.height),
      columns: isParts ? [] : columnHeads(facts, outside),
    }
  }, [map, facts, chosen, inside, outside, isParts, openedPipes, labelOf])
}

function columnHeads(facts: readonly GroupFacts[], places: Readonly<Record<string, Point>>): MapElements['columns'] {
  return (['in', 'concept', 'out'] as const).flatMap((side) => {
    const groups = facts.map(({ group }) => group).filter((group) => group.side === side)
    if (groups.length === 0) return []
    const at = groups.map(({ id }) => places[id] ?? { x: 0, y: 0 })
    const pipes = groups.reduce((sum, { id, pipes }) => sum + (id.startsWith(partMark) ? 0 : pipes.length), 0)
    return [{ side, x: Math.min(...at.map(({ x }) => x)), y: Math.min(...at.map(({ y }) => y)), pipes }]
  })
}

/** A group in one sentence. */
function useLabel(): (facts: GroupFacts) => string {
  const w = useFlowWords()
  return useCallback(
    ({ group, marks, entities }: GroupFacts) => {
      const failed = marks.filter((mark) => mark === 'failed').length
      return [
        group.name,
        w.flow.map.sides[group.id.startsWith(partMark) ? 'part' : group.side],
        w.flow.pipesInGroup(group.pipes.length),
        ...(entities === null ? [] : [`${count(entities)} ${w.flow.map.entities}`]),
        ...(failed === 0 ? [] : [w.flow.map.failed(failed)]),
      ].join(', ')
    },
    [w],
  )
}
