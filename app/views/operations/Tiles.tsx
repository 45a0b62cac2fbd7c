import type { ReactNode } from 'react'
import type { Operations } from '../../../engine-worker/index.ts'
import { count, percent } from '../../i18n/numbers.ts'
import { DurableTile } from './DurableTile.tsx'
import { useOperationsWords } from './operations-words.ts'
import { utilisation } from './run-totals.ts'
import { Sparkline } from './Sparkline.tsx'

/** The figures that are looked at first, each with what it is out of. */
export function Tiles({ project, operations }: { readonly project: string; readonly operations: Operations }) {
  const w = useOperationsWords().operations
  const { run, minutes, queues, engines, storage } = operations
  const spans = run?.spans ?? []
  const read = spans.reduce((sum, span) => sum + span.read, 0)
  const perSecond = run && run.milliseconds > 0 ? Math.round((1000 * read) / run.milliseconds) : 0
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0)
  const stored = storage.reduce((sum, dataset) => sum + dataset.bytes, 0)
  const largest = storage[0]
  const busy = run ? utilisation(spans, run.milliseconds, engines) : 0
  return (
    <ul aria-label={w.figures} className="grid grid-cols-2 border-line border-b bg-surface md:grid-cols-5">
      <Tile name={w.throughput} value={w.perSecond(count(perSecond))} says={w.readInAll(count(read))}>
        <Sparkline values={minutes.map((minute) => minute.read)} className="text-accent" />
      </Tile>
      <Tile
        name={w.queued}
        value={count(waiting)}
        tone={waiting > 0 ? 'text-warn' : ''}
        says={waiting === 0 ? w.nothingWaits : w.behind(queues.length)}
      >
        <Sparkline values={minutes.flatMap(({ queued }) => queued ?? [])} className="text-warn" />
      </Tile>
      <Tile name={w.engines} value={count(engines)} says={w.busy(percent(busy))}>
        <meter className="w-20" min={0} max={1} value={busy} aria-label={w.busy(percent(busy))} />
      </Tile>
      <Tile
        name={w.storage}
        value={w.bytes(stored)}
        says={largest ? w.largest(largest.dataset, w.bytes(largest.bytes)) : w.nothingStored}
      >
        <Sparkline values={minutes.flatMap((minute) => minute.bytes ?? [])} className="text-accent" />
      </Tile>
      <li className="flex min-w-0 items-end px-4 py-2">
        <DurableTile project={project} />
      </li>
    </ul>
  )
}

interface TileProps {
  readonly name: string
  readonly value: string
  readonly says: string
  readonly tone?: string
  readonly children?: ReactNode
}

function Tile({ name, value, says, tone = '', children }: TileProps) {
  return (
    <li className="flex min-w-0 items-end gap-2 border-line border-r px-4 py-2 last:border-r-0">
      <div className="min-w-0 flex-1">
        <p className="truncate text-ink-soft text-tiny">{name}</p>
        <p>
          <span className={`block truncate font-semibold text-head ${tone}`}>{value}</span>
          <span className="block truncate text-ink-soft text-tiny" title={says}>
            {says}
          </span>
        </p>
      </div>
      <div className="hidden shrink-0 pb-1 xl:block">{children}</div>
    </li>
  )
}
