import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { SafetyReport } from '../../../engine-worker/index.ts'
import { ago } from '../../i18n/i18n.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { DurableDialog } from './DurableDialog.tsx'
import { useDurableWords } from './durable-words.ts'

/** Milliseconds between two looks at the copy. */
const refreshInterval = 15_000

/** How safe the data is, and the way to its settings. */
export function DurableTile({ project }: { readonly project: string }) {
  const w = useDurableWords()
  const [isOpen, setOpen] = useState(false)
  const [looks, setLooks] = useState(0)
  const version = useEngine((state) => state.version)
  const facts = useEngine((state) => state.facts)
  const refresh = () => setLooks((before) => before + 1)
  useEffect(() => {
    const timer = setInterval(() => setLooks((before) => before + 1), refreshInterval)
    return () => clearInterval(timer)
  }, [])
  const key = `${project} ${version} ${facts.length} ${looks}`
  const { value: report } = useQuery(key, () => ask('safety', null), { about: project })
  if (report === null || report.state === null) return null
  const isSafe = isCopied(report)
  const Shield = isSafe || report.durable.length === 0 ? ShieldCheck : ShieldAlert
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        title={w.durable.open}
        className="flex min-w-0 flex-1 items-end gap-2 text-left hover:text-accent"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate text-ink-soft text-tiny">{w.durable.tile}</span>
          <span
            className={`line-clamp-2 font-semibold text-head leading-tight ${isSafe || report.durable.length === 0 ? '' : 'text-warn'}`}
          >
            {headline(report, w)}
          </span>
          <span className="line-clamp-2 text-ink-soft text-tiny">
            {report.durable.length === 0 ? w.durable.noneSays : w.durable.pipes(report.durable.length)} ·{' '}
            {w.durable.backups(report.state.backups.length)}
          </span>
        </span>
        <Shield size={18} aria-hidden className={`shrink-0 ${isSafe ? 'text-good' : 'text-ink-soft'}`} />
      </button>
      {isOpen && (
        <DurableDialog
          report={report}
          onChanged={refresh}
          onClose={() => {
            setOpen(false)
            refresh()
          }}
        />
      )}
    </>
  )
}

function isCopied({ durable, state }: SafetyReport): boolean {
  return durable.length > 0 && state?.copy != null && state.failure === null && state.place.isReady
}

function headline(report: SafetyReport, w: ReturnType<typeof useDurableWords>): string {
  if (report.durable.length === 0) return w.durable.none
  if (!report.state?.copy || report.state.failure !== null) return w.durable.notCopied
  const { at } = report.state.copy
  return at === null ? w.durable.copyReady : w.durable.copied(ago(at, w))
}
