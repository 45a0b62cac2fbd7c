/** What keys, menus and the clipboard do to the chosen place of a pipe: each is one step of history. */

import {
  componentById,
  componentText,
  componentValue,
  formatPart,
  isObject,
  isWithin,
  type JsonObject,
  type JsonPath,
  readPasted,
} from '../../../engine-worker/index.ts'
import { focusPlace } from '../../pipe/focus.ts'
import { samePath, valueAtPath, withInserted, withValueAt } from '../../pipe/json-edits.ts'
import { changePipe, insertAt, moveAt, removeAt } from '../../pipe/pipe-changes.ts'
import { choosePlace, usePipeView } from '../../pipe/pipe-view.ts'
import { currentPipeWords } from '../../pipe/pipe-words.ts'
import { hasRules, type Stage, stagesOf } from '../../pipe/stages.ts'
import { stepAt } from '../../pipe/step-place.ts'
import { insertTransform, moveTransform, removeTransform } from '../../pipe/transform-edits.ts'
import { functionTableOf } from '../../store/catalogue.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'

/** The chosen place, as keys act on it. */
type ActionTarget =
  | { readonly is: 'step'; readonly path: JsonPath }
  | { readonly is: 'stage'; readonly stage: Stage; readonly place: number }
  | { readonly is: 'nothing' }

/** The pipe as it is now. */
function pipeNow(id: string): JsonObject {
  const component = componentById(useProject.getState().document.content, id, 'pipe')
  return component ? componentValue(component) : {}
}

/** What stands at a place: the step around it, or its stage. */
export function targetOf(pipe: JsonObject, selected: JsonPath | null): ActionTarget {
  if (selected === null) return { is: 'nothing' }
  const step = stepAt(pipe, selected, functionTableOf(useEngine.getState().catalogue))
  if (step !== null && valueAtPath(pipe, step) !== undefined) return { is: 'step', path: step }
  const stages = stagesOf(pipe)
  const place = stages.findIndex(({ path }) => isWithin(selected, path))
  const stage = stages[place]
  return stage ? { is: 'stage', stage, place } : { is: 'nothing' }
}

/** The place among the transforms of a stage in the row. */
function transformPlace(place: number): number {
  return place - 1
}

/** The path of the n-th transform, as it is written now. */
function transformPath(pipe: JsonObject, place: number): JsonPath {
  return Array.isArray(valueAtPath(pipe, ['transform'])) ? ['transform', place] : ['transform']
}

/** Deletes the chosen step or transform; what stood after it is chosen and has the focus. */
export function removeChosen(id: string): void {
  const pipe = pipeNow(id)
  const target = targetOf(pipe, usePipeView.getState().selected)
  const w = currentPipeWords().pipe.steps
  if (target.is === 'step' && typeof target.path.at(-1) === 'number') removeAt(id, target.path, w.remove)
  else if (target.is === 'stage' && target.stage.role === 'transform') {
    changePipe(id, w.removeStage, (before) => removeTransform(before, transformPlace(target.place)))
    const after = pipeNow(id)
    const stages = stagesOf(after)
    choosePlace(stages[Math.min(target.place, stages.length - 1)]?.path ?? null)
  }
  focusPlace(usePipeView.getState().selected)
}

/** Makes a copy of the chosen step or transform after it. */
export function duplicateChosen(id: string): void {
  const pipe = pipeNow(id)
  const target = targetOf(pipe, usePipeView.getState().selected)
  const w = currentPipeWords().pipe.steps
  if (target.is === 'step') {
    const index = target.path.at(-1)
    const step = valueAtPath(pipe, target.path)
    if (typeof index === 'number' && step !== undefined)
      insertAt(id, [...target.path.slice(0, -1), index + 1], step, w.duplicate)
  } else if (target.is === 'stage' && target.stage.role === 'transform') {
    addTransform(id, target.place, target.stage.config, w.duplicate)
  }
  focusPlace(usePipeView.getState().selected)
}

/** Moves the chosen step up or down, or the chosen transform left or right. */
export function moveChosen(id: string, way: -1 | 1): void {
  const pipe = pipeNow(id)
  const target = targetOf(pipe, usePipeView.getState().selected)
  const w = currentPipeWords().pipe.steps
  if (target.is === 'step') {
    const index = target.path.at(-1)
    const list = valueAtPath(pipe, target.path.slice(0, -1))
    if (typeof index !== 'number' || !Array.isArray(list)) return
    const to = index + way
    if (to < 0 || to >= list.length) return
    moveAt(id, target.path, [...target.path.slice(0, -1), way < 0 ? to : to + 1], w.move)
  } else if (target.is === 'stage' && target.stage.role === 'transform') {
    const place = transformPlace(target.place)
    const last = stagesOf(pipe).length - 3
    if (place + way < 0 || place + way > last) return
    moveStage(id, place, way < 0 ? place - 1 : place + 2)
    return
  }
  focusPlace(usePipeView.getState().selected)
}

/** Moves a transform before another place among the transforms; it stays chosen. */
export function moveStage(id: string, from: number, to: number): void {
  if (to === from || to === from + 1) return
  changePipe(id, currentPipeWords().pipe.steps.moveStage, (before) => moveTransform(before, from, to))
  const path = transformPath(pipeNow(id), to > from ? to - 1 : to)
  choosePlace(path)
  focusPlace(path)
}

/** Inserts a transform before the n-th and chooses it. */
export function addTransform(id: string, place: number, config: JsonObject, label: string): void {
  changePipe(id, label, (pipe) => insertTransform(pipe, place, config))
  const path = transformPath(pipeNow(id), place)
  choosePlace(path)
  focusPlace(path)
}

/** The list of steps and the place in it where a new step goes: after the chosen one, or at the end of a DTL stage. */
function stepPlace(id: string): JsonPath | null {
  const pipe = pipeNow(id)
  const { selected } = usePipeView.getState()
  const target = targetOf(pipe, selected)
  if (target.is === 'step') {
    const index = target.path.at(-1)
    return typeof index === 'number' ? [...target.path.slice(0, -1), index + 1] : null
  }
  const dtl = stagesOf(pipe).filter(hasRules)
  const stage = (target.is === 'stage' ? dtl.find(({ id: each }) => each === target.stage.id) : undefined) ?? dtl.at(-1)
  if (!stage) return null
  const rule = selected && samePath(selected.slice(0, -1), [...stage.path, 'rules']) ? selected.at(-1) : 'default'
  const list = [...stage.path, 'rules', String(rule)]
  const steps = valueAtPath(pipe, list)
  return [...list, Array.isArray(steps) ? steps.length : 0]
}

/** Opens the picker of steps where the next one goes. */
export function startStep(id: string): void {
  usePipeView.setState({ adding: stepPlace(id) })
}

/** Opens the picker of stages after the chosen one, or before the sink. */
export function startStage(id: string): void {
  const pipe = pipeNow(id)
  const target = targetOf(pipe, usePipeView.getState().selected)
  const last = stagesOf(pipe).length - 2
  const chosen = stagesOf(pipe).findIndex(({ path }) => isWithin(usePipeView.getState().selected ?? [], path))
  const place = target.is === 'nothing' || chosen < 0 ? last : Math.min(chosen, last)
  usePipeView.setState({ adding: ['stage', place] })
}

/** The chosen step or stage as JSON text, for any clipboard; null when nothing is chosen. */
export function copyChosen(id: string): string | null {
  const pipe = pipeNow(id)
  const target = targetOf(pipe, usePipeView.getState().selected)
  const path = target.is === 'step' ? target.path : target.is === 'stage' ? target.stage.path : null
  const { content } = useProject.getState().document
  const component = componentById(content, id, 'pipe')
  const text = path && component ? componentText(content, component.key, path) : null
  const value = text ?? (target.is === 'stage' && target.stage.config ? formatPart(target.stage.config) : null)
  if (value !== null) toast(currentPipeWords().pipe.copied)
  return value
}

/** Takes steps, rules or stages of a text from anywhere. */
export function pasteStages(id: string, text: string): void {
  const pasted = readPasted(text)
  const { pipe: w, engine } = currentPipeWords()
  if (pasted.is === 'broken') toast(w.jsonBroken(engine.message(pasted.problem)), 'bad')
  else if (pasted.is === 'steps') {
    const place = stepPlace(id)
    if (!place) {
      toast(w.pasteNowhere, 'bad')
      return
    }
    const index = place.at(-1)
    changePipe(id, w.steps.paste, (pipe) =>
      pasted.steps.reduce<JsonObject>((before, step, offset) => {
        const path = [...place.slice(0, -1), (typeof index === 'number' ? index : 0) + offset]
        const after = withInserted(before, path, step)
        return isObject(after) ? after : before
      }, pipe),
    )
    choosePlace(place)
    focusPlace(place)
  } else if (pasted.is === 'stages') {
    const chosen = stagesOf(pipeNow(id)).findIndex(({ path }) => isWithin(usePipeView.getState().selected ?? [], path))
    const place = Math.max(0, Math.min(chosen < 0 ? Number.MAX_SAFE_INTEGER : chosen, stagesOf(pipeNow(id)).length - 2))
    changePipe(id, w.steps.paste, (pipe) =>
      pasted.stages.reduce((before, stage, offset) => insertTransform(before, place + offset, stage), pipe),
    )
  } else if (pasted.is === 'rules') {
    const stage = stagesOf(pipeNow(id)).findLast(hasRules)
    if (!stage) {
      toast(w.pasteNowhere, 'bad')
      return
    }
    changePipe(id, w.steps.paste, (pipe) => {
      const rules = valueAtPath(pipe, [...stage.path, 'rules'])
      return withValueAt(pipe, [...stage.path, 'rules'], { ...pasted.rules, ...(isObject(rules) ? rules : {}) })
    })
  } else toast(w.pasteNothing, 'bad')
}
