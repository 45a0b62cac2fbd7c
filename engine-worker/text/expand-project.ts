/** Expand and fold for all pipes of a project at once. */
import type { FunctionTable } from '../dtl/tree/functions.ts'
import { get } from '../entity/dict.ts'
import { isObject } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import { COMPOSITE, expandPipe } from './expand.ts'
import { foldPipes } from './fold.ts'
import { addComponent, componentValue, putValue, removeComponent } from './project.ts'
import type { Component, Project } from './project-files.ts'
import type { SplitPoint } from './split-points.ts'

/** What happened to one pipe. */
interface Expanded {
  readonly pipe: string
  readonly parts: readonly string[]
  readonly cuts: readonly SplitPoint[]
}

/** The project with every composite pipe cut into plain pipes; new parts get files of their own. */
export function expandProject(project: Project, functions: FunctionTable): { project: Project; expanded: Expanded[] } {
  const takenNames = new Set(Object.values(project.components).flatMap(namesOf))
  const partsOfPipe = new Map<string, Component[]>()
  for (const component of pipesOf(project)) {
    const pipe = compositeOf(component)
    if (pipe !== null) partsOfPipe.set(pipe, [...(partsOfPipe.get(pipe) ?? []), component])
  }
  const expanded: Expanded[] = []
  let result = project
  for (const component of pipesOf(project)) {
    // Parts of a pipe that is still whole: an earlier expansion was ended before it replaced the pipe by its last part.
    const leftovers = compositeOf(component) === null ? (partsOfPipe.get(component.id) ?? []) : []
    const free = new Set(takenNames)
    for (const part of leftovers) for (const name of namesOf(part)) free.delete(name)
    const { parts, cuts } = expandPipe(componentValue(component), functions, free)
    const last = parts.at(-1)
    if (parts.length === 1 || !last) continue
    for (const { key } of leftovers) result = removeComponent(result, key)
    for (const part of parts.slice(0, -1)) result = addComponent(result, part).project
    result = putValue(result, component.key, last)
    const names = parts.map((part) => String(get(part, '_id')))
    for (const name of names) takenNames.add(name)
    expanded.push({ pipe: component.id, parts: names, cuts })
  }
  return { project: result, expanded }
}

/** The pipe that a component is a part of, or null. */
function compositeOf(component: Component): string | null {
  const metadata = get(componentValue(component), 'metadata')
  const mark = isObject(metadata) ? get(metadata, COMPOSITE) : undefined
  const pipe = isObject(mark) ? get(mark, 'pipe') : undefined
  return typeof pipe === 'string' ? pipe : null
}

/** The project with all parts folded back into their pipes. */
export function foldProject(project: Project): { project: Project; folded: string[]; problems: readonly Problem[] } {
  const components = pipesOf(project)
  const keyOf = new Map(components.map((component) => [componentValue(component), component.key]))
  const before = [...keyOf.keys()]
  const { pipes, gone, problems } = foldPipes(before)
  const kept = before.filter((pipe) => !gone.includes(pipe))
  const folded: string[] = []
  let result = project
  for (const [index, pipe] of kept.entries()) {
    const whole = pipes[index]
    if (!whole || whole === pipe) continue
    result = putValue(result, keyOf.get(pipe) ?? '', whole)
    folded.push(String(get(whole, '_id')))
  }
  for (const pipe of gone) result = removeComponent(result, keyOf.get(pipe) ?? '')
  return { project: result, folded, problems }
}

function pipesOf(project: Project): Component[] {
  return Object.values(project.components).filter(({ kind }) => kind === 'pipe')
}

/** Its `_id`, and the dataset it writes where that has another name. */
function namesOf(component: Component): string[] {
  const sink = get(componentValue(component), 'sink')
  const dataset = isObject(sink) ? get(sink, 'dataset') : undefined
  return typeof dataset === 'string' ? [component.id, dataset] : [component.id]
}
