/**
 * Backups of a configuration with its data: copies of its journal, taken while the server runs. A journal is only appended
 * to, so that a copy of what is there at a moment is the state after the last commit that is whole in it. The key of the
 * store is not part of a backup: without it, secrets cannot be read.
 */
import { randomUUID } from 'node:crypto'
import { copyFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../../environment.ts'
import { type Backup, backupId, backupOf, keptBackups } from '../../storage/copy/backups.ts'
import { restoredMeta } from '../../storage/copy/content.ts'
import { openSegmentStore } from '../../storage/log/segment-store.ts'
import { makeFolder, syncFolder } from '../files.ts'
import { fileSegments } from '../storage/file-segments.ts'
import { lockFolder } from '../storage/folder-lock.ts'

const JOURNAL_FILE = 'journal'
const PENDING_SUFFIX = '.part'

/** Where the data of a configuration is. */
export function configurationFolder(store: string, configuration: string): string {
  return join(store, 'configurations', encodeURIComponent(configuration))
}

/** Where the backups of a configuration are. */
export function backupFolder(store: string, configuration: string): string {
  return join(store, 'backups', encodeURIComponent(configuration))
}

/** Makes a backup of the data in `source`; it is there as a whole or not at all. `now`: milliseconds since 1970. */
export async function backUpJournal(source: string, folder: string, now: number): Promise<Backup> {
  await makeFolder(folder)
  const id = backupId(now)
  const path = join(folder, id)
  await copyFile(join(source, JOURNAL_FILE), path + PENDING_SUFFIX)
  await rename(path + PENDING_SUFFIX, path)
  await syncFolder(folder)
  const backup = await describeBackup(folder, id)
  if (!backup) throw new Error(`${id} is no name of a backup`)
  return backup
}

/** All backups, the oldest first. */
export async function listBackups(folder: string): Promise<readonly Backup[]> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(names.sort().map((name) => describeBackup(folder, name)))
  return found.flatMap((backup) => backup ?? [])
}

/** Removes the backups that need not be kept; says which. */
export async function pruneBackups(folder: string): Promise<readonly string[]> {
  const ids = (await listBackups(folder)).map(({ id }) => id)
  const kept = keptBackups(ids)
  const gone = ids.filter((id) => !kept.has(id))
  for (const id of gone) await rm(join(folder, id), { force: true })
  return gone
}

async function describeBackup(folder: string, id: string): Promise<Backup | null> {
  return backupOf(id, (await stat(join(folder, id))).size)
}

/**
 * Puts a backup in the place of the data in `target`, which no process may have open. Every dataset gets an identifier of
 * the restore and its last offset, so that those who read it notice (json-pull.rst, X-Dataset-Restore-Uuid).
 */
export async function restoreJournal(
  folder: string,
  id: string,
  target: string,
  environment: Environment,
): Promise<{ readonly datasets: number }> {
  const openTarget = () => openSegmentStore(fileSegments(target), { project: target, environment })
  // Refused where another process has it.
  await (await openTarget()).close()
  const lock = await lockFolder(target)
  try {
    const pending = join(target, JOURNAL_FILE + PENDING_SUFFIX)
    await rm(pending, { force: true })
    await copyFile(join(folder, id), pending)
    await rename(pending, join(target, JOURNAL_FILE))
    await syncFolder(target)
  } finally {
    await lock.release()
  }
  const store = await openTarget()
  try {
    const mark = { uuid: randomUUID() }
    const datasets = (await store.list()).map(({ name, meta, lastUpdated }) => ({
      dataset: name,
      entities: [],
      meta: restoredMeta(meta, mark, lastUpdated),
    }))
    await store.commit({ datasets })
    return { datasets: datasets.length }
  } finally {
    await store.close()
  }
}
