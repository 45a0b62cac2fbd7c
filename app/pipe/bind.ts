/** Which written arguments belong to which declared ones, and edits of a call that keep everything else. */
import { bind, type CataloguedFunction, type Json } from '../../engine-worker/index.ts'

export type DeclaredArgument = CataloguedFunction['takes'][number]

/** One declared argument with the places of its values in the call (its name is at 0); empty where it is absent. */
interface ArgumentSlot {
  readonly argument: DeclaredArgument
  readonly places: readonly number[]
  /** Where a value would be inserted. */
  readonly end: number
}

/** The slots of a call, bound as the language does. Null where the number of arguments does not fit. */
export function slotsOf(declared: CataloguedFunction, call: readonly Json[]): readonly ArgumentSlot[] | null {
  let end = 1
  const bound = bind(declared, call.length - 1)
  if (bound === null) return null
  return declared.takes.map((argument, index) => {
    const places = (bound[index] ?? []).map((place) => place + 1)
    end += places.length
    return { argument, places, end }
  })
}

/** The default value of an argument. */
export function defaultValue(argument: DeclaredArgument): Json {
  if (argument.mode === 'transforms') return []
  if (argument.type === 'boolean') return true
  if (argument.type === 'integer' || argument.type === 'number') return 0
  return ''
}
