/** The projects of this browser: listing, opening, saving as edits happen, and the tab that may write. */
import { create } from 'zustand'
import type { Project } from '../../../engine-worker/index.ts'
import { currentWords } from '../../i18n/i18n.ts'
import { useDialogs } from '../dialogs.ts'
import { disk, type LoadedProject } from '../disk/disk.ts'
import { diskFailureReason } from '../disk/failure.ts'
import { askForPersistence } from '../disk/persistence.ts'
import type { ProjectRow } from '../disk/schema.ts'
import { ask, followProject } from '../engine/open-project.ts'
import { closePlace, openPlace, useServerPlace } from '../server/place.ts'
import { toast } from '../toasts.ts'
import { isLocked, lockProject, type ProjectLock } from './lock.ts'
import { dismissQuestion, openPermissions } from './permissions.ts'
import { openPins } from './pins.ts'
import { type Document, edit, hideProject, showProject, useProject } from './project.ts'
import { loadRuns } from './runs.ts'
import { announceChange, hasUnsavedWork, saveProject, startSaving, useSaving } from './saving.ts'
import { openVersions } from './versions.ts'

interface ProjectsState {
  /** null until the list was read. */
  readonly rows: readonly ProjectRow[] | null
  /** Why the list could not be read; null where it was. */
  readonly unread: 'unavailable' | 'newer' | null
  /**
   * The project of the address that is not open yet. `loading`: being read; `missing`: no such project here; `unsaved`:
   * the one that is open has work that is not on disk, and a person decides about it first.
   */
  readonly opening: {
    readonly id: string
    readonly state: 'loading' | 'missing' | 'unavailable' | 'newer' | 'unsaved'
    readonly takeOver: boolean
  } | null
  /** Another tab took the project that was open here. */
  readonly taken: boolean
}

export const useProjects = create<ProjectsState>(() => ({ rows: null, unread: null, opening: null, taken: false }))

let heldLock: ProjectLock | null = null
/** Number of the latest call that opens a project: an earlier one that is still waiting gives up. */
let latestOpening = 0
/** The last opening in the queue: an earlier one releases its lock before the next one locks. */
let openQueue: Promise<void> = Promise.resolve()

/** Starts saving and listening to other tabs. Once, at the start of the app. */
export function startProjects(): void {
  startSaving(() => void listProjects())
  followProject()
}

/** Reads the list of projects. */
export async function listProjects(): Promise<void> {
  try {
    useProjects.setState({ rows: await disk.list(), unread: null })
  } catch (error) {
    useProjects.setState({ rows: useProjects.getState().rows ?? [], unread: whyUnread(error) })
  }
}

function whyUnread(error: unknown): 'unavailable' | 'newer' {
  return diskFailureReason(error) === 'newer' ? 'newer' : 'unavailable'
}

function announceAndList(): void {
  announceChange()
  void listProjects()
}

/**
 * Opens a project in this tab; `takeOver` also when another tab works on it. Work on the open one that cannot be saved is
 * asked about first.
 */
export async function openStoredProject(id: string, takeOver = false): Promise<void> {
  if (useProject.getState().id === id && !takeOver) return stayInProject()
  const { opening: current } = useProjects.getState()
  if (current?.id === id && current.state === 'loading' && current.takeOver === takeOver) return openQueue
  const call = ++latestOpening
  useProjects.setState({ opening: { id, state: 'loading', takeOver } })
  openQueue = openQueue.then(() => openInTurn(call, id, takeOver))
  return openQueue
}

async function openInTurn(call: number, id: string, takeOver: boolean): Promise<void> {
  const setOpening = (state: 'loading' | 'missing' | 'unavailable' | 'newer' | 'unsaved') =>
    useProjects.setState({ opening: { id, state, takeOver } })
  await saveProject()
  if (call !== latestOpening) return
  if (hasUnsavedWork()) return setOpening('unsaved')
  closeProject()
  useProjects.setState({ taken: false })
  try {
    const lockResult = await lockProject(id, takeOver, () => onLockLost(id))
    const loaded = await disk.load(id)
    if (call !== latestOpening || !loaded) {
      lockResult.release()
      if (call === latestOpening) setOpening('missing')
      return
    }
    heldLock = lockResult
    disk.adopt(id, loaded)
    await openPins(id)
    await openPermissions(id)
    await openPlace(id)
    if (useServerPlace.getState().address !== null) void startFollowing()
    useSaving.setState({ state: 'saved' })
    showProject(id, loaded.document, loaded.baseline, !lockResult.held)
    useProjects.setState({ opening: null })
    await loadRuns(id)
    await openVersions(id, loaded, lockResult.held)
    remindOfExport(loaded)
    // Work that cannot be saved is exported; the code for that must be there by then.
    void import('./exports.ts')
  } catch (error) {
    setOpening(whyUnread(error))
  }
}

/** Stays with the open project instead of opening another. */
export function stayInProject(): void {
  latestOpening++
  useProjects.setState({ opening: null })
}

/** Closes the open project without saving it. */
export function closeProject(): void {
  dismissQuestion()
  closePlace()
  hideProject()
  heldLock?.release()
  heldLock = null
}

/**
 * Keeps what is on screen as a new project of its own, and gives its id: for work that cannot be saved where it belongs.
 * The open project is closed then. Throws a DiskError when there is no room for it either.
 */
export async function keepAsNewProject(): Promise<string> {
  const { document, baseline } = useProject.getState()
  const isDeleted = useSaving.getState().state === 'deleted'
  const name = isDeleted ? document.name : currentWords().projects.copyOf(document.name)
  const id = await disk.create({ ...document, name }, 'copy', baseline)
  closeProject()
  announceAndList()
  return id
}

let followsServers = false

/** The code that talks to servers comes with the first project that is on one. */
export async function startFollowing(): Promise<void> {
  if (followsServers) return
  followsServers = true
  const { followServers } = await import('../server/follow.ts')
  followServers()
}

const DAY = 86_400_000
/** Work that exists in this browser only is mentioned when it is older than this. */
const REMIND_AFTER = 7 * DAY

/** Reminds of an export when a project has changes that were not exported for long: browsers may clear their data. */
function remindOfExport({ changed, exported }: LoadedProject): void {
  const days = Math.floor((Date.now() - exported) / DAY)
  if (days * DAY < REMIND_AFTER || changed <= exported) return
  const w = currentWords()
  toast(w.project.notExported(days), 'good', {
    label: w.project.export,
    run: () => useDialogs.setState({ open: 'export' }),
  })
}

function onLockLost(id: string): void {
  if (useProject.getState().id !== id) return
  useProject.setState({ readOnly: true })
  useProjects.setState({ taken: true })
}

/** Adds a project and gives its id. */
export async function addProject(document: Document, origin: string, baseline?: Project): Promise<string> {
  const id = await disk.create(document, origin, baseline)
  void askForPersistence()
  announceAndList()
  return id
}

/** Adds a copy of a project under another name. */
export async function duplicateProject(id: string, name: (old: string) => string): Promise<string | null> {
  const { id: open, document, baseline } = useProject.getState()
  const source = open === id ? { document, baseline } : await disk.load(id)
  if (!source) return null
  return addProject({ ...source.document, name: name(source.document.name) }, 'copy', source.baseline)
}

/** Gives a project that is not open another name; the open one is renamed by an edit. */
export async function renameStoredProject(id: string, name: string): Promise<void> {
  if (useProject.getState().id === id) {
    edit(name, (document) => ({ ...document, name }))
    await saveProject()
  } else {
    const loaded = await disk.load(id)
    if (!loaded) return
    disk.adopt(id, loaded)
    await disk.save(id, loaded.document, { ...loaded.document, name })
  }
  announceAndList()
}

/** Whether another tab works on a project; false where the browser cannot say. */
export async function isOpenElsewhere(id: string): Promise<boolean> {
  return useProject.getState().id !== id && (await isLocked(id))
}

/** Removes a project with its datasets. */
export async function removeProject(id: string): Promise<void> {
  if (useProject.getState().id === id) closeProject()
  await ask('destroy', id, { early: true })
  await disk.remove(id)
  announceAndList()
}

/** Remembers what was exported, so that Deploy shows differences to it. */
export async function markExported(): Promise<void> {
  const { id, document } = useProject.getState()
  // On a server, changes are counted from what the server has.
  if (id === null || useServerPlace.getState().address !== null) return
  await disk.setBaseline(id, document.content)
  useProject.setState({ baseline: document.content })
}
