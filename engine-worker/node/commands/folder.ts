/** Folders on disk as the files of a project, and back. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { type Import, importFiles, type OfferedFile } from '../../text/archive.ts'
import { filesOf } from '../../text/project.ts'
import type { FileEntry, Project } from '../../text/project-files.ts'
import { isIgnored } from '../../text/roots.ts'
import { readArguments } from './arguments.ts'
import { UsageError } from './define.ts'

/** The project in a folder. The folder itself is the configuration where it looks like one. */
export async function readProject(folder: string): Promise<Import> {
  const info = await stat(folder).catch(() => null)
  if (!info) throw new UsageError(`there is no ${folder}`)
  if (info.isFile()) {
    const name = folder.slice(folder.lastIndexOf(sep) + 1)
    return importFiles([{ path: name, size: info.size, read: () => readFile(folder) }])
  }
  return importFiles(await filesBelow(folder))
}

async function filesBelow(folder: string): Promise<OfferedFile[]> {
  const files: OfferedFile[] = []
  const walk = async (inside: string): Promise<void> => {
    for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`
      const full = join(folder, path)
      if (isIgnored(entry.isDirectory() ? `${path}/` : path)) continue
      if (entry.isDirectory()) await walk(path)
      else if (entry.isFile()) files.push({ path, size: (await stat(full)).size, read: () => readFile(full) })
    }
  }
  await walk('')
  return files
}

/** Writes files below a folder, which is made where it is not there. */
export async function writeFiles(folder: string, entries: readonly FileEntry[]): Promise<void> {
  for (const { path, content } of entries) {
    const full = join(folder, path)
    await mkdir(dirname(full), { recursive: true })
    await writeFile(full, content)
  }
}

/** Writes a whole project; written over its own folder, files that the change removed are removed there. */
export async function writeProject(before: Project, from: string, to: string, project: Project): Promise<void> {
  const entries = filesOf(project)
  await writeFiles(to, entries)
  if (resolve(from) !== resolve(to)) return
  const kept = new Set(entries.map(({ path }) => path))
  for (const { path } of filesOf(before)) if (!kept.has(path)) await rm(join(from, path), { force: true })
}

/** The arguments `DIR --out DIR [--json]`. */
export function folderAndOut(args: readonly string[]): { folder: string; out: string; json: boolean } {
  const given = readArguments(args, { out: 'one', json: 'flag' }, 1)
  const out = given.one('out')
  if (out === undefined) throw new UsageError('--out needs a folder')
  return { folder: given.positional[0] ?? '', out, json: given.has('json') }
}
