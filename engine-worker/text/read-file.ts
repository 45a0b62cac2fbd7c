/**
 * What one file of a project holds: components and the text around them, or something that is kept as it came. A file
 * that cannot be read is a problem with a place in it; the rest of the project stays usable.
 */
import { notUtf8 } from '../config/project/own-files.ts'
import { isJsonWithPlaceholders } from '../config/project/placeholders.ts'
import type { FileContent } from '../config/project/read.ts'
import { readJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, locate, type Problem, problem } from '../problem.ts'
import type { Component, ComponentKind, FileOutline } from './project-files.ts'
import { elementSpans, type Span, valueSpan } from './spans.ts'

const placeholders = problem<{ file: string }>({
  code: 'file-with-placeholders',
  severity: 'hint',
  says: ({ file }) => `${file} holds placeholders of .jinja_vars outside quotes, so it is kept as text.`,
  fix: () => 'It runs with the values of .jinja_vars.',
})
const notComponent = problem<{ file: string; found: string }>({
  code: 'file-not-component',
  severity: 'error',
  says: ({ file, found }) => `${file} holds ${found} where a pipe, a system or metadata belongs.`,
  fix: () => 'A component is a JSON object with "_id" and "type"; a file holds one, or an array of them.',
})
const noId = problem<{ file: string }>({
  code: 'component-without-id',
  severity: 'error',
  says: ({ file }) => `A component in ${file} has no "_id" that is a text.`,
  fix: () => 'Give the component an "_id" of its own.',
})

/** One file, read. */
export interface FileReadResult {
  readonly components: readonly Component[]
  /** The values of the components, by key. */
  readonly values: ReadonlyMap<string, JsonObject>
  /** Null when the file holds no component that could be read. */
  readonly frame: FileOutline | null
  readonly content: FileContent
  readonly problems: readonly Problem[]
}

/** Reads a file; one that is no configuration by its path is kept without looking inside. */
export function readFile(path: string, given: FileContent, root: string): FileReadResult {
  const content = asText(given)
  const unparsedFile = (...problems: Problem[]): FileReadResult => {
    const located = problems.map((found) => locate(found, { file: path }))
    return { components: [], values: new Map(), frame: null, content, problems: located }
  }
  if (!isConfiguration(path, root)) return unparsedFile()
  if (typeof content !== 'string') return unparsedFile(notUtf8({ file: path }))
  const json = parsedForEditing(content)
  if ('problem' in json)
    return unparsedFile(isJsonWithPlaceholders(content) ? placeholders({ file: path }) : json.problem)
  const read = readComponents(path, content, json.value, unparsedFile)
  const notices = json.notices.map((found) => locate(found, { file: path }))
  return notices.length > 0 ? { ...read, problems: [...read.problems, ...notices] } : read
}

function readComponents(
  path: string,
  content: string,
  json: Json,
  opaque: (problem: Problem) => FileReadResult,
): FileReadResult {
  if (isObject(json)) {
    if (idOf(json) === null) return opaque(noId({ file: path }))
    return fileOfItems(path, content, [{ value: json, span: valueSpan(content), key: path }], [])
  }
  if (!Array.isArray(json)) return opaque(notComponent({ file: path, found: kindName(json) }))
  return readList(path, content, json)
}

/**
 * Reads JSON to be written back: numbers keep their text, a broken text is a value instead of a throw, and `notices` are
 * keys that occur twice.
 */
export function parsedForEditing(
  text: string,
): { readonly value: Json; readonly notices: readonly Problem[] } | { readonly problem: Problem } {
  const notices: Problem[] = []
  try {
    return { value: readJson(text, { notice: (found) => notices.push(found), numberLiterals: true }), notices }
  } catch (thrown) {
    if (thrown instanceof Fault) return { problem: thrown.problem }
    throw thrown
  }
}

/** Reads JSON to be written back: numbers keep their text. Throws a {@link Fault} where it is broken. */
export function readConfig(text: string): Json {
  return readJson(text, { numberLiterals: true })
}

function readList(path: string, content: string, list: readonly Json[]): FileReadResult {
  const spans = elementSpans(content, valueSpan(content).from)
  const items: Item[] = []
  const problems: Problem[] = []
  for (const [index, value] of list.entries()) {
    const span = spans[index]
    if (!span) break
    const where = { file: path, path: [index] }
    if (!isObject(value)) problems.push(notComponent({ file: path, found: kindName(value) }, where))
    else if (idOf(value) === null) problems.push(noId({ file: path }, where))
    else items.push({ value, span, key: `${path}#${index}` })
  }
  return fileOfItems(path, content, items, problems)
}

interface Item {
  readonly value: JsonObject
  readonly span: Span
  readonly key: string
}

function fileOfItems(
  path: string,
  content: string,
  items: readonly Item[],
  problems: readonly Problem[],
): FileReadResult {
  const frame: FileOutline[number][] = []
  const components: Component[] = []
  let at = 0
  for (const { value, span, key } of items) {
    frame.push(content.slice(at, span.from), { component: key })
    const text = content.slice(span.from, span.to)
    components.push({ key, kind: kindOfComponent(value), id: idOf(value) ?? '', file: path, text })
    at = span.to
  }
  frame.push(content.slice(at))
  const values = new Map(items.map(({ key, value }) => [key, value]))
  return { components, values, frame, content, problems }
}

/** Whether a file may hold components: `*.conf.json` at the root or below `pipes/` and `systems/`. */
export function isConfiguration(path: string, root: string): boolean {
  if (!path.startsWith(root) || !path.endsWith('.conf.json')) return false
  const inside = path.slice(root.length)
  return !inside.includes('/') || inside.startsWith('pipes/') || inside.startsWith('systems/')
}

/** What a component is, by its `type`. */
export function kindOfComponent(value: JsonObject): ComponentKind {
  const type = value.type
  if (type === 'metadata') return 'metadata'
  return typeof type === 'string' && type.startsWith('system:') ? 'system' : 'pipe'
}

/** The `_id` of a component, or null. */
export function idOf(value: JsonObject): string | null {
  const id = value._id
  return typeof id === 'string' ? id : null
}

function kindName(json: Json): string {
  if (json === null) return 'null'
  if (Array.isArray(json)) return 'a list'
  if (isObject(json)) return 'an object'
  return typeof json === 'string' ? 'a text' : typeof json === 'boolean' ? 'true or false' : 'a number'
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes as text where they are UTF-8, so that writing the text again gives the same bytes. */
function asText(content: FileContent): FileContent {
  if (typeof content === 'string') return content
  try {
    return decoder.decode(content)
  } catch {
    return content
  }
}
