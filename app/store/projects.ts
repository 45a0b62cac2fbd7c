/** The projects of this browser: listing, opening, saving as edits happen, and the tab that may write. */
import { create } from 'zustand'
import type { Project } from '../../engine-worker/index.ts'
import { words } from '../i18n/i18n.ts'
import { useDialogs } from './dialogs.ts'
import { DiskError, disk, type Loaded, type ProjectRow, type SaveFailure } from './disk.ts'
import { destroy, followProject } from './engine.ts'
import { type Claim, claim } from './lock.ts'
import { toast } from './notes.ts'
import { openPins } from './pins.ts'
import { type Document, edit, hideProject, showProject, useProject } from './project.ts'
import { loadRuns } from './runs.ts'
import { openVersions } from './versions.ts'

interface ProjectsState {
  /** null until the list was read. */
  readonly rows: readonly ProjectRow[] | null
  /** How the open project stands on disk. */
  readonly saving: 'saved' | 'saving' | SaveFailure
  /** Opening: the id that is being read; missing: no such project here. */
  readonly opening: { readonly id: string; readonly state: 'loading' | 'missing' | 'unavailable' } | null
  /** Another tab took the project that was open here. */
  readonly taken: boolean
}

export const useProjects = create<ProjectsState>(() => ({ rows: null, saving: 'saved', opening: null, taken: false }))

let held: Claim | null = null
let writing: Promise<void> | null = null
const channel = new BroadcastChannel('pipewright')

/** Starts saving and listening to other tabs. Once, at the start of the app. */
export function startProjects(): void {
  useProject.subscribe((now, before) => {
    if (now.id !== null && now.id === before.id && now.document !== before.document) void save()
  })
  channel.addEventListener('message', () => void listProjects())
  addEventListener('beforeunload', (event) => {
    const { document, saved, id } = useProject.getState()
    if (id !== null && document !== saved) event.preventDefault()
  })
  followProject()
}

/** Reads the list of projects. */
export async function listProjects(): Promise<void> {
  try {
    useProjects.setState({ rows: await disk.list() })
  } catch (error) {
    useProjects.setState({ rows: useProjects.getState().rows ?? [], saving: reasonOf(error) })
  }
}

function changed(): void {
  channel.postMessage('projects')
  void listProjects()
}

/** Opens a project in this tab; `takeOver` also when another tab works on it. */
export async function openProject(id: string, takeOver = false): Promise<void> {
  if (useProject.getState().id === id && !takeOver) return
  await closeProject()
  useProjects.setState({ opening: { id, state: 'loading' }, taken: false })
  try {
    const got = await claim(id, takeOver, () => lost(id))
    const loaded = await disk.load(id)
    if (useProjects.getState().opening?.id !== id || !loaded) {
      got.release()
      if (!loaded) useProjects.setState({ opening: { id, state: 'missing' } })
      return
    }
    held = got
    await openPins(id)
    showProject(id, loaded.document, loaded.baseline, !got.held)
    useProjects.setState({ opening: null, saving: 'saved' })
    await loadRuns(id)
    await openVersions(id, loaded, got.held)
    remindOfExport(loaded)
  } catch {
    useProjects.setState({ opening: { id, state: 'unavailable' } })
  }
}

const DAY = 86_400_000
/** Work that exists in this browser only is mentioned when it is older than this. */
const REMIND_AFTER = 7 * DAY

/** Reminds of an export when a project has changes that were not exported for long: browsers may clear their data. */
function remindOfExport({ changed, exported }: Loaded): void {
  const days = Math.floor((Date.now() - exported) / DAY)
  if (days * DAY < REMIND_AFTER || changed <= exported) return
  const w = words()
  toast(w.project.notExported(days), 'good', {
    label: w.project.export,
    run: () => useDialogs.setState({ open: 'export' }),
  })
}

/** Closes the open project after what was edited is on disk. */
export async function closeProject(): Promise<void> {
  await writing
  hideProject()
  held?.release()
  held = null
}

function lost(id: string): void {
  if (useProject.getState().id !== id) return
  useProject.setState({ readOnly: true })
  useProjects.setState({ taken: true })
}

/** Writes the open project until disk holds what is on screen. */
export function save(): Promise<void> {
  writing ??= write().finally(() => {
    writing = null
  })
  return writing
}

async function write(): Promise<void> {
  for (;;) {
    const { id, document, saved } = useProject.getState()
    if (id === null || document === saved) break
    useProjects.setState({ saving: 'saving' })
    try {
      await disk.save(id, saved, document)
    } catch (error) {
      useProjects.setState({ saving: reasonOf(error) })
      return
    }
    if (useProject.getState().id !== id) return
    useProject.setState({ saved: document })
  }
  useProjects.setState({ saving: 'saved' })
  channel.postMessage('projects')
}

function reasonOf(error: unknown): SaveFailure {
  return error instanceof DiskError ? error.reason : 'unavailable'
}

/** Adds a project and gives its id. */
export async function addProject(document: Document, origin: string, baseline?: Project): Promise<string> {
  const id = await disk.create(document, origin, baseline)
  void navigator.storage?.persist?.()
  changed()
  return id
}

/** Adds a copy of a project under another name. */
export async function duplicateProject(id: string, name: (old: string) => string): Promise<string | null> {
  const loaded = await disk.load(id)
  if (!loaded) return null
  return addProject({ ...loaded.document, name: name(loaded.document.name) }, 'copy', loaded.baseline)
}

/** Gives a project that is not open another name; the open one is renamed by an edit. */
export async function renameProject(id: string, name: string): Promise<void> {
  if (useProject.getState().id === id) {
    edit(name, (document) => ({ ...document, name }))
    await save()
  } else {
    const loaded = await disk.load(id)
    if (loaded) await disk.save(id, loaded.document, { ...loaded.document, name })
  }
  changed()
}

/** Removes a project with its datasets. */
export async function removeProject(id: string): Promise<void> {
  if (useProject.getState().id === id) await closeProject()
  await destroy(id)
  await disk.remove(id)
  changed()
}

/** Remembers what was exported, so that Deploy shows differences to it. */
export async function markExported(): Promise<void> {
  const { id, document } = useProject.getState()
  if (id === null) return
  await disk.setBaseline(id, document.content)
  useProject.setState({ baseline: document.content })
}
