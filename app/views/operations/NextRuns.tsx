import { useState } from 'react'
import type { Operations } from '../../../engine-worker/index.ts'
import { duration } from '../../i18n/i18n.ts'
import { href } from '../../route.ts'
import { useRuns } from '../../store/project/runs.ts'
import { useServerPlace } from '../../store/server/place.ts'
import { useOperationsWords } from './operations-words.ts'
import { Panel } from './Panel.tsx'

const maxRuns = 6

/** What runs next by the schedules of the pumps. */
export function NextRuns({ project, operations }: { readonly project: string; readonly operations: Operations }) {
  const w = useOperationsWords()
  const [all, setAll] = useState(false)
  const place = useServerPlace((state) => state.address)
  const scheduled = useRuns((state) => state.scheduled)
  const { next, now } = operations
  const shown = all ? next : next.slice(0, maxRuns)
  const followed = place !== null || scheduled
  return (
    <Panel
      title={w.operations.next}
      framed={false}
      aside={
        next.length > maxRuns && (
          <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? w.operations.fewer : w.operations.all(next.length)}
          </button>
        )
      }
    >
      {next.length === 0 && <p className="text-ink-soft">{w.operations.noNext}</p>}
      {next.length > 0 && !followed && <p className="mb-1 text-ink-soft">{w.operations.notFollowed}</p>}
      <ul>
        {shown.map(({ pipe, at, full }) => (
          <li key={pipe} className="flex gap-3 border-line border-b py-1 last:border-b-0">
            <span className="text-ink-soft tabular-nums">{clockTime(at)}</span>
            <a href={href({ at: 'pipe', project, pipe })} className="min-w-0 flex-1 truncate hover:underline">
              {pipe}
              {full && <span className="text-ink-soft"> {w.operations.full}</span>}
            </a>
            <span className="text-ink-soft">{at <= now ? w.operations.due : w.operations.in(duration(at - now))}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function clockTime(moment: number): string {
  return new Date(moment).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
}
