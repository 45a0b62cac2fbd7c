/** Folders on disk as the files of a project, and back. */
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DataFile } from '../../connectors/open-context.ts'
import { type Problem, problem } from '../../problem.ts'
import { type Import, importFiles, type OfferedFile } from '../../text/archive.ts'
import { isIgnored } from '../../text/roots.ts'
import { openDataFile } from '../data-file.ts'
import { readBytes } from '../files.ts'
import { systemError } from '../system-error.ts'

/** A project in a folder, with its data files that are too large to be read as a whole, by path. */
interface ImportedFolder extends Import {
  readonly large: ReadonlyMap<string, DataFile>
}

/**
 * The project in a folder, or in a single file. Data files of more than `largest` bytes are set aside, to be read piece by
 * piece.
 */
export async function readProject(path: string, largest = Number.POSITIVE_INFINITY): Promise<ImportedFolder> {
  const info = await stat(path)
  const large = new Map<string, DataFile>()
  if (!info.isDirectory()) {
    const only = { path: basename(path), size: info.size, read: () => readBytes(path) }
    return { ...(await importFiles([only])), large }
  }
  const links: Problem[] = []
  const files = await filesBelow(path, '', (file) => links.push(notFollowed({ file }, { file })))
  const isLarge = (file: OfferedFile) => file.size > largest && isDataFile(file.path)
  for (const file of files.filter(isLarge)) large.set(file.path, await openDataFile(join(path, file.path), file.path))
  const imported = await importFiles(files.filter((file) => !isLarge(file)))
  return { ...imported, problems: [...imported.problems, ...links], large }
}

/** Whether only sources may read a file: it is neither configuration nor anything else that a project needs as a whole. */
function isDataFile(path: string): boolean {
  return !/(\.conf\.json|-env\.json|\.answers\.json|\.har|\.jinja_vars)$|(^|\/)expected\//.test(path)
}

const notFollowed = problem<{ file: string }>({
  code: 'import-link-not-followed',
  severity: 'warning',
  says: ({ file }) => `${file} was left out: it is a symbolic link.`,
  fix: () => 'Put the file or folder itself in its place.',
})

/** The files below a folder; one that cannot be opened says why when it is read. */
async function filesBelow(folder: string, inside: string, onLink: (path: string) => void): Promise<OfferedFile[]> {
  const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch((error: unknown) => {
    if (inside === '') throw error
    return unreadable(error)
  })
  if ('read' in entries) return [{ path: inside, ...entries }]
  const files: OfferedFile[] = []
  for (const entry of entries) {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`
    const full = join(folder, path)
    if (isIgnored(entry.isDirectory() ? `${path}/` : path)) continue
    if (entry.isDirectory()) files.push(...(await filesBelow(folder, path, onLink)))
    else if (entry.isSymbolicLink()) onLink(path)
    else if (entry.isFile()) files.push({ path, size: (await stat(full)).size, read: () => readOrSay(full) })
  }
  return files
}

async function readOrSay(path: string): Promise<Uint8Array> {
  return readBytes(path).catch((error: unknown) => unreadable(error).read())
}

/** What is read of a place that the operating system refuses: an error with one plain sentence. */
function unreadable(error: unknown): { readonly size: number; readonly read: () => Uint8Array } {
  const refused = systemError(error)
  if (refused === null) throw error
  return {
    size: 0,
    read: () => {
      throw new Error(refused.sentence.replace(/\.$/, ''))
    },
  }
}
