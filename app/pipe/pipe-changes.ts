/** Changes of a pipe, each of which can be undone. */
import {
  componentById,
  componentValue,
  isObject,
  type Json,
  type JsonObject,
  type JsonPath,
  putText,
  putValue,
  readJson,
} from '../../engine-worker/index.ts'
import { currentWords } from '../i18n/i18n.ts'
import { editContent, useProject } from '../store/project/project.ts'
import { valueAtPath, withInserted, withMoved, withoutPath, withValueAt } from './json-edits.ts'
import { componentToEdit, useDrafts } from './pipe.ts'
import { choosePlace } from './pipe-view.ts'

/** Changes the pipe; one step of history, or part of a gesture. */
export function changePipe(
  id: string,
  label: string,
  recipe: (pipe: JsonObject) => Json,
  gesture: string | null = null,
): void {
  const draft = useDrafts.getState()[id]
  if (draft) {
    const after = recipe(draft.value)
    if (after !== draft.value && isObject(after)) draft.change(label, after, gesture)
    return
  }
  editContent(
    label,
    (content) => {
      const component = componentToEdit(content, id)
      if (!component) return content
      const before = componentValue(component)
      const after = recipe(before)
      return after === before || !isObject(after) ? content : putValue(content, component.key, after)
    },
    gesture,
  )
}

/** Puts a value at a place; `undefined` takes it away. */
export function setAt(
  id: string,
  path: JsonPath,
  value: Json | undefined,
  label: string,
  gesture: string | null = null,
): void {
  changePipe(id, label, (pipe) => withValueAt(pipe, path, value), gesture)
}

/** Inserts into a list and chooses what was inserted. */
export function insertAt(id: string, path: JsonPath, value: Json, label: string): void {
  changePipe(id, label, (pipe) => withInserted(pipe, path, value))
  choosePlace(path)
}

/** Removes what stands at a place; what stood after it is chosen, so that the keyboard goes on. */
export function removeAt(id: string, path: JsonPath, label: string): void {
  changePipe(id, label, (pipe) => withoutPath(pipe, path))
  const { document } = useProject.getState()
  const component = componentById(document.content, id, 'pipe')
  const now = component ? valueAtPath(componentValue(component), path) : undefined
  const index = path.at(-1)
  if (now !== undefined) choosePlace(path)
  else choosePlace(typeof index === 'number' && index > 0 ? [...path.slice(0, -1), index - 1] : null)
}

/** Moves a list item before another place and keeps it chosen. */
export function moveAt(id: string, from: JsonPath, to: JsonPath, label: string): void {
  let moved = from
  changePipe(id, label, (pipe) => {
    const after = withMoved(pipe, from, to)
    moved = after.path
    return after.root
  })
  choosePlace(moved)
}

/** The `_id` that a text gives; null while it has none; the reader of texts explains why. */
function idIn(text: string): string | null {
  try {
    const value = readJson(text)
    const id = isObject(value) ? valueAtPath(value, ['_id']) : null
    return isObject(value) ? (typeof id === 'string' ? id : '') : null
  } catch {
    return null
  }
}

/** Replaces the whole text of the pipe as typed; gives the error of a text that is not a pipe, and null otherwise. */
export function setText(id: string, text: string, label: string): string | null {
  const component = componentById(useProject.getState().document.content, id, 'pipe')
  if (!component) return null
  // Another _id would be another pipe: names are changed with their uses, by renaming.
  const named = idIn(text)
  if (named !== null && named !== id) return currentWords().pipe.otherId(named)
  const { value, problems } = putText(useProject.getState().document.content, component.key, text)
  const [broken] = problems
  if (broken) return currentWords().engine.message(broken)
  editContent(label, () => value, `text ${component.key}`)
  return null
}
