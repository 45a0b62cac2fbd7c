import { type NodeProps, useStore } from '@xyflow/react'
import { memo } from 'react'
import { count, percent } from '../../i18n/numbers.ts'
import { classes } from '../../ui/classes.ts'
import { useFlowWords } from '../flow/flow-words.ts'
import type { GroupNode } from './map-elements.ts'
import type { MapSide } from './map-groups.ts'
import { PipeSquares } from './PipeSquares.tsx'

const barClasses: Record<MapSide, string> = { in: 'bg-source', concept: 'bg-accent', out: 'bg-sink' }

/** A group of pipes on the map: its name, how many pipes and entities, and one square a pipe. */
export const GroupCard = memo(function GroupCard({ data, selected, width = 0, height = 0 }: NodeProps<GroupNode>) {
  const w = useFlowWords()
  const { group, marks, sought, entities, match } = data.facts
  const failed = marks.filter((mark) => mark === 'failed').length
  const [name = 0, facts = 0] = useStore(({ transform: [, , zoom] }) => textSizes(zoom))
    .split(' ')
    .map(Number)
  return (
    <div
      className={classes(
        'relative flex h-full w-full flex-col overflow-hidden rounded-lg border bg-surface py-1 pr-2.5 pl-3.5 shadow-low',
        selected ? 'border-accent ring-2 ring-accent/40' : failed > 0 ? 'border-bad' : 'border-line',
        group.side === 'concept' && 'bg-linear-to-r from-accent-soft to-surface',
        !sought.includes(true) && 'opacity-40',
      )}
    >
      <span aria-hidden className={classes('absolute inset-y-2 left-0 w-[3px] rounded-r-sm', barClasses[group.side])} />
      <div className="flex min-w-0 items-baseline gap-2 leading-tight" style={{ fontSize: name }}>
        <span className="min-w-0 flex-1 truncate font-semibold" title={group.name}>
          {group.name}
        </span>
        {entities !== null && <span className="shrink-0 font-semibold">{count(entities)}</span>}
      </div>
      <div
        className="flex min-w-0 items-center gap-2 whitespace-nowrap text-ink-soft leading-tight"
        style={{ fontSize: facts }}
      >
        <span>{w.flow.pipesInGroup(group.pipes.length)}</span>
        {match !== null && <span className="text-good">{w.flow.map.matched(percent(match.matched / match.of))}</span>}
        {failed > 0 && <span className="rounded-full bg-bad-soft px-1.5 text-bad">{w.flow.map.failed(failed)}</span>}
      </div>
      <PipeSquares
        marks={marks}
        sought={sought}
        width={width - 26}
        height={height - 10 - Math.ceil(1.25 * name) - Math.ceil(1.25 * facts)}
      />
    </div>
  )
})

/** Sizes of the name and of the facts below it that stay legible on screen, in steps of the zoom. */
function textSizes(zoom: number): string {
  const step = Math.max(0.1, Math.round(zoom * 20) / 20)
  return `${Math.min(24, Math.max(15, 15 / step))} ${Math.min(17.6, Math.max(11, 11 / step))}`
}
