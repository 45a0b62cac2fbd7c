import { ChevronRight } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { Problem, Severity } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { count } from '../i18n/numbers.ts'
import { classes } from '../ui/classes.ts'
import { QuickFix } from '../ui/QuickFix.tsx'
import { SearchInput } from '../ui/SearchInput.tsx'
import { ProblemList, SeverityIcon } from './ProblemList.tsx'
import { filterProblems, groupProblems, type ProblemGroup, severities } from './problem-groups.ts'

interface ProblemBrowserProps {
  readonly problems: readonly Problem[]
  readonly project: string
}

/** The problems of a project by cause, with a filter by severity and words. */
export function ProblemBrowser({ problems, project }: ProblemBrowserProps) {
  const w = useWords()
  const [hidden, setHidden] = useState<ReadonlySet<Severity>>(new Set())
  const [search, setSearch] = useState('')
  const text = useDeferredValue(search)
  const messageOf = w.engine.message
  const shown = useMemo(() => {
    const filter = { severities: new Set(severities.filter((severity) => !hidden.has(severity))), text }
    return filterProblems(problems, filter, messageOf)
  }, [problems, hidden, text, messageOf])
  const groups = useMemo(() => groupProblems(shown, messageOf), [shown, messageOf])
  const toggleSeverity = (severity: Severity) => {
    const next = new Set(hidden)
    if (!next.delete(severity)) next.add(severity)
    setHidden(next)
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <div className="w-64 max-w-full">
          <SearchInput label={w.problems.find} value={search} onChange={setSearch} />
        </div>
        <fieldset aria-label={w.problems.severities} className="flex flex-wrap gap-1.5">
          {severities.map((severity) => {
            const number = problems.filter((problem) => problem.severity === severity).length
            return number === 0 ? null : (
              <button
                key={severity}
                type="button"
                aria-pressed={!hidden.has(severity)}
                onClick={() => toggleSeverity(severity)}
                className={classes(
                  'inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5',
                  hidden.has(severity)
                    ? 'border-line text-ink-faint hover:text-ink'
                    : 'border-line-strong bg-accent-soft text-ink',
                )}
              >
                <SeverityIcon severity={severity} size={14} />
                {w.problems.ofSeverity(severity, number)}
              </button>
            )
          })}
        </fieldset>
        <p role="status" className="ml-auto text-tiny text-ink-soft">
          {w.problems.shown(shown.length, groups.length)}
        </p>
      </div>
      <div className="min-h-0 flex-1 overflow-auto">
        {groups.length === 0 ? (
          <p className="px-4 py-6 text-ink-soft">{w.problems.noneFound}</p>
        ) : (
          <ul aria-label={w.problems.title}>
            {groups.map((group) => (
              <Cause key={group.key} group={group} project={project} />
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

/** One cause: a line that opens to its problems; a cause with one problem is shown at once. */
function Cause({ group, project }: { readonly group: ProblemGroup; readonly project: string }) {
  const w = useWords()
  const [open, setOpen] = useState(false)
  const { problems, title, severity } = group
  const [first] = problems
  if (problems.length === 1 && first !== undefined)
    return (
      <li className="border-b border-line">
        <ProblemList problems={problems} project={project} label={title} />
      </li>
    )
  return (
    <li className="border-b border-line">
      <div className="flex items-center gap-3 px-4 py-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-7 min-w-0 flex-1 items-center gap-3 text-left hover:text-accent"
        >
          <SeverityIcon severity={severity} size={16} />
          <span className="min-w-0 flex-1 break-words">{title}</span>
          <span className="shrink-0 rounded-full bg-hover px-2 text-tiny text-ink-soft">{count(problems.length)}</span>
          <ChevronRight
            size={14}
            aria-hidden
            className={classes('shrink-0 text-ink-faint transition-transform', open && 'rotate-90')}
          />
        </button>
        <QuickFix problems={problems} />
      </div>
      {open && (
        <div className="border-t border-line pl-6">
          <ProblemList problems={problems} project={project} label={w.problems.ofCause(title)} said={title} />
        </div>
      )}
    </li>
  )
}
