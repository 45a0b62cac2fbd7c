/** The model of the open project: `model.json` among its files. Each edit is one step of history. */
import { useMemo } from 'react'
import {
  type AnswerOf,
  editFile,
  formatPart,
  type Json,
  type Model,
  modelFile,
  type Project,
  putFile,
  readJson,
} from '../../../engine-worker/index.ts'
import { ask } from '../engine/open-project.ts'
import { useQuery } from '../use-query.ts'
import { editContent, useContent, useProject } from './project.ts'

const emptyModel: Model = { version: 1, systems: {}, concepts: {}, mappings: [] }

function pathIn({ root }: Project): string {
  return `${root}${modelFile}`
}

/** The text of the model of a project; null where it has none. */
function modelText(content: Project): string | null {
  const path = pathIn(content)
  const text = Object.hasOwn(content.files, path) ? content.files[path] : undefined
  return typeof text === 'string' ? text : null
}

/** Texts that are models: the engine has read them, or an edit of a model has given them. */
const readable = new Map<string, Model>()
const mostReadable = 100

function remember(text: string): Model {
  const known = readable.get(text)
  if (known) return known
  // The engine has read this text by the declaration of models, so it has their shape.
  const model = readJson(text) as unknown as Model
  readable.set(text, model)
  const [oldest] = readable.keys()
  if (readable.size > mostReadable && oldest !== undefined) readable.delete(oldest)
  return model
}

/** The model as it stands, what is wrong with it, and its text. */
interface OpenModel {
  readonly text: string | null
  /** Null where there is no model, or it cannot be read. */
  readonly model: Model | null
  readonly problems: AnswerOf<'modelCheck'>['problems']
  /** Whether it has no errors, so that pipes can be generated from it. */
  readonly isSound: boolean
  readonly isReading: boolean
}

/** The model of the open project, for components. */
export function useModel(): OpenModel {
  const text = modelText(useContent())
  const id = useProject((state) => state.id)
  const check = useQuery(
    text,
    async () => {
      if (text === null) return null
      const answer = await ask('modelCheck', { text }, { early: true })
      if (answer.readable) remember(text)
      return { text, ...answer }
    },
    { about: id },
  )
  const checked = check.value?.text === text ? check.value : null
  const model = text === null ? null : (readable.get(text) ?? (checked?.readable ? remember(text) : null))
  const problems = check.value?.problems ?? []
  const isSound = checked?.readable === true && !problems.some(({ severity }) => severity === 'error')
  return useMemo(
    () => ({ text, model, problems, isSound, isReading: text !== null && model === null && check.stale }),
    [text, model, problems, isSound, check.stale],
  )
}

/** The project with another model; a model that is not there yet begins empty. */
function withModel(content: Project, change: (model: Model) => Model): Project {
  const path = pathIn(content)
  const started =
    modelText(content) === null
      ? putFile(content, path, `${formatPart(emptyModel as unknown as Json)}\n`).value
      : content
  const before = modelText(started)
  if (before === null) return content
  const model = readable.get(before) ?? remember(before)
  const after = change(model)
  if (after === model) return content
  // A model is JSON by its declaration.
  const changed = editFile(started, path, () => after as unknown as Json)
  const text = modelText(changed)
  if (text !== null) remember(text)
  return changed
}

/** The text that the model of the open project has after a change. */
export function changedModelText(change: (model: Model) => Model): string {
  return modelText(withModel(useProject.getState().document.content, change)) ?? ''
}

/** Changes the model; one step of history, or part of a gesture. */
export function editModel(label: string, change: (model: Model) => Model, gesture: string | null = null): void {
  editContent(label, (content) => withModel(content, change), gesture)
}

/** Makes a text the model, also one that cannot be read; what is typed in a row is one step of history. */
export function setModelText(label: string, text: string): void {
  editContent(label, (content) => putFile(content, pathIn(content), text).value, 'model text')
}

/** Makes a mapping file of others the model of the project, as one step of history; gives what is wrong with it. */
export async function importModel(label: string, file: string, text: string): Promise<AnswerOf<'modelImport'>> {
  const found = await ask('modelImport', { text, file })
  const { text: model } = found
  if (model !== null) editContent(label, (content) => putFile(content, pathIn(content), model).value)
  return found
}

/** Makes a model of what the pipes of the project say, as one step of history; gives what is not in it. */
export async function readPipesIntoModel(label: string): Promise<AnswerOf<'modelReading'>['problems']> {
  const { text, problems } = await ask('modelReading', null)
  editContent(label, (content) => putFile(content, pathIn(content), text).value)
  return problems
}

/** Changes the model and writes what the engine makes of it into the project, as one step of history. */
export async function applyModel(
  label: string,
  change: (model: Model) => Model,
  options: { readonly only?: 'systems'; readonly reset?: readonly string[] } = {},
): Promise<AnswerOf<'modelPipes'>> {
  let seen = useProject.getState().document.content
  let made = await ask('modelPipes', { text: changedModelText(change), ...options })
  // What was edited meanwhile must not be written over: the pipes are made again of what stands there now.
  while (useProject.getState().document.content !== seen) {
    seen = useProject.getState().document.content
    made = await ask('modelPipes', { text: changedModelText(change), ...options })
  }
  editContent(label, (content) => {
    const edited = withModel(content, change)
    return Object.entries(made.files).reduce(
      (all, [path, file]) => putFile(all, `${all.root}${path}`, file).value,
      edited,
    )
  })
  return made
}
