/**
 * Renaming across a project: the edits are made first, for a preview in which each can be left out, and applied then.
 * Renaming a pipe renames the dataset it fills and the namespace it gives to properties where these follow its `_id`.
 */

import { DEFAULT_SINK, sinkToDataset } from '../config/model/syntax.ts'
import type { FunctionTable } from '../dtl/tree/functions.ts'
import { segmentText } from '../dtl/tree/path.ts'
import { get, put } from '../entity/dict.ts'
import { entriesOf, objectOf } from '../entity/entries.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { type Problem, problem } from '../problem.ts'
import type { Reference, ReferenceKind } from './reference.ts'
import { references } from './references.ts'

const nameTaken = problem<{ what: string; name: string }>({
  code: 'rename-taken',
  severity: 'error',
  says: ({ what, name }) => `There is already a ${what} "${name}".`,
  fix: () => 'Choose another name.',
})
const badName = problem<{ what: string; name: string }>({
  code: 'rename-not-a-name',
  severity: 'error',
  says: ({ what, name }) => `"${name}" cannot be the name of a ${what}.`,
  fix: () => 'Choose a name without spaces, and for a pipe without a slash.',
})

/** What is to be renamed. Rules and aliases belong to a place of one component, as their references say. */
export interface RenameRequest {
  readonly what: Exclude<ReferenceKind, 'namespace'>
  readonly from: string
  readonly to: string
  readonly component?: string
  readonly scope?: string
}

/** One edit of a component: a text or key that becomes another, or a value that is set. */
export interface RenameEdit {
  readonly component: string
  readonly path: JsonPath
  readonly at: 'value' | 'key' | 'set'
  readonly before: Json | undefined
  readonly after: Json
  /** What is renamed here; a pipe's rename touches datasets and namespaces too. */
  readonly what: ReferenceKind
}

/** The edits that a renaming needs, and why it should not be done. */
interface Rename {
  readonly edits: readonly RenameEdit[]
  readonly problems: readonly Problem[]
}

/** Works the renaming out. */
export function rename(components: readonly JsonObject[], renaming: RenameRequest, functions: FunctionTable): Rename {
  const { what, from, to } = renaming
  const all = references(components, functions)
  const problems = checkRename(all, renaming)
  const isRenamed = (reference: Reference): boolean => {
    if (reference.name !== from) return false
    if (what === 'rule' || what === 'alias') {
      return reference.what === what && reference.component === renaming.component && reference.scope === renaming.scope
    }
    if (what !== 'pipe') return reference.what === what
    return followingKinds(components, from).has(reference.what)
  }
  const edits = editsOf(components, all.filter(isRenamed), to)
  const producer = what === 'dataset' ? components.find((each) => writesByDefault(each, from)) : undefined
  return { edits: producer ? [...edits, sinkEdit(producer, to)] : edits, problems }
}

/** The component after its edits. */
export function applyRename(component: JsonObject, edits: readonly RenameEdit[]): JsonObject {
  const own = edits.filter((edit) => edit.component === get(component, '_id') && belongsTo(component, edit))
  // Keys last and deepest first, so that the paths of the others stay true.
  const keys = own.filter(({ at }) => at === 'key').sort((a, b) => b.path.length - a.path.length)
  const ordered = [...own.filter(({ at }) => at !== 'key'), ...keys]
  const result = ordered.reduce<Json>((json, edit) => editAt(json, edit.path, 0, edit), component)
  return isObject(result) ? result : component
}

/** A pipe and a system may have the same `_id`; only a pipe has more that can be renamed than that. */
function belongsTo(component: JsonObject, { path, what }: RenameEdit): boolean {
  const renamesSystem = path[0] === '_id' && what === 'system'
  return isSystem(component) ? renamesSystem : !renamesSystem
}

function isSystem(component: JsonObject): boolean {
  const type = get(component, 'type')
  return typeof type === 'string' && type.startsWith('system:')
}

/** What follows a pipe's `_id`: its dataset unless the sink names another, its namespaces unless they are set. */
function followingKinds(components: readonly JsonObject[], id: string): ReadonlySet<ReferenceKind> {
  const kinds = new Set<ReferenceKind>(['pipe'])
  const pipe = components.find((each) => get(each, '_id') === id)
  if (!pipe) return kinds
  const sink = get(pipe, 'sink')
  const dataset = isObject(sink) ? get(sink, 'dataset') : undefined
  if (writesByDefault(pipe, id) || dataset === id) kinds.add('dataset')
  const namespaces = get(pipe, 'namespaces')
  if (!isObject(namespaces) || get(namespaces, 'property') === undefined || get(namespaces, 'identity') === undefined) {
    kinds.add('namespace')
  }
  return kinds
}

function writesByDefault(pipe: JsonObject, dataset: string): boolean {
  if (get(pipe, '_id') !== dataset || get(pipe, 'type') !== 'pipe') return false
  const sink = get(pipe, 'sink')
  if (!isObject(sink)) return true
  const type = get(sink, 'type') ?? DEFAULT_SINK
  return type === DEFAULT_SINK && get(sink, 'dataset') === undefined
}

function sinkEdit(pipe: JsonObject, to: string): RenameEdit {
  const component = String(get(pipe, '_id'))
  const sink = get(pipe, 'sink')
  const set = { component, at: 'set', before: undefined, what: 'dataset' } as const
  if (isObject(sink)) return { ...set, path: ['sink', 'dataset'], after: to }
  return { ...set, path: ['sink'], after: sinkToDataset(to) }
}

function checkRename(all: readonly Reference[], { what, from, to, component, scope }: RenameRequest): Problem[] {
  if (to === from) return []
  const spaced = what !== 'property' && /\s/.test(to)
  if (to === '' || spaced || (what === 'pipe' && to.includes('/'))) return [badName({ what, name: to })]
  const local = what === 'rule' || what === 'alias'
  const names: ReferenceKind[] = what === 'pipe' ? ['pipe', 'dataset'] : [what]
  const taken = all.some((each) => {
    if (!each.definition || each.name !== to || !names.includes(each.what)) return false
    return !local || (each.component === component && each.scope === scope)
  })
  return taken ? [nameTaken({ what, name: to })] : []
}

/** References in one text become one edit. */
function editsOf(components: readonly JsonObject[], found: readonly Reference[], to: string): RenameEdit[] {
  const pipesLast = [...components].sort((a, b) => Number(isSystem(b)) - Number(isSystem(a)))
  const byId = new Map(pipesLast.map((each) => [get(each, '_id'), each]))
  const groups = new Map<string, Reference[]>()
  for (const reference of found) {
    const key = `${reference.component}\n${reference.at}\n${reference.path.join('\n')}`
    groups.set(key, [...(groups.get(key) ?? []), reference])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { component, path, at, what } = first
    const last = path.at(-1)
    const before = at === 'key' ? String(last) : valueAt(byId.get(component), path)
    if (typeof before !== 'string') return []
    const spans = [...group].sort((a, b) => b.start - a.start)
    const after = spans.reduce(
      (text, each) => text.slice(0, each.start) + replacement(each, text, to) + text.slice(each.end),
      before,
    )
    return [{ component, path, at, before, after, what }]
  })
}

/** A property inside a path may need quotes that it did not need before. */
function replacement(reference: Reference, text: string, to: string): string {
  const inPath = reference.what === 'property' && (reference.start > 0 || reference.end < text.length)
  return inPath ? segmentText(to) : to
}

function valueAt(json: Json | undefined, path: JsonPath): Json | undefined {
  let value = json
  for (const key of path) {
    if (Array.isArray(value) && typeof key === 'number') value = value[key]
    else if (isObject(value)) value = get(value, String(key))
    else return undefined
  }
  return value
}

function editAt(json: Json, path: JsonPath, depth: number, edit: RenameEdit): Json {
  if (depth === path.length) return edit.after
  const key = path[depth]
  if (Array.isArray(json) && typeof key === 'number') {
    const copy = json.slice()
    copy[key] = editAt(copy[key] ?? null, path, depth + 1, edit)
    return copy
  }
  if (!isObject(json)) return json
  const name = String(key)
  if (edit.at === 'key' && depth === path.length - 1) return withKey(json, name, String(edit.after))
  const copy: JsonObject = { ...json }
  put(copy, name, editAt(get(json, name) ?? null, path, depth + 1, edit))
  return copy
}

/** The object with one key renamed in its place. */
function withKey(object: JsonObject, from: string, to: string): JsonObject {
  return objectOf(entriesOf(object).map(([key, value]) => [key === from ? to : key, value]))
}
