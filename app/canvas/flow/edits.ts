/**
 * The edits of the Flow canvas, as functions from a project to a project: create, connect, insert, heal, copy,
 * paste. They know nothing of the screen; each is one step of history.
 */
import {
  addComponent,
  addStep,
  type Component,
  componentById,
  componentValue,
  connectDataset,
  copyStep,
  type DatasetConnection,
  DEFAULT_SINK,
  datasetConnection,
  equalityCall,
  freeAlias,
  isObject,
  type Json,
  type JsonObject,
  joinCall,
  type Project,
  putValue,
  removeComponent,
  replaceDataset,
  rulesProperty,
  rulesTransform,
  sourceDatasets,
  sourceOfDataset,
} from '../../../engine-worker/index.ts'

/** The dataset a pipe writes; null when its sink is outside. */
export function datasetOf(pipe: JsonObject): string | null {
  const id = typeof pipe._id === 'string' ? pipe._id : ''
  const sink = objectOrNull(pipe.sink)
  if (!sink) return id
  if (sink.type !== undefined && sink.type !== DEFAULT_SINK) return null
  return typeof sink.dataset === 'string' ? sink.dataset : id
}

/** Whether a pipe can take one more dataset, and what that does to it. */
type Connection =
  | { readonly legal: true; readonly how: DatasetConnection | 'hops' }
  | { readonly legal: false; readonly why: 'itself' | 'nothing-out' | 'own-source' | 'already' | 'not-a-pipe' }

/** Whether a dataset may be connected to a pipe, and what connecting it would do. */
export function datasetConnectionOf(
  content: Project,
  dataset: string | null,
  target: string,
  kind: 'flow' | 'hops',
): Connection {
  const component = componentById(content, target, 'pipe')
  if (!component) return { legal: false, why: 'not-a-pipe' }
  if (dataset === null) return { legal: false, why: 'nothing-out' }
  const pipe = componentValue(component)
  if (kind === 'hops') return { legal: true, how: 'hops' }
  if (datasetOf(pipe) === dataset) return { legal: false, why: 'itself' }
  const source = objectOrNull(pipe.source)
  if (sourceDatasets(source).includes(dataset)) return { legal: false, why: 'already' }
  const how = datasetConnection(source)
  return how === null ? { legal: false, why: 'own-source' } : { legal: true, how }
}

/** Connects a dataset to a pipe's source; `how` comes from {@link datasetConnectionOf}. */
export function addDatasetToSource(content: Project, dataset: string, target: string): Project {
  return changePipe(content, target, (pipe): JsonObject => {
    const source = connectDataset(objectOrNull(pipe.source), dataset)
    return source === null ? pipe : { ...pipe, source }
  })
}

/** Joins a dataset into a pipe: a first step with hops that a person then completes. */
export function connectHops(content: Project, dataset: string, target: string): Project {
  return changePipe(content, target, (pipe) => {
    const alias = freeAlias(dataset, new Set(['_S', '_T', '_P', '_R', '_B', '_']))
    const found = joinCall([`${dataset} ${alias}`], [equalityCall('_S._id', `${alias}._id`)])
    const step = addStep(dataset, found)
    const transforms = transformList(pipe.transform)
    const last = objectOrNull(transforms.at(-1))
    const held = last ? rulesProperty(last) : null
    const rules = held === null ? null : objectOrNull(last?.[held])
    if (held !== null && rules) {
      const joined = { ...last, [held]: { ...rules, default: [...listOf(rules.default), step] } }
      return { ...pipe, transform: transformValue([...transforms.slice(0, -1), joined], pipe.transform) }
    }
    const joining = rulesTransform({ default: [copyStep(), step] })
    return { ...pipe, transform: transformValue([...transforms, joining], pipe.transform) }
  })
}

/** Takes a dataset out of a pipe's source; the source stays, waiting for another. */
export function disconnectDataset(content: Project, dataset: string, target: string): Project {
  return rewire(content, target, dataset, [])
}

/** Puts a new pipe between a dataset and one of its readers. */
export function insertBetween(content: Project, dataset: string, reader: string): { project: Project; id: string } {
  const id = freeId(content, `${dataset}-${reader}`.length > 40 ? `${dataset}-step` : `${dataset}-${reader}`)
  const created = withComponent(content, dtlPipe(id, dataset))
  return { project: rewire(created, reader, dataset, [id]), id }
}

/** Adds a component; its `_id` is made free first. */
export function withComponent(content: Project, config: JsonObject): Project {
  return addComponent(content, config).project
}

/** A pipe that reads a dataset and copies everything: the start of a new step. */
export function dtlPipe(id: string, dataset: string): JsonObject {
  return {
    _id: id,
    type: 'pipe',
    source: sourceOfDataset(dataset),
    transform: rulesTransform({ default: [copyStep()] }),
  }
}

/**
 * Removes components. Readers of a removed pipe's dataset read what it read instead, so that the wire heals; where it read
 * nothing, they are left without a source dataset.
 */
export function removeAndHeal(content: Project, keys: readonly string[]): Project {
  let project = content
  for (const key of keys) {
    const component = project.components[key]
    if (!component) continue
    project = component.kind === 'pipe' ? reconnectAround(project, component) : project
    project = removeComponent(project, key)
  }
  return project
}

function reconnectAround(content: Project, removed: Component): Project {
  const pipe = componentValue(removed)
  const dataset = datasetOf(pipe)
  const others = Object.values(content.components).filter(
    (component) => component.kind === 'pipe' && component.key !== removed.key,
  )
  if (dataset === null || others.some((component) => datasetOf(componentValue(component)) === dataset)) return content
  const inputs = sourceDatasets(objectOrNull(pipe.source)).filter((input) => input !== dataset)
  let project = content
  for (const reader of others) {
    if (sourceDatasets(objectOrNull(componentValue(reader).source)).includes(dataset)) {
      project = rewire(project, reader.id, dataset, inputs)
    }
  }
  return project
}

/** The JSON that copying puts on the clipboard: the components as Sesam has them. */
export function componentsText(content: Project, keys: readonly string[]): readonly JsonObject[] {
  return keys.flatMap((key) => {
    const component = content.components[key]
    return component ? [componentValue(component)] : []
  })
}

/**
 * Adds components from elsewhere. Those whose `_id` is taken get a free one; references among the pasted ones follow.
 * Gives the ids they have now.
 */
export function withPasted(
  content: Project,
  configs: readonly JsonObject[],
): { project: Project; ids: readonly string[] } {
  const renamed = new Map<string, string>()
  let taken = content
  const ids: string[] = []
  for (const config of configs) {
    const wish = typeof config._id === 'string' && config._id !== '' ? config._id : 'pasted-pipe'
    const id = freeId(taken, wish)
    if (id !== wish) renamed.set(wish, id)
    ids.push(id)
    taken = withComponent(taken, { ...config, _id: id })
  }
  let project = content
  for (const [index, config] of configs.entries()) {
    project = withComponent(project, { ...renamedReferences(config, renamed), _id: ids[index] ?? 'pasted-pipe' })
  }
  return { project, ids }
}

/** An `_id` that no component has: the wish itself, or with a number behind it. */
export function freeId(content: Project, wish: string, others: readonly string[] = []): string {
  const taken = new Set([...Object.values(content.components).map((component) => component.id), ...others])
  if (!taken.has(wish)) return wish
  const base = wish.replace(/-\d+$/, '')
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`
}

/** Replaces one dataset of a pipe's source by others (none: it is taken out). */
function rewire(content: Project, target: string, dataset: string, by: readonly string[]): Project {
  return changePipe(content, target, (pipe): JsonObject => {
    const source = objectOrNull(pipe.source)
    const next = source && replaceDataset(source, dataset, by)
    return next === source ? pipe : { ...pipe, source: next }
  })
}

function changePipe(content: Project, id: string, recipe: (pipe: JsonObject) => JsonObject): Project {
  const component = componentById(content, id, 'pipe')
  if (!component) return content
  const before = componentValue(component)
  const after = recipe(before)
  return after === before ? content : putValue(content, component.key, after)
}

/** Datasets and systems named in a copied configuration follow the new names of what was copied with them. */
function renamedReferences(config: JsonObject, renamed: ReadonlyMap<string, string>): JsonObject {
  if (renamed.size === 0) return config
  const renameInside = (value: Json, key: string): Json => {
    if (typeof value === 'string') {
      const [name = '', ...alias] = value.trim().split(/\s+/)
      const next = ['dataset', 'datasets', 'system'].includes(key) ? renamed.get(name) : undefined
      return next === undefined ? value : [next, ...alias].join(' ')
    }
    if (Array.isArray(value)) return value.map((item) => renameInside(item, key))
    const inner = objectOrNull(value)
    return inner
      ? Object.fromEntries(Object.entries(inner).map(([name, item]) => [name, renameInside(item, name)]))
      : value
  }
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, key === '_id' ? value : renameInside(value, key)]),
  )
}

function transformList(transform: Json | undefined): readonly Json[] {
  if (transform === undefined || transform === null) return []
  return Array.isArray(transform) ? transform : [transform]
}

/** One transform stays an object unless it was written as a list. */
function transformValue(transforms: readonly Json[], before: Json | undefined): Json {
  const [only] = transforms
  return transforms.length === 1 && only !== undefined && !Array.isArray(before) ? only : [...transforms]
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function objectOrNull(value: Json | undefined): JsonObject | null {
  return isObject(value) ? value : null
}
