/**
 * A project in a link: its texts as the one packed member of a zip, in letters that an address may hold. Secrets never
 * go along, data only where that is asked for, and what comes back is trusted no more than any other import.
 */

import type { Catalogue } from '../config/model/catalogue.ts'
import { sourceKind } from '../config/model/nested.ts'
import { decodeBase64, encodeBase64 } from '../entity/base64.ts'
import { get } from '../entity/dict.ts'
import { printJson, readJson } from '../entity/json.ts'
import { secretsInText } from '../entity/secrets.ts'
import { isObject, type Json } from '../entity/value.ts'
import { problem } from '../problem.ts'
import { IMPORT_LIMITS, type Import, importFiles } from './archive.ts'
import { formatComponent } from './format.ts'
import { componentValue, filesOf, projectOf } from './project.ts'
import { emptyProject, type FileEntry, layoutFile, type Project } from './project-files.ts'
import { parsedForEditing } from './read-file.ts'
import { type RedactContext, redact, type SecretFinding, secretPlaces } from './redact.ts'
import { splice } from './splice.ts'
import { isZip, unpackMember, zipMembers, zipOf } from './zip.ts'

const brokenLink = problem<{ characters: number }>({
  code: 'link-broken',
  severity: 'error',
  says: ({ characters }) => `This link holds no project that can be read; ${characters} characters of it arrived.`,
  fix: () => 'Some programs cut long links: ask for it again as a file, or exported as a zip.',
})

/** A project as it may be given away. */
export interface ShareableProject {
  readonly project: Project
  /** Secrets that were written into the project, and are not in what is shared. */
  readonly leftOut: readonly SecretFinding[]
  /** What goes along and could be secret, where `possible` was not asked for. */
  readonly suspects: readonly SecretFinding[]
  /** Pipes that carry entities in their configuration, which go along. */
  readonly embedded: readonly string[]
}

/** What goes along. */
export interface ShareOptions {
  /** Test data, expected outputs and every other file that is no configuration. */
  readonly data: boolean
  /** Whether also what is only possibly secret is left out. */
  readonly withoutPossible: boolean
  /** The declared functions and kinds: they say what is secret. */
  readonly catalogue: Catalogue
}

/**
 * The project without its secrets: what is written in plain text where a secret belongs is named `$SECRET(…)` instead.
 * Files that are no JSON are left out where they hold one.
 */
export function shareable(project: Project, { data, withoutPossible, catalogue }: ShareOptions): ShareableProject {
  const leftOut: SecretFinding[] = []
  const suspects: SecretFinding[] = []
  const context = (of: string, isData: boolean): RedactContext => ({
    ...secretPlaces(catalogue),
    data: isData,
    withoutPossible,
    report: (name, replaced) => (replaced ? leftOut : suspects).push({ of, name }),
  })
  const files = Object.entries(project.files).flatMap(([path, content]): FileEntry[] => {
    // Configuration that cannot be read cannot be searched for secrets either.
    if (typeof content !== 'string' || path.endsWith('.conf.json')) return []
    const variables = path.endsWith('-env.json')
    if (!data && !variables && path !== project.root + layoutFile) return []
    const read = path.endsWith('.json') ? parsedForEditing(content) : null
    if (read !== null && 'value' in read) {
      const without = redact(read.value, context(path, !variables))
      const same = without === read.value && read.notices.length === 0
      return [{ path, content: same ? content : formatComponent(without) }]
    }
    if (variables) return []
    const names = [...new Set(secretsInText(content).map(({ name }) => name))]
    for (const name of names) (withoutPossible ? leftOut : suspects).push({ of: path, name })
    return names.length > 0 && withoutPossible ? [] : [{ path, content }]
  })
  const configuration = Object.keys(project.frames).map((path) => ({
    path,
    content: configurationText(project, path, (value, of) => redact(value, context(of, false))),
  }))
  const shared = projectOf([...configuration, ...files], project.root).value
  const embedded = Object.values(shared.components)
    .filter((component) => sourceKind(componentValue(component))?.holdsEntities === true)
    .map(({ id }) => id)
  return { project: shared, leftOut, suspects, embedded }
}

/** A file of components after a change of each; what stands between them and is no component is left out. */
function configurationText(project: Project, path: string, change: (value: Json, of: string) => Json): string {
  const texts = new Map<string, string>()
  const frame = project.frames[path] ?? []
  for (const piece of frame) {
    const component = typeof piece === 'string' ? undefined : project.components[piece.component]
    const read = parsedForEditing(component?.text ?? '')
    if (!component || 'problem' in read) continue
    const without = change(read.value, component.id)
    // The first of two equal keys has no effect, but its value would be shared unnoticed.
    const twice = read.notices.length > 0
    const text = twice ? formatComponent(without).trimEnd() : splice(component.text, read.value, without)
    texts.set(component.key, text)
  }
  const layoutOnly = frame.every((piece) => typeof piece !== 'string' || /^[\s\uFEFF,[\]]*$/.test(piece))
  if (!layoutOnly) return `[\n${[...texts.values()].join(',\n')}\n]\n`
  return frame.map((piece) => (typeof piece === 'string' ? piece : (texts.get(piece.component) ?? ''))).join('')
}

/** The text of a project for an address: letters, digits, `-` and `_`. */
export function linkText(project: Project, name: string): string {
  const files = filesOf(project).flatMap(({ path, content }) => (typeof content === 'string' ? [[path, content]] : []))
  const content = printJson({ name, root: project.root, files: files.map((file) => file as Json) })
  return base64UrlOf(zipOf([{ path: 'project.json', content }]))
}

/** The project that an address holds, and its name. */
export async function projectInLink(text: string): Promise<{ readonly name: string; readonly imported: Import }> {
  const json = unpackJson(text)
  const files = isObject(json) ? get(json, 'files') : undefined
  if (!isObject(json) || !Array.isArray(files)) {
    const problems = [brokenLink({ characters: text.length })]
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

function unpackJson(text: string): Json | null {
  try {
    const bytes = bytesOf(text)
    if (bytes === null || !isZip(bytes)) return null
    const [member, ...others] = zipMembers(bytes)
    if (!member || others.length > 0 || member.size > IMPORT_LIMITS.totalBytes) return null
    const content = unpackMember(bytes, member)
    return typeof content === 'string' ? null : readJson(new TextDecoder().decode(content))
  } catch {
    return null
  }
}

function base64UrlOf(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function bytesOf(letters: string): Uint8Array | null {
  return decodeBase64(letters.replaceAll('-', '+').replaceAll('_', '/'))
}
