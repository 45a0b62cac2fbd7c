/**
 * The engine of an instance as pages ask it. Each page that works on the project has a draft of its own: the files as
 * they are edited there, over the datasets of the instance. What changes data goes to the configuration that runs.
 */
// lru-cache: the drafts that were used longest ago make room.
import { LRUCache } from 'lru-cache'
import { EngineHost } from '../../api/host.ts'
import { capabilityScope } from '../../api/serve.ts'
import { HttpError } from './answer.ts'
import type { Instance } from './instance.ts'
import { serverSafety } from './instance-safety.ts'
import { perInstance } from './per-instance.ts'

/** The most drafts at once, and milliseconds after which an unused one is dropped. */
const MAX_DRAFTS = 32
const DRAFT_TTL = 30 * 60_000

/** The workspaces of an instance. */
export const workspacesOf = perInstance((instance) => new Workspaces(instance))

interface Draft {
  readonly host: EngineHost
  /** The revision of the inputs that it has read. */
  inputs: number
}

class Workspaces {
  private readonly drafts = new LRUCache<string, Draft>({ max: MAX_DRAFTS, ttl: DRAFT_TTL, updateAgeOnGet: true })
  private readonly deployed: EngineHost
  /** Goes up whenever data was supplied for sources. */
  private inputsRevision = 0

  constructor(private readonly instance: Instance) {
    const { environment, fetch, name, folder, backups, copy, isBackedUp } = instance.options
    const hasFailed = () => instance.backupHealth === 'unhealthy'
    const now = () => instance.now()
    const safety = serverSafety({ name, folder, backups, copy, isDaily: isBackedUp, now, hasFailed })
    this.deployed = EngineHost.over(
      {
        environment,
        fetch,
        shared: instance.session.runner.store,
        engines: instance.options.engines,
        limits: instance.options.limits,
        inTurn: (pipes, work) => {
          const all = instance.session.openPipes().map(({ effective }) => effective.id)
          return instance.pumps.alone(pipes ?? all, work)
        },
        isRunning: () => instance.pumps.isBusy,
        openStore: async () => instance.store,
        deleteStore: async () => undefined,
        safetyOf: () => safety,
      },
      name,
      instance.session,
      instance.notifications.notifier,
    )
  }

  /** Which engine answers a capability that a page asks for. 404 where pages do not ask a server for it. */
  async hostFor(name: string, page: string): Promise<EngineHost> {
    const scope = capabilityScope(name) ?? 'page'
    if (scope === 'page') throw new HttpError(404, `A server is not asked for ${name}.`)
    if (scope !== 'draft') return this.deployed
    const draft = this.drafts.get(page) ?? { host: this.newDraft(), inputs: this.inputsRevision }
    this.drafts.set(page, draft)
    if (draft.inputs !== this.inputsRevision) {
      draft.inputs = this.inputsRevision
      await draft.host.refreshInputs()
    }
    return draft.host
  }

  /** Whether a capability changes data, so that others have to look again. */
  changesData(name: string): boolean {
    return capabilityScope(name) === 'deployed-data'
  }

  /** Data was supplied: drafts read it before they are asked again. */
  inputsChanged(): void {
    this.inputsRevision++
  }

  private newDraft(): EngineHost {
    const { session, options } = this.instance
    const { search, storedColumns, columns } = this.deployed.current()
    return new EngineHost({
      environment: options.environment,
      fetch: null,
      shared: session.runner.store,
      // One index and one set of columns for all pages: two would write over each other what is kept of them.
      views: { search, storedColumns, columns },
      openStore: async () => this.instance.store,
      deleteStore: async () => undefined,
    })
  }
}
