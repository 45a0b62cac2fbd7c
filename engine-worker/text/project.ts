/**
 * Reading and changing a project (project-files.ts). An edit of a component changes the characters of its text that it
 * is about (splice.ts); everything around them stays byte for byte, and what is untouched is exported as it came.
 */

import { isOwnText } from '../config/project/own-files.ts'
import type { FileContent } from '../config/project/read.ts'
import { markedText } from '../entity/charset.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { type Problem, problem } from '../problem.ts'
import { indentOf, isList, newlineOf, withoutPiece } from './file-layout.ts'
import { formatComponent, placeNewKeys } from './format.ts'
import { freePath } from './paths.ts'
import type { Component, ComponentKind, FileEntry, FileOutline, Project } from './project-files.ts'
import {
  type FileReadResult,
  idOf,
  isConfiguration,
  kindOfComponent,
  parsedForEditing,
  readConfig,
  readFile,
} from './read-file.ts'
import { spanAt } from './spans.ts'
import { splice } from './splice.ts'

const duplicateId = problem<{ id: string; file: string; first: string }>({
  code: 'component-twice',
  severity: 'warning',
  says: ({ id, file, first }) => `"${id}" in ${file} is also in ${first}; the one in ${first} counts.`,
  fix: () => 'Rename or delete one of them.',
})
const notOneComponent = problem<{ file: string }>({
  code: 'text-not-component',
  severity: 'error',
  says: () => 'The text is not one component.',
  fix: () => 'Write one JSON object with "_id" and "type".',
})

/** What could be read or done, and what could not. */
interface Reading<T> {
  readonly value: T
  readonly problems: readonly Problem[]
}

/** The project that these files are; `root` is the folder of the configuration (`rootsOf` in text/roots.ts finds it). */
export function projectOf(entries: Iterable<FileEntry>, root = ''): Reading<Project> {
  const reader = new ProjectReader(root)
  for (const entry of sortedByPath(entries)) reader.add(entry)
  return reader.finish()
}

/** Reads a project file by file, in the order of {@link sortedByPath}, so that a large one can be read in slices. */
export class ProjectReader {
  private readonly components = new Map<string, Component>()
  private readonly files = new Map<string, FileContent>()
  private readonly frames = new Map<string, FileOutline>()
  private readonly problems: Problem[] = []

  constructor(private readonly root: string) {}

  add({ path, content }: FileEntry): void {
    const read = readFile(path, content, this.root)
    this.problems.push(...read.problems)
    if (read.frame) this.frames.set(path, read.frame)
    else this.files.set(path, read.content)
    for (const component of withCachedValues(read)) this.components.set(component.key, component)
  }

  finish(): Reading<Project> {
    const value = {
      root: this.root,
      components: Object.fromEntries(this.components),
      files: Object.fromEntries(this.files),
      frames: Object.fromEntries(this.frames),
    }
    return { value, problems: [...this.problems, ...duplicates(value)] }
  }
}

/** The order in which components count: the first of two with the same `_id`. */
export function sortedByPath(entries: Iterable<FileEntry>): FileEntry[] {
  return [...entries].sort(byPath)
}

/** The files of a project, ready to be written; those of an untouched import are what came in. */
export function filesOf(project: Project): FileEntry[] {
  const framed = Object.keys(project.frames).map((path) => ({ path, content: fileText(project, path) ?? '' }))
  const others = Object.entries(project.files).map(([path, content]) => ({ path, content }))
  return [...framed, ...others].sort(byPath)
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

/** The text of one file as it would be exported; null for bytes and for files that are not there. */
export function fileText(project: Project, path: string): string | null {
  const content = fileContent(project, path)
  return typeof content === 'string' ? content : null
}

/** One file as it would be exported; null for files that are not there. */
function fileContent(project: Project, path: string): FileContent | null {
  const frame = ownProperty(project.frames, path)
  if (!frame) return ownProperty(project.files, path) ?? null
  const text = (piece: FileOutline[number]): string =>
    typeof piece === 'string' ? piece : (ownProperty(project.components, piece.component)?.text ?? '')
  return frame.map(text).join('')
}

/** The file at a path below the configuration's folder, such as `test-env.json`, without its byte order mark. */
export function textInRoot(project: Project, path: string): string | null {
  const content = fileContent(project, project.root + path)
  if (content === null) return null
  return typeof content === 'string' ? content.replace(/^\uFEFF/, '') : markedText(content)
}

/**
 * The files below the configuration's folder that the engine opens, by path relative to it: texts without byte order
 * marks, and data files that are not UTF-8 as bytes, whose sources say what they are written in.
 */
export function engineFiles(project: Project): Record<string, FileContent> {
  const files = new Map<string, FileContent>()
  for (const { path, content } of filesOf(project)) {
    const opened = path.startsWith(project.root) ? engineContent(path.slice(project.root.length), content) : null
    if (opened !== null) files.set(path.slice(project.root.length), opened)
  }
  return Object.fromEntries(files)
}

function engineContent(path: string, content: FileContent | null): FileContent | null {
  if (typeof content === 'string') return content.replace(/^\uFEFF/, '')
  if (content === null) return null
  if (isOwnText(path)) return markedText(content) ?? content
  return /\.(csv|tsv|txt|xml|json|ndjson|jsonl|nt|ttl|n3|rdf)$/i.test(path) ? content : null
}

/** The changes to send to the engine after an edit: changed texts, and null for removed files. */
export function engineChanges(before: Project, after: Project): Record<string, FileContent | null> {
  const changes = new Map<string, FileContent | null>()
  const root = after.root
  if (before.root !== root) {
    for (const path of Object.keys(engineFiles(before))) changes.set(path, null)
    for (const [path, text] of Object.entries(engineFiles(after))) changes.set(path, text)
    return Object.fromEntries(changes)
  }
  for (const path of changedPaths(before, after)) {
    if (!path.startsWith(root)) continue
    const [old, now] = [fileContent(before, path), fileContent(after, path)]
    if (old !== now) changes.set(path.slice(root.length), engineContent(path.slice(root.length), now))
  }
  return Object.fromEntries(changes)
}

/** Files with a record that is not the same object in both: edits share what they leave alone. */
function changedPaths(before: Project, after: Project): ReadonlySet<string> {
  const paths = new Set<string>()
  const compare = <T>(
    old: Readonly<Record<string, T>>,
    now: Readonly<Record<string, T>>,
    fileOf: (key: string, value: T) => string,
  ) => {
    if (old === now) return
    for (const [key, value] of Object.entries(now)) if (ownProperty(old, key) !== value) paths.add(fileOf(key, value))
    for (const [key, value] of Object.entries(old))
      if (ownProperty(now, key) === undefined) paths.add(fileOf(key, value))
  }
  const pathOfKey = (key: string) => key
  compare(before.components, after.components, (_, { file }) => file)
  compare(before.frames, after.frames, pathOfKey)
  compare(before.files, after.files, pathOfKey)
  return paths
}

const valueCache = new WeakMap<Component, JsonObject>()

/** The parsed value of a component; parsed once per record. Never change it in place: make another for {@link putValue}. */
export function componentValue(component: Component): JsonObject {
  const known = valueCache.get(component)
  if (known) return known
  const value = readConfig(component.text)
  if (!isObject(value)) throw new Error(`component ${component.key} is not an object`)
  valueCache.set(component, value)
  return value
}

/** The component that counts under an `_id`. */
export function componentById(project: Project, id: string, kind?: ComponentKind): Component | undefined {
  const all = Object.values(project.components)
  return all.find((component) => component.id === id && (kind === undefined || component.kind === kind))
}

/** Replaces the value of a component; in its text only what differs changes, and everything else in its file stays. */
export function putValue(project: Project, key: string, value: JsonObject): Project {
  const component = ownProperty(project.components, key)
  if (!component) throw new Error(`no component ${key}`)
  const frame = ownProperty(project.frames, component.file) ?? []
  const options = { newline: newlineOf(frame, component.text), base: indentOf(frame, key) }
  const before = componentValue(component)
  const placed = placeNewKeys(before, value)
  const text = splice(component.text, before, placed, options)
  return text === component.text ? project : withComponent(project, { ...component, text }, placed)
}

/** Replaces the text of a component as it was typed; text that is not one component changes nothing. */
export function putText(project: Project, key: string, text: string): Reading<Project> {
  const component = ownProperty(project.components, key)
  if (!component) throw new Error(`no component ${key}`)
  const read = readFile('x.conf.json', text, '')
  const only = read.components[0]
  const where = { file: component.file }
  const problems = read.problems.map((found) => ({ ...found, where: { ...found.where, ...where } }))
  const broken = problems.some(({ severity }) => severity === 'error')
  if (broken || !only || only.key !== 'x.conf.json') {
    return { value: project, problems: broken ? problems : [notOneComponent(where, where)] }
  }
  const value = read.values.get(only.key) ?? {}
  return { value: withComponent(project, { ...component, text: only.text }, value), problems }
}

/** Adds a component in a file of its own, named after its `_id`; `key` is that of the new record. */
export function addComponent(project: Project, value: JsonObject): { project: Project; key: string } {
  const kind = kindOfComponent(value)
  const id = idOf(value) ?? ''
  const file = freePath(project.root, kind, id, [...Object.keys(project.frames), ...Object.keys(project.files)])
  const component = { key: file, kind, id, file, text: formatComponent(value).trimEnd() }
  const frames = { ...project.frames, [file]: [{ component: file }, '\n'] }
  const added = withComponent({ ...project, frames }, component, value)
  return { project: { ...added, components: inFileOrder(Object.entries(added.components)) }, key: file }
}

/** Removes a component, and its file where nothing is left in it. */
export function removeComponent(project: Project, key: string): Project {
  const component = ownProperty(project.components, key)
  if (!component) return project
  const rest = withoutPiece(ownProperty(project.frames, component.file) ?? [], key)
  const frames = rest ? { ...project.frames, [component.file]: rest } : withoutKey(project.frames, component.file)
  return { ...project, components: withoutKey(project.components, key), frames }
}

/** Writes a file of any sort, or removes it (null); components in it are read again. */
export function putFile(project: Project, path: string, content: FileContent | null): Reading<Project> {
  const kept = Object.entries(project.components).filter(([, component]) => component.file !== path)
  const bare = {
    root: project.root,
    components: Object.fromEntries(kept),
    files: withoutKey(project.files, path),
    frames: withoutKey(project.frames, path),
  }
  if (content === null) return { value: bare, problems: [] }
  const read = readFile(path, content, project.root)
  const fresh = withCachedValues(read).map((component) => [component.key, component] as const)
  const components = inFileOrder([...kept, ...fresh])
  const { frame } = read
  const value = frame
    ? { ...bare, components, frames: { ...bare.frames, [path]: frame } }
    : { ...bare, files: { ...bare.files, [path]: read.content } }
  return { value, problems: [...read.problems, ...duplicates(value)] }
}

/**
 * Changes the value of a JSON file that holds no components (variables, test specifications): in its text only what
 * differs changes. A file that is not there or cannot be read stays as it is.
 */
export function editFile(project: Project, path: string, change: (value: Json) => Json): Project {
  const text = ownProperty(project.files, path)
  const read = typeof text === 'string' ? parsedForEditing(text) : { problem: null }
  if (typeof text !== 'string' || 'problem' in read) return project
  const edited = splice(text, read.value, change(read.value))
  return edited === text ? project : { ...project, files: { ...project.files, [path]: edited } }
}

/** The text of a component, or of a part of it, without the indentation of where it stands. */
export function componentText(project: Project, key: string, path: readonly (string | number)[] = []): string | null {
  const component = ownProperty(project.components, key)
  if (!component) return null
  const { text, file } = component
  const span = spanAt(text, path)
  if (span === null) return null
  const line = text.slice(text.lastIndexOf('\n', span.from - 1) + 1, span.from)
  const first = !text.slice(0, span.from).includes('\n')
  const base = (first ? indentOf(ownProperty(project.frames, file) ?? [], key) : '') + (/^[ \t]*/.exec(line)?.[0] ?? '')
  return text.slice(span.from, span.to).replaceAll(`\n${base}`, '\n')
}

/** What is wrong with the files of a project: configuration that cannot be read, and `_id`s that occur twice. */
export function fileProblems(project: Project): Problem[] {
  const suspects = [
    ...Object.keys(project.files),
    ...Object.keys(project.frames).filter((path) => isListed(project, path)),
  ]
  const broken = suspects.flatMap((path) => {
    if (!isConfiguration(path, project.root)) return []
    return readFile(path, fileText(project, path) ?? ownProperty(project.files, path) ?? '', project.root).problems
  })
  return [...broken, ...duplicates(project)]
}

function isListed(project: Project, path: string): boolean {
  return isList(ownProperty(project.frames, path) ?? [])
}

function duplicates(project: Project): Problem[] {
  const first = new Map<string, Component>()
  const problems: Problem[] = []
  for (const component of Object.values(project.components)) {
    const name = `${component.kind} ${component.id}`
    const before = first.get(name)
    const { id, file } = component
    if (before) problems.push(duplicateId({ id, file, first: before.file }, { file }))
    else first.set(name, component)
  }
  return problems
}

function withComponent(project: Project, component: Component, value: JsonObject): Project {
  const named = { ...component, id: idOf(value) ?? '', kind: kindOfComponent(value) }
  valueCache.set(named, value)
  return { ...project, components: { ...project.components, [component.key]: named } }
}

/** The first of two components with the same `_id` counts, so their order must not depend on when they were made. */
function inFileOrder(entries: readonly (readonly [string, Component])[]): Record<string, Component> {
  return Object.fromEntries([...entries].sort(([, a], [, b]) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)))
}

function withCachedValues(read: FileReadResult): readonly Component[] {
  for (const component of read.components) {
    const value = read.values.get(component.key)
    if (value) valueCache.set(component, value)
  }
  return read.components
}

function ownProperty<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function withoutKey<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}
