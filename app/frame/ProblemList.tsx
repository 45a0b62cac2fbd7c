import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import { type MouseEvent, useMemo, useState } from 'react'
import type { Problem, Severity } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { goToPlace } from '../pipe/names.ts'
import { shownAt } from '../pipe/pipe-view.ts'
import { href, type Route } from '../route.ts'
import { useProject } from '../store/project/project.ts'
import { Button } from '../ui/Button.tsx'
import { QuickFix } from '../ui/QuickFix.tsx'
import { severities } from './problem-groups.ts'

/** Problems that are shown at first, and added by each click on “more”. */
const pageSize = 200

/** Problems with their place, words and what to do; a place in the project is one click away. */
export function ProblemList({
  problems,
  project,
  label,
  said,
}: {
  readonly problems: readonly Problem[]
  readonly project: string | null
  /** The name of the list; “Problems” where it is not given. */
  readonly label?: string
  /** A message that stands above the list: problems that say the same show their place alone. */
  readonly said?: string
}) {
  const w = useWords()
  const [most, setMost] = useState(pageSize)
  const sorted = useMemo(
    () => problems.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
    [problems],
  )
  const hiddenCount = sorted.length - most
  return (
    <ul aria-label={label ?? w.problems.title}>
      {withKeys(sorted.slice(0, most)).map(({ problem, key }) => (
        <li key={key} className="flex gap-3 border-b border-line px-4 py-2.5 last:border-b-0">
          <SeverityIcon severity={problem.severity} size={16} />
          <div className="min-w-0 flex-1">
            {w.engine.message(problem) !== said && (
              <>
                <p className="break-words">{w.engine.message(problem)}</p>
                {problem.fix !== undefined && <p className="break-words text-ink-soft">{w.engine.fix(problem)}</p>}
              </>
            )}
            <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-tiny text-ink-faint">
              <PlaceOf problem={problem} project={project} />
              <span className="mono text-tiny">{problem.code}</span>
            </p>
          </div>
          <QuickFix problems={[problem]} />
        </li>
      ))}
      {hiddenCount > 0 && (
        <li className="px-4 py-2.5">
          <Button small onClick={() => setMost(most + pageSize)}>
            {w.problems.more(Math.min(pageSize, hiddenCount), hiddenCount)}
          </Button>
        </li>
      )}
    </ul>
  )
}

/** Two problems may be equal in everything but their place in the list. */
function withKeys(problems: readonly Problem[]): readonly { readonly problem: Problem; readonly key: string }[] {
  const seen = new Map<string, number>()
  return problems.map((problem) => {
    const base = `${problem.code} ${problem.message} ${JSON.stringify(problem.where)}`
    const times = (seen.get(base) ?? 0) + 1
    seen.set(base, times)
    return { problem, key: `${base} ${times}` }
  })
}

/** The mark of a severity, with its name. */
export function SeverityIcon({ severity, size }: { readonly severity: Severity; readonly size: number }) {
  const w = useWords()
  const { icon: Icon, color } = severityMarks[severity]
  return <Icon size={size} aria-label={w.problems.severity[severity]} className={`shrink-0 ${color}`} />
}

const severityMarks = {
  error: { icon: CircleAlert, color: 'text-bad' },
  warning: { icon: TriangleAlert, color: 'text-warn' },
  hint: { icon: Info, color: 'text-ink-faint' },
} as const

function PlaceOf({ problem, project }: { readonly problem: Problem; readonly project: string | null }) {
  const { where } = problem
  const name = where.pipe ?? where.system ?? where.file
  const parts = [
    where.path && where.path.length > 0 ? where.path.join(' › ') : null,
    where.line === undefined ? null : `${where.line}:${where.column ?? 1}`,
    where.entity === undefined ? null : `_id ${where.entity}`,
  ].filter((part) => part !== null)
  const component = where.pipe ?? where.system
  const goToStep = (event: MouseEvent) => {
    // A new tab shows the pipe; here the step itself is one click away.
    if (component === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const path = where.path && where.path.length > 0 ? shownAt(where.path) : null
    goToPlace(useProject.getState().document.content, component, path, where.entity ?? null)
  }
  const to: Route | null =
    project === null || component === undefined
      ? null
      : where.pipe === undefined
        ? { at: 'flow', project }
        : { at: 'pipe', project, pipe: where.pipe }
  return (
    <>
      {name !== undefined &&
        (to ? (
          <a href={href(to)} onClick={goToStep} className="link break-all">
            {name}
          </a>
        ) : (
          <span className="break-all text-ink-soft">{name}</span>
        ))}
      {parts.length > 0 && <span className="mono break-all text-tiny">{parts.join(' · ')}</span>}
    </>
  )
}
