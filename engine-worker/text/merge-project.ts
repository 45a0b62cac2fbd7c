/**
 * Three-way merge of projects: a newer version of what a project was imported from, brought into what was made of it
 * since. Pipes, systems and node metadata are merged by their values under their `_id`, other files as a whole.
 */
import type { FileContent } from '../config/project/read.ts'
import { compareText } from '../entity/order.ts'
import type { Json, JsonObject } from '../entity/value.ts'
import { isObject } from '../entity/value.ts'
import { sameJson } from './json-equality.ts'
import { type MergeChoice, type MergeConflict, type MergeSide, mergeJson } from './merge.ts'
import { addComponent, componentValue, fileText, putFile, putText, putValue, removeComponent } from './project.ts'
import { type Component, layoutFile, type Project } from './project-files.ts'

/** What the merge does to one component or file of the project. */
export interface MergeEntry {
  /** Names it within the merge. */
  readonly key: string
  /** The `_id` of a component, or the path of a file below the configuration's folder. */
  readonly name: string
  /** `taken`: as in the newer version; `removed`: as there; `merged`: changes of both. */
  readonly outcome: 'taken' | 'removed' | 'merged' | 'kept'
  readonly conflicts: readonly MergeConflict[]
}

/** Which side changed a component since the common version. */
export type ChangedBy = MergeSide | 'both'

/** Says which side counts for a conflict of a component or file. */
export type ProjectMergeChoice = (key: string, conflict: MergeConflict) => ReturnType<MergeChoice>

interface ProjectMerge {
  readonly project: Project
  /** What was changed or is in conflict, by name. */
  readonly entries: readonly MergeEntry[]
}

interface Sides<T> {
  readonly base: T | undefined
  readonly mine: T | undefined
  readonly theirs: T | undefined
}

/** The components that one side or both changed, by kind and `_id` as in `MergeEntry.key`. */
export function changedSides(base: Project, mine: Project, theirs: Project): ReadonlyMap<string, ChangedBy> {
  const found = new Map<string, ChangedBy>()
  for (const [key, sides] of pairedSides(componentsByName(base), componentsByName(mine), componentsByName(theirs))) {
    const [was, here, there] = [jsonOf(sides.base), jsonOf(sides.mine), jsonOf(sides.theirs)]
    const [isMine, isTheirs] = [!sameJson(was, here), !sameJson(was, there)]
    if (isMine || isTheirs) found.set(key, isMine && isTheirs ? 'both' : isMine ? 'mine' : 'theirs')
  }
  return found
}

/**
 * The project `mine` with what `theirs` changed since `base`. `whole` says which side counts for all of a component; null
 * for a merge of both.
 */
export function mergeProjects(
  base: Project,
  mine: Project,
  theirs: Project,
  choose: ProjectMergeChoice,
  whole: (key: string) => MergeSide | null = () => null,
): ProjectMerge {
  const entries: MergeEntry[] = []
  let project = mine
  for (const [key, sides] of pairedSides(componentsByName(base), componentsByName(mine), componentsByName(theirs))) {
    const { value, conflicts } = mergeJson(jsonOf(sides.base), jsonOf(sides.mine), jsonOf(sides.theirs), (conflict) =>
      choose(key, conflict),
    )
    const side = whole(key)
    const merged = side === null ? (isObject(value) ? value : undefined) : jsonOf(sides[side])
    const outcome = outcomeOf(merged, { mine: jsonOf(sides.mine), theirs: jsonOf(sides.theirs) })
    const name = (sides.mine ?? sides.theirs ?? sides.base)?.id ?? ''
    if (outcome !== 'kept') project = withComponent(project, theirs, sides, merged)
    if (outcome !== 'kept' || conflicts.length > 0 || side !== null) entries.push({ key, name, outcome, conflicts })
  }
  for (const [key, sides] of pairedSides(otherFiles(base), otherFiles(mine), otherFiles(theirs))) {
    const isKept = sameContent(sides.base, sides.theirs) || sameContent(sides.mine, sides.theirs)
    if (isKept) continue
    const conflicts = sameContent(sides.base, sides.mine) ? [] : [fileConflict(sides)]
    const isTaken = conflicts.every((conflict) => choose(key, conflict) === 'theirs')
    const outcome = !isTaken ? 'kept' : sides.theirs === undefined ? 'removed' : 'taken'
    if (isTaken) project = putFile(project, project.root + key, sides.theirs ?? null).value
    entries.push({ key, name: key, outcome, conflicts })
  }
  return { project, entries: entries.sort((a, b) => compareText(a.name, b.name)) }
}

function outcomeOf(
  merged: JsonObject | undefined,
  { mine, theirs }: { readonly mine: JsonObject | undefined; readonly theirs: JsonObject | undefined },
): MergeEntry['outcome'] {
  if (sameJson(merged, mine)) return 'kept'
  if (merged === undefined) return 'removed'
  return sameJson(merged, theirs) ? 'taken' : 'merged'
}

/** The names of all three, each with what the sides have under it. */
function* pairedSides<T>(
  base: ReadonlyMap<string, T>,
  mine: ReadonlyMap<string, T>,
  theirs: ReadonlyMap<string, T>,
): Iterable<[string, Sides<T>]> {
  for (const key of new Set([...mine.keys(), ...theirs.keys(), ...base.keys()]))
    yield [key, { base: base.get(key), mine: mine.get(key), theirs: theirs.get(key) }]
}

/** The components that count, by kind and `_id`. */
function componentsByName(project: Project): Map<string, Component> {
  const found = new Map<string, Component>()
  for (const component of Object.values(project.components)) {
    const name = `${component.kind} ${component.id}`
    if (!found.has(name)) found.set(name, component)
  }
  return found
}

function jsonOf(component: Component | undefined): JsonObject | undefined {
  return component && componentValue(component)
}

/** The project with a component as it was merged; text that one side wrote whole stays as it is written there. */
function withComponent(
  project: Project,
  theirs: Project,
  sides: Sides<Component>,
  value: JsonObject | undefined,
): Project {
  const { base, mine } = sides
  if (value === undefined) return mine ? removeComponent(project, mine.key) : project
  const isTheirs = sides.theirs !== undefined && sameJson(componentValue(sides.theirs), value)
  if (!mine)
    return isTheirs && sides.theirs
      ? withNewComponent(project, theirs, sides.theirs)
      : addComponent(project, value).project
  if (isTheirs && sides.theirs && base?.text === mine.text) return putText(project, mine.key, sides.theirs.text).value
  return putValue(project, mine.key, value)
}

/** Adds a component in the file that it has there, where that file holds it alone and its path is free here. */
function withNewComponent(project: Project, theirs: Project, component: Component): Project {
  const frame = theirs.frames[component.file] ?? []
  const isAlone = frame.filter((piece) => typeof piece !== 'string').length === 1
  const path = project.root + component.file.slice(theirs.root.length)
  const isFree = !Object.hasOwn(project.frames, path) && !Object.hasOwn(project.files, path)
  const text = fileText(theirs, component.file)
  if (isAlone && isFree && text !== null && component.file.startsWith(theirs.root))
    return putFile(project, path, text).value
  return addComponent(project, componentValue(component)).project
}

/** Files without components below the configuration's folder, by path in it; the layout of the canvas is one's own. */
function otherFiles(project: Project): Map<string, FileContent> {
  const inside = Object.entries(project.files).filter(([path]) => path.startsWith(project.root))
  const named = inside.map(([path, content]) => [path.slice(project.root.length), content] as const)
  return new Map(named.filter(([path]) => !path.endsWith(layoutFile)))
}

function sameContent(a: FileContent | undefined, b: FileContent | undefined): boolean {
  if (a === undefined || b === undefined || typeof a === 'string' || typeof b === 'string') return a === b
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

function fileConflict({ base, mine, theirs }: Sides<FileContent>): MergeConflict {
  return {
    path: [],
    isRun: false,
    base: displayedContent(base),
    mine: displayedContent(mine),
    theirs: displayedContent(theirs),
  }
}

function displayedContent(content: FileContent | undefined): Json | undefined {
  return content === undefined || typeof content === 'string' ? content : `(${content.length} bytes)`
}
