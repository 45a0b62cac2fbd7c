import { useWords } from '../i18n/i18n.ts'
import { href, plainRoute, projectOfRoute, type Route } from '../route.ts'
import { classes } from '../ui/classes.ts'
import { Tooltip } from '../ui/Tooltip.tsx'
import type { View } from '../view-declaration.ts'
import { views } from '../views.ts'

/** The views at the left: those beside projects, and those of the project that is open. */
export function Rail({ route }: { readonly route: Route }) {
  const w = useWords()
  const project = projectOfRoute(route)
  const at = views.find(({ name }) => name === route.at)
  const marked = at?.within ?? route.at
  const shown = views.filter(({ rail, scope }) => rail && (project !== null || scope !== 'project'))
  const beside = shown.filter(({ scope }) => scope === 'app')
  const railLink = (view: View) => (
    <RailLink key={view.name} view={view} project={project} current={view.name === marked} />
  )
  return (
    <nav
      aria-label={w.views.all}
      className="flex w-[68px] shrink-0 flex-col gap-1 border-r border-line bg-surface p-1.5"
    >
      {beside.map(railLink)}
      <div className="mx-2 my-1 h-px bg-line" />
      {shown.filter((view) => !beside.includes(view)).map(railLink)}
    </nav>
  )
}

interface RailLinkProps {
  readonly view: View
  readonly project: string | null
  readonly current: boolean
}

function RailLink({ view, project, current }: RailLinkProps) {
  const w = useWords()
  const route = plainRoute(view, project)
  const { rail } = view
  if (!rail || !route) return null
  const { label, says } = rail.words(w)
  // Without a project only the views beside it have a shortcut.
  const hasShortcut = project !== null || view.scope === 'app'
  return (
    <Tooltip text={says} side="right" {...(hasShortcut ? { shortcut: `Alt+${rail.digit}` } : {})}>
      <a
        href={href(route)}
        aria-current={current ? 'page' : undefined}
        className={classes(
          'flex flex-col items-center gap-0.5 rounded-lg py-1.5 text-tiny transition-colors duration-150',
          current ? 'bg-accent-soft font-semibold text-accent' : 'text-ink-soft hover:bg-hover hover:text-ink',
        )}
      >
        <rail.icon size={18} aria-hidden />
        <span className="-mx-1 max-w-[66px] truncate">{label}</span>
      </a>
    </Tooltip>
  )
}
