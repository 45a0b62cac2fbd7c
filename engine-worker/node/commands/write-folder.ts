/** Writes the files of a project to a folder. */
import { rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { filesOf } from '../../text/project.ts'
import type { FileEntry, Project } from '../../text/project-files.ts'
import { removeTemporaries, replaceFile, syncFolder } from '../files.ts'
import { openOutput } from '../output-folder.ts'

/** Writes files of a project back to where `readProject` read it: below the folder, or over the single file. */
export async function writeBack(path: string, entries: readonly FileEntry[]): Promise<void> {
  if ((await stat(path)).isDirectory()) await writeFiles(path, entries)
  else
    await writeFiles(
      dirname(path),
      entries.map((entry) => ({ ...entry, path: basename(path) })),
    )
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
