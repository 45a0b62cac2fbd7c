/** Copy and backups of a project in a page: in the file system of the browser, or in a folder that a person has picked. */
import { Fault, problem, reasonOf } from '../../problem.ts'
import { type Backup, backupId, backupOf, isBackupDue, keptBackups } from './backups.ts'
import type { CopiedStorage } from './copied-storage.ts'
import { type CopyFolder, type DirectoryHandle, handleFolder, type ReadableFile, readInParts } from './folder.ts'
import { readContent } from './frame.ts'
import type { DataSafety, Restored, SafetyPlace, SafetySettings, SafetyState } from './safety.ts'

const noBackup = problem<{ id: string }>({
  code: 'no-such-backup',
  severity: 'error',
  says: ({ id }) => `There is no backup ${id}.`,
})

const noPlaceForBackups = problem<Record<string, never>>({
  code: 'no-place-for-backups',
  severity: 'error',
  says: () => 'This browser gives the app no place for backups, or the folder has to be allowed again.',
  fix: () => 'Allow the folder, or choose another place.',
})

const FILE_EXTENSION = '.pwbackup'
const COPY_FOLDER = 'copy'
const BACKUP_FOLDER = 'backups'
/** Names of folders under which settings are kept with the data. */
const FOLDER_SETTING = 'folder'
const DAILY_SETTING = 'daily'

/** Keeps what a person has set, beside the data. */
export interface SettingsStorage {
  setting(key: string): Promise<unknown>
  putSetting(key: string, value: unknown): Promise<void>
}

interface BrowserSafetyOptions {
  readonly project: string
  readonly storage: CopiedStorage
  readonly settings: SettingsStorage
  /** The folder of the project in the file system of the browser; null where it has none. */
  readonly own: DirectoryHandle | null
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly uuid: () => string
}

/** The name of the folder of a project. */
export function folderOfProject(project: string): string {
  return `pipewright-${encodeURIComponent(project)}`
}

/** The folder in the browser's file system that holds the copy of a project. */
export async function ownCopy(own: DirectoryHandle): Promise<CopyFolder> {
  return handleFolder(await own.getDirectoryHandle(COPY_FOLDER, { create: true }), true)
}

export class BrowserSafety implements DataSafety {
  private isDurable = false
  private chosenFolder: DirectoryHandle | null = null
  /** Why the last scheduled backup or the copy failed. */
  private failure: string | null = null
  private isLoaded = false
  private followedPlace = ''

  constructor(private readonly options: BrowserSafetyOptions) {}

  private async load(): Promise<void> {
    if (this.isLoaded) return
    this.isLoaded = true
    const folder = await this.options.settings.setting(FOLDER_SETTING)
    this.chosenFolder = isDirectory(folder) ? folder : null
  }

  async follow(isDurable: boolean): Promise<void> {
    await this.load()
    this.isDurable = isDurable
    await this.updateFollowedPlace()
  }

  /** Begins or ends the copy, where that differs from what is followed now. */
  private async updateFollowedPlace(): Promise<void> {
    const place = await this.place()
    const wanted = this.isDurable && place.isReady ? `${place.kind} ${place.name}` : ''
    // A folder that is not allowed now must not keep anything from running: the copy goes on in the browser meanwhile.
    const instead = this.isDurable && !place.isReady && this.options.own ? 'browser instead' : wanted
    if (instead === this.followedPlace) return
    this.followedPlace = instead
    try {
      const root = instead === '' ? null : instead === wanted ? await this.root() : this.options.own
      const isOwn = root !== null && root === this.options.own
      const folder = root && handleFolder(await root.getDirectoryHandle(COPY_FOLDER, { create: true }), isOwn)
      await this.options.storage.follow(folder)
      this.failure = null
    } catch (error) {
      this.followedPlace = ''
      this.failure = reasonOf(error)
    }
  }

  private async place(): Promise<SafetyPlace> {
    const { chosenFolder: picked } = this
    if (!picked) return { kind: 'browser', name: '', isReady: this.options.own !== null, handle: null }
    const isReady = !picked.queryPermission || (await picked.queryPermission({ mode: 'readwrite' })) === 'granted'
    return { kind: 'folder', name: picked.name, isReady, handle: picked }
  }

  /** The folder of this project in the place that was chosen; null where it cannot be written to. */
  private async root(): Promise<DirectoryHandle | null> {
    const { chosenFolder: picked, options } = this
    if (!picked) return options.own
    const { isReady } = await this.place()
    return isReady ? picked.getDirectoryHandle(folderOfProject(options.project), { create: true }) : null
  }

  private async openBackupFolder(): Promise<CopyFolder | null> {
    const root = await this.root()
    return (
      root && handleFolder(await root.getDirectoryHandle(BACKUP_FOLDER, { create: true }), root === this.options.own)
    )
  }

  private async isDaily(): Promise<boolean> {
    const daily = await this.options.settings.setting(DAILY_SETTING)
    return typeof daily === 'boolean' ? daily : this.isDurable
  }

  async state(): Promise<SafetyState> {
    await this.load()
    const place = await this.place()
    const folder = await this.openBackupFolder().catch(() => null)
    return {
      place,
      copy: this.options.storage.copyState,
      backups: folder ? await backupsIn(folder) : [],
      isDaily: await this.isDaily(),
      failure: this.failure,
      canRestore: true,
    }
  }

  async configure({ daily, folder }: SafetySettings): Promise<void> {
    await this.load()
    if (daily !== undefined) await this.options.settings.putSetting(DAILY_SETTING, daily)
    if (folder !== undefined) {
      await this.options.settings.putSetting(FOLDER_SETTING, folder)
      this.chosenFolder = folder
      this.followedPlace = ''
    }
    await this.updateFollowedPlace()
  }

  async backUp(): Promise<Backup> {
    const folder = await this.openBackupFolder()
    if (!folder) throw new Fault(noPlaceForBackups({}))
    const id = backupId(this.options.now())
    await this.options.storage.backUp((parts) => folder.write(id + FILE_EXTENSION, parts))
    const backup = (await backupsIn(folder)).find((backup) => backup.id === id)
    if (!backup) throw new Fault(noBackup({ id }))
    return backup
  }

  async backUpIfDue(): Promise<void> {
    try {
      if (!(await this.isDaily())) return
      const folder = await this.openBackupFolder()
      if (!folder || !isBackupDue(await backupsIn(folder), this.options.now())) return
      await this.backUp()
      await prune(folder)
      this.failure = null
    } catch (error) {
      this.failure = reasonOf(error)
    }
  }

  async file(id: string): Promise<ReadableFile> {
    const root = await this.root()
    const directory = await root?.getDirectoryHandle(BACKUP_FOLDER, { create: true })
    const handle = await directory?.getFileHandle(id + FILE_EXTENSION).catch(() => null)
    if (!handle) throw new Fault(noBackup({ id }))
    return handle.getFile()
  }

  async remove(id: string): Promise<void> {
    await (await this.openBackupFolder())?.remove(id + FILE_EXTENSION)
  }

  async restore(from: { readonly id: string } | { readonly file: ReadableFile }): Promise<Restored> {
    const name = 'id' in from ? from.id : 'The file'
    const read = readInParts('id' in from ? await this.file(from.id) : from.file)
    // Read once to its end before anything is changed: one that is damaged must change nothing.
    for await (const _ of readContent(name, read));
    const before = await this.backUp()
    const datasets = await this.options.storage.restore(readContent(name, read), { uuid: this.options.uuid() })
    return { datasets, before: before.id }
  }
}

async function backupsIn(folder: CopyFolder): Promise<readonly Backup[]> {
  const files = await folder.list()
  return files.flatMap(({ name, bytes }) =>
    name.endsWith(FILE_EXTENSION) ? (backupOf(name.slice(0, -FILE_EXTENSION.length), bytes) ?? []) : [],
  )
}

/** Removes the backups that need not be kept. Those that a person made last stay until the next one by schedule. */
async function prune(folder: CopyFolder): Promise<void> {
  const ids = (await backupsIn(folder)).map(({ id }) => id)
  const kept = keptBackups(ids)
  for (const id of ids) if (!kept.has(id)) await folder.remove(id + FILE_EXTENSION)
}

function isDirectory(value: unknown): value is DirectoryHandle {
  return typeof value === 'object' && value !== null && 'getDirectoryHandle' in value
}
