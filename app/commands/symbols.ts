/** Rules and properties of a project by name, for finding them: rules where they stand, properties where a pipe first names them. */
import {
  type Component,
  componentValue,
  type FunctionTable,
  type Project,
  referencesIn,
} from '../../engine-worker/index.ts'
import { goToPlace } from '../pipe/names.ts'
import { shownAt } from '../pipe/pipe-view.ts'

interface ProjectSymbol {
  readonly what: 'rule' | 'property'
  readonly name: string
  /** The pipe's `_id`. */
  readonly pipe: string
  /** Below the pipe. */
  readonly path: readonly (string | number)[]
}

const known = new WeakMap<FunctionTable, WeakMap<Component, readonly ProjectSymbol[]>>()

/** All of them, in the order of the configuration; a pipe that has not changed is read once. */
export function projectSymbols({ components }: Project, functions: FunctionTable): readonly ProjectSymbol[] {
  const read = known.get(functions) ?? new WeakMap<Component, readonly ProjectSymbol[]>()
  known.set(functions, read)
  return Object.values(components).flatMap((component) => {
    if (component.kind !== 'pipe') return []
    const before = read.get(component)
    if (before) return before
    const found = symbolsIn(component, functions)
    read.set(component, found)
    return found
  })
}

function symbolsIn(component: Component, functions: FunctionTable): readonly ProjectSymbol[] {
  const found = new Map<string, ProjectSymbol>()
  for (const { what, name, path, definition } of referencesIn(componentValue(component), functions)) {
    if ((what !== 'rule' && what !== 'property') || /[*?]/.test(name)) continue
    if (what === 'rule' && !definition) continue
    const key = `${what} ${name}`
    if (!found.has(key)) found.set(key, { what, name, pipe: component.id, path })
  }
  return [...found.values()]
}

/** Shows the place in its pipe: a rule, or the call that names the property. */
export function goToSymbol(content: Project, { what, pipe, path }: ProjectSymbol): void {
  goToPlace(content, pipe, what === 'rule' ? path : shownAt(path.slice(0, -1)))
}
