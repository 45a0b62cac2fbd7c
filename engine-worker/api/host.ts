/** The engine behind its capabilities: a platform, and the project that is open on it. */

import { effectivePipe } from '../config/project/effective.ts'
import { type FileContents, textAt } from '../config/project/read.ts'
import { NO_NAMESPACES } from '../dtl/compile/compile.ts'
import type { Namespaces } from '../dtl/evaluation.ts'
import { Fault, type Problem, problem } from '../problem.ts'
import { durablePipes } from '../run/durable-pipes.ts'
import type { EnginesOnDemand } from '../run/engines/engines-on-demand.ts'
import { RunHistory } from '../run/history.ts'
import { inboxOwner } from '../run/inbox.ts'
import { desktopChannel } from '../run/notifications/desktop.ts'
import { withNamedValues } from '../run/notifications/message.ts'
import type { Notification } from '../run/notifications/notification.ts'
import { Notifier } from '../run/notifications/notifier.ts'
import { notificationsFile, readRules } from '../run/notifications/rules.ts'
import { webhookChannel } from '../run/notifications/webhook.ts'
import { Session } from '../run/session.ts'
import type { DataSafety } from '../storage/copy/safety.ts'
import type { DatasetStore } from '../storage/store.ts'
import { ledgerState } from '../subscription/ledger.ts'
import { nearDays } from '../subscription/reminders.ts'
import { type DatasetViews, datasetViews } from './dataset-views.ts'
import { enginesIn, enginesOf } from './engines.ts'
import { PageTokens } from './page-tokens.ts'
import type { Platform } from './platform.ts'
import { totalQueue } from './queue-totals.ts'
import { suppliedTexts } from './supplied-texts.ts'
import { Windows } from './windows.ts'

export const notOpen = problem<Record<string, never>>({
  code: 'no-project-open',
  severity: 'error',
  says: () => 'No project is open in the engine.',
})

/** A project to open; what was open before is closed. */
export interface OpenRequest {
  /** Names the database of the project's datasets. */
  readonly project: string
  /** By path, as on disk: `pipes/x.conf.json`, `systems/y.conf.json`, `node-metadata.conf.json`, `test-env.json`, … */
  readonly files: FileContents
  /** Variables come from `<profile>-env.json`; default `test`. */
  readonly profile?: string
  /** Values of secrets by name; never stored, never part of what is captured. */
  readonly secrets?: Readonly<Record<string, string>>
}

/** An open project. */
export interface OpenedProject extends DatasetViews {
  readonly project: string
  readonly session: Session
  readonly store: DatasetStore
  readonly windows: Windows
  readonly notifier: Notifier
  /** The engines that are started for its runs; null where the platform starts none. */
  readonly engines: EnginesOnDemand | null
  /** Files whose taking-in was interrupted before the project was opened. */
  readonly interrupted: readonly Problem[]
}

/** The engine on a platform. */
export class EngineHost {
  private openedProject: OpenedProject | null = null
  private readonly runs = new Set<Promise<unknown>>()
  /** Tokens of systems, where the page keeps them. */
  readonly tokens = new PageTokens()
  private readonly hostQuestions = new Map<number, (allowed: boolean) => void>()
  private lastQuestion = 0
  private showNotification: ((notification: Notification) => void) | null = null

  constructor(readonly platform: Platform) {}

  /** The engine over a session that others have opened and will close. */
  static over(platform: Platform, project: string, session: Session, given?: Notifier): EngineHost {
    const host = new EngineHost(platform)
    const { store } = session.runner.store
    const notifier = given ?? host.notifierOf(session, project)
    host.openedProject = { project, session, notifier, engines: null, ...host.viewsOf(store), interrupted: [] }
    return host
  }

  /** Opens a project, or the files of the one that is open anew. */
  async open({ project, files, profile, secrets }: OpenRequest): Promise<OpenedProject> {
    const options = { ...(profile === undefined ? {} : { profile }), ...(secrets ? { secrets } : {}) }
    if (this.openedProject?.project !== project) {
      await this.close()
      const { environment, fetch, shared, sandbox } = this.platform
      const store = shared?.store ?? (await this.platform.openStore(project))
      const indexed = shared ? { indexed: shared } : {}
      const engines = shared ? null : enginesOf(this.platform)
      const session: Session = new Session({
        store,
        environment,
        fetch,
        followConfiguration: true,
        inputs: { tokens: this.tokens, ...(sandbox ? { sandbox } : {}) },
        ended: async (run) => history.ended(run),
        progress: (event) => notifier.progress(event),
        finished: async (result, started, use) => {
          await history.finished(result, started, use)
          // A draft on a server sends no notifications.
          if (!shared) void notifier.look().catch(() => undefined)
        },
        ...(engines ? { engines } : {}),
        ...indexed,
      })
      const history = historyOf(session)
      const notifier = this.notifierOf(session, project)
      await readInputs(session, store)
      const interrupted = shared ? [] : await session.discardInterrupted()
      if (!shared) await session.renameFormerLogs()
      this.openedProject = { project, session, notifier, engines, ...this.viewsOf(store), interrupted }
    }
    const opened = this.current()
    opened.session.open(files, options)
    this.followEngines()
    this.openRequest = { project, files, ...options }
    await this.followDurable()
    return opened
  }

  /** Has as many engines in the next run as the open project says now. */
  followEngines(): void {
    const { engines, session } = this.current()
    engines?.setCount(enginesIn(session.contents, this.platform.furtherEngines?.most ?? 1))
  }

  /** What was opened last, as it was asked for. */
  private openRequest: OpenRequest | null = null

  /** What keeps the data of the open project; null where nothing does. */
  get safety(): DataSafety | null {
    return (this.openedProject && this.platform.safetyOf?.(this.openedProject.project)) ?? null
  }

  /** Has a second copy kept where a pipe of the open project is durable, as the project is now. */
  async followDurable(): Promise<void> {
    await this.safety?.follow(durablePipes(this.current().session.project).length > 0)
  }

  /** Does something to the stored data of the open project that its store must not see, and opens it again. */
  async reopenAfter<T>(work: () => Promise<T>): Promise<T> {
    const { openRequest: request } = this
    const { session } = this.current()
    if (!request) throw new Fault(notOpen({}))
    const files = session.contents
    await this.idle()
    await session.runner.rescans.stop()
    try {
      return await work()
    } finally {
      await this.close()
      await this.open({ ...request, files })
    }
  }

  /** What is open. Throws a Fault where nothing is. */
  current(): OpenedProject {
    if (!this.openedProject) throw new Fault(notOpen({}))
    return this.openedProject
  }

  /** Reads anew what was supplied for sources, where others supply it too. */
  async refreshInputs(): Promise<void> {
    if (this.openedProject) await readInputs(this.openedProject.session, this.openedProject.store)
  }

  /** Works with the stored data of a project, open or not. Throws a Fault where another worker has it open. */
  async withStore<T>(project: string, work: (store: DatasetStore) => Promise<T>): Promise<T> {
    if (this.openedProject?.project === project) return work(this.openedProject.store)
    const store = await this.platform.openStore(project)
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }

  /** Whether a project that was opened is the one that is open. */
  isOpen(project: OpenedProject): boolean {
    return this.openedProject === project
  }

  /** The namespaces that count in a pipe of the open project. */
  namespacesOf(pipe: string): Namespaces {
    const { session } = this.current()
    const component = session.component(pipe)
    return component ? effectivePipe(session.project, component).namespaces : NO_NAMESPACES
  }

  /** Calls `ask` for each server that a request waits for; {@link decideHost} answers. */
  askHosts(ask: (question: { readonly question: number; readonly server: string }) => void): void {
    this.platform.setPermission?.(
      (server) =>
        new Promise((resolve) => {
          const question = ++this.lastQuestion
          this.hostQuestions.set(question, resolve)
          ask({ question, server })
        }),
    )
  }

  /** Decides about a server that a request waits for. */
  decideHost(question: number, allowed: boolean): void {
    this.hostQuestions.get(question)?.(allowed)
    this.hostQuestions.delete(question)
  }

  /** Calls `show` with each notification of the open project that is for the desktop. */
  onNotification(show: (notification: Notification) => void): void {
    this.showNotification = show
  }

  /** The notifications of a project in a page, which sends no mail. */
  private notifierOf(session: Session, project: string): Notifier {
    const { environment, fetch } = this.platform
    const valueOfName = (is: 'ENV' | 'SECRET', name: string) => {
      const { variables, secrets } = session.project
      const found = is === 'ENV' ? variables.get(name) : secrets.get(name)
      return found === undefined || found === null ? null : String(found)
    }
    return new Notifier({
      session,
      rules: () => readRules(textAt(session.contents, notificationsFile) ?? null, session.project),
      now: () => Number(environment.now() / 1_000_000n),
      days: async () => {
        const ledger = await session.runner.store.store.state(ledgerState)
        return nearDays(ledger, Number(environment.now() / 1_000_000n))
      },
      resolve: (address) => withNamedValues(address, valueOfName),
      channels: {
        ...(fetch ? { webhook: webhookChannel(fetch, project) } : {}),
        desktop: desktopChannel((notification) => {
          this.showNotification?.(notification)
          return this.showNotification !== null
        }),
      },
    })
  }

  /** Runs pipes (null: all) and keeps the project open until that has ended. */
  async during<T>(pipes: readonly string[] | null, work: () => Promise<T>): Promise<T> {
    const { inTurn } = this.platform
    const running = inTurn ? inTurn(pipes, work) : work()
    this.runs.add(running)
    try {
      return await running
    } finally {
      this.runs.delete(running)
    }
  }

  /** Whether a run is under way. */
  get isRunning(): boolean {
    return this.runs.size > 0
  }

  /** Settles when no run is under way. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.runs)
  }

  /** Closes what is open when its runs have ended. */
  async close(): Promise<void> {
    await this.idle()
    await this.openedProject?.session.runner.rescans.stop()
    this.openedProject?.engines?.close()
    if (!this.platform.shared) await this.openedProject?.store.close()
    this.openedProject = null
  }

  /** The ways to look at the datasets of a store. */
  private viewsOf(store: DatasetStore): DatasetViews & Pick<OpenedProject, 'store' | 'windows'> {
    const { environment, views, isRunning } = this.platform
    const newViews = views ?? datasetViews(store, environment, () => this.isRunning || isRunning?.() === true)
    return { store, windows: new Windows(store), ...newViews }
  }

  /** Removes everything that is stored for a project. */
  async destroy(project: string): Promise<void> {
    if (this.openedProject?.project === project) await this.close()
    await this.platform.deleteStore(project)
  }
}

/** Keeps the history of the runs of a session. */
export function historyOf(session: Session): RunHistory {
  const { runner } = session
  return new RunHistory({
    store: runner.store.store,
    commit: async (states) => void (await runner.store.commit({ states })),
    queued: () => totalQueue(runner.store.store, session),
  })
}

/** Lets the sources of a session read what was supplied for them: texts, and what is in inboxes. */
async function readInputs(session: Session, store: DatasetStore): Promise<void> {
  for (const [pipe, supplied] of await suppliedTexts(store)) session.supply(pipe, supplied)
  for (const { name } of await store.list()) {
    const pipe = inboxOwner(name)
    if (pipe !== null) session.setInbox(pipe, true)
  }
}
