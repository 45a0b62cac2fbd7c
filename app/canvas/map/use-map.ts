/** The map of the open project with what its cards show, derived anew when the project or the engine's facts change. */
import { useMemo } from 'react'
import type { Project } from '../../../engine-worker/index.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useContent, useProject } from '../../store/project/project.ts'
import { graphOf } from '../flow/graph.ts'
import { liveEntitiesOf, matchRateOf } from '../flow/state.ts'
import type { GroupFacts } from './map-elements.ts'
import { type MapGroup, mapOf } from './map-groups.ts'
import { mapOfPart, mapOfParts, mapPartsOf } from './map-parts.ts'
import { useMapState } from './map-state.ts'
import { isSought, markOf, type PipeMark, pipeMarks } from './pipe-marks.ts'

/** From this many pipes on, a project is shown as a map first. */
export const mapFrom = 100

export function useProjectMap() {
  const content = useContent()
  const baseline = useProject((state) => state.baseline)
  const pipeFacts = useEngine((state) => state.facts)
  const last = useEngine((state) => state.last)
  const problems = useEngine((state) => state.problems)
  const queues = useEngine((state) => state.queues)
  const datasets = useEngine((state) => state.datasets)
  const filter = useMapState((state) => state.filter)
  const graph = useMemo(() => graphOf(content, pipeFacts, { datasets: false, systems: true }), [content, pipeFacts])
  const all = useMemo(() => mapOf(graph), [graph])
  const parts = useMemo(() => mapPartsOf(all), [all])
  const opened = useMapState((state) => (all.groups.some(({ id }) => id === state.opened) ? state.opened : null))
  const within = useMapState((state) => state.within)
  const part = useMemo(() => ([...(parts?.values() ?? [])].includes(within ?? '') ? within : null), [parts, within])
  /** What is on screen: all groups, parts of many groups, the groups of one part; all groups where one is open. */
  const map = useMemo(() => {
    if (parts === null || opened !== null) return all
    return part === null ? mapOfParts(all, parts) : mapOfPart(all, parts, part)
  }, [all, parts, part, opened])
  const changed = useMemo(() => changedPipes(baseline, content), [baseline, content])
  const marks = useMemo(() => {
    const known = { last, problems, queues, changed }
    return new Map(all.groups.flatMap(({ pipes }) => pipes.map((node) => [node.id, markOf(node, known)] as const)))
  }, [all, last, problems, queues, changed])
  const facts = useMemo(
    () =>
      map.groups.map((group): GroupFacts => {
        const mark = group.pipes.map(({ id }) => marks.get(id) ?? 'fine')
        const ordered = sortedByUrgency(group, mark)
        return {
          group: ordered,
          marks: mark.toSorted(byUrgency),
          sought: ordered.pipes.map((node) => isSought(node, marks.get(node.id) ?? 'fine', filter)),
          entities: entitiesOf(group, (name) => liveEntitiesOf(datasets, name)),
          match: matchOfGroup(group, last),
        }
      }),
    [map, marks, filter, datasets, last],
  )
  const counts = useMemo(() => {
    const all = [...marks.values()]
    return Object.fromEntries(pipeMarks.map((mark) => [mark, all.filter((each) => each === mark).length])) as Record<
      PipeMark,
      number
    >
  }, [marks])
  return { graph, map, parts, part, opened, facts, counts }
}

/** The group with its pipes as their squares are ordered: the most urgent first. */
function sortedByUrgency(group: MapGroup, marks: readonly PipeMark[]): MapGroup {
  const pipes = group.pipes
    .map((node, at) => ({ node, mark: marks[at] ?? 'fine' }))
    .sort((a, b) => byUrgency(a.mark, b.mark))
    .map(({ node }) => node)
  return { ...group, pipes }
}

function byUrgency(a: PipeMark, b: PipeMark): number {
  return pipeMarks.indexOf(a) - pipeMarks.indexOf(b)
}

/** Entities that a group stands for: of a concept those of its globals, of all others those of all its pipes. */
function entitiesOf({ side, pipes }: MapGroup, live: (dataset: string) => number | null): number | null {
  const counted =
    side === 'concept' && pipes.some(({ role }) => role === 'global')
      ? pipes.filter(({ role }) => role === 'global')
      : pipes
  const known = counted.map(({ name }) => live(name)).filter((count) => count !== null)
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0)
}

/** How the globals of a concept matched in the last run, all together. */
function matchOfGroup({ side, pipes }: MapGroup, last: Parameters<typeof matchRateOf>[0]): GroupFacts['match'] {
  const matches = pipes
    .filter(({ role }) => side === 'concept' && role === 'global')
    .map((node) => matchRateOf(last, node))
    .filter((match) => match !== null)
  const sumOf = (of: 'matched' | 'of') => matches.reduce((total, match) => total + match[of], 0)
  return sumOf('of') === 0 ? null : { matched: sumOf('matched'), of: sumOf('of') }
}

/** The `_id`s of pipes that differ from the state that was imported or exported last. */
function changedPipes(before: Project, after: Project): ReadonlySet<string> {
  if (before === after) return new Set()
  const old = new Map(Object.values(before.components).map(({ kind, id, text }) => [`${kind} ${id}`, text]))
  const changed = Object.values(after.components).filter(({ kind, id, text }) => old.get(`${kind} ${id}`) !== text)
  return new Set(changed.filter(({ kind }) => kind === 'pipe').map(({ id }) => id))
}
