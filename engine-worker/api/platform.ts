/** What the engine is given by the place that it runs in. */
import type { HostPermission } from '../connectors/network-permission.ts'
import type { Sandbox } from '../connectors/sandbox/messages.ts'
import type { Environment } from '../environment.ts'
import type { EngineStarter } from '../run/engines/engines-on-demand.ts'
import type { DataSafety } from '../storage/copy/safety.ts'
import type { IndexedStore } from '../storage/index/indexed-store.ts'
import type { DatasetStore } from '../storage/store.ts'
import type { DatasetViews } from './dataset-views.ts'

/** What a platform gives the engine. */
export interface Platform {
  readonly environment: Environment
  readonly fetch: typeof globalThis.fetch | null
  /** Runs programs of transforms, where it can. */
  readonly sandbox?: Sandbox
  /** Resolves when the platform can tell that the engine has ended, where it can. */
  readonly alive?: () => Promise<void>
  /** Takes what decides about the servers that `fetch` may ask, where the platform asks. */
  readonly setPermission?: (decide: HostPermission) => void
  /** The store of all projects, where others use it too: it is neither tidied when one is opened nor closed with it. */
  readonly shared?: IndexedStore
  /** How many engines run the pipes of all projects; 1 where it says nothing. */
  readonly engines?: number
  /** What a project may have; infinite where nothing is said. */
  readonly limits?: { readonly pipes: number; readonly bytes: number; readonly engines: number }
  /** Starts further engines for the runs of a project, which says how many: at most `most`, the first one included. */
  readonly furtherEngines?: EngineStarter & { readonly most: number }
  /** Has a run of pipes (null: all) that was asked for wait its turn, where others run pipes too. */
  readonly inTurn?: <T>(pipes: readonly string[] | null, work: () => Promise<T>) => Promise<T>
  /** Whether pipes run that others have started, over the same store. */
  readonly isRunning?: () => boolean
  /** What is derived from the datasets of {@link shared}, where others use it too. */
  readonly views?: DatasetViews
  /** The datasets of a project. */
  openStore(project: string): Promise<DatasetStore>
  /** What keeps the data of a project that is open, where the platform can. */
  readonly safetyOf?: (project: string) => DataSafety | null
  /** Removes the datasets of a project. */
  deleteStore(project: string): Promise<void>
}
