/**
 * States of the open project that were kept: under a name when a person says so, and by itself as it was when work on it
 * began, so that there is a way back that outlasts undo.
 */
import { create } from 'zustand'
import type { Project } from '../../engine-worker/index.ts'
import { disk, type Loaded, type VersionRow } from './disk.ts'
import { editContent, useProject } from './project.ts'

/** Kept states of the open project, newest first; null until they were read. */
export const useVersions = create<{ readonly rows: readonly VersionRow[] | null }>(() => ({ rows: null }))

/** Reads what is kept of a project that is being opened; keeps the state that disk holds when it is newer. */
export async function openVersions(project: string, loaded: Loaded, mayWrite: boolean): Promise<void> {
  const before = await disk.versions(project)
  const last = before[0]?.made ?? loaded.exported
  if (mayWrite && loaded.changed > last) {
    const version = { project, name: '', automatic: true, made: Date.now() }
    await disk.addVersion(version, loaded.document.content)
  }
  await readVersions(project)
}

async function readVersions(project: string): Promise<void> {
  const rows = await disk.versions(project)
  if (useProject.getState().id === project) useVersions.setState({ rows })
}

/** Keeps the project as it is now. */
export async function saveVersion(name: string): Promise<void> {
  const { id, document } = useProject.getState()
  if (id === null) return
  await disk.addVersion({ project: id, name, automatic: false, made: Date.now() }, document.content)
  await readVersions(id)
}

/** What a kept state holds; null when it is gone. */
export function versionContent({ project, id }: VersionRow): Promise<Project | null> {
  return disk.version(project, id)
}

/** Puts a kept state in the place of the project, as one step that can be undone. */
export async function restoreVersion(version: VersionRow, label: string): Promise<void> {
  const content = await versionContent(version)
  if (content && useProject.getState().id === version.project) editContent(label, () => content)
}

/** Forgets a kept state. */
export async function removeVersion(version: VersionRow): Promise<void> {
  await disk.removeVersion(version.project, version.id)
  await readVersions(version.project)
}
