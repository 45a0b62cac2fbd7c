/**
 * The folder of `--out`: files are written whole (files.ts), files of an earlier run that no longer come out are removed,
 * and what a person keeps there is left alone. Which files are ours stands in a list in the folder, with size and time: a
 * file that was changed since is a person's. Nothing is written through a symbolic link inside the folder.
 */
import { appendFile, lstat, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, problem } from '../problem.ts'
import { safePath } from '../text/paths.ts'
import type { FileEntry } from '../text/project-files.ts'
import { OUTPUT_LIST } from '../text/roots.ts'
import {
  createFile,
  type FileStamp,
  makeFolder,
  type PendingFile,
  removeTemporaries,
  replaceFile,
  stampOf,
  syncFolder,
} from './files.ts'

const throughLink = problem<{ file: string; link: string }>({
  code: 'output-through-link',
  severity: 'error',
  says: ({ file, link }) => `${file} was not written: ${link} is a symbolic link.`,
  fix: () => 'Remove the link, or write to another folder.',
})

/** A folder that is being written to. */
export interface OutputFolder {
  /** Makes the folder that a path needs; a Fault where a symbolic link stands on the way. */
  readonly prepare: (path: string) => Promise<void>
  /** Starts a file at a path below the folder; a Fault where a symbolic link stands on the way. */
  readonly create: (path: string) => Promise<PendingFile>
  /** Writes a whole file. */
  readonly write: (entry: FileEntry) => Promise<void>
  /** Ends the work. `removeStale`: files of earlier runs that were not written again are removed. */
  readonly finish: (options: { readonly removeStale: boolean }) => Promise<void>
}

/** Opens a folder for output; it is made where it is missing, so that a folder that cannot be written to is known early. */
export async function openOutput(folder: string): Promise<OutputFolder> {
  await makeFolder(folder)
  await removeTemporaries(folder)
  const list = join(folder, OUTPUT_LIST)
  const earlier = parseList((await lstat(list).catch(() => null))?.isFile() ? await readFile(list, 'utf8') : '')
  // If a link was in its place, it is replaced by a file.
  await replaceFile(list, textOf(earlier))
  const written = new Map<string, FileStamp>()
  const folders = new Set<string>()

  const prepare = async (path: string): Promise<void> => {
    const inside = dirname(path)
    if (folders.has(inside)) return
    const link = await linkOnTheWay(folder, inside)
    if (link !== null) throw new Fault(throughLink({ file: path, link }, { file: path }))
    await makeFolder(join(folder, inside))
    if (inside !== '.') await removeTemporaries(join(folder, inside))
    folders.add(inside)
  }
  const create = async (path: string): Promise<PendingFile> => {
    await prepare(path)
    const file = await createFile(join(folder, path))
    const commit: PendingFile['commit'] = async (before) => {
      // The list says that the file is ours before the file is there: whenever we are ended, the next run knows.
      const stamp = await file.commit(async (ready) => {
        await appendFile(list, lineOf(path, ready))
        await before?.(ready)
      })
      written.set(path, stamp)
      return stamp
    }
    return { ...file, commit }
  }
  return {
    prepare,
    create,
    write: async ({ path, content }) => {
      const file = await create(path)
      try {
        await file.write(content)
      } catch (error) {
        await file.discard()
        throw error
      }
      await file.commit()
    },
    finish: async ({ removeStale }) => {
      const kept = new Map(removeStale ? [] : earlier)
      for (const [path, stamp] of written) kept.set(path, stamp)
      if (removeStale) for (const [path, stamp] of earlier) if (!written.has(path)) await removeOwn(folder, path, stamp)
      for (const inside of folders) await syncFolder(join(folder, inside))
      await replaceFile(list, textOf(kept))
    },
  }
}

/** Removes a file that is still as we wrote it; never through a symbolic link. */
async function removeOwn(folder: string, path: string, stamp: FileStamp): Promise<void> {
  if ((await linkOnTheWay(folder, dirname(path))) !== null) return
  const info = await lstat(join(folder, path)).catch(() => null)
  if (!info?.isFile()) return
  const { size, modified } = stampOf(info)
  if (size === stamp.size && modified === stamp.modified) await rm(join(folder, path), { force: true })
}

/** The first folder on the way from `folder` to a folder inside it that is a symbolic link, or null. */
async function linkOnTheWay(folder: string, inside: string): Promise<string | null> {
  let path = ''
  for (const part of inside.split('/')) {
    if (part === '.') continue
    path = path === '' ? part : `${path}/${part}`
    const info = await lstat(join(folder, path)).catch(() => null)
    if (info?.isSymbolicLink()) return path
  }
  return null
}

function textOf(files: ReadonlyMap<string, FileStamp>): string {
  return [...files].map(([path, stamp]) => lineOf(path, stamp)).join('')
}

function lineOf(path: string, { size, modified }: FileStamp): string {
  return `${JSON.stringify([path, size, modified])}\n`
}

/** The files in a list; lines that were cut off, and paths that lead out of the folder, do not count. */
function parseList(text: string): Map<string, FileStamp> {
  const files = new Map<string, FileStamp>()
  for (const line of text.split('\n')) {
    const [path, size, modified] = parseLine(line)
    if (typeof path !== 'string' || typeof size !== 'number' || typeof modified !== 'number') continue
    if (safePath(path) === path) files.set(path, { size, modified })
  }
  return files
}

function parseLine(line: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(line)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
