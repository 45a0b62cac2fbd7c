/**
 * A project as the engine sees it: pipes, systems, node metadata and variables out of files in Sesam's layout. `_id`
 * names a component, not its file. Whatever cannot be read becomes a located problem and leaves the rest usable.
 */
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { type Problem, problem, type Where } from '../../problem.ts'
import { editedItem, itemSpans } from './list-file.ts'
import {
  encodingProblems,
  isManifestPath,
  schemaModelsFile,
  type TestData,
  testDataOf,
  testDataProblems,
} from './own-files.ts'
import { missingValues, placeholderValues, withValues } from './placeholders.ts'
import { type FileContents, readJsonFile, textAt } from './read.ts'

/** A pipe, a system or the node's metadata, as written. */
export interface ConfigComponent {
  readonly id: string
  readonly config: JsonObject
  readonly file: string
  /** Its place in a file that holds several. */
  readonly index: number | null
}

/** The parts of a project that the engine works with. */
export interface Configuration {
  readonly pipes: ReadonlyMap<string, ConfigComponent>
  readonly systems: ReadonlyMap<string, ConfigComponent>
  readonly metadata: ConfigComponent | null
  readonly variables: ReadonlyMap<string, Json>
  /** Values of secrets, where the user gave them. */
  readonly secrets: ReadonlyMap<string, string>
  /** Every value that no text may show: those of `secrets`, and of secrets that belong to one system. */
  readonly hidden: ReadonlyMap<string, string>
  /** `testdata/<pipe id>.json`: the files of supplied entities, by pipe. */
  readonly testdata: ReadonlyMap<string, TestData>
  /** The text of the explicit schema models (schema-models.ts), or null. */
  readonly schemaModels: string | null
  /** The files with manifests of microservices (config/microservices), not read yet. */
  readonly manifests: FileContents
  readonly problems: readonly Problem[]
  /**
   * Stands for everything that components share: variables, secrets, systems, metadata and data files. The same object
   * as before a change that concerned pipes only, so what was derived from other pipes still holds.
   */
  readonly setting: object
  /** What was read of each file, for the next {@link loadProject}. */
  readonly readings: ReadonlyMap<string, ComponentReading>
}

/** What one configuration file holds. Read once for each text, so unchanged components stay the same objects. */
interface ComponentReading {
  readonly text: string
  readonly components: readonly ConfigComponent[]
  readonly problems: readonly Problem[]
  /** Where the components stand in the text of a list; null for other files, and where something is wrong. */
  readonly spans: ReturnType<typeof itemSpans>
}

/** How a project is opened. */
export interface ProjectOptions {
  /** Variables are read from `<profile>-env.json`; default `test`. */
  readonly profile?: string
  /** Variables that win over the profile's. */
  readonly variables?: Readonly<Record<string, Json>>
  readonly secrets?: Readonly<Record<string, string>>
  /** Further values that no text may show, under the names that stand for them. */
  readonly hidden?: Readonly<Record<string, string>>
}

const notAnObject = problem<{ found: string }>({
  code: 'not-an-object',
  severity: 'error',
  says: ({ found }) => `A configuration must be an object, but this is ${found}.`,
  fix: () => 'Write one JSON object, or a list of them.',
})
const missingId = problem<Record<string, never>>({
  code: 'missing-id',
  severity: 'error',
  says: () => 'The configuration has no _id, or one that is not a text.',
  fix: () => 'Give it an _id that no other component has.',
})
const missingType = problem<{ id: string }>({
  code: 'missing-type',
  severity: 'error',
  says: ({ id }) => `${id} has no type.`,
  fix: () => 'Set type to "pipe", to a system type such as "system:url", or to "metadata".',
})
const unknownComponent = problem<{ id: string; type: string }>({
  code: 'unknown-component-type',
  severity: 'error',
  says: ({ id, type }) => `${id} has the type ${type}, which is neither a pipe, a system nor node metadata.`,
})
export const duplicateId = problem<{ id: string; other: string }>({
  code: 'duplicate-id',
  severity: 'error',
  says: ({ id, other }) => `There is another component with the _id ${id}, in ${other}.`,
  fix: () => 'Rename one of them; until then the other one counts.',
})
const slashInId = problem<{ id: string }>({
  code: 'slash-in-id',
  severity: 'error',
  says: ({ id }) => `The pipe's _id ${id} contains a slash, which Sesam does not allow.`,
})

/** An opened project with what it was opened from. */
interface LoadedProject {
  readonly project: Configuration
  readonly files: FileContents
  readonly options: ProjectOptions
}

/** Reads a project from its files' texts by path. What has not changed since `before` is not read again. */
export function loadProject(
  files: FileContents,
  options: ProjectOptions = {},
  before: LoadedProject | null = null,
): Configuration {
  const problems: Problem[] = []
  const report = (found: Problem) => problems.push(found)
  const loaded: ProjectParts = { pipes: new Map(), systems: new Map(), metadata: null }
  const values = placeholderValues(textAt(files, '.jinja_vars'))
  const readings = new Map<string, ComponentReading>()
  for (const file of Object.keys(files).filter(isConfigurationPath).sort()) {
    const written = textAt(files, file)
    if (written === undefined) continue // not UTF-8, which encodingProblems says
    problems.push(...missingValues(written, file, values))
    const text = withValues(written, values)
    const known = before?.project.readings.get(file)
    const reading =
      known?.text === text ? known : (known && readingAfterEdit(known, file, text)) || readingOf(file, text)
    readings.set(file, reading)
    problems.push(...reading.problems)
    for (const component of reading.components) {
      const found = addComponent(component, loaded)
      if (found) report(found)
    }
  }
  return {
    pipes: loaded.pipes,
    systems: loaded.systems,
    metadata: loaded.metadata,
    variables: variablesOf(files, options, report),
    secrets: new Map(Object.entries(options.secrets ?? {})),
    hidden: new Map(Object.entries({ ...options.hidden, ...options.secrets })),
    testdata: testDataOf(files),
    schemaModels: textAt(files, schemaModelsFile) ?? null,
    manifests: Object.fromEntries(Object.entries(files).filter(([path]) => isManifestPath(path))),
    problems: [
      ...problems,
      ...encodingProblems(files, isConfigurationPath),
      ...testDataProblems(files, loaded.pipes.keys()),
    ],
    setting: before && sameSetting(before, files, options, loaded) ? before.project.setting : {},
    readings,
  }
}

function readingOf(file: string, text: string): ComponentReading {
  const problems: Problem[] = []
  const report = (found: Problem) => problems.push(found)
  const json = readJsonFile(file, text, report)
  const components: ConfigComponent[] = []
  const several = Array.isArray(json)
  const items = json === undefined ? [] : several ? json : [json]
  for (const [index, item] of items.entries()) {
    const component = componentOf(item, file, several ? index : null, report)
    if (component) components.push(component)
  }
  const isWhole = several && problems.length === 0 && components.length === items.length
  return { text, components, problems, spans: isWhole ? itemSpans(text) : null }
}

/** The reading of a list in which one component was edited: only that one is read. Null where more has to be read. */
function readingAfterEdit(known: ComponentReading, file: string, text: string): ComponentReading | null {
  const edit = known.spans && editedItem(known.text, known.spans, text)
  if (!edit) return null
  const problems: Problem[] = []
  const report = (found: Problem) => problems.push(found)
  const json = readJsonFile(file, edit.text, report)
  const newComponent = json === undefined ? null : componentOf(json, file, edit.index, report)
  // What is wrong is told with its place in the whole file.
  if (problems.length > 0 || !newComponent) return null
  const components = known.components.map((component, index) => (index === edit.index ? newComponent : component))
  return { text, components, problems, spans: edit.spans }
}

/** Whether nothing besides pipes differs from before. Where the canvas has its boxes does not count. */
function sameSetting(
  { project, files: old, options: was }: LoadedProject,
  files: FileContents,
  options: ProjectOptions,
  now: ProjectParts,
): boolean {
  const isSameOption = (key: keyof ProjectOptions) => was[key] === options[key]
  if (!isSameOption('profile') || !isSameOption('variables') || !isSameOption('secrets') || !isSameOption('hidden'))
    return false
  if (now.metadata !== project.metadata || now.systems.size !== project.systems.size) return false
  for (const [id, system] of now.systems) if (project.systems.get(id) !== system) return false
  const isRelevant = (path: string) => !isConfigurationPath(path) && path !== layoutFile
  for (const [path, text] of Object.entries(files)) if (isRelevant(path) && old[path] !== text) return false
  return Object.keys(old).every((path) => !isRelevant(path) || files[path] !== undefined)
}

/** Where the app keeps positions and notes; the engine has no use for it. */
const layoutFile = '.pipewright.json'

interface ProjectParts {
  pipes: Map<string, ConfigComponent>
  systems: Map<string, ConfigComponent>
  metadata: ConfigComponent | null
}

/** `*.conf.json` at the top, below `pipes` or below `systems`; hidden folders are left alone. */
export function isConfigurationPath(path: string): boolean {
  if (!path.endsWith('.conf.json')) return false
  const parts = path.split('/')
  if (parts.some((part) => part.startsWith('.'))) return false
  return parts.length === 1 || parts[0] === 'pipes' || parts[0] === 'systems'
}

/** A component of a file, when it has what every component needs. */
function componentOf(
  json: Json,
  file: string,
  index: number | null,
  report: (problem: Problem) => void,
): ConfigComponent | null {
  const where: Where = index === null ? { file } : { file, path: [index] }
  if (!isObject(json)) report(notAnObject({ found: nameOf(json) }, where))
  else {
    const id = get(json, '_id')
    const type = get(json, 'type')
    if (typeof id !== 'string' || id === '') report(missingId({}, where))
    else if (typeof type !== 'string') report(missingType({ id }, where))
    else return { id, config: json, file, index }
  }
  return null
}

function addComponent(component: ConfigComponent, to: ProjectParts): Problem | null {
  const { id, config, file, index } = component
  const where: Where = index === null ? { file } : { file, path: [index] }
  const type = String(get(config, 'type'))
  if (type === 'metadata') {
    if (to.metadata) return duplicateId({ id, other: to.metadata.file }, where)
    to.metadata = component
    return null
  }
  const isPipe = type === 'pipe'
  if (!isPipe && !type.startsWith('system:')) return unknownComponent({ id, type }, where)
  const other = to.pipes.get(id) ?? to.systems.get(id)
  if (other) return duplicateId({ id, other: other.file }, isPipe ? { ...where, pipe: id } : where)
  if (isPipe) to.pipes.set(id, component)
  else to.systems.set(id, component)
  return isPipe && id.includes('/') ? slashInId({ id }, { ...where, pipe: id }) : null
}

/** The JSON type in words: `a list`, `a text` … */
export function nameOf(json: Json): string {
  if (json === null) return 'null'
  if (Array.isArray(json)) return 'a list'
  switch (typeof json) {
    case 'string':
      return 'a text'
    case 'boolean':
      return 'true or false'
    case 'object':
      return isObject(json) ? 'an object' : 'a number'
    default:
      return 'a number'
  }
}

function variablesOf(
  files: FileContents,
  options: ProjectOptions,
  report: (problem: Problem) => void,
): Map<string, Json> {
  const variables = new Map<string, Json>()
  const file = `${options.profile ?? 'test'}-env.json`
  const text = textAt(files, file)
  if (text !== undefined) {
    const json = readJsonFile(file, text, report)
    if (isObject(json)) for (const [name, value] of Object.entries(json)) variables.set(name, value)
    else if (json !== undefined) report(notAnObject({ found: nameOf(json) }, { file }))
  }
  for (const [name, value] of Object.entries(options.variables ?? {})) variables.set(name, value)
  return variables
}
