/**
 * Exchanging the open project with its server: pushing what was edited here, taking over what others have changed. The
 * baseline of the project is the revision that both sides know, so that a three-way merge finds who changed what; what
 * both changed is never decided without the person.
 */
import { filesOf, mergeProjects, type Project } from '../../../engine-worker/index.ts'
import { currentWords } from '../../i18n/i18n.ts'
import { disk } from '../disk/disk.ts'
import { startMerge } from '../project/merge.ts'
import { type Document, edit, useProject } from '../project/project.ts'
import { keepVersion } from '../project/versions.ts'
import { toast } from '../toasts.ts'
import { pullProject, pushProject } from './calls.ts'
import { ServerFailure } from './failure.ts'
import { setProjectPlace, setRevision, useServerPlace } from './place.ts'

/** Whether the open project was edited since it was last exchanged with its server. */
export function hasUnpushed(): boolean {
  const { document, baseline } = useProject.getState()
  return !sameFiles(document.content, baseline)
}

/** Whether two projects have the same files. */
export function sameFiles(a: Project, b: Project): boolean {
  if (a === b) return true
  const [left, right] = [filesOf(a), filesOf(b)]
  if (left.length !== right.length) return false
  return left.every(({ path, content }, at) => path === right[at]?.path && sameContent(content, right[at]?.content))
}

function sameContent(a: string | Uint8Array, b: string | Uint8Array): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** Puts the open project in the place of what a server has (`replaces`: its revision), and on that server. */
export async function putOnServer(
  address: string,
  options: { readonly replaces: number; readonly force: boolean },
): Promise<void> {
  const { id, document } = useProject.getState()
  if (id === null) return
  const revision = await pushProject(address, document, options)
  await setBaseline(id, document.content)
  await setProjectPlace(id, { address, revision })
}

/** Disconnects the open project from its server and keeps it in this browser; the server keeps its project. */
export async function disconnectFromServer(): Promise<void> {
  const { project } = useServerPlace.getState()
  if (project !== null) await setProjectPlace(project, null)
}

async function setBaseline(id: string, content: Project): Promise<void> {
  await disk.setBaseline(id, content)
  if (useProject.getState().id === id) useProject.setState({ baseline: content })
}

/** How a push ended. */
type PushResult = 'nothing' | 'pushed' | 'conflict'

/** How often a push is tried again when others push at the same time. */
const maxAttempts = 5

/**
 * Pushes what was edited here. What others have pushed meanwhile is merged in first; where both changed the same, nothing
 * is pushed, and the person decides in Deploy.
 */
export async function pushEdits(force = false): Promise<PushResult> {
  for (let tried = 0; ; tried++) {
    const { project, address, revision, conflict } = useServerPlace.getState()
    const { id, document } = useProject.getState()
    if (id === null || id !== project || address === null || !hasUnpushed()) return 'nothing'
    if (conflict) return 'conflict'
    try {
      const next = await pushProject(address, document, { replaces: revision, force })
      await setBaseline(id, document.content)
      await setRevision(next)
      return 'pushed'
    } catch (error) {
      if (!(error instanceof ServerFailure) || error.kind !== 'changed' || tried >= maxAttempts) throw error
      if (!(await mergeServerChanges(null))) return 'conflict'
    }
  }
}

/** The last merge in the queue: two at once would merge with the same baseline. */
let exchangeQueue: Promise<unknown> = Promise.resolve()

/**
 * Merges what the server has: it is taken as it is where nothing was edited here. False where both sides changed the
 * same: the merge waits in Deploy then. `who` made the change, where that is known.
 */
export function mergeServerChanges(who: string | null): Promise<boolean> {
  const turn = exchangeQueue.then(() => takeOverNow(who))
  exchangeQueue = turn.catch(() => undefined)
  return turn
}

async function takeOverNow(who: string | null): Promise<boolean> {
  const { project, address, revision: known } = useServerPlace.getState()
  if (project === null || address === null) return true
  const { document: theirs, revision } = await pullProject(address)
  const { id, document, baseline } = useProject.getState()
  if (id !== project || revision === known) return true
  const w = currentWords().connected
  if (sameFiles(theirs.content, baseline)) {
    await setRevision(revision)
    return true
  }
  const merged = hasUnpushed() ? mergeProjects(baseline, document.content, theirs.content, () => 'mine') : null
  if (merged?.entries.some(({ conflicts }) => conflicts.length > 0)) {
    startMerge(theirs.content, w.theirVersion(who), revision)
    useServerPlace.setState({ conflict: true })
    toast(w.conflict(who), 'bad')
    return false
  }
  if (merged) await keepVersion(w.beforeMerge)
  const next: Document = merged ? { ...document, content: merged.project } : { ...document, content: theirs.content }
  edit(w.theirChanges(who), () => next)
  await setBaseline(id, theirs.content)
  await setRevision(revision)
  toast(merged ? w.mergedIn(who) : w.takenOver(who))
  return true
}
