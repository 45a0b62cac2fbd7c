/**
 * A project opened over a store: what the worker and the command line are thin doors to. Holds the files, the pipes made
 * of them, what was supplied for sources from outside, and the runner.
 */

import {
  type ConfigComponent,
  type Configuration,
  loadProject,
  type ProjectOptions,
} from '../config/project/project.ts'
import type { FileContent, FileContents } from '../config/project/read.ts'
import { formerLogs } from '../config/project/system-datasets.ts'
import { memoryTokens } from '../connectors/auth/tokens.ts'
import type { HttpExchange } from '../connectors/har.ts'
import { maskOf } from '../connectors/mask.ts'
import { type OpenPipe, openPipe, type PipeInputs } from '../connectors/open.ts'
import type { SuppliedText } from '../connectors/open-context.ts'
import type { RequestInputs } from '../connectors/request.ts'
import { ResponseCache } from '../connectors/response-cache.ts'
import type { PushRequest, RunnablePipe } from '../connectors/runtime.ts'
import type { Entity, Json } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import type { StateWrite } from '../storage/store.ts'
import {
  discardInterrupted,
  inboxDataset,
  inboxOf,
  type ReceiveOptions,
  type ReceiveResult,
  receiveEntities,
} from './inbox.ts'
import type { RunEvent, RunRequest, RunResult } from './progress.ts'
import { resolveBreaker } from './pump/breaker.ts'
import { Runner } from './run.ts'
import type { RunnerOptions } from './run-options.ts'
import type { Due } from './schedule.ts'

interface SessionOptions extends ProjectOptions, RunnerOptions {
  /** What pipes are given besides the files and what is supplied here; wins where it says something. */
  readonly inputs?: Partial<SessionInputs>
}

/** What pipes of a session may be given from outside of it. */
interface SessionInputs
  extends Pick<PipeInputs, 'dataFiles' | 'coverage' | 'delivers' | 'systemSecret' | 'tokens' | 'sandbox'> {
  /** Entities or a file given for a pipe, or null. */
  readonly supplied: PipeInputs['supplied']
  /** Entities kept elsewhere for a pipe, or null. */
  readonly inbox: (pipe: string) => AsyncIterable<readonly Entity[]> | null
  /** The value of a secret that the project has none for, or null. */
  readonly secret: (name: string) => string | null
}

/** A pipe that is ready, and what it was made of. */
interface OpenedPipe {
  readonly component: ConfigComponent
  readonly setting: object
  readonly pipe: OpenPipe
}

/** An opened project. */
export class Session {
  readonly runner: Runner
  private files: FileContents = {}
  private options: ProjectOptions
  private configuration: Configuration | null = null
  private openedPipes = new Map<string, OpenedPipe>()
  private readonly suppliedTexts = new Map<string, SuppliedText>()
  private readonly inboxes = new Set<string>()
  /** The last change in the queue of changes to supplied data, by pipe. */
  private readonly ingests = new Map<string, Promise<unknown>>()
  private readonly responseCache = new ResponseCache()
  private readonly tokens = memoryTokens()
  private readonly cancelControllers = new Map<string, AbortController>()

  constructor(private readonly session: SessionOptions) {
    this.options = session
    this.runner = new Runner(session)
  }

  /** Opens files in the place of those that were open. What has been stored stays. */
  open(files: FileContents, options: ProjectOptions = {}): readonly Problem[] {
    return this.load(files, { ...this.session, ...options })
  }

  /** Replaces, adds and (null) removes files. */
  update(changes: Readonly<Record<string, FileContent | null>>): readonly Problem[] {
    const files: Record<string, FileContent> = { ...this.files }
    for (const [path, text] of Object.entries(changes)) {
      if (text === null) delete files[path]
      else files[path] = text
    }
    return this.load(files, this.options)
  }

  /** Opens a project that was read before, with its files. */
  openLoaded(project: Configuration, files: FileContents): void {
    this.configuration = project
    this.files = files
    this.session.engines?.open(files, this.options)
  }

  private load(files: FileContents, options: ProjectOptions): readonly Problem[] {
    const before = this.configuration ? { project: this.configuration, files: this.files, options: this.options } : null
    this.configuration = loadProject(files, options, before)
    this.files = files
    this.options = options
    this.session.engines?.open(files, options)
    return this.configuration.problems
  }

  /** What services have answered to the runs so far. */
  exchanges(): readonly HttpExchange[] {
    return this.responseCache.exchanges()
  }

  /** The open files by path. */
  get contents(): FileContents {
    return this.files
  }

  get project(): Configuration {
    this.configuration ??= loadProject(this.files, this.options)
    return this.configuration
  }

  /** Gives data for a source that cannot be reached from here. */
  supply(pipe: string, supplied: SuppliedText | null): void {
    if (supplied) this.suppliedTexts.set(pipe, supplied)
    else this.suppliedTexts.delete(pipe)
    this.openedPipes.delete(pipe)
  }

  /**
   * Takes in entities for the source of a pipe and lets it read them from its inbox, once all are stored (inbox.ts). Waits
   * for what is being taken in for that pipe already.
   */
  receive(
    pipe: string,
    chunks: AsyncIterable<string> | Iterable<string>,
    options: ReceiveOptions,
  ): Promise<ReceiveResult> {
    return this.trackIngest(pipe, async () => {
      const received = await receiveEntities(this.runner.store, pipe, chunks, {
        ...this.numberOptionOf(pipe),
        ...options,
      })
      this.supply(pipe, null)
      this.setInbox(pipe, true)
      return received
    })
  }

  /** Why a request that pushes entities to a pipe is refused (`validation_expression`), or null. */
  async refusal(pipe: string, request: PushRequest): Promise<Problem | null> {
    const component = this.component(pipe)
    const source = component ? this.runnable(component).source : null
    if (source?.reads !== 'outside' || !source.refusal) return null
    const { environment, fetch = null } = this.session
    return source.refusal(request, { environment, fetch })
  }

  private numberOptionOf(pipe: string): Pick<ReceiveOptions, 'number'> {
    const component = this.component(pipe)
    const source = component ? this.runnable(component).source : null
    return source?.reads === 'outside' && source.number ? { number: source.number } : {}
  }

  /** Gives one text as the data of a source, in the place of its inbox; the states are written in the same commit. */
  replaceInbox(pipe: string, supplied: SuppliedText, states: readonly StateWrite[]): Promise<void> {
    return this.trackIngest(pipe, async () => {
      await this.runner.store.commit({ remove: [inboxDataset(pipe)], states })
      this.setInbox(pipe, false)
      this.supply(pipe, supplied)
    })
  }

  /** Changes what is supplied for a pipe when the changes before are done. */
  private trackIngest<T>(pipe: string, change: () => Promise<T>): Promise<T> {
    const result = (this.ingests.get(pipe) ?? Promise.resolve()).then(change)
    this.ingests.set(
      pipe,
      result.catch(() => undefined),
    )
    return result
  }

  /** Execution logs of older databases get the name that they have now; their entities stay. */
  async renameFormerLogs(): Promise<void> {
    const { store } = this.runner
    const replace = formerLogs((await store.store.list()).map(({ name }) => name))
    if (replace.length > 0) await store.commit({ replace })
  }

  /** Removes what is left of files that were being taken in when the tab or the process ended; says which. */
  discardInterrupted(): Promise<readonly Problem[]> {
    return discardInterrupted(this.runner.store)
  }

  /** Lets the source of a pipe read from its inbox (inbox.ts), or no longer. */
  setInbox(pipe: string, use: boolean): void {
    if (use) this.inboxes.add(pipe)
    else this.inboxes.delete(pipe)
    this.openedPipes.delete(pipe)
  }

  hasInbox(pipe: string): boolean {
    return this.inboxes.has(pipe)
  }

  /** A text without the values of secrets. */
  masked(text: string): string {
    return maskOf(this.project.hidden)(text)
  }

  /** The project with other files, opened as this one is: what it was before an edit. Nothing here changes. */
  withFiles(files: FileContents): Configuration {
    return loadProject(files, this.options)
  }

  /** The pipes, ready to run. Those that have not changed, nor what they share with others, are the same as before. */
  pipes(): readonly RunnablePipe[] {
    return this.openPipes().map(({ runnable }) => runnable)
  }

  /** The pipes in effect and ready to run. */
  openPipes(): readonly OpenPipe[] {
    const { project } = this
    const openedNow = new Map<string, OpenedPipe>()
    for (const component of project.pipes.values()) {
      const known = this.openedPipes.get(component.id)
      const { setting } = project
      const same = known?.component === component && known.setting === setting
      openedNow.set(component.id, same ? known : { component, setting, pipe: this.openPipe(component) })
    }
    this.openedPipes = openedNow
    return [...openedNow.values()].map(({ pipe }) => pipe)
  }

  /** A pipe that need not be part of the project, ready to run. */
  runnable(component: ConfigComponent): RunnablePipe {
    return this.openPipe(component).runnable
  }

  private openPipe(component: ConfigComponent): OpenPipe {
    return openPipe(this.project, component, this.inputs())
  }

  private inputs(): PipeInputs {
    const { project } = this
    const { supplied, inbox, secret, ...more } = this.session.inputs ?? {}
    return {
      tokens: this.tokens,
      ...more,
      files: this.files,
      supplied: (id) => {
        const testdata = project.testdata.get(id)
        const file = testdata ? { name: testdata.file, text: testdata.content } : null
        return supplied?.(id) ?? this.suppliedTexts.get(id) ?? file
      },
      inbox: (id) => inbox?.(id) ?? (this.inboxes.has(id) ? inboxOf(this.runner.store, id) : null),
      network: this.session.fetch !== undefined && this.session.fetch !== null,
      secret: (name) => project.secrets.get(name) ?? secret?.(name) ?? null,
      responses: this.responseCache,
    }
  }

  /** What a request to a system may use that no pipe sends; a secret of the system itself comes first. */
  requestInputs(system: string): RequestInputs {
    const { systemSecret, secret, tokens } = this.inputs()
    const secretOf = (name: string) => systemSecret?.(system, name) ?? secret(name)
    return { project: this.project, secret: secretOf, ...(tokens ? { tokens } : {}) }
  }

  run(
    request: RunRequest & { readonly rescan?: readonly string[] },
    progress?: (event: RunEvent) => void,
  ): Promise<RunResult> {
    const controller = new AbortController()
    this.cancelControllers.set(request.run, controller)
    const { run, pipes, full, rescan } = request
    const options = {
      run,
      signal: controller.signal,
      ...(pipes ? { pipes } : {}),
      ...(full ? { full } : {}),
      ...(rescan ? { rescan } : {}),
      ...(progress ? { progress } : {}),
    }
    return this.runner.run(this.pipes(), options).finally(() => this.cancelControllers.delete(run))
  }

  /** Lets {@link cancel} stop a run that was started on the runner itself, until it is released. */
  adopt(run: string, controller: AbortController): void {
    this.cancelControllers.set(run, controller)
  }

  release(run: string): void {
    this.cancelControllers.delete(run)
  }

  /** Runs what is due by the pumps' schedules now; null when nothing is. */
  async runDue(run: string, progress?: (event: RunEvent) => void): Promise<RunResult | null> {
    const due = (await this.runner.due(this.pipes())).filter((one) => one.run !== null)
    if (due.length === 0) return null
    const behind = await this.startRescans(due, run, progress)
    const pipes = due.filter((one) => !behind.has(one.pipe))
    if (pipes.length === 0) return null
    const rescan = pipes.filter((one) => one.run === 'full').map(({ pipe }) => pipe)
    return this.run({ run, pipes: pipes.map(({ pipe }) => pipe), rescan }, progress)
  }

  /** Starts the rescans that can go on in the background, and says of which pipes. */
  private async startRescans(
    due: readonly (Due & { readonly pipe: string })[],
    run: string,
    progress?: (event: RunEvent) => void,
  ): Promise<ReadonlySet<string>> {
    const { runner } = this
    const started = new Set<string>()
    const full = new Set(due.filter((one) => one.run === 'full').map(({ pipe }) => pipe))
    for (const pipe of this.pipes().filter(({ id }) => full.has(id))) {
      if (!(await runner.rescans.canStart(pipe, runner.store.store))) continue
      started.add(pipe.id)
      const options = { run: `${run}-rescan-${pipe.id}`, ...(progress ? { progress } : {}) }
      // How it ended is told as of any run.
      runner.rescan(pipe, options).catch(() => undefined)
    }
    return started
  }

  /** Commits or rolls back what the tripped circuit breaker of a pipe withholds. */
  resetBreaker(pipe: string, how: 'commit' | 'rollback'): Promise<void> {
    return resolveBreaker(this.runner.store, pipe, how, this.session.environment.now())
  }

  /** Stops a run at its next batch; what was committed stays. */
  cancel(run: string): void {
    this.cancelControllers.get(run)?.abort()
  }

  /** A pipe of the project by its id, as written. */
  component(id: string): ConfigComponent | null {
    return this.project.pipes.get(id) ?? null
  }
}

/** A component as it would be read from a file of its own. */
export function componentOf(config: Json): ConfigComponent | null {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return null
  const id = Object.hasOwn(config, '_id') && '_id' in config ? config._id : undefined
  if (typeof id !== 'string') return null
  return { id, config: config as ConfigComponent['config'], file: `pipes/${id}.conf.json`, index: null }
}
