/** What stands at a place below a DTL stage: a step, or an expression inside one. */
import type { CataloguedFunction, Json } from '../../engine-worker/index.ts'
import { slotsOf } from './bind.ts'
import { at, type Path } from './json-edits.ts'
import { declared } from './vocabulary.ts'

/** Whether a place of the pipe holds a step: an item of a rule, or of a branch of a step. */
export function isStepPlace(pipe: Json, path: Path, functions: readonly CataloguedFunction[]): boolean {
  return stepAt(pipe, path, functions)?.length === path.length
}

/** The innermost step that a place belongs to; null above the rules. */
export function stepAt(pipe: Json, path: Path, functions: readonly CataloguedFunction[]): Path | null {
  const rules = path.indexOf('rules')
  if (rules < 0 || path.length < rules + 3) return null
  let depth = rules + 3
  for (;;) {
    const step = path.slice(0, depth)
    const branch = path[depth]
    if (typeof branch !== 'number' || !isBranch(at(pipe, step), branch, functions)) return step
    const inside = at(pipe, [...step, branch])
    const single = Array.isArray(inside) && typeof inside[0] === 'string'
    const next = depth + (single ? 1 : 2)
    if (path.length < next) return step
    depth = next
  }
}

function isBranch(step: Json | undefined, place: number, functions: readonly CataloguedFunction[]): boolean {
  if (!Array.isArray(step) || typeof step[0] !== 'string') return false
  const [name] = step
  // Their conditions and branches alternate, which the declared arguments do not say.
  if (name === 'case') return place > 0 && (place % 2 === 0 || place === step.length - 1)
  if (name === 'case-eq') return place > 1 && (place % 2 === 1 || place === step.length - 1)
  const known = declared(functions, 'transform', name)
  const slot = known && slotsOf(known, step)?.find(({ places }) => places.includes(place))
  return slot?.argument.mode === 'transforms'
}
