/**
 * Connectors in a project: their own files lie in `connectors/<folder>/`, with `link.json` for the name of the system and
 * the datatypes that were chosen. What they expand to stands among the pipes and systems of the project and may be edited
 * there; a change of the connector is merged with such edits.
 */
import type { FileContents } from '../config/project/read.ts'
import { linkedFolder } from '../connectors/asked-services.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { sameJson } from '../text/json-equality.ts'
import { type MergeChoice, type MergeConflict, type MergeSide, mergeJson } from '../text/merge.ts'
import { addComponent, componentById, componentValue, putFile, putValue, removeComponent } from '../text/project.ts'
import type { Project } from '../text/project-files.ts'
import { parsedForEditing } from '../text/read-file.ts'
import { printClientJson } from './client-json.ts'
import { withExamples } from './examples.ts'
import { type ExpandedComponent, expandComponents } from './expand.ts'
import { type ConnectorFiles, type ConnectorManifest, readManifest } from './manifest.ts'

const CONNECTORS_FOLDER = 'connectors'
const LINK_FILE = 'link.json'

/** A connector of a project. */
export interface LinkedConnector {
  /** Its folder below `connectors/`. */
  readonly folder: string
  readonly files: ConnectorFiles
  /** The name of its system in the project. */
  readonly system: string
  readonly datatypes: readonly string[]
  /** Runs ask the service, although example answers are there (connectors/asked-services.ts). */
  readonly asks?: boolean
}

/** What a change of a connector makes of one component of the project. */
export interface ConnectorComponent {
  readonly id: string
  /** Null for systems. */
  readonly datatype: string | null
  readonly kind: 'pipe' | 'system'
  /** `kept`: it is there already and has another origin; `conflict`: both changed the same. */
  readonly is: 'added' | 'changed' | 'removed' | 'same' | 'kept' | 'conflict'
  readonly config: JsonObject
  readonly conflicts: readonly ConnectorConflict[]
}

/** A place that project and connector changed in different ways; of a component of another origin, all of it. */
export interface ConnectorConflict extends MergeConflict {
  /** Names it among the conflicts of the connector. */
  readonly key: string
}

/** The connectors of a project, by their files below its root. */
export function linkedConnectors(files: FileContents): readonly LinkedConnector[] {
  const folders = Object.keys(files).flatMap((path) => linkedFolder(path) ?? [])
  return folders.map((folder) => {
    const inside = `${CONNECTORS_FOLDER}/${folder}/`
    const own = Object.entries(files).flatMap(([path, content]) =>
      path.startsWith(inside) && path !== inside + LINK_FILE && typeof content === 'string'
        ? [[path.slice(inside.length), content] as const]
        : [],
    )
    const text = files[inside + LINK_FILE]
    const read = parsedForEditing(typeof text === 'string' ? text : '')
    const link = 'value' in read && isObject(read.value) ? read.value : {}
    const system = get(link, 'system')
    const datatypes = get(link, 'datatypes')
    return {
      folder,
      files: Object.fromEntries(own),
      system: typeof system === 'string' ? system : folder.replace(/-connector$/, ''),
      datatypes: Array.isArray(datatypes) ? datatypes.filter((each) => typeof each === 'string') : [],
      ...(get(link, 'asks') === true ? { asks: true } : {}),
    }
  })
}

/** The chosen datatypes with the parents that feed them, in the order of the manifest. */
export function withParents({ datatypes }: ConnectorManifest, chosen: readonly string[]): readonly string[] {
  const wanted = new Set<string>()
  const add = (name: string) => {
    if (wanted.has(name)) return
    const known = datatypes.find((each) => each.name === name)
    if (known === undefined) return
    wanted.add(name)
    if (known.parent !== null) add(known.parent)
  }
  for (const name of chosen) add(name)
  return datatypes.map(({ name }) => name).filter((name) => wanted.has(name))
}

/** The connector with the parents of its datatypes among them. */
function withAllDatatypes(connector: LinkedConnector | null): LinkedConnector | null {
  if (connector === null) return null
  return { ...connector, datatypes: withParents(readManifest(connector.files), connector.datatypes) }
}

/** What the chosen datatypes of a connector expand to: the same components as on the command line. */
function expandedComponents({ files, system, datatypes }: LinkedConnector): readonly ExpandedComponent[] {
  const manifest = readManifest(files)
  const wanted = new Set(withParents(manifest, datatypes))
  return expandComponents(files, manifest, system).filter(({ datatype }) => datatype === null || wanted.has(datatype))
}

/**
 * The project with a connector in the place of what it was: components that the connector does not make any more go,
 * new ones come, and where project and connector both changed one, both changes are taken.
 * @param after null removes the connector
 * @param choices which side counts, by the keys of conflicts; the project's where nothing is said
 * @throws Fault with the file of the connector that cannot be used
 */
export function withConnector(
  project: Project,
  before: LinkedConnector | null,
  after: LinkedConnector | null,
  choices: Readonly<Record<string, MergeSide>> = {},
) {
  const old = byId(before === null ? [] : expandedComponents(before))
  const fresh = byId(after === null ? [] : expandedComponents(after))
  const components: ConnectorComponent[] = []
  let changed = project
  for (const [id, made] of new Map([...old, ...fresh])) {
    const { kind, datatype } = made
    const there = componentById(changed, id, kind)
    const mine = there === undefined ? undefined : componentValue(there)
    const base = old.get(id)?.config
    const theirs = fresh.get(id)?.config
    const isForeign = base === undefined && mine !== undefined && !sameJson(mine, theirs)
    const keyOf = ({ path }: MergeConflict) => `${kind} ${id} ${JSON.stringify(path)}`
    const choose = (conflict: MergeConflict) => get(choices, keyOf(conflict)) ?? 'mine'
    const merged = isForeign ? wholeOf(mine, theirs, choose) : mergeJson(base, mine, theirs, choose)
    const value = isObject(merged.value) ? merged.value : undefined
    const isKept = isForeign && sameJson(mine, value)
    const is = isKept ? 'kept' : merged.conflicts.length > 0 ? 'conflict' : stateOf(mine, value)
    const conflicts = merged.conflicts.map((conflict) => ({ ...conflict, key: keyOf(conflict) }))
    components.push({ id, datatype, kind, is, config: value ?? mine ?? made.config, conflicts })
    if (value === undefined) changed = there === undefined ? changed : removeComponent(changed, there.key)
    else if (there === undefined) changed = addComponent(changed, value).project
    else changed = putValue(changed, there.key, value)
  }
  const exampled = withExamples(changed, withAllDatatypes(before), withAllDatatypes(after), (id) =>
    components.some((each) => each.id === id && each.kind === 'pipe' && each.is !== 'kept'),
  )
  return { project: withFiles(exampled, before, after), components }
}

/** One side of a component that both have without a common origin. */
function wholeOf(mine: Json | undefined, theirs: Json | undefined, choose: MergeChoice) {
  const conflict = { path: [], isRun: false, base: undefined, mine, theirs }
  return { value: choose(conflict) === 'mine' ? mine : theirs, conflicts: [conflict] }
}

function stateOf(mine: Json | undefined, value: Json | undefined): ConnectorComponent['is'] {
  if (mine === undefined) return value === undefined ? 'same' : 'added'
  if (value === undefined) return 'removed'
  return sameJson(mine, value) ? 'same' : 'changed'
}

interface GeneratedPart {
  readonly config: JsonObject
  readonly kind: 'pipe' | 'system'
  readonly datatype: string | null
}

function byId(components: readonly ExpandedComponent[]): ReadonlyMap<string, GeneratedPart> {
  return new Map(
    components.map(({ config, datatype }) => {
      const kind = get(config, 'type') === 'pipe' ? ('pipe' as const) : ('system' as const)
      return [String(get(config, '_id')), { config, kind, datatype }]
    }),
  )
}

/** The connector's own files, which the next change is compared with. */
function withFiles(project: Project, before: LinkedConnector | null, after: LinkedConnector | null): Project {
  let changed = project
  const projectPath = (folder: string, path: string) => `${project.root}${CONNECTORS_FOLDER}/${folder}/${path}`
  if (before !== null)
    for (const path of [...Object.keys(before.files), LINK_FILE])
      changed = putFile(changed, projectPath(before.folder, path), null).value
  if (after === null) return changed
  const { folder, files, system, datatypes, asks = false } = after
  for (const [path, text] of Object.entries(files)) changed = putFile(changed, projectPath(folder, path), text).value
  const link = printClientJson({ system, datatypes: [...datatypes], ...(asks ? { asks } : {}) })
  return putFile(changed, projectPath(folder, LINK_FILE), `${link}\n`).value
}
