/**
 * Composite or plain: before a project is generated again, its pipes are put into the form in which they are generated
 * now, with the edits by hand that they have. So a change of form is none of what a pipe does.
 */
import type { JsonObject } from '../entity/value.ts'
import { declaredParts } from '../text/declared-parts.ts'
import { addComponent, componentById, componentValue, putValue, removeComponent } from '../text/project.ts'
import type { Project } from '../text/project-files.ts'
import { compositeOf, type GeneratedComponent, plainPipes } from './generate/composite.ts'

/** What was generated last, by name. */
type BaseConfigs = Readonly<Record<string, JsonObject>>

interface FormChange {
  readonly project: Project
  readonly base: BaseConfigs
  /** The components that have another form than before, and those that are gone for it. */
  readonly changed: ReadonlySet<string>
  readonly gone: readonly string[]
}

/** The project and what was generated in it last, in the form of what is generated now. */
export function inFormOf(generated: readonly GeneratedComponent[], project: Project, base: BaseConfigs): FormChange {
  let state: FormChange = { project, base, changed: new Set(), gone: [] }
  const names = new Set(generated.map(({ id }) => id))
  for (const { id, config } of generated) {
    const wanted = partNames(config)
    const known = state.base[id]
    if (wanted.length > 0) state = withJoined(state, [...wanted, id])
    // A composite pipe whose parts are generated as pipes now.
    else if (known !== undefined && partNames(known).some((name) => names.has(name)))
      state = withParted(state, id, known)
  }
  return state
}

/** The names of the parts that come before the last one. */
function partNames(pipe: JsonObject): string[] {
  return declaredParts(pipe, Number.POSITIVE_INFINITY).map(({ name }) => name)
}

function withJoined(state: FormChange, ids: readonly string[]): FormChange {
  const { project, base } = state
  const last = ids.at(-1) ?? ''
  const before = ids.map((id) => base[id]).filter((each) => each !== undefined)
  const components = ids.map((id) => componentById(project, id)).filter((each) => each !== undefined)
  if (before.length < ids.length || components.length < ids.length) return state
  const compositeBefore = compositeOf(before)
  const is = compositeOf(components.map(componentValue))
  const component = components.at(-1)
  // Edits between the parts that one pipe cannot hold: they stay, as what the model no longer makes.
  if (compositeBefore === null || is === null || component === undefined) return state
  const earlier = ids.slice(0, -1)
  const laterEntries = Object.entries(base).filter(([id]) => !earlier.includes(id))
  const without = components.slice(0, -1).reduce((all, { key }) => removeComponent(all, key), project)
  return {
    project: putValue(without, component.key, is),
    base: { ...Object.fromEntries(laterEntries), [last]: compositeBefore },
    changed: new Set([...state.changed, last]),
    gone: [...state.gone, ...earlier],
  }
}

function withParted(state: FormChange, id: string, known: JsonObject): FormChange {
  const component = componentById(state.project, id)
  const names = [...partNames(known), id]
  if (component === undefined || names.slice(0, -1).some((name) => componentById(state.project, name))) return state
  const plainBefore = plainPipes(known, names)
  const is = plainPipes(componentValue(component), names)
  let { project } = state
  for (const part of is.slice(0, -1)) project = addComponent(project, part).project
  project = putValue(project, component.key, is.at(-1) ?? {})
  const base = { ...state.base, ...Object.fromEntries(plainBefore.map((part, at) => [names[at] ?? '', part])) }
  return { ...state, project, base, changed: new Set([...state.changed, ...names]) }
}
