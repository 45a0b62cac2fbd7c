/** How an instance is opened, and what goes with a change of its configuration. */

import type { Json, JsonObject } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import type { EnginePool } from '../../run/engines/pool.ts'
import type { DatasetStore, StateWrite } from '../../storage/store.ts'
import type { Health } from './health.ts'
import type { Limits } from './limits.ts'
import type { ServerLog } from './server-log.ts'

export interface InstanceOptions {
  readonly name: string
  /** Where its data is. */
  readonly folder: string
  /** Where its backups are. */
  readonly backups: string
  /** Where the second copy of its data is; null where there is none. */
  readonly copy: string | null
  /** Whether a backup is made every day. */
  readonly isBackedUp: boolean
  /** The version of this program; restarts are counted per version. */
  readonly version: string
  readonly store: DatasetStore
  /** Follows the writes of the store. */
  readonly health: Health
  /** Encrypts secrets. */
  readonly key: Uint8Array
  readonly environment: Environment
  readonly fetch: typeof globalThis.fetch | null
  readonly engines: number
  readonly limits: Limits
  /** The threads of further engines; null for one. */
  readonly pool: EnginePool | null
  readonly log: ServerLog
  /** A token for a user and a password, or null. */
  readonly signIn: (user: string, password: string) => Promise<string | null>
  readonly say: (words: string) => void
}

/** Who changed a configuration, where that is known: the user, and the page in which it was done. */
export interface ChangeAuthor {
  readonly user: string | null
  readonly page: string | null
}

/** What comes with a configuration. */
export interface DeployOptions {
  readonly by?: ChangeAuthor
  /** Written in the same commit. */
  readonly states?: readonly StateWrite[]
  /** In the place of the present variables. */
  readonly variables?: { readonly [name: string]: Json }
}

/** What an upload of configuration found, and whether it counts now. */
export interface Deployed {
  readonly applied: boolean
  readonly errors: readonly JsonObject[]
}
