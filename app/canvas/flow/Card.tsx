import { Handle, type NodeProps, Position } from '@xyflow/react'
import { Link2, Merge } from 'lucide-react'
import { memo } from 'react'
import { count, percent } from '../../i18n/numbers.ts'
import { useEngine } from '../../store/engine/state.ts'
import { classes } from '../../ui/classes.ts'
import { KindIcon } from '../../ui/KindIcon.tsx'
import type { CardNode } from './elements.ts'
import { type FlowWords, useFlowWords } from './flow-words.ts'
import type { GraphNode, Role } from './graph.ts'
import { useLevelOfDetail } from './level-of-detail.ts'
import { useRecedes } from './lit-path.ts'
import { liveEntitiesOf, matchRateOf, type NodeState, nodeState, unreadEntitiesOf, worstProblemOf } from './state.ts'

const barClasses: Record<Role, string> = {
  source: 'bg-source',
  transform: 'bg-transform',
  sink: 'bg-sink',
  global: 'bg-accent',
  dataset: 'bg-hops',
  system: 'bg-ink-faint',
}

const dotClasses: Record<NodeState, string> = {
  good: 'bg-good',
  bad: 'bg-bad',
  warn: 'bg-warn',
  running: 'bg-accent animate-pulse',
  idle: 'bg-line-strong',
}

/** A pipe, system or dataset on the canvas. Small and memoised: hundreds of them are drawn at once. */
export const Card = memo(function Card({ data, selected }: NodeProps<CardNode>) {
  const { node } = data
  const level = useLevelOfDetail()
  const recedes = useRecedes(node.id)
  if (level === 'farther') return <DistantCard node={node} selected={selected} />
  return (
    <div
      className={classes(
        'flow-card relative flex h-full w-full flex-col justify-center rounded-lg border bg-surface pr-2 pl-3 shadow-low',
        selected ? 'border-accent ring-2 ring-accent/40' : 'border-line',
        node.role === 'global' && 'bg-linear-to-b from-surface to-accent-soft',
        node.kind === 'dataset' && 'border-dashed',
        node.disabled && 'opacity-60',
        recedes && 'opacity-40',
      )}
    >
      <span
        aria-hidden
        className={classes('flow-bar absolute inset-y-2 left-0 w-[3px] rounded-r-sm', barClasses[node.role])}
      />
      <CompactCard node={node} />
      {level === 'near' && <Details node={node} />}
      {level === 'near' && <Ports node={node} />}
    </div>
  )
})

/** A card when zoomed out. */
function DistantCard({ node, selected }: { readonly node: GraphNode; readonly selected: boolean }) {
  const bad = useEngine((engine) => nodeState(engine, node) === 'bad')
  return (
    <div
      className={classes(
        'h-full w-full rounded-lg',
        bad ? 'bg-bad' : barClasses[node.role],
        selected && 'ring-8 ring-accent',
      )}
    />
  )
}

function Ports({ node }: { readonly node: GraphNode }) {
  return (
    <>
      {node.kind !== 'system' && (
        <Handle
          id="in"
          type="target"
          position={Position.Left}
          className="flow-port"
          isConnectable={node.kind === 'pipe'}
        />
      )}
      {node.kind === 'pipe' && (
        <>
          <Handle id="hops-above" type="target" position={Position.Top} className="flow-port flow-port-hops" />
          <Handle id="hops" type="target" position={Position.Bottom} className="flow-port flow-port-hops" />
        </>
      )}
      {node.kind === 'system' && (
        <Handle id="in" type="target" position={Position.Left} className="flow-port" isConnectable={false} />
      )}
      <Handle
        id="out"
        type="source"
        position={Position.Right}
        className="flow-port"
        isConnectable={node.kind !== 'system'}
      />
    </>
  )
}

function CompactCard({ node }: { readonly node: GraphNode }) {
  const state = useEngine((engine) => nodeState(engine, node))
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <span aria-hidden className={classes('flow-detail size-2 shrink-0 rounded-full', dotClasses[state])} />
      <span className="flow-name min-w-0 flex-1 truncate font-semibold" title={node.name}>
        {node.name}
      </span>
      {node.icon !== null && (
        <span className="flow-detail text-ink-faint">
          <KindIcon icon={node.icon} size={13} />
        </span>
      )}
    </div>
  )
}

function Details({ node }: { readonly node: GraphNode }) {
  const w = useFlowWords()
  const live = useEngine((engine) => (node.kind === 'system' ? null : liveEntitiesOf(engine.datasets, node.name)))
  const waiting = useEngine((engine) => unreadEntitiesOf(engine.queues, node))
  const problem = useEngine((engine) => worstProblemOf(engine, node.name))
  const running = useEngine((engine) => engine.last[node.name]?.state === 'running')
  const progress = useEngine((engine) => (running ? (engine.last[node.name]?.read ?? 0) : 0))
  return (
    <div className="flow-detail mt-0.5 flex min-w-0 items-center gap-1.5 text-tiny text-ink-soft">
      {problem === null || running ? (
        <>
          <span className="truncate">
            {node.composite > 0 ? (
              <span className="rounded-full bg-transform-soft px-1.5 text-transform">
                {w.flow.composite(node.composite)}
              </span>
            ) : (
              descriptionOf(node, w)
            )}
          </span>
          {running ? (
            <span className="shrink-0 text-accent">{count(progress)}…</span>
          ) : (
            live !== null && <span className="shrink-0 text-ink">{count(live)}</span>
          )}
          <MatchOfCard node={node} />
          {waiting > 0 && !running && (
            <span className="shrink-0 text-warn" title={w.flow.queueSays}>
              {w.flow.queue(count(waiting))}
            </span>
          )}
          {node.needs !== null && (
            <span className="shrink-0 rounded-full border border-line px-1.5" title={w.engine.message(node.needs)}>
              {live !== null && live > 0 ? w.flow.suppliedData : w.flow.needsData}
            </span>
          )}
          {node.disabled && <span className="shrink-0 rounded-full border border-line px-1.5">{w.flow.disabled}</span>}
        </>
      ) : (
        <span
          className={classes('truncate', problem.severity === 'error' ? 'text-bad' : 'text-warn')}
          title={w.engine.message(problem)}
        >
          {w.engine.message(problem)}
        </span>
      )}
    </div>
  )
}

/** How many entities of a merge share one with others, or how many joins found something, in the last run. */
function MatchOfCard({ node }: { readonly node: GraphNode }) {
  const w = useFlowWords()
  const match = useEngine((engine) => matchRateOf(engine.last, node))
  if (match === null) return null
  const { is, name, matched, of } = match
  const says =
    is === 'merge' ? w.flow.merged(count(matched), count(of)) : w.flow.joined(name, count(matched), count(of))
  const Icon = is === 'merge' ? Merge : Link2
  return (
    <span role="img" aria-label={says} title={says} className="flex shrink-0 items-center gap-0.5 text-hops">
      <Icon size={11} aria-hidden />
      {percent(matched / of)}
    </span>
  )
}

function descriptionOf({ kind, says }: GraphNode, w: FlowWords): string {
  return kind === 'group' ? w.flow.pipesInGroup(Number(says[0])) : says.join(' › ')
}
