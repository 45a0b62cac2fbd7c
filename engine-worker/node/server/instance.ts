/** One configuration that is served: its components, variables and secrets, its datasets, its pumps. */

import { historyOf } from '../../api/host.ts'
import { suppliedTexts } from '../../api/supplied-texts.ts'
import { declaredKind } from '../../config/model/declared.ts'
import { executionLog } from '../../config/project/system-datasets.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type Json } from '../../entity/value.ts'
import type { RunHistory } from '../../run/history.ts'
import { inboxOwner } from '../../run/inbox.ts'
import { notificationsFile } from '../../run/notifications/rules.ts'
import type { EndedPump } from '../../run/run-options.ts'
import { Session } from '../../run/session.ts'
import { forgetPipe } from '../../run/state.ts'
import type { Commit, DatasetStore, StateWrite } from '../../storage/store.ts'
import { Counters } from '../metrics/counters.ts'
import type { HealthState } from '../metrics/documented.ts'
import { nodeSandbox } from '../sandbox.ts'
import { AccessLists } from './access-lists.ts'
import { listBackups } from './backups.ts'
import { type ConfigItem, NodeConfiguration } from './configuration.ts'
import { InstanceDatasets } from './instance-datasets.ts'
import { NewsFeed } from './instance-events.ts'
import { InstanceNotifier } from './instance-notifier.ts'
import type { ChangeAuthor, Deployed, DeployOptions, InstanceOptions } from './instance-options.ts'
import { checkPipes } from './limits.ts'
import { ShareableLinks } from './links.ts'
import { Pumps } from './pumps.ts'
import { keptText } from './pushed-project.ts'
import { QueuedStateCommits } from './queued-state-commits.ts'
import { SecretStore } from './secrets.ts'
import type { ServerLog } from './server-log.ts'
import { SystemAccountStore } from './system-accounts.ts'
import { Traffic } from './traffic.ts'
import { usageCounter } from './usage-count.ts'
import { type ConfigError, configErrors, hasError, validationError } from './validation.ts'
import { Webhooks } from './webhooks.ts'

const VARIABLES_KEY = 'server/env'
const STARTS_KEY = 'server/starts'
const REVISION_KEY = 'server/revision'

const noAuthor: ChangeAuthor = { user: null, page: null }

export class Instance {
  readonly session: Session
  readonly datasets: InstanceDatasets
  readonly pumps: Pumps
  readonly traffic: Traffic
  /** What systems are signed in with. */
  readonly accounts: SystemAccountStore
  readonly log: ServerLog
  private hooks: Webhooks | null = null
  readonly news = new NewsFeed()
  private readonly history: RunHistory
  readonly notifications: InstanceNotifier
  private readonly queuedCommits: QueuedStateCommits
  /** The text of the notification rules; null where there are none. */
  private rulesText: string | null = null
  private readonly countUsage: () => Promise<void>
  /** Goes up with each change of the configuration, its variables or its files. */
  revision = 0
  /** When it was started: seconds since 1970. */
  started: number
  /** Since the version changed. */
  restarts = 0
  backupHealth: HealthState = 'unknown'
  private current = NodeConfiguration.empty
  private variableMap: { readonly [name: string]: Json } = {}
  private problems: ReadonlyMap<string, readonly ConfigError[]> = new Map()

  private constructor(
    readonly options: InstanceOptions,
    readonly secrets: SecretStore,
    readonly counters: Counters,
    readonly access: AccessLists,
    readonly links: ShareableLinks,
  ) {
    const { store, environment, fetch, engines, say, log } = options
    this.log = log
    this.accounts = new SystemAccountStore(options.key, (states) => this.commitStates(states))
    this.queuedCommits = new QueuedStateCommits((states) => this.commitStates(states), say)
    this.started = Number(environment.now() / 1_000_000n) / 1000
    this.traffic = new Traffic(1000 * this.started)
    this.session = new Session({
      store,
      ...(options.pool ? { engines: options.pool } : {}),
      environment,
      fetch,
      ended: async (run) => {
        this.queuedCommits.add(this.counters.count(run))
        this.tellWebhooks(run)
        this.history.ended(run)
      },
      progress: (event) => {
        this.notifications.notifier.progress(event)
        this.news.tell({ is: 'progress', event })
      },
      finished: async (result, at, use) => {
        await this.history.finished(result, at, use)
        await this.countUsage()
        this.news.tell({ is: 'ended', result, started: Number(at / 1_000_000n) })
        this.notifications.look()
      },
      compacted: async (pipe, versions) =>
        this.queuedCommits.add(this.counters.compacted(pipe, versions, this.now() / 1000)),
      inputs: {
        delivers: true,
        tokens: this.accounts,
        sandbox: nodeSandbox,
        secret: (name) => this.secrets.value(null, name),
        systemSecret: (system, name) => this.secrets.value(system, name),
      },
    })
    this.datasets = new InstanceDatasets(options.name, this.session, store)
    this.history = historyOf(this.session)
    this.countUsage = usageCounter(this.session, store, environment)
    this.pumps = new Pumps({
      session: this.session,
      counters,
      engines,
      environment,
      say,
      brokeOff: (pipe, words, started) => {
        this.queuedCommits.add(this.counters.brokeOff(pipe, words, started, environment.now()))
        say(`${pipe}: ${words}`)
      },
    })
    this.notifications = new InstanceNotifier(this, () => this.rulesText)
  }

  /** Opens what the store holds; nothing runs yet. */
  static async open(options: InstanceOptions): Promise<Instance> {
    const { store, key } = options
    const [secrets, counters] = [await SecretStore.load(store, key), await Counters.load(store)]
    const [access, links] = [await AccessLists.load(store), await ShareableLinks.load(store, key)]
    const instance = new Instance(options, secrets, counters, access, links)
    instance.hooks = await Webhooks.load(store, options.fetch, (states) => instance.commitStates(states))
    instance.current = await NodeConfiguration.load(store)
    const variables = await store.state(VARIABLES_KEY)
    if (variables && !(variables instanceof Uint8Array) && isObject(variables)) instance.variableMap = variables
    instance.revision = Number((await store.state(REVISION_KEY)) ?? 0)
    await instance.pumps.load(store)
    await instance.accounts.load(store)
    for (const [pipe, supplied] of await suppliedTexts(store)) instance.session.supply(pipe, supplied)
    await instance.session.discardInterrupted()
    await instance.session.renameFormerLogs()
    for (const { name } of await store.list()) {
      const pipe = inboxOwner(name)
      if (pipe !== null) instance.session.setInbox(pipe, true)
    }
    instance.rulesText = await keptText(store, notificationsFile)
    if ((await listBackups(options.backups)).length > 0) instance.backupHealth = 'healthy'
    instance.reload(instance.current)
    await instance.populateReceivers()
    await instance.countStart()
    return instance
  }

  private async countStart(): Promise<void> {
    const { store, version } = this.options
    const kept = await store.state(STARTS_KEY)
    const same = kept && !(kept instanceof Uint8Array) && isObject(kept) && get(kept, 'version') === version
    const restarts = same ? Number(get(kept, 'restarts') ?? 0) + 1 : 0
    await this.commitStates([{ key: STARTS_KEY, value: { version, restarts } }])
    this.restarts = restarts
  }

  /** What a restart of a node does: pumps are stopped, everything is read again, schedules begin anew. */
  async restart(): Promise<void> {
    await this.pumps.stopAll()
    this.reload(this.current)
    this.started = Math.max(this.now() / 1000, this.started + 0.001)
    await this.countStart()
  }

  /** Has numbers of pumps stored that count already. */
  storeCounters(states: readonly StateWrite[]): void {
    this.queuedCommits.add(states)
  }

  /** Resolves when the store has the numbers that the counters tell, so that none is smaller after a kill. */
  countersStored(): Promise<void> {
    return this.queuedCommits.done()
  }

  async close(): Promise<void> {
    await this.pumps.stopSchedules()
    await this.pumps.stopAll()
    await this.notifications.close()
    await this.queuedCommits.done()
    this.options.pool?.close()
    await this.options.store.close()
  }

  get webhooks(): Webhooks {
    if (!this.hooks) throw new Error('the instance is not open')
    return this.hooks
  }

  private tellWebhooks({ pipe, result, logged }: EndedPump): void {
    const { sink } = pipe
    const written = result.changed > 0 && sink.writes === 'dataset' ? [sink.dataset] : []
    this.hooks?.changed([...written, ...(logged ? [executionLog(pipe.id)] : [])])
  }

  get store(): DatasetStore {
    return this.options.store
  }

  get configuration(): NodeConfiguration {
    return this.current
  }

  get variables(): { readonly [name: string]: Json } {
    return this.variableMap
  }

  /** Milliseconds since 1970. */
  now(): number {
    return Number(this.options.environment.now() / 1_000_000n)
  }

  commitStates(states: readonly StateWrite[]): Promise<void> {
    return states.length === 0 ? Promise.resolve() : this.session.runner.store.commit({ states }).then(() => undefined)
  }

  /** Opens a configuration with the variables and secrets that count now. */
  private reload(configuration: NodeConfiguration): void {
    this.session.open(configuration.files(), { variables: this.variableMap, ...this.secrets.options() })
    this.problems = configErrors(this.session.project)
    this.pumps.reconfigured()
  }

  /**
   * Puts another configuration in the place of the present one. Where `posted` components have errors, nothing changes
   * unless it is forced.
   */
  async deploy(
    next: NodeConfiguration,
    posted: readonly ConfigItem[],
    force: boolean,
    { by = noAuthor, states: more = [], variables }: DeployOptions = {},
  ): Promise<Deployed> {
    const before = this.current
    checkPipes(this.options.limits, pipesIn(before), pipesIn(next))
    const former = this.variableMap
    if (variables) this.variableMap = variables
    this.reload(next)
    const found = posted.flatMap((item) => {
      const errors = this.errorsOf(item)
      return errors.length === 0 ? [] : [{ item, errors }]
    })
    const errors = found.map(({ item, errors }) => validationError(item.config, errors))
    if (!force && found.some(({ errors }) => hasError(errors))) {
      this.variableMap = former
      this.reload(before)
      return { applied: false, errors }
    }
    this.current = next
    const revised = this.recordChange(by)
    const changes = next.changesFrom(before)
    const removedItems = before.items.filter(({ path }) => !next.items.some((item) => item.path === path))
    const states = [...(changes.states ?? []), ...(await this.forgetStates(removedItems)), ...more, revised]
    if (variables) states.push({ key: VARIABLES_KEY, value: { ...variables } })
    await this.commitChange({ ...changes, states }, before, former)
    this.rulesText = await keptText(this.store, notificationsFile)
    await this.populateReceivers()
    return { applied: true, errors }
  }

  /** What has to go with components: positions and flags of pipes, secrets of systems. Datasets stay. */
  private async forgetStates(items: readonly ConfigItem[]): Promise<StateWrite[]> {
    const states: StateWrite[] = []
    for (const { id, path } of items) {
      if (path.startsWith('pipes/')) {
        await this.pumps.stop(id)
        states.push({ key: this.pumps.forget(id), value: null })
        states.push(...(await forgetPipe(this.store, id)), ...this.access.forget('pipe', id), ...this.links.forget(id))
      }
      if (path.startsWith('systems/'))
        states.push(
          ...this.secrets.delete(id, this.secrets.names(id)),
          ...this.accounts.forget(id),
          ...this.access.forget('system', id),
        )
    }
    return states
  }

  /** Datasets of pipes that are pushed to count as populated from the beginning, unless their source says otherwise. */
  async populateReceivers(): Promise<void> {
    for (const { effective, runnable } of this.session.openPipes()) {
      const pushed = declaredKind('source', effective.source.type)?.receivesPushes === true
      if (!pushed || get(effective.source.config, 'auto_populate_dataset') === false) continue
      if (runnable.sink.writes !== 'dataset' || runnable.needs !== null) continue
      const { dataset } = runnable.sink
      if ((await this.store.info(dataset))?.populated) continue
      await this.session.runner.store.commit({ datasets: [{ dataset, entities: [], populated: true }] })
    }
  }

  /** Errors and warnings of a component. */
  errorsOf({ path }: ConfigItem): readonly ConfigError[] {
    return this.problems.get(path) ?? []
  }

  async setVariables(variables: { readonly [name: string]: Json }, by: ChangeAuthor = noAuthor): Promise<void> {
    const former = this.variableMap
    this.variableMap = variables
    this.reload(this.current)
    const revised = this.recordChange(by)
    await this.commitChange(
      { states: [{ key: VARIABLES_KEY, value: { ...variables } }, revised] },
      this.current,
      former,
    )
  }

  /** Stores a change that counts already. Where that fails, as on a full disk, what counted before counts again. */
  private async commitChange(
    commit: Commit,
    before: NodeConfiguration,
    variables: { readonly [name: string]: Json },
  ): Promise<void> {
    try {
      await this.session.runner.store.commit(commit)
    } catch (error) {
      this.current = before
      this.variableMap = variables
      for (const part of [this.secrets, this.access, this.links]) await part.readAgain(this.store)
      for (const part of [this.accounts, this.pumps]) await part.load(this.store)
      this.reload(before)
      this.recordChange(noAuthor)
      throw error
    }
  }

  /** Counts a change and publishes it; gives the states to commit. */
  private recordChange({ user, page }: ChangeAuthor): StateWrite {
    this.revision++
    this.news.tell({ is: 'configuration', revision: this.revision, user, page })
    return { key: REVISION_KEY, value: this.revision }
  }

  /** Writes changes of secrets, which count from now on. */
  async changeSecrets(states: readonly StateWrite[]): Promise<void> {
    this.reload(this.current)
    await this.commitChange({ states }, this.current, this.variableMap)
  }

  /** A pipe in effect, or null. */
  pipe(id: string): OpenPipe | null {
    return this.session.openPipes().find(({ effective }) => effective.id === id) ?? null
  }
}

function pipesIn({ items }: NodeConfiguration): number {
  return items.filter(({ path }) => path.startsWith('pipes/')).length
}
