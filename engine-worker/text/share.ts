/**
 * A project in a link: its texts as the one packed member of a zip, in letters that an address may hold. Secrets never
 * go along, data only where that is asked for, and what comes back is trusted no more than any other import.
 */
import { decodeBase64, encodeBase64 } from '../entity/base64.ts'
import { get } from '../entity/dict.ts'
import { keysOf, printJson, readJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { problem } from '../problem.ts'
import type { Catalogue, FieldType } from '../protocol.ts'
import { IMPORT_LIMITS, type Import, importFiles } from './archive.ts'
import { formatComponent } from './format.ts'
import { componentValue, filesOf, putValue } from './project.ts'
import { emptyProject, layoutFile, type Project } from './project-files.ts'
import { isZip, membersOf, unpack, zipOf } from './zip.ts'

const broken = problem<{ characters: number }>({
  code: 'link-broken',
  severity: 'error',
  says: ({ characters }) => `This link holds no project that can be read; ${characters} characters of it arrived.`,
  fix: () => 'Some programs cut long links: ask for it again as a file, or exported as a zip.',
})

/** A secret that was written into the configuration, and is not in what is shared. */
export interface LeftOut {
  /** The `_id` of the component, or the file. */
  readonly of: string
  /** The property, or the function whose argument it is. */
  readonly name: string
}

/** A project as it may be given away. */
export interface Shareable {
  readonly project: Project
  readonly leftOut: readonly LeftOut[]
  /** Pipes that carry entities in their configuration, which go along. */
  readonly embedded: readonly string[]
}

/**
 * The project without its secrets: what is written in plain text where a secret belongs is named `$SECRET(…)` instead.
 * Without `data` also without test data, expected outputs and every other file that is no configuration.
 */
export function shareable(project: Project, data: boolean, { functions, kinds }: Catalogue): Shareable {
  const declared = new Set(kinds.flatMap(({ fields }) => fields.flatMap(({ name, type }) => secretsOf(name, type))))
  const places = new Map(
    functions.map(({ name, takes }) => [name, takes.findIndex(({ names }) => names === 'secret') + 1]),
  )
  const leftOut: LeftOut[] = []
  const files = Object.entries(project.files).flatMap(([path, content]) => {
    // Configuration that cannot be read cannot be searched for secrets either.
    if (typeof content !== 'string' || path.endsWith('.conf.json')) return []
    if (!path.endsWith('-env.json')) return data || path === project.root + layoutFile ? [[path, content] as const] : []
    const json = parsed(content)
    if (json === null) return []
    const without = withoutSecrets(json, true, (name) => leftOut.push({ of: path, name }), { declared, places })
    return [[path, without === json ? content : formatComponent(without)] as const]
  })
  let shared: Project = { ...project, files: Object.fromEntries(files) }
  for (const component of Object.values(shared.components)) {
    const value = componentValue(component)
    const system = component.kind !== 'pipe'
    const report = (name: string) => leftOut.push({ of: component.id, name })
    const without = withoutSecrets(value, system, report, { declared, places })
    if (without !== value && isObject(without)) shared = putValue(shared, component.key, without)
  }
  const embedded = Object.values(shared.components).flatMap((component) => {
    const source = get(componentValue(component), 'source')
    return isObject(source) && get(source, 'type') === 'embedded' ? [component.id] : []
  })
  return { project: shared, leftOut, embedded }
}

/** The text of a project for an address: letters, digits, `-` and `_`. */
export function linkText(project: Project, name: string): string {
  const files = filesOf(project).flatMap(({ path, content }) => (typeof content === 'string' ? [[path, content]] : []))
  const content = printJson({ name, root: project.root, files: files.map((file) => file as Json) })
  return lettersOf(zipOf([{ path: 'project.json', content }]))
}

/** The project that an address holds, and its name. */
export async function projectInLink(text: string): Promise<{ readonly name: string; readonly imported: Import }> {
  const json = unpacked(text)
  const files = isObject(json) ? get(json, 'files') : undefined
  if (!isObject(json) || !Array.isArray(files)) {
    const problems = [broken({ characters: text.length })]
    return { name: '', imported: { project: emptyProject, roots: [], problems } }
  }
  const offered = files.flatMap((file) => {
    const [path, content] = Array.isArray(file) ? file : []
    if (typeof path !== 'string' || typeof content !== 'string') return []
    const bytes = new TextEncoder().encode(content)
    return [{ path, size: bytes.length, read: () => bytes }]
  })
  const [name, root] = [get(json, 'name'), get(json, 'root')]
  const imported = await importFiles(offered, typeof root === 'string' ? { root } : {})
  return { name: typeof name === 'string' ? name : '', imported }
}

function unpacked(text: string): Json | null {
  try {
    const bytes = bytesOf(text)
    if (bytes === null || !isZip(bytes)) return null
    const [member, ...others] = membersOf(bytes)
    if (!member || others.length > 0 || member.size > IMPORT_LIMITS.totalBytes) return null
    const content = unpack(bytes, member)
    return typeof content === 'string' ? null : readJson(new TextDecoder().decode(content))
  } catch {
    return null
  }
}

interface Secrets {
  /** Names of properties that are declared to hold one. */
  readonly declared: ReadonlySet<string>
  /** The place of the argument that is one, by function; 0 for none. */
  readonly places: ReadonlyMap<string, number>
}

/** Names that people give to secrets, and headers that hold one. */
const telling = /(^|[\s_.-])(pass(word|wd|phrase)|secret|token|api[_-]?key|private[_-]?key|authorization)$/i

/** `https://user:password@host`. */
const passwordInUrl = /(:\/\/[^/\s:@]+:)[^/\s@]+@/

/** The same value where nothing in it is secret. `named`: whether the name of a property alone makes it one. */
function withoutSecrets(json: Json, named: boolean, report: (name: string) => void, secrets: Secrets): Json {
  const inside = (value: Json, inner: boolean): Json => withoutSecrets(value, inner, report, secrets)
  if (Array.isArray(json)) {
    const place = typeof json[0] === 'string' ? (secrets.places.get(json[0]) ?? 0) : 0
    const items = json.map((item, index) => {
      if (index === 0 || index !== place || !isPlain(item)) return inside(item, named)
      report(String(json[0]))
      return `$SECRET(${String(json[0])})`
    })
    return items.some((item, index) => item !== json[index]) ? items : json
  }
  if (!isObject(json)) return json
  let changed: JsonObject = json
  for (const key of keysOf(json)) {
    const value = get(json, key) ?? null
    // Entities are data: they go along as they are, or not at all.
    if (key === 'entities') continue
    const secret = named && isPlain(value) && (telling.test(key) || secrets.declared.has(key))
    const signedIn = named && isPlain(value) && passwordInUrl.test(value)
    if (secret || signedIn) report(key)
    const without = secret
      ? `$SECRET(${key})`
      : signedIn
        ? value.replace(passwordInUrl, (_, user) => `${user}$SECRET(${key})@`)
        : inside(value, named || key === 'headers')
    if (without !== value) changed = { ...changed, [key]: without }
  }
  return changed
}

/** A text that is not taken from a secret or a variable. */
function isPlain(value: Json): value is string {
  return typeof value === 'string' && value !== '' && !/\$(SECRET|ENV)\(/.test(value)
}

function secretsOf(name: string, type: FieldType): string[] {
  switch (type.is) {
    case 'secret':
      return [name]
    case 'object':
      return type.fields.flatMap((field) => secretsOf(field.name, field.type))
    case 'list':
    case 'map':
      return secretsOf(name, type.of)
    case 'either':
      return type.of.flatMap((each) => secretsOf(name, each))
    default:
      return []
  }
}

function parsed(text: string): Json {
  try {
    return readJson(text)
  } catch {
    return null
  }
}

function lettersOf(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function bytesOf(letters: string): Uint8Array | null {
  return decodeBase64(letters.replaceAll('-', '+').replaceAll('_', '/'))
}
