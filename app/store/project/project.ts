/**
 * The open project: one immutable value, changed only by {@link edit}. History is the list of earlier values (they share
 * what did not change), so undo puts one back, and "changed" is a comparison, never a flag.
 */
import { type Draft, produce } from 'immer'
import { create } from 'zustand'
import { componentValue, emptyProject, type JsonObject, type Project, putValue } from '../../../engine-worker/index.ts'

/** Everything of a project that is saved and undone. */
export interface Document {
  readonly name: string
  /** The profile whose variables count: `test` reads `test-env.json`. */
  readonly profile: string
  readonly content: Project
}

/** An earlier or later value with what was done to it. */
interface HistoryStep {
  readonly label: string
  readonly before: Document
  /** Edits of the same gesture (a drag, typing into one field) are one step. */
  readonly gesture: string | null
}

interface ProjectState {
  readonly id: string | null
  readonly document: Document
  /** What disk holds, as far as this tab knows. */
  readonly saved: Document
  /** What was imported or last exported; Deploy compares with it. */
  readonly baseline: Project
  readonly past: readonly HistoryStep[]
  readonly future: readonly HistoryStep[]
  /** Another tab works on the project: this one shows it and changes nothing. */
  readonly readOnly: boolean
}

const emptyDocument: Document = { name: '', profile: 'test', content: emptyProject }

export const useProject = create<ProjectState>(() => ({
  id: null,
  document: emptyDocument,
  saved: emptyDocument,
  baseline: emptyProject,
  past: [],
  future: [],
  readOnly: false,
}))

const maxHistorySteps = 500

/** Shows a project that was read from disk. */
export function showProject(id: string, document: Document, baseline: Project, readOnly: boolean): void {
  useProject.setState({ id, document, saved: document, baseline, past: [], future: [], readOnly })
}

/** Forgets the open project (it stays on disk). */
export function hideProject(): void {
  useProject.setState({
    id: null,
    document: emptyDocument,
    saved: emptyDocument,
    past: [],
    future: [],
    readOnly: false,
  })
}

/**
 * Changes the project. `change` makes a new value of the old one; giving the same value back changes nothing. Edits that
 * follow each other with the same `gesture` are undone as one.
 */
export function edit(label: string, change: (document: Document) => Document, gesture: string | null = null): void {
  const { document, past, readOnly } = useProject.getState()
  if (readOnly) return
  const next = change(document)
  if (next === document) return
  const joins = gesture !== null && past.at(-1)?.gesture === gesture
  const steps = joins ? past : [...past.slice(1 - maxHistorySteps), { label, before: document, gesture }]
  useProject.setState({ document: next, past: steps, future: [] })
}

/** Changes the files and components of the project. */
export function editContent(label: string, change: (content: Project) => Project, gesture: string | null = null): void {
  edit(
    label,
    (document) => {
      const content = change(document.content)
      return content === document.content ? document : { ...document, content }
    },
    gesture,
  )
}

/**
 * Changes the configuration of one pipe, system or the metadata as a draft. Its text becomes canonical; everything else
 * in its file stays as it is.
 */
export function editComponent(
  key: string,
  label: string,
  recipe: (config: Draft<JsonObject>) => JsonObject | undefined,
  gesture: string | null = null,
): void {
  editContent(
    label,
    (content) => {
      const component = content.components[key]
      if (!component) return content
      const before = componentValue(component)
      const after = produce(before, recipe)
      return after === before ? content : putValue(content, key, after)
    },
    gesture,
  )
}

/** Ends a group of edits, so that the next edit with the same name is a step of its own in the history. */
export function endEditGroup(): void {
  useProject.setState((state) => ({ past: withoutGesture(state.past) }))
}

function withoutGesture(past: readonly HistoryStep[]): readonly HistoryStep[] {
  const last = past.at(-1)
  return last?.gesture ? [...past.slice(0, -1), { ...last, gesture: null }] : past
}

/** Puts the value before the last step back. */
export function undo(): void {
  const { document, past, future, readOnly } = useProject.getState()
  const step = past.at(-1)
  if (!step || readOnly) return
  const undone: HistoryStep = { label: step.label, before: document, gesture: null }
  useProject.setState({ document: step.before, past: withoutGesture(past.slice(0, -1)), future: [...future, undone] })
}

/** Takes the last undo back. */
export function redo(): void {
  const { document, past, future, readOnly } = useProject.getState()
  const step = future.at(-1)
  if (!step || readOnly) return
  const redone: HistoryStep = { label: step.label, before: document, gesture: null }
  useProject.setState({ document: step.before, past: [...past, redone], future: future.slice(0, -1) })
}

/** The files and components of the open project, for components. */
export function useContent(): Project {
  return useProject((state) => state.document.content)
}
