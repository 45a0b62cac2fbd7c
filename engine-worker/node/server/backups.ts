/**
 * Backups of a configuration with its data: copies of its journal, taken while the server runs. A journal is only appended
 * to, so that a copy of what is there at a moment is the state after the last commit that is whole in it. The key of the
 * store is not part of a backup: without it, secrets cannot be read.
 */
import { randomUUID } from 'node:crypto'
import { copyFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../../environment.ts'
import { openSegmentStore } from '../../storage/log/segment-store.ts'
import { makeFolder, syncFolder } from '../files.ts'
import { fileSegments } from '../storage/file-segments.ts'

const JOURNAL_FILE = 'journal'
const PENDING = '.part'

/** A type, since interfaces are no JSON objects. */
type Backup = {
  readonly id: string
  readonly created: string
  readonly bytes: number
  readonly status: 'completed'
}

/** Where the data of a configuration is. */
export function configurationFolder(store: string, configuration: string): string {
  return join(store, 'configurations', encodeURIComponent(configuration))
}

/** Where the backups of a configuration are. */
export function backupFolder(store: string, configuration: string): string {
  return join(store, 'backups', encodeURIComponent(configuration))
}

/** Makes a backup of the data in `source`; it is there as a whole or not at all. `now`: milliseconds since 1970. */
export async function makeBackup(source: string, folder: string, now: number): Promise<Backup> {
  await makeFolder(folder)
  const id = new Date(now).toISOString().replace(/[:.]/g, '-')
  const path = join(folder, id)
  await copyFile(join(source, JOURNAL_FILE), path + PENDING)
  await rename(path + PENDING, path)
  await syncFolder(folder)
  return describeBackup(folder, id)
}

/** All backups, the oldest first. */
export async function listBackups(folder: string): Promise<readonly Backup[]> {
  const names = await readdir(folder).catch(() => [])
  const ids = names.filter((name) => /^[\dTZ-]+$/.test(name)).sort()
  return Promise.all(ids.map((id) => describeBackup(folder, id)))
}

/** How many days, weeks and months have a backup that is kept, besides the last one (behind-the-scenes.rst). */
const KEPT = { days: 7, weeks: 4, months: 4 }

/** Which backups are kept: the last, and the last of each of the latest days, weeks and months that have one. */
export function keptBackups(ids: readonly string[]): ReadonlySet<string> {
  const newestFirst = [...ids].sort().reverse()
  const kept = new Set(newestFirst.slice(0, 1))
  const keep = (count: number, period: (id: string) => string) => {
    const periods = new Set<string>()
    for (const id of newestFirst) {
      const name = period(id)
      if (periods.has(name)) continue
      if (periods.size >= count) return
      periods.add(name)
      kept.add(id)
    }
  }
  keep(KEPT.days, (id) => id.slice(0, 10))
  keep(KEPT.weeks, (id) => String(Math.floor((Date.parse(id.slice(0, 10)) / 86_400_000 + 3) / 7)))
  keep(KEPT.months, (id) => id.slice(0, 7))
  return kept
}

/** Removes the backups that need not be kept; says which. */
export async function pruneBackups(folder: string): Promise<readonly string[]> {
  const ids = (await listBackups(folder)).map(({ id }) => id)
  const kept = keptBackups(ids)
  const gone = ids.filter((id) => !kept.has(id))
  for (const id of gone) await rm(join(folder, id), { force: true })
  return gone
}

async function describeBackup(folder: string, id: string): Promise<Backup> {
  const { size } = await stat(join(folder, id))
  const created = id.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d+)Z$/, 'T$1:$2:$3.$4Z')
  return { id, created, bytes: size, status: 'completed' }
}

/**
 * Puts a backup in the place of the data in `target`, which no process may have open. Every dataset gets an identifier of
 * the restore and its last offset, so that those who read it notice (json-pull.rst, X-Dataset-Restore-Uuid).
 */
export async function restoreBackup(
  folder: string,
  id: string,
  target: string,
  environment: Environment,
): Promise<{ readonly datasets: number }> {
  const open = () => openSegmentStore(fileSegments(target), { project: target, environment })
  // Refused where another process has it.
  await (await open()).close()
  const pending = join(target, JOURNAL_FILE + PENDING)
  await rm(pending, { force: true })
  await copyFile(join(folder, id), pending)
  await rename(pending, join(target, JOURNAL_FILE))
  await syncFolder(target)
  const store = await open()
  try {
    const uuid = randomUUID()
    const datasets = (await store.list()).map(({ name, meta, lastUpdated }) => ({
      dataset: name,
      entities: [],
      meta: { ...meta, restore: { uuid, offset: lastUpdated } },
    }))
    await store.commit({ datasets })
    return { datasets: datasets.length }
  } finally {
    await store.close()
  }
}
