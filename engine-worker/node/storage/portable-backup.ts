/**
 * Backups in the format of the app (`.pwbackup`), so that what a server has can go on in a page and the other way: datasets,
 * positions and what pipes remember. What makes a server a server (its configuration, secrets, rights and counters, the
 * states under `server/`) stays where it is.
 */
import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StorageChange } from '../../storage/copy/changes.ts'
import { contentFrames, replaceContent } from '../../storage/copy/content.ts'
import { type CopyFrame, printFrame, type ReadPart, readContent } from '../../storage/copy/frame.ts'
import { createFile } from '../files.ts'
import { fileSegments } from './file-segments.ts'

/** How the names of such files end. */
export const PORTABLE = '.pwbackup'

const JOURNAL_FILE = 'journal'
const SERVER_PREFIX = 'server/'

/** Writes the data in a folder to a file, also while a server has it open; gives how many datasets it has. */
export async function exportBackup(folder: string, file: string): Promise<number> {
  const copy = await mkdtemp(join(tmpdir(), 'pipewright-backup-'))
  const storage = fileSegments(copy)
  try {
    // A journal is only appended to: a copy is the state after the last commit that is whole in it.
    await copyFile(join(folder, JOURNAL_FILE), join(copy, JOURNAL_FILE))
    const records = await storage.open(Math.random)
    const to = await createFile(file)
    try {
      for await (const frame of contentFrames(storage, records, 0))
        await to.write(printFrame(withoutServerState(frame)))
    } catch (error) {
      await to.discard()
      throw error
    }
    await to.commit()
    return records.length
  } finally {
    await storage.close()
    await rm(copy, { recursive: true, force: true })
  }
}

/**
 * Puts the content of a file in the place of the data in a folder, which no process may have open; gives how many datasets
 * it has. They are marked as restored (json-pull.rst, X-Dataset-Restore-Uuid). A file that is damaged changes nothing.
 */
export async function importBackup(file: string, folder: string): Promise<number> {
  const from = await open(file, 'r')
  const read: ReadPart = async (at, length) => {
    const { buffer, bytesRead } = await from.read(new Uint8Array(length), 0, length, at)
    return buffer.subarray(0, bytesRead)
  }
  const storage = fileSegments(folder)
  try {
    for await (const _ of readContent(file, read));
    const before = await storage.open(Math.random)
    const states = await storage.statesAfter(SERVER_PREFIX, null, Number.POSITIVE_INFINITY)
    const frames = async function* () {
      for await (const frame of readContent(file, read)) yield withoutServerState(frame)
    }
    return (await replaceContent(storage, before, frames(), { mark: { uuid: randomUUID() }, states })).length
  } finally {
    await storage.close()
    await from.close()
  }
}

function withoutServerState(frame: CopyFrame): CopyFrame {
  const changes = frame.changes.map((change): StorageChange => {
    return change.do === 'put-states'
      ? { ...change, states: change.states.filter(({ key }) => !key.startsWith(SERVER_PREFIX)) }
      : change
  })
  return { ...frame, changes }
}
