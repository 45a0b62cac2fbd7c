/** The functions that a text may call, as the tree looks them up: all declared ones, or the page's copy of them. */
import type { FunctionSignature } from '../signature.ts'

/** What the tree needs to know of a function. */
export type CallableSignature = Pick<
  FunctionSignature,
  | 'kind'
  | 'name'
  | 'takes'
  | 'writes'
  | 'walks'
  | 'joins'
  | 'casesFrom'
  | 'deterministic'
  | 'async'
  | 'presence'
  | 'previous'
  | 'trips'
>

/** Functions by name; a few names are both an expression and a transform. */
export interface FunctionTable<S extends CallableSignature = CallableSignature> {
  readonly expressions: ReadonlyMap<string, S>
  readonly transforms: ReadonlyMap<string, S>
}

/** Looks functions up by kind and name. */
export function functionTableFrom<S extends CallableSignature>(functions: Iterable<S>): FunctionTable<S> {
  const expressions = new Map<string, S>()
  const transforms = new Map<string, S>()
  for (const each of functions) (each.kind === 'transform' ? transforms : expressions).set(each.name, each)
  return { expressions, transforms }
}

/** No function is known: calls are read as they are written. */
export const NO_FUNCTIONS: FunctionTable = functionTableFrom([])
