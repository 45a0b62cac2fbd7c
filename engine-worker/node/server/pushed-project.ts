/**
 * The project of an instance as a page pushes and pulls it: all of its files, those that a node does not use too
 * (expected outputs, test data, the layout of the canvas). The components that count are those of the configuration;
 * what was changed through the node's API since is put into the files on the way out.
 */

import type { FileContent } from '../../config/project/read.ts'
import { get } from '../../entity/dict.ts'
import { readJson } from '../../entity/json.ts'
import { equal } from '../../entity/order.ts'
import { isObject, type Json } from '../../entity/value.ts'
import type { DatasetStore, StateWrite } from '../../storage/store.ts'
import { formatPart } from '../../text/format.ts'
import { addComponent, filesOf, projectOf, putFile, putText, removeComponent, textInRoot } from '../../text/project.ts'
import type { Project } from '../../text/project-files.ts'
import { HttpError } from './answer.ts'
import type { ConfigItem, NodeConfiguration, PostedItem } from './configuration.ts'

const FILE_PREFIX = 'server/files/'
const PROJECT_KEY = 'server/project'

/** A project as it goes over the network. */
export interface PushedProject {
  readonly name: string
  /** Variables come from `<profile>-env.json`. */
  readonly profile: string
  /** The folder of the configuration within the files. */
  readonly root: string
  readonly files: Readonly<Record<string, FileContent>>
}

/** The project of a request. 400 for anything else. */
export function pushedProjectIn(message: unknown): PushedProject {
  const notAProject = () => new HttpError(400, 'The body is no project.')
  if (typeof message !== 'object' || message === null) throw notAProject()
  const text = (name: string): string => {
    const value: unknown = Reflect.get(message, name)
    if (typeof value !== 'string') throw notAProject()
    return value
  }
  const given: unknown = Reflect.get(message, 'files')
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw notAProject()
  const files: Record<string, FileContent> = {}
  for (const [path, content] of Object.entries(given)) {
    if (typeof content !== 'string' && !(content instanceof Uint8Array)) throw notAProject()
    files[path] = content
  }
  return { name: text('name'), profile: text('profile'), root: text('root'), files }
}

/** The components of a project, each as one that was uploaded. */
export function componentsIn({ files, root }: PushedProject): readonly PostedItem[] {
  const { value } = projectOf(
    Object.entries(files).map(([path, content]) => ({ path, content })),
    root,
  )
  const met = new Set<string>()
  return Object.values(value.components).flatMap(({ kind, id, text }) => {
    // The first of two with one _id is the one that counts.
    if (met.has(`${kind} ${id}`)) return []
    met.add(`${kind} ${id}`)
    return [{ json: readJson(text), text }]
  })
}

/** The variables of the profile of a project; null where it has none. */
export function variablesOfProject({ files, root, profile }: PushedProject): { readonly [name: string]: Json } | null {
  const text = files[`${root}${profile}-env.json`]
  if (typeof text !== 'string') return null
  try {
    const json = readJson(text.replace(/^\uFEFF/, ''))
    return isObject(json) ? json : null
  } catch {
    // A file that is no JSON is a problem that the page shows; the variables stay as they are.
    return null
  }
}

/** What has to be written to keep the files of a project in the place of those that are kept. */
export async function keptProject(store: DatasetStore, project: PushedProject): Promise<StateWrite[]> {
  const { name, profile, root, files } = project
  const states: StateWrite[] = [{ key: PROJECT_KEY, value: { name, profile, root } }]
  const gone = new Set<string>()
  for await (const { key } of store.states(FILE_PREFIX)) gone.add(key)
  for (const [path, content] of Object.entries(files)) {
    const key = FILE_PREFIX + path
    gone.delete(key)
    const before = await store.state(key)
    if (!sameContent(before, content)) states.push({ key, value: content })
  }
  for (const key of gone) states.push({ key, value: null })
  return states
}

/** The text of a file of the kept project, by its path below the folder of the configuration; null where it is not there. */
export async function keptText(store: DatasetStore, path: string): Promise<string | null> {
  const head = await store.state(PROJECT_KEY)
  const root = head && !(head instanceof Uint8Array) && isObject(head) ? String(get(head, 'root') ?? '') : ''
  const text = await store.state(FILE_PREFIX + root + path)
  return typeof text === 'string' ? text : null
}

/** What keeps one file of a project that was taken in from a folder. */
export function keptFile(path: string, content: FileContent): StateWrite {
  return { key: FILE_PREFIX + path, value: content }
}

function sameContent(before: Json | Uint8Array | undefined, now: FileContent): boolean {
  if (typeof before === 'string' || typeof now === 'string') return before === now
  return before instanceof Uint8Array && Buffer.compare(before, now) === 0
}

interface ServedState {
  readonly store: DatasetStore
  readonly configuration: NodeConfiguration
  readonly variables: { readonly [name: string]: Json }
  /** The defaults for a project that was never pushed. */
  readonly name: string
}

/** The project as it is now. */
export async function projectNow(state: ServedState): Promise<PushedProject> {
  const head = await state.store.state(PROJECT_KEY)
  const known = head && !(head instanceof Uint8Array) && isObject(head) ? head : {}
  const text = (name: string, otherwise: string) => String(get(known, name) ?? otherwise)
  const profile = text('profile', 'test')
  const root = text('root', '')
  const files: { path: string; content: FileContent }[] = []
  for await (const { key, value } of state.store.states(FILE_PREFIX)) {
    const path = key.slice(FILE_PREFIX.length)
    if (typeof value === 'string' || value instanceof Uint8Array) files.push({ path, content: value })
  }
  let project = withComponents(projectOf(files, root).value, state.configuration.items)
  project = withVariables(project, `${profile}-env.json`, state.variables)
  return {
    name: text('name', state.name),
    profile,
    root,
    files: Object.fromEntries(filesOf(project).map(({ path, content }) => [path, content])),
  }
}

/** The project with exactly these components; those that are the same stay where and as they are. */
function withComponents(before: Project, items: readonly ConfigItem[]): Project {
  const wanted = new Map(items.map((item) => [keyOf(item.config), item]))
  const met = new Set<string>()
  let project = before
  for (const { key, kind, id, text } of Object.values(before.components)) {
    const name = `${kind} ${id}`
    const item = wanted.get(name)
    if (!item) project = removeComponent(project, key)
    // The first of two with one _id is the one that counts.
    else if (!met.has(name) && item.text !== text) project = putText(project, key, item.text).value
    met.add(name)
  }
  for (const [name, { config, text }] of wanted) {
    if (met.has(name)) continue
    const added = addComponent(project, config)
    project = putText(added.project, added.key, text).value
  }
  return project
}

function keyOf(config: ConfigItem['config']): string {
  const type = String(get(config, 'type'))
  const kind = type === 'metadata' ? 'metadata' : type.startsWith('system:') ? 'system' : 'pipe'
  return `${kind} ${get(config, '_id')}`
}

function withVariables(project: Project, path: string, variables: { readonly [name: string]: Json }): Project {
  const text = textInRoot(project, path)
  let known: Json | null = null
  try {
    known = text === null ? {} : readJson(text)
  } catch {
    return project
  }
  if (isObject(known) && equal({ ...known }, { ...variables })) return project
  return putFile(project, project.root + path, `${formatPart({ ...variables })}\n`).value
}
