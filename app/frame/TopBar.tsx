import { ChevronDown, Languages, Play, Redo2, Search, Square, Undo2 } from 'lucide-react'
import { Fragment } from 'react'
import { useCommandContext } from '../commands/command-context.ts'
import { languages, useWords } from '../i18n/i18n.ts'
import { href, plainRoute, projectOfRoute, type Route } from '../route.ts'
import { profilesOf } from '../store/project/profiles.ts'
import { edit, redo, undo, useProject } from '../store/project/project.ts'
import { cancelRun, runPipes } from '../store/project/runs.ts'
import { useServerPlace } from '../store/server/place.ts'
import { showPalette } from '../store/session.ts'
import { setSettings, type Theme, useSettings } from '../store/settings.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Keys } from '../ui/Keys.tsx'
import { lazyComponent } from '../ui/lazy.tsx'
import { Menu } from '../ui/Menu.tsx'
import { useNarrow } from '../ui/narrow.ts'
import { viewNamed } from '../views.ts'
import { FrameSlotPlace } from './FrameSlot.tsx'

/** The top bar: the location, the environment, search, undo, and the main action. */
export function TopBar({ route }: { readonly route: Route }) {
  const inProject = useProject((state) => state.id !== null) && 'project' in route
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line bg-surface pr-3 pl-3">
      <a href={href({ at: 'projects' })} className="shrink-0 rounded-lg" aria-label="Pipewright">
        <img src="./icons/icon.svg" alt="" width={24} height={24} className="rounded-md" />
      </a>
      <Place route={route} />
      {inProject && <Environment />}
      {inProject && <PlaceOnServer route={route} />}
      <FrameSlotPlace at="crumbs" className="flex min-w-0 items-center gap-2" />
      <div className="flex-1" />
      <FrameSlotPlace at="actions" className="flex shrink-0 items-center gap-2" />
      <FindButton />
      {inProject && <History />}
      <Preferences />
      {inProject && <MainAction route={route} />}
    </header>
  )
}

function Place({ route }: { readonly route: Route }) {
  const w = useWords()
  const narrow = useNarrow()
  const name = useProject((state) => state.document.name)
  const project = projectOfRoute(route)
  const view = route.at === 'unknown' ? undefined : viewNamed(route.at)
  const outer = view?.within === undefined ? undefined : viewNamed(view.within)
  const label = view?.rail?.words(w).label
  const place: { readonly text: string; readonly to: Route | null }[] = []
  if (project === null) {
    place.push({ text: label ?? w.views.projects.label, to: null })
  } else {
    place.push({ text: name || '…', to: { at: 'flow', project } })
    if (route.at === 'pipe') {
      place.push({ text: w.views.flow.label, to: { at: 'flow', project } }, { text: route.pipe, to: null })
    } else if (route.at === 'data' && route.dataset !== null) {
      place.push({ text: w.views.data.label, to: { at: 'data', project, dataset: null, entity: null } })
      place.push({ text: route.dataset, to: null })
    } else if (outer?.rail) place.push({ text: outer.rail.words(w).label, to: plainRoute(outer, project) })
    else if (label !== undefined) place.push({ text: label, to: null })
  }
  // A narrow window has room for the location and a link one level up.
  const shown = narrow ? place.slice(-2) : place
  return (
    <nav aria-label={w.frame.place} className="flex min-w-0 items-center gap-1.5 whitespace-nowrap">
      {shown.map(({ text, to }, index) => (
        <Fragment key={`${text} ${to === null ? '' : href(to)}`}>
          {index > 0 && (
            <span aria-hidden className="text-ink-faint">
              /
            </span>
          )}
          {to === null ? (
            <span aria-current="page" title={text} className="truncate font-semibold">
              {text}
            </span>
          ) : (
            <a
              href={href(to)}
              title={text}
              className="max-w-48 truncate rounded-sm leading-6 text-ink-soft hover:text-ink"
            >
              {text}
            </a>
          )}
        </Fragment>
      ))}
    </nav>
  )
}

/** The profiles whose variables the project has: `test-env.json` is `test`. */
function Environment() {
  const w = useWords()
  const content = useProject((state) => state.document.content)
  const profile = useProject((state) => state.document.profile)
  const profiles = profilesOf(content)
  if (profiles.length === 0) return null
  return (
    <Menu
      heading={w.project.environment}
      groups={[
        profiles.map((name) => ({
          id: name,
          label: name,
          checked: name === profile,
          onSelect: () => edit(w.project.environmentSet(name), (document) => ({ ...document, profile: name })),
        })),
      ]}
      trigger={
        <button
          type="button"
          className="inline-flex h-5 shrink-0 items-center gap-1 rounded-full border border-line px-2 text-tiny text-ink-soft hover:bg-hover"
        >
          {w.project.environmentShort(profile)}
          <ChevronDown size={12} aria-hidden />
        </button>
      }
    />
  )
}

// Most projects are here.
const PlaceMenu = lazyComponent(() => import('./PlaceMenu.tsx').then((module) => module.PlaceMenu))

/** The server that the project is on, where it is on one. */
function PlaceOnServer({ route }: { readonly route: Route }) {
  const address = useServerPlace((state) => state.address)
  const project = projectOfRoute(route)
  return address === null || project === null ? null : <PlaceMenu project={project} address={address} />
}

function FindButton() {
  const w = useWords()
  return (
    <button
      type="button"
      aria-label={w.go.find}
      aria-keyshortcuts="Control+K"
      onClick={() => showPalette('commands')}
      className="flex h-7 min-w-7 items-center gap-2 rounded-md border border-line bg-sunken px-2 text-ink-faint hover:border-line-strong lg:w-80"
    >
      <Search size={14} aria-hidden className="shrink-0" />
      <span className="hidden flex-1 truncate text-left lg:block">{w.go.find}</span>
      <span className="hidden lg:block">
        <Keys of="Mod+K" />
      </span>
    </button>
  )
}

function History() {
  const w = useWords()
  const { canUndo, canRedo } = useCommandContext()
  const last = useProject((state) => state.past.at(-1)?.label)
  const next = useProject((state) => state.future.at(-1)?.label)
  return (
    <div className="flex shrink-0">
      <IconButton
        label={last === undefined ? w.edit.undo : w.edit.undoWhat(last)}
        shortcut="Mod+Z"
        disabled={!canUndo}
        onClick={undo}
      >
        <Undo2 size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={next === undefined ? w.edit.redo : w.edit.redoWhat(next)}
        shortcut="Mod+Shift+Z"
        disabled={!canRedo}
        onClick={redo}
      >
        <Redo2 size={16} aria-hidden />
      </IconButton>
    </div>
  )
}

const themes: readonly Theme[] = ['light', 'dark', 'system']

function Preferences() {
  const w = useWords()
  const { theme, language } = useSettings()
  return (
    <Menu
      align="end"
      groups={[
        themes.map((id) => ({
          id,
          label: w.theme[id],
          checked: id === theme,
          onSelect: () => setSettings({ theme: id }),
        })),
        languages.map(({ id, name }) => ({
          id,
          label: name,
          checked: id === language,
          onSelect: () => setSettings({ language: id }),
        })),
        [
          {
            id: 'shortcuts',
            label: w.shortcuts.title,
            shortcut: '?',
            onSelect: () => showPalette('shortcuts'),
          },
        ],
      ]}
      trigger={
        <button
          type="button"
          aria-label={w.view.settings}
          title={w.view.settings}
          className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-soft hover:bg-hover hover:text-ink"
        >
          <Languages size={16} aria-hidden />
        </button>
      }
    />
  )
}

/** Run, or Stop while something runs: a pipe where one is open, otherwise the whole project. */
function MainAction({ route }: { readonly route: Route }) {
  const w = useWords()
  const { running, readOnly } = useCommandContext()
  if (running) {
    return (
      // A separate element from Run: otherwise the colours would fade into each other, and the end of a run would look
      // like a failure.
      <Button
        key="stop"
        look="danger"
        icon={<Square size={12} fill="currentColor" aria-hidden />}
        onClick={() => void cancelRun()}
      >
        {w.run.stop}
      </Button>
    )
  }
  const pipes = route.at === 'pipe' ? { pipes: [route.pipe] } : {}
  return (
    <Button
      key="run"
      look="main"
      disabled={readOnly}
      icon={<Play size={12} fill="currentColor" aria-hidden />}
      onClick={() => void runPipes(pipes)}
    >
      {route.at === 'pipe' ? w.run.pipe : w.run.all}
    </Button>
  )
}
