/** Nested calls as a chain: what happens to a value, one thing after the other, as sentences tell them. */
import { type CataloguedFunction, flowOf, type Json, type JsonPath } from '../../engine-worker/index.ts'
import { slotsOf } from '../pipe/bind.ts'

/** One call that does something to a value. */
export interface CallLink {
  readonly call: readonly Json[]
  readonly path: JsonPath
  readonly declared: CataloguedFunction
  /** The argument that is the value, and where it stands in the call. */
  readonly argument: CataloguedFunction['takes'][number]
  readonly place: number
}

/** A value and what happens to it, in that order. */
export interface CallChain {
  readonly head: { readonly value: Json; readonly path: JsonPath }
  readonly links: readonly CallLink[]
}

/** The chain that an expression is; null where its outermost call does not hand a value on. */
export function callChain(value: Json, path: JsonPath, functions: readonly CataloguedFunction[]): CallChain | null {
  const links: CallLink[] = []
  let head = { value, path }
  for (let link = linkOf(head, functions); link; link = linkOf(head, functions)) {
    links.unshift(link)
    head = { value: link.call[link.place] ?? null, path: [...head.path, link.place] }
  }
  return links.length === 0 ? null : { head, links }
}

function linkOf({ value, path }: CallChain['head'], functions: readonly CataloguedFunction[]): CallLink | null {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return null
  const [name] = value
  const declared = functions.find((each) => each.kind === 'expression' && each.name === name)
  const flow = declared ? flowOf(declared) : null
  const slot = declared && flow !== null ? slotsOf(declared, value)?.[flow] : undefined
  const [place] = slot?.places ?? []
  if (!declared || !slot || place === undefined || slot.places.length !== 1) return null
  const { mode } = slot.argument
  if (mode !== 'value' && mode !== 'each' && mode !== 'first') return null
  return { call: value, path, declared, argument: slot.argument, place }
}
