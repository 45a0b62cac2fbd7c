import { useSyncExternalStore } from 'react'
import { groupOf } from '../data/dataset.ts'
import { useWords } from '../i18n/i18n.ts'
import { href, projectOfRoute, type Route } from '../route.ts'
import { restartEngine } from '../store/engine/open-project.ts'
import { cancelOpenRun } from '../store/engine/runs.ts'
import { useAllProblems, useEngine } from '../store/engine/state.ts'
import { useOffline } from '../store/offline.ts'
import { useIngest } from '../store/project/ingest.ts'
import { useProject } from '../store/project/project.ts'
import { saveProject, useSaving, useUnsavedWork } from '../store/project/saving.ts'
import { reloadApp, useUpdate } from '../store/update.ts'
import { classes } from '../ui/classes.ts'
import { FrameSlotPlace } from './FrameSlot.tsx'

/** The status line: saving, counts, problems, engine, offline. */
export function StatusLine({ route }: { readonly route: Route }) {
  const project = projectOfRoute(route)
  const open = useProject((state) => state.id) !== null && project !== null
  const unsaved = useUnsavedWork()
  return (
    <footer className="flex h-6 shrink-0 items-center gap-4 overflow-hidden whitespace-nowrap border-t border-line bg-surface px-3 text-tiny text-ink-soft">
      {(open || unsaved) && <SavingStatus />}
      {open && <Counts />}
      {open && project !== null && <Problems project={project} />}
      {open && project !== null && <ProblemCounts project={project} />}
      <FrameSlotPlace at="status" className="flex min-w-0 items-center gap-4" />
      <div className="flex-1" />
      {open && <EngineState />}
      <Update />
      <Network />
    </footer>
  )
}

function SavingStatus() {
  const w = useWords()
  const saving = useSaving(({ state }) => state)
  const readOnly = useProject((state) => state.readOnly)
  const fine = saving === 'saved' || saving === 'saving'
  return (
    <output className={classes('flex items-center gap-1.5', !fine && 'font-semibold text-bad')}>
      <span
        aria-hidden
        className={classes(
          'size-1.5 rounded-full',
          !fine ? 'bg-bad' : readOnly ? 'bg-ink-faint' : saving === 'saved' ? 'bg-good' : 'bg-warn',
        )}
      />
      {readOnly && fine ? w.status.readOnly : w.status[saving]}
      {(saving === 'quota' || saving === 'unavailable') && (
        <button type="button" className="link" onClick={() => void saveProject()}>
          {w.status.tryAgain}
        </button>
      )}
    </output>
  )
}

function Counts() {
  const w = useWords()
  const components = useProject((state) => state.document.content.components)
  const datasets = useEngine((state) => state.datasets).filter((dataset) => groupOf(dataset) === 'dataset')
  const pipes = Object.values(components).filter((component) => component.kind === 'pipe').length
  const entities = datasets.reduce((sum, dataset) => sum + dataset.live, 0)
  return <span className="hidden md:inline">{w.status.counts(pipes, datasets.length, entities)}</span>
}

function Problems({ project }: { readonly project: string }) {
  const w = useWords()
  const problems = useAllProblems()
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const warnings = problems.filter((problem) => problem.severity === 'warning').length
  const deploy = href({ at: 'deploy', project })
  return (
    <>
      {errors > 0 && (
        <a href={deploy} className="leading-6 text-bad hover:underline">
          {w.status.errors(errors)}
        </a>
      )}
      {warnings > 0 && (
        <a href={deploy} className="leading-6 text-warn hover:underline">
          {w.status.warnings(warnings)}
        </a>
      )}
    </>
  )
}

/** How many pipes failed when they last ran. */
function ProblemCounts({ project }: { readonly project: string }) {
  const w = useWords()
  const failed = useEngine((state) => Object.values(state.last).filter((pipe) => pipe.state === 'failed').length)
  if (failed === 0) return null
  return (
    <a href={href({ at: 'runs', project })} className="leading-6 text-bad hover:underline">
      {w.runs.failedPipes(failed)}
    </a>
  )
}

function EngineState() {
  const w = useWords()
  const state = useEngine((engine) => engine.state)
  const failure = useEngine((engine) => engine.failure)
  const running = useEngine((engine) => engine.running)
  const isBusy = useEngine((engine) => engine.isBusy)
  const reading = useIngest((state) => state.reading)
  const waiting = useEngine((engine) =>
    engine.running ? Object.values(engine.last).filter((pipe) => pipe.state === 'waiting').length : 0,
  )
  if (isBusy && (running || state === 'ready')) {
    return (
      <output className="flex items-center gap-2 text-warn">
        {w.status.engine.busy}
        <button
          type="button"
          className="link"
          onClick={() => void (running ? cancelOpenRun() : restartEngine('cancelled'))}
        >
          {w.run.stop}
        </button>
      </output>
    )
  }
  if (running) {
    const pipe = running.pipes.find((each) => each.state === 'running')?.pipe ?? ''
    return (
      <output className="flex items-center gap-1.5 text-accent">
        <span aria-hidden className="size-1.5 animate-pulse rounded-full bg-accent" />
        {w.status.engine.running(running.round, pipe, waiting)}
      </output>
    )
  }
  if (reading) {
    return (
      <output className="flex items-center gap-2 text-accent">
        <span className="max-w-60 truncate">{w.status.engine.reading(reading.file)}</span>
        <progress
          className="w-24 accent-accent"
          value={reading.share}
          aria-label={w.status.engine.reading(reading.file)}
        />
      </output>
    )
  }
  if (state !== 'failed') return <output>{w.status.engine[state]}</output>
  return (
    <output className="flex items-center gap-2 text-bad" title={failure ?? undefined}>
      {w.status.engine.failed}
      <button type="button" className="link" onClick={() => void restartEngine('closed')}>
        {w.status.restart}
      </button>
    </output>
  )
}

/** A new build of the app is available. */
function Update() {
  const w = useWords()
  const isReady = useUpdate((state) => state.isReady)
  if (!isReady) return null
  return (
    <output className="flex items-center gap-1.5 font-semibold text-accent">
      {w.update.title}
      <button type="button" className="link" onClick={() => void reloadApp()}>
        {w.update.reload}
      </button>
    </output>
  )
}

function Network() {
  const w = useWords()
  const ready = useOffline((state) => state.ready)
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  const text = !online ? w.status.offline : ready ? w.status.offlineReady : w.status.online
  return <span>{text}</span>
}

function subscribe(changed: () => void): () => void {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}
