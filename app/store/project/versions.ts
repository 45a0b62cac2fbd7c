/**
 * States of the open project that were kept: under a name when a person says so, and by itself as it was when work on it
 * began, so that there is a way back that outlasts undo.
 */
import { create } from 'zustand'
import type { Project } from '../../../engine-worker/index.ts'
import { disk, type LoadedProject } from '../disk/disk.ts'
import type { VersionRow } from '../disk/schema.ts'
import { editContent, useProject } from './project.ts'
import { saveProject } from './saving.ts'

/** Kept states of the open project, newest first; null until they were read. */
export const useVersions = create<{ readonly rows: readonly VersionRow[] | null }>(() => ({ rows: null }))

/** Reads what is kept of a project that is being opened; keeps the state that disk holds when it is newer. */
export async function openVersions(project: string, loaded: LoadedProject, mayWrite: boolean): Promise<void> {
  const [last] = await disk.versions(project)
  if (mayWrite && isNewer(loaded, last)) {
    const { revision } = loaded
    const version = { project, name: '', automatic: true, made: Date.now(), revision }
    await disk.addVersion(version, loaded.document.content)
  }
  await readVersions(project)
}

/**
 * Whether a project was saved after it was last kept, exported or imported. Revisions say so whatever the clock did; rows
 * of earlier database versions have none, and are compared by time.
 */
export function isNewer(loaded: LoadedProject, last: VersionRow | undefined): boolean {
  const { revision, exportedRevision, changed, exported } = loaded
  if (last) return last.revision === undefined ? changed > last.made : revision > last.revision
  return exportedRevision === null ? changed > exported : revision > exportedRevision
}

async function readVersions(project: string): Promise<void> {
  const rows = await disk.versions(project)
  if (useProject.getState().id === project) useVersions.setState({ rows })
}

/** Keeps the project as it is now, under a name that a person gave. */
export function saveVersion(name: string): Promise<void> {
  return addVersion(name, false)
}

/** Keeps the project as it is now by itself, because of what is done next or was just done. */
export function keepVersion(reason: string): Promise<void> {
  return addVersion(reason, true)
}

/** Keeps the project as it is at the call, whatever is done while it is saved; not twice by itself when nothing changed. */
async function addVersion(name: string, automatic: boolean): Promise<void> {
  const projectState = useProject.getState()
  await saveProject()
  const { id, document, saved } = useProject.getState()
  if (id === null || id !== projectState.id) return
  const revision = document === saved && document === projectState.document ? disk.revision(id) : undefined
  const last = useVersions.getState().rows?.[0]
  if (automatic && revision !== undefined && last?.revision === revision) return
  const version = {
    project: id,
    name,
    automatic,
    made: Date.now(),
    ...(revision === undefined ? {} : { revision }),
  }
  await disk.addVersion(version, projectState.document.content)
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
