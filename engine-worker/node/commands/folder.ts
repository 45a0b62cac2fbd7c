/** Folders on disk as the files of a project, and back. */
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { type Import, importFiles, type OfferedFile } from '../../text/archive.ts'
import { filesOf } from '../../text/project.ts'
import type { FileEntry, Project } from '../../text/project-files.ts'
import { isIgnored } from '../../text/roots.ts'
import { removeTemporaries, replaceFile, syncFolder } from '../files.ts'
import { openOutput } from '../output-folder.ts'

/** The project in a folder. The folder itself is the configuration where it looks like one. */
export async function readProject(folder: string): Promise<Import> {
  const info = await stat(folder)
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

/** Writes files below a folder, each whole (files.ts). */
export async function writeFiles(folder: string, entries: readonly FileEntry[]): Promise<void> {
  const folders = new Set<string>()
  for (const { path, content } of entries) {
    const inside = dirname(path)
    if (!folders.has(inside)) await removeTemporaries(join(folder, inside))
    folders.add(inside)
    await replaceFile(join(folder, path), content)
  }
  for (const inside of folders) await syncFolder(join(folder, inside))
}

/**
 * Writes a whole project to another folder, or over its own: there, new files come first and removals last, so that
 * nothing is ever missing, whenever the process is ended.
 */
export async function writeProject(before: Project, from: string, to: string, project: Project): Promise<void> {
  const entries = filesOf(project)
  if (resolve(from) !== resolve(to)) {
    const output = await openOutput(to)
    for (const entry of entries) await output.write(entry)
    await output.finish({ removeStale: true })
    return
  }
  const old = new Map(filesOf(before).map(({ path, content }) => [path, content]))
  const changed = entries.filter(({ path, content }) => old.get(path) !== content)
  const isNew = ({ path }: FileEntry): boolean => !old.has(path)
  await writeFiles(to, [...changed.filter(isNew), ...changed.filter((entry) => !isNew(entry))])
  const kept = new Set(entries.map(({ path }) => path))
  for (const path of old.keys()) if (!kept.has(path)) await rm(join(from, path), { force: true })
}
