/** The tables of the database of projects, and the numbered migrations that made them. */
// dexie: IndexedDB with transactions as promises, versions with upgrades, and the browsers' bugs worked around.
import { Dexie, type EntityTable, type Table, type Transaction } from 'dexie'
import type { Component, FileContent, FileOutline, Pins, Project, RunResult } from '../../../engine-worker/index.ts'
import { DiskError } from './failure.ts'

/** A project as the list of projects shows it. */
export interface ProjectRow {
  readonly id: string
  readonly name: string
  readonly profile: string
  readonly root: string
  /** Milliseconds since 1970. */
  readonly created: number
  readonly changed: number
  readonly pipes: number
  readonly systems: number
  /** The sample it began as, or how it came in: `import`, `link`, `empty`, `copy`. */
  readonly origin: string
  /** Goes up by one with each save, whatever the clock says. */
  readonly revision: number
}

/** One component, file or frame of a project. */
export interface RecordRow {
  readonly project: string
  /** `component:`, `file:` or `frame:` and the key in the project. */
  readonly key: string
  readonly value: Component | FileContent | FileOutline
  readonly revision: number
  /** Place among its kind: the order of files is part of the project. */
  readonly order: number
}

/** What a project was when it came in or was last exported. */
interface BaselineRow {
  readonly project: string
  readonly content: Project
  /** When, in milliseconds since 1970; unknown of the oldest. */
  readonly at?: number
  /** The project's revision then; absent in rows of database versions 1 to 3. */
  readonly revision?: number
}

/** A state of a project that was kept: by a person under a name, or automatically when work on it began. */
export interface VersionRow {
  readonly project: string
  readonly id: string
  readonly name: string
  readonly automatic: boolean
  /** Milliseconds since 1970, by a clock that may have been wrong: for display only. */
  readonly made: number
  readonly pipes: number
  /** The project's revision that it holds; absent in rows of database versions 1 to 3. */
  readonly revision?: number
  /** Goes up with each version of the project: the order they were made in. Absent in rows of versions 1 to 3. */
  readonly number?: number
}

/** What a kept version holds. */
interface SnapshotRow {
  readonly project: string
  readonly id: string
  readonly content: Project
}

/** Entities pinned in the previews of one pipe. */
interface PinsRow {
  readonly project: string
  readonly pipe: string
  readonly pins: Pins
}

/** What a run left for the Runs view. */
export interface RunRow {
  readonly project: string
  readonly run: string
  /** Milliseconds since 1970: for display only. */
  readonly started: number
  readonly result: RunResult
  /** Goes up with each run of the project. Absent in rows of database versions 1 to 3. */
  readonly number?: number
}

/** Which servers a project may send requests to, as a person decided. */
export interface PermissionRow {
  readonly project: string
  /** By host and port, e.g. `api.example.org` or `127.0.0.1:8080`. */
  readonly hosts: Readonly<Record<string, 'allowed' | 'refused'>>
}

/** The server that a project is on, where it is on one. */
export interface PlaceRow {
  readonly project: string
  /** Below which the server has its calls: `http://127.0.0.1:9042`, `https://pipes.example.org/north`. */
  readonly address: string
  /** The revision that this browser's baseline of the project is. */
  readonly revision: number
}

/** Accounts of the services of a project, encrypted with a passphrase (sign-in/vault.ts). */
export interface AccountsRow {
  readonly project: string
  readonly sealed: SealedText
}

/** A text that was encrypted with a key made of a passphrase: AES-GCM, PBKDF2 with SHA-256. */
export interface SealedText {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly iterations: number
  readonly vector: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

interface Migration {
  readonly version: number
  readonly stores: Readonly<Record<string, string>>
  readonly upgrade?: (transaction: Transaction) => Promise<void>
}

/** Numbered steps from the first database to today's; a step is never changed once it was released. */
export const migrations: readonly Migration[] = [
  { version: 1, stores: { projects: 'id, changed', records: '[project+key], project', baselines: 'project' } },
  { version: 2, stores: { runs: '[project+run], project, started' } },
  {
    version: 3,
    stores: {
      versions: '[project+id], project',
      snapshots: '[project+id], project',
      pins: '[project+pipe], project',
    },
  },
  { version: 4, stores: { permissions: 'project' } },
  { version: 5, stores: { places: 'project' } },
  { version: 6, stores: { accounts: 'project' } },
]

/** The version of the tables. */
const newestVersion = Math.max(...migrations.map(({ version }) => version))

/** The database of projects. Opening one that a newer version of the app has made fails with a DiskError. */
export class ProjectDatabase extends Dexie {
  declare readonly projects: EntityTable<ProjectRow, 'id'>
  declare readonly records: Table<RecordRow, [string, string]>
  declare readonly baselines: EntityTable<BaselineRow, 'project'>
  declare readonly runs: Table<RunRow, [string, string]>
  declare readonly versions: Table<VersionRow, [string, string]>
  declare readonly snapshots: Table<SnapshotRow, [string, string]>
  declare readonly pins: Table<PinsRow, [string, string]>
  declare readonly permissions: EntityTable<PermissionRow, 'project'>
  declare readonly accounts: EntityTable<AccountsRow, 'project'>
  declare readonly places: EntityTable<PlaceRow, 'project'>

  constructor(name: string) {
    // A save that was reported as saved survives a power cut; Chromium's default does not promise that.
    super(name, { chromeTransactionDurability: 'strict' })
    for (const { version, stores, upgrade } of migrations) {
      const step = this.version(version).stores(stores)
      if (upgrade) step.upgrade(upgrade)
    }
    // Dexie opens newer databases, too. To IndexedDB it gives ten times the version, a little more where it added tables.
    const refuseNewer = () => {
      if (Math.floor(this.backendDB().version / 10) > newestVersion) throw new DiskError('newer', name)
    }
    this.on('ready', refuseNewer, true)
  }
}
