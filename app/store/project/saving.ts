/**
 * Saving the open project, and knowing whether disk still holds it. Other tabs can delete or write a project, and a person
 * can clear the storage of the site: the disk is checked every two seconds, so that the status stays right.
 */
import { create } from 'zustand'
import { disk } from '../disk/disk.ts'
import { diskFailureReason, type SaveFailure } from '../disk/failure.ts'
import { useProject } from './project.ts'

interface SavingState {
  /** The state of the open project on disk. */
  readonly state: 'saved' | 'saving' | SaveFailure
}

export const useSaving = create<SavingState>(() => ({ state: 'saved' }))

/** Milliseconds between two checks of the disk. */
const checkInterval = 2000

let pendingWrite: Promise<void> | null = null
/** Goes up with each save, so that the result of a check of the disk is dropped when a save happened meanwhile. */
let saveCount = 0
/** To the other tabs; opened when it is first used. */
let tabChannel: BroadcastChannel | null = null

function otherTabs(): BroadcastChannel {
  tabChannel ??= new BroadcastChannel('pipewright')
  return tabChannel
}

/**
 * Saves edits as they happen and watches the disk; `changed` is called when another tab changes the projects. Call it
 * once.
 */
export function startSaving(changed: () => void): void {
  useProject.subscribe((now, before) => {
    if (now.id !== null && now.id === before.id && now.document !== before.document) void saveProject()
  })
  otherTabs().addEventListener('message', () => {
    changed()
    void checkDisk()
  })
  addEventListener('beforeunload', (event) => {
    if (hasUnsavedWork()) event.preventDefault()
  })
  addEventListener('focus', () => void checkDisk())
  setInterval(() => void checkDisk(), checkInterval)
}

/** Tells other tabs that the projects on disk have changed. */
export function announceChange(): void {
  otherTabs().postMessage('projects')
}

/** Whether what is on screen would be lost when the project is closed now. */
export function hasUnsavedWork(): boolean {
  const { id, document, saved } = useProject.getState()
  return id !== null && (document !== saved || useSaving.getState().state === 'deleted')
}

/** Whether what is on screen would be lost when the project is closed now, for components. */
export function useUnsavedWork(): boolean {
  const deleted = useSaving(({ state }) => state === 'deleted')
  return useProject(({ id, document, saved }) => id !== null && (deleted || document !== saved))
}

/** Writes the open project until disk holds what is on screen. */
export function saveProject(): Promise<void> {
  pendingWrite ??= writeChanges().finally(() => {
    pendingWrite = null
  })
  return pendingWrite
}

async function writeChanges(): Promise<void> {
  let written = false
  for (;;) {
    const { id, document, saved, readOnly } = useProject.getState()
    if (id === null || document === saved) break
    // Another tab has the project, or it is gone: writing would overwrite or revive it.
    if (readOnly) return setSavingState(useSaving.getState().state === 'deleted' ? 'deleted' : 'conflict')
    setSavingState('saving')
    saveCount++
    written = true
    try {
      await disk.save(id, saved, document)
    } catch (error) {
      const reason = diskFailureReason(error)
      if (useProject.getState().id !== id) return
      return reason === 'deleted' ? markDeleted() : setSavingState(reason)
    }
    if (useProject.getState().id !== id) return
    useProject.setState({ saved: document })
  }
  const { state } = useSaving.getState()
  if (state === 'conflict' || state === 'deleted') return
  setSavingState('saved')
  if (written) announceChange()
}

function setSavingState(state: SavingState['state']): void {
  useSaving.setState({ state })
}

/** The project is not on disk any more: nothing can be changed or run in it, and what is on screen can be kept. */
function markDeleted(): void {
  setSavingState('deleted')
  useProject.setState({ readOnly: true })
}

/** Compares disk with what this tab knows of the open project. */
async function checkDisk(): Promise<void> {
  const { id } = useProject.getState()
  const { state } = useSaving.getState()
  if (id === null || pendingWrite || state === 'deleted') return
  const savesBefore = saveCount
  const isOvertaken = () => useProject.getState().id !== id || pendingWrite !== null || saveCount !== savesBefore
  try {
    const found = await disk.compare(id)
    if (isOvertaken()) return
    if (found === 'deleted') markDeleted()
    else if (found === 'changed') await followOtherTab(id, isOvertaken)
    else if (state === 'unavailable' && !hasUnsavedWork()) setSavingState('saved')
  } catch (error) {
    if (!isOvertaken()) setSavingState(diskFailureReason(error))
  }
}

/** Shows what another tab wrote, where nothing of this tab is lost by it. */
async function followOtherTab(id: string, isOvertaken: () => boolean): Promise<void> {
  if (hasUnsavedWork()) return setSavingState('conflict')
  const loaded = await disk.load(id)
  if (isOvertaken() || hasUnsavedWork() || !loaded) return
  disk.adopt(id, loaded)
  useProject.setState({ document: loaded.document, saved: loaded.document, baseline: loaded.baseline })
  setSavingState('saved')
}
