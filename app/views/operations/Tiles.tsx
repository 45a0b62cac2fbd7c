import type { Operations } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { DurableTile } from './DurableTile.tsx'
import { EnginesTile } from './EnginesTile.tsx'
import { useOperationsWords } from './operations-words.ts'
import { Sparkline } from './Sparkline.tsx'
import { Tile } from './Tile.tsx'

/** The figures that are looked at first, each with what it is out of. */
export function Tiles({ project, operations }: { readonly project: string; readonly operations: Operations }) {
  const w = useOperationsWords().operations
  const { run, minutes, queues, storage } = operations
  const spans = run?.spans ?? []
  const read = spans.reduce((sum, span) => sum + span.read, 0)
  const perSecond = run && run.milliseconds > 0 ? Math.round((1000 * read) / run.milliseconds) : 0
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0)
  const stored = storage.reduce((sum, dataset) => sum + dataset.bytes, 0)
  const largest = storage[0]
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
      <EnginesTile operations={operations} />
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
