/**
 * How safe the data of a project is: where its second copy is, which backups there are. A page has them in the browser or in
 * a folder that a person has picked; a server beside its store.
 */
import type { Backup } from './backups.ts'
import type { DirectoryHandle, ReadableFile } from './folder.ts'

/** Where copy and backups are kept. */
export interface SafetyPlace {
  readonly kind: 'browser' | 'folder' | 'server'
  /** The name of the folder; empty where it has no name that helps. */
  readonly name: string
  /** Whether it can be written to; a folder has to be allowed again after a reload. */
  readonly isReady: boolean
  /** Of the folder, for a page that asks for it again. */
  readonly handle: DirectoryHandle | null
}

/** The copy and the backups of a project as they are. */
export interface SafetyState {
  readonly place: SafetyPlace
  /** The second copy; null where none is kept. */
  readonly copy: {
    /** When the last batch went to it, in milliseconds since 1970; null where none did since the project was opened. */
    readonly at: number | null
    readonly bytes: number | null
  } | null
  /** Oldest first. */
  readonly backups: readonly Backup[]
  /** Whether a backup is made every day that something runs. */
  readonly isDaily: boolean
  /** What kept the last backup by schedule, or the copy, from being made; null where nothing did. */
  readonly failure: string | null
  /** Whether a backup can be restored from here. */
  readonly canRestore: boolean
}

/** What a person says of copy and backups; what is left out stays as it is. */
export interface SafetySettings {
  /** A backup every day; null: where the project has durable pipes. */
  readonly daily?: boolean | null
  /** The folder that holds them; null: the browser's own. */
  readonly folder?: DirectoryHandle | null
}

/** Keeps the data of one project that is open. */
export interface DataSafety {
  /** `isDurable`: some of its pipes are durable, so that a second copy is kept. */
  follow(isDurable: boolean): Promise<void>
  state(): Promise<SafetyState>
  configure(settings: SafetySettings): Promise<void>
  backUp(): Promise<Backup>
  /** A backup where one is due; what keeps it from being made is in the state. */
  backUpIfDue(): Promise<void>
  /** A backup as a file to keep elsewhere. */
  file(id: string): Promise<ReadableFile>
  remove(id: string): Promise<void>
  /**
   * Puts a backup, or a file that was one, in the place of the data; gives the number of its datasets and the backup of what
   * was there before. The store has to be opened again.
   */
  restore(from: { readonly id: string } | { readonly file: ReadableFile }): Promise<Restored>
}

/** What a restore has done. */
export interface Restored {
  readonly datasets: number
  /** The backup of what was there before. */
  readonly before: string
}
