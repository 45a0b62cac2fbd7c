/**
 * The engine as the app uses it: one worker, one open project. Edits reach the worker a moment after they are made; a
 * call made meanwhile waits for them. What is derived from the project (problems, facts, dataset counts) is kept here
 * for all views, and the last good answer stays on screen while a new one is computed.
 */
import { create } from 'zustand'
import {
  type Catalogue,
  type DatasetSummary,
  type Engine,
  type EntityPlace,
  engineChanges,
  engineFiles,
  fileProblems,
  functionTable,
  type Lineage,
  type Overlap,
  type OverlapRequest,
  type PipeFacts,
  type PipeQueue,
  type Preview,
  type PreviewRequest,
  type Problem,
  type Project,
  type Provenance,
  provisionalFacts,
  type Rows,
  type RowsRequest,
  type RunEvent,
  type RunResult,
} from '../../engine-worker/index.ts'
import { connect, EngineStopped, port } from './connection.ts'
import { useProject } from './project.ts'
import { byPipe, type CurrentRun, type PipeStates, withEvent, withoutEmptied } from './run-progress.ts'
import { type Secrets, secretsOf, useSecrets } from './secrets.ts'

interface EngineState {
  readonly state: 'off' | 'starting' | 'ready' | 'failed'
  /** Why it failed, in the words of the browser. */
  readonly failure: string | null
  readonly problems: readonly Problem[]
  readonly facts: readonly PipeFacts[]
  readonly datasets: readonly DatasetSummary[]
  /** What each pipe has not read yet, as of the last run. */
  readonly queues: Readonly<Record<string, PipeQueue>>
  readonly running: CurrentRun | null
  /** Last known state of each pipe, of the last run that touched it. */
  readonly last: PipeStates
  /** Goes up whenever datasets may have changed; views ask again for what they show. */
  readonly version: number
  readonly catalogue: Catalogue | null
}

const idle = {
  state: 'off',
  failure: null,
  problems: [],
  facts: [],
  datasets: [],
  queues: {},
  running: null,
  version: 0,
} as const

export const useEngine = create<EngineState>(() => ({ ...idle, last: {}, catalogue: null }))

const patience = 100
const debounce = 60

/** The worker, for the parts of the store that ask it; others call their functions. */
export const connection = connect(
  () => new Worker(new URL('../../engine-worker/worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
  (message) => {
    opened = null
    useEngine.setState({ state: 'failed', failure: message, running: null })
  },
)

/** What the worker has open: the project's id and the content it knows. */
let opened: Opened | null = null
interface Opened {
  readonly id: string
  readonly profile: string
  readonly secrets: Secrets
  readonly content: Project
}

/** Calls to the worker that change what is open stand in line here. */
let line: Promise<unknown> = Promise.resolve()
let timer: ReturnType<typeof setTimeout> | undefined

/** Follows the open project: opens it in the worker and sends every edit. Once, at the start of the app. */
export function followProject(): void {
  useSecrets.subscribe(() => void sync().catch(() => undefined))
  useProject.subscribe((now, before) => {
    const opens = now.id !== before.id || now.readOnly !== before.readOnly
    if (now.id !== before.id) useEngine.setState({ last: {} })
    if (opens || now.document.profile !== before.document.profile) {
      // One worker at a time has the datasets of a project: a tab that only looks on leaves them to the other.
      if (now.id === null || now.readOnly) close()
      else void sync().catch(() => undefined)
    } else if (now.document.content !== before.document.content) {
      clearTimeout(timer)
      timer = setTimeout(() => void sync().catch(() => undefined), debounce)
    }
  })
}

function close(): void {
  clearTimeout(timer)
  opened = null
  connection.stop('closed')
  useEngine.setState({ ...idle, version: useEngine.getState().version + 1 })
}

/** Brings the worker up to date with the project; resolves when it is. */
export async function sync(): Promise<void> {
  clearTimeout(timer)
  const turn = line.then(bringUpToDate)
  line = turn.catch(() => undefined)
  return turn
}

async function bringUpToDate(): Promise<void> {
  const { id, document, readOnly } = useProject.getState()
  if (id === null || readOnly) return
  const { content, profile } = document
  const now: Opened = { id, profile, content, secrets: secretsOf(id) }
  if (isOpen(now) && opened?.content === content) return
  try {
    const problems = await openOrUpdate(now)
    const [facts, datasets, queues] = await Promise.all([
      connection.call((engine) => engine.facts()),
      connection.call((engine) => engine.datasets()),
      connection.call((engine) => engine.queues()),
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
    opened = null
    if (!(error instanceof EngineStopped)) {
      useEngine.setState({ state: 'failed', failure: error instanceof Error ? error.message : String(error) })
    }
    throw error
  }
}

/** Whether the worker has this open, but for edits of its content. */
function isOpen({ id, profile, secrets }: Opened): boolean {
  return opened?.id === id && opened.profile === profile && opened.secrets === secrets
}

async function openOrUpdate(now: Opened): Promise<readonly Problem[]> {
  const { id, profile, content, secrets } = now
  if (opened && isOpen(now)) {
    const files = engineChanges(opened.content, content)
    const { problems } = await connection.call((engine) => engine.update({ files }))
    opened = now
    return problems
  }
  useEngine.setState(opened?.id === id ? { state: 'starting' } : { ...idle, state: 'starting' })
  // The graph is drawn first; the engine would take the time from it.
  useEngine.setState({
    facts: provisionalFacts(content, profile, functionTable(useEngine.getState().catalogue?.functions ?? [])),
  })
  await nextFrame()
  if (useProject.getState().id !== id) throw new EngineStopped('closed')
  const { problems } = await connection.call((engine) =>
    engine.open({ project: id, files: engineFiles(content), profile, secrets }),
  )
  opened = now
  return problems
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

/** Asks the worker again for what a run or supplied data has changed. */
export async function refresh(): Promise<void> {
  const datasets = await connection.call((engine) => engine.datasets())
  const facts = await connection.call((engine) => engine.facts())
  const queues = await connection.call((engine) => engine.queues())
  useEngine.setState((state) => ({ datasets, facts, queues, version: state.version + 1 }))
}

/** Runs pipes (all when absent) and follows their progress; one run at a time. */
export async function run(request: {
  readonly pipes?: readonly string[]
  readonly full?: boolean
}): Promise<RunResult> {
  return start(async (id, progress) => connection.call((engine) => engine.run({ ...request, run: id }, port(progress))))
}

let asking = false

/** Runs what is due by the schedules of the pumps; null when nothing is, or another run is under way. */
export async function runDue(): Promise<RunResult | null> {
  const { running, state } = useEngine.getState()
  if (running || asking || state !== 'ready') return null
  asking = true
  const id = crypto.randomUUID()
  let current: CurrentRun = { run: id, started: Date.now(), round: 0, pipes: [] }
  const progress = (event: RunEvent) => {
    // Events may come after the answer.
    if (!asking) return
    current = withEvent(current, event)
    follow(current, event)
  }
  try {
    const result = await connection.call((engine) => engine.runDue(id, port(progress)))
    asking = false
    if (result) settle(result)
    return result
  } catch (error) {
    useEngine.setState({ running: null })
    throw error
  } finally {
    asking = false
  }
}

/** Shows a run as it stands after news of it. */
function follow(running: CurrentRun, { pipes }: RunEvent): void {
  useEngine.setState((state) => ({ running, last: { ...state.last, ...byPipe(pipes) } }))
}

/** Lets out, or takes back, what the tripped circuit breaker of a pipe withholds. */
export async function resetBreaker(pipe: string, how: 'commit' | 'rollback'): Promise<void> {
  await connection.call((engine) => engine.resetBreaker({ pipe, how }))
  useEngine.setState(({ last: { [pipe]: _, ...last } }) => ({ last }))
  await refresh()
}

type Start = (id: string, progress: (event: RunEvent) => void) => Promise<RunResult>

async function start(begin: Start): Promise<RunResult> {
  if (useEngine.getState().running) throw new Error('a run is under way')
  const id = crypto.randomUUID()
  const started = Date.now()
  useEngine.setState({ running: { run: id, started, round: 0, pipes: [] } })
  const progress = (event: RunEvent) => {
    const { running } = useEngine.getState()
    if (running?.run === id) follow(withEvent(running, event), event)
  }
  try {
    await sync()
    const result = await begin(id, progress)
    settle(result)
    return result
  } catch (error) {
    const stopped = error instanceof EngineStopped && error.why === 'cancelled'
    const pipes = useEngine.getState().running?.pipes ?? []
    const result: RunResult = {
      run: id,
      state: stopped ? 'cancelled' : 'failed',
      rounds: useEngine.getState().running?.round ?? 0,
      milliseconds: Date.now() - started,
      pipes: pipes.map((pipe) => (pipe.state === 'running' ? { ...pipe, state: 'cancelled' } : pipe)),
    }
    settle(result)
    if (!stopped) throw error
    return result
  }
}

function settle(result: RunResult): void {
  useEngine.setState((state) => ({ running: null, last: { ...state.last, ...byPipe(result.pipes) } }))
  void sync().then(refresh, () => undefined)
}

/**
 * Stops the run. When the worker does not hear it at once, it is ended and another one started: what was committed
 * stays, the batch at hand is dropped whole.
 */
export async function cancel(): Promise<void> {
  const running = useEngine.getState().running
  if (!running) return
  const heard = connection
    .call((engine) => engine.cancel(running.run))
    .then(
      () => true,
      () => true,
    )
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), patience))
  if (await Promise.race([heard, late])) return
  opened = null
  connection.stop('cancelled')
  await sync().catch(() => undefined)
}

/** A window of entities. */
export async function rows(request: RowsRequest): Promise<Rows> {
  await sync()
  return connection.call((engine) => engine.rows(request))
}

/** What a pipe would do with a few entities; never writes. */
export async function preview(request: PreviewRequest): Promise<Preview> {
  await sync()
  return connection.call((engine) => engine.preview(request))
}

/** What was supplied for sources of the open project. */
export async function supplied(): Promise<
  readonly { readonly pipe: string; readonly name: string; readonly text: string }[]
> {
  await sync()
  return connection.call((engine) => engine.supplied())
}

/** How often values of two datasets are equal; pairs are suggested where none are given. */
export async function overlaps(request: OverlapRequest): Promise<readonly Overlap[]> {
  await sync()
  return connection.call((engine) => engine.overlaps(request))
}

/** Expressions that give a wanted value for an entity. */
export async function byExample(request: Parameters<Engine['byExample']>[0]): ReturnType<Engine['byExample']> {
  await sync()
  return connection.call((engine) => engine.byExample(request))
}

/** The properties of a dataset: in its entities, or written by rules. */
export async function properties(dataset: string): Promise<readonly string[]> {
  await sync()
  return connection.call((engine) => engine.properties(dataset))
}

/** What a property is made of, and what is made of it. */
export async function lineage(dataset: string, property: string): Promise<Lineage> {
  await sync()
  return connection.call((engine) => engine.lineage({ dataset, property }))
}

/** Where one entity came from and what became of it. */
export function provenance(place: EntityPlace): Promise<Provenance> {
  return connection.call((engine) => engine.provenance(place))
}

/** All versions of an entity as texts, newest first. */
export async function versions(dataset: string, id: string): Promise<readonly string[]> {
  await sync()
  return connection.call((engine) => engine.versions({ dataset, id }))
}

/** Empties datasets, all when absent. */
export async function reset(datasets?: readonly string[]): Promise<void> {
  await sync()
  await connection.call((engine) => engine.reset(datasets ? { datasets } : {}))
  useEngine.setState({ last: {} })
  await refresh()
}

/** Removes the datasets of a project that is deleted. */
export async function destroy(project: string): Promise<void> {
  await connection.call((engine) => engine.destroy(project))
}

/** The declared functions and kinds; asked for once. */
export async function catalogue(): Promise<Catalogue> {
  const known = useEngine.getState().catalogue
  if (known) return known
  const asked = await connection.call((engine) => engine.catalogue())
  useEngine.setState({ catalogue: asked })
  return asked
}

/** Evaluates a worked example of a function. */
export function example(
  name: string,
  index: number,
): Promise<{ readonly gives: string; readonly passes: boolean; readonly problem?: Problem }> {
  return connection.call((engine) => engine.example({ function: name, example: index }))
}

/** Starts the engine again after it failed. */
export async function restart(): Promise<void> {
  opened = null
  connection.stop('closed')
  await sync().catch(() => undefined)
}

/** What comes out now, as files that expect it: of tests by name, or of every output pipe without a test. */
export async function expected(of: 'missing' | readonly string[]): ReturnType<Engine['expected']> {
  await sync()
  return connection.call((engine) => engine.expected(of))
}

/** What the project gives otherwise than the one it was: both run in memory. */
export async function effect(before: Project): ReturnType<Engine['effect']> {
  await sync()
  return connection.call((engine) => engine.effect(engineFiles(before)))
}

/** Runs the project from the beginning in memory and compares with its expected outputs. */
export async function tests(): ReturnType<Engine['tests']> {
  await sync()
  return connection.call((engine) => engine.tests())
}
