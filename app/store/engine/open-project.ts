/**
 * The open project in the engine: one worker, one project; or the engine of the server that the project is on. Edits reach
 * the engine a moment after they are made; a call made meanwhile waits for them. A worker that ends by itself is started
 * again.
 */
import {
  type AnswerOf,
  type CapabilityName,
  declareKind,
  type EventOf,
  engineChanges,
  engineFiles,
  fileProblems,
  functionTableFrom,
  type Problem,
  type Project,
  provisionalFacts,
  type RequestOf,
} from '../../../engine-worker/index.ts'
import engineScript from '../../../engine-worker/worker.ts?worker&url'
import { currentWords } from '../../i18n/i18n.ts'
import { failureText } from '../failure.ts'
import { showNotification } from '../notify.ts'
import { isHostAllowed } from '../project/permissions.ts'
import { useProject } from '../project/project.ts'
import { type SecretValues, secretsOf, useSecrets } from '../project/secrets.ts'
import { useServerPlace } from '../server/place.ts'
import { toast } from '../toasts.ts'
import { type AskOptions, connectEngine, type EngineConnection, EngineError, EngineStopped } from './connection.ts'
import { withoutEmptied } from './run-progress.ts'
import { startWorker } from './start-worker.ts'
import { idleRuns, useEngine } from './state.ts'

const updateDelay = 60

const worker = connectEngine((name) => startWorker(engineScript, { name }), {
  crashed: (message) => void startAfterCrash(message),
  busy: (isBusy) => useEngine.setState({ isBusy }),
  deaf: (isRun) => {
    // A run is stopped by a person only: what a view does not want any more waits for the worker.
    if (isRun || useEngine.getState().running === null) void restartEngine('cancelled')
  },
})

/** The engine of the server that the open project is on. */
let remoteEngine: { readonly address: string; readonly connection: EngineConnection } | null = null

/** The engine of the open project: that of its server, or the worker. */
async function projectEngine(): Promise<EngineConnection> {
  const { project, address } = useServerPlace.getState()
  if (address === null || project !== useProject.getState().id) return worker
  if (remoteEngine?.address !== address) {
    remoteEngine?.connection.stop('closed')
    const { connectServer } = await import('./server-connection.ts')
    remoteEngine = { address, connection: connectServer(address) }
  }
  return remoteEngine.connection
}

/** Where each capability is asked, as the worker says it; asked for once. */
function scopesOfCapabilities(): Promise<AnswerOf<'scopes'>> {
  scopes ??= worker.ask('scopes', null).catch((error) => {
    scopes = null
    throw error
  })
  return scopes
}
let scopes: Promise<AnswerOf<'scopes'>> | null = null

/** Asks the engine that a capability is for: some are about the page alone, whatever the open project is on. */
async function askCurrentEngine<N extends CapabilityName>(
  name: N,
  request: RequestOf<N>,
  options?: AskOptions<N>,
): Promise<AnswerOf<N>> {
  const engine = await projectEngine()
  const isOfPage = engine !== worker && (await scopesOfCapabilities())[name] === 'page'
  return (isOfPage ? worker : engine).ask(name, request, options)
}

/**
 * Asks the engine. Edits made before are taken over first; `early` does not wait for them, for what does not depend on the
 * open project.
 */
export async function ask<N extends CapabilityName>(
  name: N,
  request: RequestOf<N>,
  { early = false, ...options }: AskOptions<N> & { readonly early?: boolean } = {},
): Promise<AnswerOf<N>> {
  if (!early) await syncWorker()
  try {
    return await askCurrentEngine(name, request, options)
  } catch (error) {
    if (!hasForgotten(error) || early) throw error
    openedProject = null
    await syncWorker()
    return askCurrentEngine(name, request, options)
  }
}

/** Whether a server does not know the draft of this page any more: it was started anew, or had too many of them. */
function hasForgotten(error: unknown): boolean {
  return openedProject !== null && error instanceof EngineError && error.problem.code === 'no-project-open'
}

/** A worker that ends by itself this often within {@link crashWindow} is not started again without a person. */
const maxCrashes = 3
const crashWindow = 60_000
let crashTimes: readonly number[] = []

/** The worker ended by itself, for want of memory or by a mistake: what was committed is on disk, so it is started again. */
async function startAfterCrash(message: string): Promise<void> {
  openedProject = null
  crashTimes = [...crashTimes.filter((moment) => moment > performance.now() - crashWindow), performance.now()]
  useEngine.setState({ state: 'failed', failure: message, running: null, isBusy: false })
  if (crashTimes.length >= maxCrashes) return
  toast(currentWords().run.crashed, 'bad')
  await restartWorker()
}

/** Called each time that the worker has opened the project. */
const openedListeners = new Set<() => void>()

/** Has something told to the worker each time that it has opened the project: at once where it has. */
export function onceOpened(listen: () => void): void {
  openedListeners.add(listen)
  if (openedProject?.address === null) listen()
}

/** What the worker has open: the project's id and the content it knows. */
let openedProject: EngineProject | null = null
interface EngineProject {
  readonly id: string
  /** The server that it is on, or null. */
  readonly address: string | null
  readonly profile: string
  readonly secrets: SecretValues
  readonly content: Project
}

/** The project whose datasets and facts the page shows. */
let shownProject: string | null = null

/** The queue of calls to the worker that change what is open. */
let updateQueue: Promise<unknown> = Promise.resolve()
let timer: ReturnType<typeof setTimeout> | undefined

/** Follows the open project: opens it in the worker and sends every edit. Once, at the start of the app. */
export function followProject(): void {
  useSecrets.subscribe(() => void syncWorker().catch(() => undefined))
  useServerPlace.subscribe((now, before) => {
    if (now.address === before.address || now.project !== useProject.getState().id) return
    close()
    void syncWorker().catch(() => undefined)
  })
  useProject.subscribe((now, before) => {
    const opens = now.id !== before.id || now.readOnly !== before.readOnly
    if (now.id !== before.id) useEngine.setState({ last: {} })
    if (opens || now.document.profile !== before.document.profile) {
      // One worker at a time has the datasets of a project: a tab that only looks on leaves them to the other.
      if (now.id === null || now.readOnly) close()
      else void syncWorker().catch(() => undefined)
    } else if (now.document.content !== before.document.content) {
      clearTimeout(timer)
      timer = setTimeout(() => void syncWorker().catch(() => undefined), updateDelay)
    }
  })
}

function close(): void {
  clearTimeout(timer)
  openedProject = null
  shownProject = null
  worker.stop('closed')
  remoteEngine?.connection.stop('closed')
  useEngine.setState({ ...idleRuns, version: useEngine.getState().version + 1 })
}

/** Brings the worker up to date with the project; resolves when it is. */
export async function syncWorker(): Promise<void> {
  clearTimeout(timer)
  const turn = updateQueue.then(bringUpToDate)
  updateQueue = turn.catch(() => undefined)
  return turn
}

async function bringUpToDate(): Promise<void> {
  const { id, document, readOnly } = useProject.getState()
  if (id === null || readOnly) return
  const { content, profile } = document
  const { project, address } = useServerPlace.getState()
  const now: EngineProject = {
    id,
    address: project === id ? address : null,
    profile,
    content,
    secrets: secretsOf(id),
  }
  if (isOpen(now) && openedProject?.content === content) return
  try {
    const problems = await openOrUpdate(now)
    const [facts, datasets, queues] = await Promise.all([
      askCurrentEngine('facts', null),
      askCurrentEngine('datasets', null),
      askCurrentEngine('queues', null),
    ])
    if (useProject.getState().id !== id) return
    useEngine.setState(({ last }) => ({
      state: 'ready',
      failure: null,
      problems: withFileProblems(content, problems),
      facts,
      datasets,
      queues,
      last: withoutEmptied(last, facts, datasets),
    }))
  } catch (error) {
    openedProject = null
    if (!(error instanceof EngineStopped)) {
      useEngine.setState({ state: 'failed', failure: failureText(error) })
    }
    throw error
  }
}

/** Whether the worker has this open, but for edits of its content. */
function isOpen({ id, address, profile, secrets }: EngineProject): boolean {
  return (
    openedProject?.id === id &&
    openedProject.address === address &&
    openedProject.profile === profile &&
    openedProject.secrets === secrets
  )
}

async function openOrUpdate(now: EngineProject): Promise<readonly Problem[]> {
  const { id, profile, content, secrets } = now
  if (openedProject && isOpen(now)) {
    const files = engineChanges(openedProject.content, content)
    try {
      const { problems } = await askCurrentEngine('update', { files })
      openedProject = now
      return problems
    } catch (error) {
      if (!hasForgotten(error)) throw error
    }
  }
  // A worker that is started again for the same project has the same data: it stays in sight.
  useEngine.setState(shownProject === id ? { state: 'starting' } : { ...idleRuns, state: 'starting' })
  shownProject = id
  // The graph is drawn first; the engine would take the time from it.
  useEngine.setState({
    facts: provisionalFacts(content, profile, functionTableFrom(useEngine.getState().catalogue?.functions ?? [])),
  })
  await nextFrame()
  if (useProject.getState().id !== id) throw new EngineStopped('closed')
  const { problems, interrupted } = await askCurrentEngine('open', {
    project: id,
    files: engineFiles(content),
    profile,
    // A server has secrets of its own; those of this tab never leave it.
    ...(now.address === null ? { secrets } : {}),
  })
  if (now.address === null) {
    void decideAboutHosts()
    void followNotifications()
    for (const listen of openedListeners) listen()
  }
  openedProject = now
  if (interrupted.length > 0) {
    useEngine.setState((state) => ({ interrupted: [...state.interrupted, ...interrupted] }))
    for (const each of interrupted) toast(currentWords().engine.message(each), 'bad')
  }
  return problems
}

/** Answers the engine's questions about servers as long as the worker lives. */
async function decideAboutHosts(): Promise<void> {
  const onEvent = async ({ question, server }: EventOf<'permit'>) => {
    const allowed = await isHostAllowed(server)
    await worker.ask('decideHost', { question, allowed })
  }
  const handleEvent = (event: EventOf<'permit'>) => void onEvent(event).catch(() => undefined)
  await worker.ask('permit', null, { onEvent: handleEvent, lasting: true }).catch(() => undefined)
}

/** Shows the notifications of the worker's project as long as the worker lives. */
async function followNotifications(): Promise<void> {
  const onEvent = (event: EventOf<'followNotifications'>) => showNotification(event)
  await worker.ask('followNotifications', null, { onEvent, lasting: true }).catch(() => undefined)
}

/** When the page has been drawn; soon, where it is not drawn at all (a tab in the background). */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 200)
    if (typeof requestAnimationFrame === 'function') requestAnimationFrame(() => setTimeout(resolve))
  })
}

/** The engine names a file that it cannot read, too; one problem a place is enough. */
function withFileProblems(content: Project, problems: readonly Problem[]): readonly Problem[] {
  const found = fileProblems(content)
  const files = new Set(found.map((problem) => problem.where.file))
  return [...found, ...problems.filter((problem) => problem.where.file === undefined || !files.has(problem.where.file))]
}

/** Fetches again from the worker what a run or supplied data has changed. */
export async function refreshProject(): Promise<void> {
  const datasets = await askCurrentEngine('datasets', null)
  const facts = await askCurrentEngine('facts', null)
  const queues = await askCurrentEngine('queues', null)
  useEngine.setState((state) => ({
    datasets,
    facts,
    queues,
    version: state.version + 1,
    dataVersion: state.dataVersion + 1,
  }))
}

/** Fetches the datasets alone again, while a run fills them. */
export async function refreshDatasets(): Promise<void> {
  const datasets = await askCurrentEngine('datasets', null)
  useEngine.setState({ datasets })
}

/** Asks the server again after the connection to it was lost; `forgotten`: it knows nothing of this page any more. */
export async function reopenProject(forgotten: boolean): Promise<void> {
  if (forgotten) openedProject = null
  await syncWorker()
  await refreshProject()
}

/** Opens the project in a new worker; views repeat their requests to the old one. */
async function restartWorker(): Promise<void> {
  await syncWorker().catch(() => undefined)
  useEngine.setState(({ version }) => ({ version: version + 1 }))
}

/** Ends the worker and starts another: what was committed stays, what it was doing is dropped whole. */
export async function restartEngine(why: EngineStopped['why']): Promise<void> {
  openedProject = null
  const engine = await projectEngine()
  engine.stop(why)
  await restartWorker()
}

/** The declared functions and kinds; loaded once, and shared by callers that wait. */
export async function loadCatalogue(): Promise<AnswerOf<'catalogue'>> {
  const known = useEngine.getState().catalogue
  if (known) return known
  loadingCatalogue ??= askCatalogue().finally(() => {
    loadingCatalogue = null
  })
  return loadingCatalogue
}
let loadingCatalogue: Promise<AnswerOf<'catalogue'>> | null = null

async function askCatalogue(): Promise<AnswerOf<'catalogue'>> {
  const catalogue = await ask('catalogue', null, { early: true })
  // What the page finds out by itself, such as where a pipe is split, goes by the declarations too.
  for (const kind of catalogue.kinds) declareKind(kind)
  useEngine.setState({ catalogue: catalogue })
  return catalogue
}
