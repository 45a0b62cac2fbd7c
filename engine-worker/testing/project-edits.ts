/** What differs between two states of a project, one edit a component, and which pipes each edit reaches by itself. */
import { datasetsJoined, datasetsRead, datasetWritten, systemsOf } from '../config/project/facts.ts'
import { type Configuration, isConfigurationPath } from '../config/project/project.ts'
import type { FileContents } from '../config/project/read.ts'
import type { OpenPipe } from '../connectors/open.ts'
import { functionTable } from '../dtl/registry.ts'
import { printJson } from '../entity/json.ts'
import type { Json } from '../entity/value.ts'
import { sameJson } from '../text/json-equality.ts'
import type { OpenProject } from './outputs.ts'

/** An edit that may change data. `data` is test data of a pipe; `file` any other file that a source may read. */
export interface ProjectEdit {
  readonly kind: 'pipe' | 'system' | 'metadata' | 'variable' | 'data' | 'file'
  /** The `_id`, the variable or the path. */
  readonly name: string
}

/** A project with its files, not opened. */
export interface ProjectState {
  readonly project: Configuration
  readonly files: FileContents
}

/** The edits that make one state of the other. */
export function editsBetween(before: ProjectState, after: ProjectState): ProjectEdit[] {
  const [old, now] = [before.project, after.project]
  const edits: ProjectEdit[] = []
  const addEdits = (kind: ProjectEdit['kind'], names: Iterable<string>) => {
    for (const name of names) edits.push({ kind, name })
  }
  const configOf = (component: { readonly config: Json } | undefined) => component?.config
  addEdits('pipe', changedKeys(old.pipes, now.pipes, configOf))
  addEdits('system', changedKeys(old.systems, now.systems, configOf))
  if (!sameJson(configOf(old.metadata ?? undefined), configOf(now.metadata ?? undefined)))
    addEdits('metadata', ['metadata'])
  addEdits(
    'variable',
    changedKeys(old.variables, now.variables, (value) => value),
  )
  const contentText = (data: { readonly content: unknown } | undefined) => String(data?.content)
  addEdits('data', changedKeys(old.testdata, now.testdata, contentText))
  const isOtherFile = ([path]: readonly [string, unknown]) =>
    !isConfigurationPath(path) && !/^(?:testdata|expected)\/|-env\.json$|^\.pipewright\.json$/.test(path)
  const otherFiles = (files: FileContents) => new Map(Object.entries(files).filter(isOtherFile))
  addEdits('file', changedKeys(otherFiles(before.files), otherFiles(after.files), String))
  return edits
}

function changedKeys<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  value: (item: T | undefined) => Json | undefined,
): string[] {
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys].filter((key) => {
    return before.has(key) !== after.has(key) || !sameJson(value(before.get(key)), value(after.get(key)))
  })
}

/** The state before with one edit made. */
export function withEdit(before: ProjectState, after: ProjectState, { kind, name }: ProjectEdit): ProjectState {
  const [old, now] = [before.project, after.project]
  switch (kind) {
    case 'pipe':
      return { ...before, project: { ...old, pipes: withEntryOf(old.pipes, now.pipes, name) } }
    case 'system':
      return { ...before, project: { ...old, systems: withEntryOf(old.systems, now.systems, name) } }
    case 'metadata':
      return { ...before, project: { ...old, metadata: now.metadata } }
    case 'variable':
      return { ...before, project: { ...old, variables: withEntryOf(old.variables, now.variables, name) } }
    case 'data':
      return { ...before, project: { ...old, testdata: withEntryOf(old.testdata, now.testdata, name) } }
    case 'file': {
      const files = withEntryOf(new Map(Object.entries(before.files)), new Map(Object.entries(after.files)), name)
      return { ...before, files: Object.fromEntries(files) }
    }
  }
}

function withEntryOf<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>, key: string): Map<string, T> {
  const result = new Map(before)
  const value = after.get(key)
  if (value === undefined) result.delete(key)
  else result.set(key, value)
  return result
}

/**
 * By pipe, the indexes of the edits that can make its output differ: those of its own configuration and data, and those
 * that reach a pipe whose dataset it reads and whose output `differs`.
 */
export function reachedBy(
  edits: readonly ProjectEdit[],
  before: OpenProject,
  after: OpenProject,
  differs: (pipe: string) => boolean,
): ReadonlyMap<string, ReadonlySet<number>> {
  const pipes = [...before.pipes, ...after.pipes]
  const reached = new Map(pipes.map(({ effective }) => [effective.id, new Set<number>()]))
  const variables = new Set(edits.flatMap(({ kind, name }) => (kind === 'variable' ? [name] : [])))
  const old = new Map(before.pipes.map((pipe) => [pipe.effective.id, pipe]))
  const now = new Map(after.pipes.map((pipe) => [pipe.effective.id, pipe]))
  for (const [index, edit] of edits.entries()) {
    for (const id of reached.keys()) {
      if (affectsPipe(edit, id, [old.get(id), now.get(id)], [before, after], variables)) reached.get(id)?.add(index)
    }
  }
  const edited = new Set(edits.flatMap(({ kind, name }) => (kind === 'pipe' ? [name] : [])))
  const producers = new Map<string, Set<string>>()
  for (const { effective } of pipes) {
    const dataset = datasetWritten(effective.sink) ?? effective.id
    producers.set(dataset, (producers.get(dataset) ?? new Set()).add(effective.id))
  }
  // Pipes may read each other in a circle: repeat until nothing is added.
  for (let grown = true; grown; ) {
    grown = false
    for (const { effective } of pipes) {
      const own = reached.get(effective.id)
      const read = [
        ...datasetsRead(effective.source),
        ...effective.transforms.flatMap((part) => datasetsJoined(part, functionTable)),
      ]
      for (const producer of read.flatMap((dataset) => [...(producers.get(dataset) ?? [])])) {
        if (!differs(producer) && !edited.has(producer)) continue
        for (const index of reached.get(producer) ?? []) {
          if (own?.has(index)) continue
          own?.add(index)
          grown = true
        }
      }
    }
  }
  return reached
}

/** Whether an edit concerns a pipe itself, before or after. */
function affectsPipe(
  { kind, name }: ProjectEdit,
  id: string,
  [old, now]: readonly [OpenPipe | undefined, OpenPipe | undefined],
  [before, after]: readonly [OpenProject, OpenProject],
  changedVariables: ReadonlySet<string>,
): boolean {
  const present = [old, now].filter((pipe) => pipe !== undefined)
  switch (kind) {
    case 'pipe':
    case 'data':
      return id === name
    case 'system':
      return present.some(({ effective }) => systemsOf(effective).includes(name))
    case 'metadata':
    case 'file':
      return true
    case 'variable': {
      const texts = present.flatMap(({ effective }) => [
        printJson(effective.original),
        ...systemsOf(effective).flatMap((system) =>
          [before, after].map(({ project }) => printJson(project.systems.get(system)?.config ?? null)),
        ),
      ])
      const usesVariable = (variable: string) => texts.some((text) => text.includes(`$ENV(${variable})`))
      if (usesVariable(name)) return true
      // A conditional source without a condition of its own asks for the environment's name.
      return texts.some((text) => text.includes('"conditional"')) && ![...changedVariables].some(usesVariable)
    }
  }
}
