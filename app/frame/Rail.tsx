import { Activity, BookOpen, Boxes, CircleCheck, Database, GitBranch, Rocket, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { viewRoute } from '../commands/go.ts'
import { useWords } from '../i18n/i18n.ts'
import { href, projectOf, type Route, type View, views } from '../route.ts'
import { classes } from '../ui/classes.ts'
import { Tooltip } from '../ui/Tooltip.tsx'

const icons: Record<View | 'projects', ReactNode> = {
  projects: <Boxes size={18} aria-hidden />,
  flow: <Workflow size={18} aria-hidden />,
  data: <Database size={18} aria-hidden />,
  runs: <Activity size={18} aria-hidden />,
  lineage: <GitBranch size={18} aria-hidden />,
  tests: <CircleCheck size={18} aria-hidden />,
  deploy: <Rocket size={18} aria-hidden />,
  dtl: <BookOpen size={18} aria-hidden />,
}

/** The views of the project, at the left. */
export function Rail({ route }: { readonly route: Route }) {
  const w = useWords()
  const project = projectOf(route)
  const at = route.at === 'pipe' ? 'flow' : route.at === 'reference' ? 'dtl' : route.at
  return (
    <nav
      aria-label={w.views.all}
      className="flex w-[68px] shrink-0 flex-col gap-1 border-r border-line bg-surface p-1.5"
    >
      <RailLink at="projects" to={{ at: 'projects' }} current={at === 'projects'} shortcut="Alt+0" />
      <div className="mx-2 my-1 h-px bg-line" />
      {project === null ? (
        <RailLink at="dtl" to={{ at: 'reference', name: null }} current={at === 'dtl'} />
      ) : (
        views.map((view, index) => (
          <RailLink
            key={view}
            at={view}
            to={viewRoute(view, project)}
            current={at === view}
            shortcut={`Alt+${index + 1}`}
          />
        ))
      )}
    </nav>
  )
}

interface RailLinkProps {
  readonly at: View | 'projects'
  readonly to: Route
  readonly current: boolean
  readonly shortcut?: string
}

function RailLink({ at, to, current, shortcut }: RailLinkProps) {
  const w = useWords()
  return (
    <Tooltip text={w.views.says[at]} side="right" {...(shortcut === undefined ? {} : { shortcut })}>
      <a
        href={href(to)}
        aria-current={current ? 'page' : undefined}
        className={classes(
          'flex flex-col items-center gap-0.5 rounded-lg py-1.5 text-tiny transition-colors duration-150',
          current ? 'bg-accent-soft font-semibold text-accent' : 'text-ink-soft hover:bg-hover hover:text-ink',
        )}
      >
        {icons[at]}
        <span className="-mx-1 max-w-[66px] truncate">{w.views[at]}</span>
      </a>
    </Tooltip>
  )
}
