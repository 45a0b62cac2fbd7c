/** Which written arguments belong to which declared ones, and edits of a call that keep everything else. */
import type { CataloguedFunction, Json } from '../../engine-worker/index.ts'

export type DeclaredArgument = CataloguedFunction['takes'][number]

/** One declared argument with the places of its values in the call (its name is at 0); empty where it is absent. */
export interface Slot {
  readonly argument: DeclaredArgument
  readonly places: readonly number[]
  /** Where a value would be inserted. */
  readonly end: number
}

/**
 * Binds by count, as the language does: what is written beyond the required fills the optional ones from the left.
 * Null where the count does not fit.
 */
export function slotsOf(declared: CataloguedFunction, call: readonly Json[]): readonly Slot[] | null {
  const given = call.length - 1
  const { takes } = declared
  const needed = takes.filter(({ quantifier }) => quantifier === 'one' || quantifier === 'many').length
  let spare = given - needed
  if (spare < 0) return null
  const slots: Slot[] = []
  let next = 1
  for (const [index, argument] of takes.entries()) {
    let size = argument.quantifier === 'one' ? 1 : 0
    if (argument.quantifier === 'optional' && spare > 0) {
      size = 1
      spare--
    } else if (argument.quantifier === 'many' || argument.quantifier === 'any-number') {
      const later = takes.slice(index + 1).filter(({ quantifier }) => quantifier === 'optional').length
      const own = Math.max(0, spare - later)
      size = own + (argument.quantifier === 'many' ? 1 : 0)
      spare -= own
    }
    slots.push({ argument, places: Array.from({ length: size }, (_, place) => next + place), end: next + size })
    next += size
  }
  return spare === 0 ? slots : null
}

/** The mildest value of an argument. */
export function mildest(argument: DeclaredArgument): Json {
  if (argument.mode === 'transforms') return []
  if (argument.type === 'boolean') return true
  if (argument.type === 'integer' || argument.type === 'number') return 0
  return ''
}
