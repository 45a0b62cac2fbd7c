/** Copies and backups of the open project: what a person does with them. */
import type { AnswerOf, RequestOf } from '../../../engine-worker/index.ts'
import { ask, refreshProject } from '../engine/open-project.ts'
import { fileName } from '../save-file.ts'
import { useProject } from './project.ts'

/** Lets a person choose the folder of copy and backups; null where nothing was chosen. */
export async function chooseSafetyFolder(): Promise<void> {
  const folder = await showDirectoryPicker({ mode: 'readwrite' }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  })
  if (folder) await ask('configureSafety', { folder })
}

/** Asks the browser again for a folder that was chosen before; nothing changes where it says no. */
export async function allowSafetyFolder(handle: unknown): Promise<void> {
  if (!(handle instanceof FileSystemDirectoryHandle)) return
  if ((await handle.requestPermission({ mode: 'readwrite' })) === 'granted')
    await ask('configureSafety', { folder: handle })
}

/** Puts a backup in the place of the data, and has everything looked at again. */
export async function restoreData(from: RequestOf<'restoreBackup'>): Promise<AnswerOf<'restoreBackup'>> {
  const restored = await ask('restoreBackup', from)
  await refreshProject()
  return restored
}

/** Saves a backup as a download. */
export async function downloadBackup(id: string): Promise<void> {
  const file = await ask('backupFile', id)
  if (!(file instanceof Blob)) return
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = `${fileName(useProject.getState().document.name)}-${id}.pwbackup`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
