import { count } from '../../i18n/numbers.ts'
import { href } from '../../route.ts'
import { useEngine } from '../../store/engine/state.ts'
import { Button } from '../../ui/Button.tsx'
import { useFlowWords } from '../flow/flow-words.ts'
import type { GraphNode } from '../flow/graph.ts'
import { worstProblemOf } from '../flow/state.ts'
import type { GroupFacts } from './map-elements.ts'
import type { ProjectMap } from './map-groups.ts'
import { partMark } from './map-parts.ts'
import { SquareLegend } from './PipeSquares.tsx'
import { type PipeMark, pipeMarks } from './pipe-marks.ts'

interface MapPanelProps {
  readonly project: string
  readonly map: ProjectMap
  readonly facts: readonly GroupFacts[]
  /** How many pipes have each mark. */
  readonly counts: Readonly<Record<PipeMark, number>>
  readonly chosen: string | null
  /** Null where the chosen group is open. */
  readonly onOpen: ((group: string) => void) | null
}

/** The most pipes that are listed; the filter finds the others. */
const maxPipes = 40

/** Beside the map: the chosen group, what needs a look and why, what has changed. */
export function MapPanel({ project, map, facts, counts, chosen, onOpen }: MapPanelProps) {
  const w = useFlowWords()
  const one = facts.find(({ group }) => group.id === chosen)
  const shown = one ? [one] : facts
  const withMark = (mark: PipeMark) =>
    shown.flatMap(({ group, marks, sought }) => group.pipes.filter((_, at) => marks[at] === mark && sought[at]))
  const urgent = [...withMark('failed'), ...withMark('queued')]
  const changed = withMark('changed')
  const isParts = facts.length > 0 && facts.every(({ group }) => group.id.startsWith(partMark))
  const connectedCount = (side: 'from' | 'to') =>
    map.bundles.reduce((sum, bundle) => (bundle[side] === chosen ? sum + bundle.count : sum), 0)
  return (
    <div className="flex flex-col gap-4 p-4">
      {one ? (
        <section className="flex flex-col gap-2">
          <div className="flex items-center gap-2">
            <h2 className="min-w-0 flex-1 truncate text-title">{one.group.name}</h2>
            {onOpen && (
              <Button look="main" onClick={() => onOpen(one.group.id)}>
                {w.flow.openGroup}
              </Button>
            )}
          </div>
          <p className="text-ink-soft">
            {w.flow.map.summary(
              w.flow.map.sides[one.group.id.startsWith(partMark) ? 'part' : one.group.side],
              one.group.pipes.length,
              connectedCount('to'),
              connectedCount('from'),
            )}
          </p>
          {one.entities !== null && (
            <p>
              <span className="text-title">{count(one.entities)}</span>{' '}
              <span className="text-ink-soft">{w.flow.map.entities}</span>
            </p>
          )}
        </section>
      ) : (
        <section className="flex flex-col gap-3">
          <p className="text-ink-soft">{isParts ? w.flow.map.partsSay : w.flow.map.says}</p>
          <h3 className="eyebrow">{w.flow.map.legend}</h3>
          <SquareLegend
            marks={pipeMarks.filter((mark) => counts[mark] > 0)}
            words={(mark) => `${w.flow.map.marks[mark]} ${count(counts[mark])}`}
          />
        </section>
      )}
      <PipeList title={w.flow.map.needsLook} pipes={urgent} project={project} withProblem />
      <PipeList title={w.flow.map.changed} pipes={changed} project={project} />
      {one && <PipeList title={w.flow.map.pipes} pipes={one.group.pipes} project={project} />}
    </div>
  )
}

interface PipeListProps {
  readonly title: string
  readonly pipes: readonly GraphNode[]
  readonly project: string
  readonly withProblem?: boolean
}

function PipeList({ title, pipes, project, withProblem = false }: PipeListProps) {
  const w = useFlowWords()
  const engine = useEngine()
  if (pipes.length === 0) return null
  return (
    <section>
      <h3 className="eyebrow mb-1 flex justify-between gap-2">
        {title} <span>{count(pipes.length)}</span>
      </h3>
      <ul className="flex flex-col">
        {pipes.slice(0, maxPipes).map(({ id, name }) => {
          const problem = withProblem ? worstProblemOf(engine, name) : null
          return (
            <li key={id} className="border-t border-line py-1">
              <a href={href({ at: 'pipe', project, pipe: name })} className="link break-all">
                {name}
              </a>
              {problem && <p className="line-clamp-2 text-tiny text-ink-soft">{w.engine.message(problem)}</p>}
            </li>
          )
        })}
      </ul>
      {pipes.length > maxPipes && (
        <p className="pt-1 text-tiny text-ink-soft">{w.flow.map.more(pipes.length - maxPipes)}</p>
      )}
    </section>
  )
}
