/**
 * Model and pipes linked: generated pipes are written into a project, and what was edited by hand since they were
 * generated is kept. What was generated last is remembered in a file of its own, which is never deployed.
 */
import { get } from '../entity/dict.ts'
import { printJson, readJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { Fault } from '../problem.ts'
import { formatPart } from '../text/format.ts'
import { mergeJson } from '../text/merge.ts'
import { addComponent, componentById, componentValue, putFile, putValue, removeComponent } from '../text/project.ts'
import type { FileEntry, Project } from '../text/project-files.ts'
import { generate, testProfile } from './generate/pipes.ts'
import type { Model } from './model.ts'
import { inFormOf } from './pipe-forms.ts'

/** Where it is remembered what was generated. */
const generatedFile = '.pipewright-generated.json'

/** What happened, or would happen, to one component. */
interface Regenerated {
  readonly id: string
  /**
   * `edited`: changed by hand and merged; `conflict`: the model changed what was changed by hand, and the edit stays;
   * `kept`: no longer in the model, but changed by hand; `missing`: removed by hand, and it stays so.
   */
  readonly is: 'added' | 'changed' | 'removed' | 'same' | 'edited' | 'conflict' | 'kept' | 'missing'
  /** The places of conflicts. */
  readonly places: readonly JsonPath[]
}

/** A project with the pipes of a model in it, and what happened to each. */
interface Regeneration {
  readonly project: Project
  readonly components: readonly Regenerated[]
}

interface RegenerateOptions {
  /** Only what these parts of the model make is written; the rest stays as it is, and counts as not generated yet. */
  readonly only?: (part: readonly string[]) => boolean
  /** Components whose edits by hand are discarded: they become what the model generates. */
  readonly reset?: readonly string[]
}

/** Writes the pipes of a model into a project. */
export function regenerate(before: Project, model: Model, options: RegenerateOptions = {}): Regeneration {
  const { only = () => true, reset = [] } = options
  const generated = generate(model).filter(({ config }) => only(partOfModel(config)))
  const reshaped = inFormOf(generated, before, previouslyGenerated(before))
  const { base } = reshaped
  const components: Regenerated[] = reshaped.gone.map((id) => ({ id, is: 'removed', places: [] }))
  let { project } = reshaped
  for (const { id, config } of generated) {
    const current = componentById(project, id)
    const known = Object.hasOwn(base, id) ? base[id] : undefined
    const isReset = reset.includes(id)
    const next = mergeGenerated(project, id, isReset ? current && componentValue(current) : known, config)
    project = next.project
    const { component } = next
    const isOther = component.is === 'same' && reshaped.changed.has(id)
    components.push(isOther ? { ...component, is: 'changed' } : component)
  }
  const ids = new Set(generated.map(({ id }) => id))
  for (const [id, known] of Object.entries(base)) {
    const component = ids.has(id) || !only(partOfModel(known)) ? undefined : componentById(project, id)
    if (component === undefined) continue
    const isEdited = !sameConfig(componentValue(component), known) && !reset.includes(id)
    if (!isEdited) project = removeComponent(project, component.key)
    components.push({ id, is: isEdited ? 'kept' : 'removed', places: [] })
  }
  const others = Object.entries(base).filter(([, config]) => !only(partOfModel(config)))
  const snapshot = Object.fromEntries([...others, ...generated.map(({ id, config }) => [id, config] as const)])
  project = putFile(project, `${project.root}${generatedFile}`, `${formatPart(snapshot)}\n`).value
  for (const [path, text] of Object.entries(testProfile))
    if (!Object.hasOwn(project.files, `${project.root}${path}`))
      project = putFile(project, `${project.root}${path}`, text).value
  return { project, components }
}

/** The place in the model of what made a component; empty for what no part makes. */
export function partOfModel(config: Json): readonly string[] {
  const metadata = isObject(config) ? get(config, 'metadata') : undefined
  const part = isObject(metadata) ? get(metadata, 'model') : undefined
  return Array.isArray(part) ? part.map(String) : []
}

/** Writes files into a project: its tests, say. */
export function withFiles(project: Project, files: readonly FileEntry[]): Project {
  return files.reduce((all, { path, content }) => putFile(all, `${all.root}${path}`, content).value, project)
}

function sameConfig(a: Json, b: Json): boolean {
  return canonical(a) === canonical(b)
}

/** Text that does not depend on the order of keys. */
function canonical(json: Json): string {
  if (Array.isArray(json)) return `[${json.map(canonical).join()}]`
  if (!isObject(json)) return printJson(json)
  const keys = Object.keys(json).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(get(json, key) ?? null)}`).join()}}`
}

function mergeGenerated(
  project: Project,
  id: string,
  base: JsonObject | undefined,
  generated: JsonObject,
): { project: Project; component: Regenerated } {
  const component = componentById(project, id)
  if (component === undefined) {
    if (base !== undefined) return { project, component: { id, is: 'missing', places: [] } }
    return { project: addComponent(project, generated).project, component: { id, is: 'added', places: [] } }
  }
  const current = componentValue(component)
  const isEdited = base !== undefined && !sameConfig(current, base)
  // A component that was there before the model keeps the properties that the model does not write.
  const { value, conflicts } = mergeJson(base ?? {}, current, generated, () => 'mine')
  const merged = isObject(value) ? value : generated
  const is = conflicts.length > 0 ? 'conflict' : isEdited ? 'edited' : sameConfig(merged, current) ? 'same' : 'changed'
  const next = sameConfig(merged, current) ? project : putValue(project, component.key, merged)
  return { project: next, component: { id, is, places: conflicts.map(({ path }) => path) } }
}

function previouslyGenerated(project: Project): Readonly<Record<string, JsonObject>> {
  const path = `${project.root}${generatedFile}`
  const text = Object.hasOwn(project.files, path) ? project.files[path] : undefined
  if (typeof text !== 'string') return {}
  try {
    const json = readJson(text, { file: path })
    if (!isObject(json)) return {}
    return Object.fromEntries(Object.entries(json).flatMap(([id, value]) => (isObject(value) ? [[id, value]] : [])))
  } catch (error) {
    // A file that cannot be read is as if nothing had been generated: nothing is removed, and what differs is a conflict.
    if (error instanceof Fault) return {}
    throw error
  }
}
