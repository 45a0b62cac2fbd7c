/**
 * Bringing a newer version of a project into the open one: what was read, and which side counts where both changed the
 * same. Nothing is changed until the merge is applied, as one step that can be undone.
 */
import { create } from 'zustand'
import { type MergeConflict, type MergeSide, mergeProjects, type Project } from '../../../engine-worker/index.ts'
import { disk } from '../disk/disk.ts'
import { setRevision } from '../server/place.ts'
import { editContent, useProject } from './project.ts'
import { keepVersion } from './versions.ts'

interface MergeState {
  /** The newer version; null where none is being merged. */
  readonly theirs: Project | null
  /** What it is called, as the file or folder that was chosen. */
  readonly name: string
  /** The revision of the server that it is, where it came from one. */
  readonly revision: number | null
  /** By {@link conflictKey}; `mine` where nothing is chosen. */
  readonly choices: Readonly<Record<string, MergeSide>>
  /** Components of which one side counts as a whole, by the key of their entry. */
  readonly whole: Readonly<Record<string, MergeSide>>
}

const initialState: MergeState = { theirs: null, name: '', revision: null, choices: {}, whole: {} }

export const useMerge = create<MergeState>(() => initialState)

/** Names a conflict of a component or file. */
export function conflictKey(entry: string, { path }: MergeConflict): string {
  return `${entry} ${JSON.stringify(path)}`
}

/** Begins to merge a newer version; nothing is changed yet. */
export function startMerge(theirs: Project, name: string, revision: number | null = null): void {
  useMerge.setState({ theirs, name, revision, choices: {}, whole: {} })
}

/** Gives the merge up; the project stays as it is. */
export function endMerge(): void {
  useMerge.setState(initialState)
}

export function chooseSide(key: string, side: MergeSide): void {
  useMerge.setState(({ choices }) => ({ choices: { ...choices, [key]: side } }))
}

/** Lets one side count for all of a component; null: both, merged. */
export function chooseWhole(entry: string, side: MergeSide | null): void {
  useMerge.setState(({ whole: { [entry]: _, ...others } }) => ({
    whole: side === null ? others : { ...others, [entry]: side },
  }))
}

/** What the merge would make of the project, by the choices so far. */
export function mergedProject(base: Project, mine: Project, { theirs, choices, whole }: MergeState) {
  return theirs === null
    ? null
    : mergeProjects(
        base,
        mine,
        theirs,
        (entry, conflict) => choices[conflictKey(entry, conflict)] ?? 'mine',
        (entry) => whole[entry] ?? null,
      )
}

/**
 * Applies the merge. The state before and after is kept as a version; from now on changes are counted from the newer
 * version.
 */
export async function applyMerge(names: { readonly step: string; readonly before: string; readonly after: string }) {
  const { id, baseline, document } = useProject.getState()
  const { theirs, revision } = useMerge.getState()
  const merged = mergedProject(baseline, document.content, useMerge.getState())
  if (id === null || theirs === null || merged === null) return
  await keepVersion(names.before)
  editContent(names.step, () => merged.project)
  await keepVersion(names.after)
  await disk.setBaseline(id, theirs)
  if (useProject.getState().id === id) useProject.setState({ baseline: theirs })
  if (revision !== null) await setRevision(revision)
  endMerge()
}
