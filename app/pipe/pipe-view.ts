/** What this tab looks at in a pipe: the view of it, the chosen place and the entity that is followed. */

import { create } from 'zustand'
import type { JsonPath } from '../../engine-worker/index.ts'
import { samePath } from './json-edits.ts'

export const pipeModes = ['cards', 'mapping', 'walk', 'text'] as const
type PipeMode = (typeof pipeModes)[number]

interface PipeView {
  /** The pipe that `selected` and `entity` are about. */
  readonly pipe: string
  readonly mode: PipeMode
  /** A stage, a step or an expression below the pipe; null: the pipe itself. */
  readonly selected: JsonPath | null
  /** Where a picker is open: the place of a new step, or `stage` and the place among the transforms. */
  readonly adding: JsonPath | null
  /** `_id` of the entity that is followed; null: the first. */
  readonly entity: string | null
  /** Stages that a person folded to one line (true) or opened (false), by name. */
  readonly folds: Readonly<Record<string, boolean>>
}

export const usePipeView = create<PipeView>(() => ({
  pipe: '',
  mode: 'cards',
  selected: null,
  adding: null,
  entity: null,
  folds: {},
}))

/** Shows a pipe; the choices in another pipe are forgotten. */
export function showPipe(pipe: string): void {
  if (usePipeView.getState().pipe !== pipe)
    usePipeView.setState({ pipe, selected: null, adding: null, entity: null, folds: {} })
}

/** Chooses a place in the pipe. */
export function choosePlace(path: JsonPath | null): void {
  usePipeView.setState({ selected: path })
}

/**
 * The place whose form shows what stands at a path: of a part of a join the call around it, of a part of a source the
 * source, because there they are built as a whole.
 */
export function shownAt(path: JsonPath): JsonPath {
  if (path[0] === 'source') return ['source']
  const rules = path.indexOf('rules')
  const inside = path.findIndex((key, index) => rules >= 0 && index > rules + 1 && typeof key === 'string')
  return inside < 0 ? path : path.slice(0, inside - 1)
}

/** Whether a picker is open for a new step or stage here, for components. */
export function useAdding(path: JsonPath): boolean {
  return usePipeView((state) => state.adding !== null && samePath(state.adding, path))
}

/** Opens or closes a picker. */
export function setAdding(adding: JsonPath | null): void {
  usePipeView.setState({ adding })
}

/** Folds a stage to one line, or opens it. */
export function foldStage(stage: string, folded: boolean): void {
  usePipeView.setState(({ folds }) => ({ folds: { ...folds, [stage]: folded } }))
}

/** Whether a place is the chosen one, for components. */
export function useChosen(path: JsonPath): boolean {
  return usePipeView((state) => state.selected !== null && samePath(state.selected, path))
}
