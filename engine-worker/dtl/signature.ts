/**
 * What a declaration says of a function apart from its meaning. It is plain data, so the page has it too; the syntax tree
 * (tree/) and everything that reads rules without running them rests on it.
 */
import type { Json } from '../entity/value.ts'
import type { Argument, ArgumentType } from './argument.ts'

/** The groups of the documentation's reference. */
export type Group =
  | 'transforms'
  | 'booleans'
  | 'boolean logic'
  | 'bytes'
  | 'comparisons'
  | 'conditionals'
  | 'date and time'
  | 'dictionaries'
  | 'encryption'
  | 'hops'
  | 'json'
  | 'lists'
  | 'math'
  | 'misc'
  | 'namespaced identifiers'
  | 'nulls'
  | 'numbers'
  | 'phone numbers'
  | 'sets'
  | 'strings'
  | 'URIs'
  | 'UUIDs'

/** A worked example: shown in the reference, run there live, and run as a test. Values in transit form. */
export interface Example {
  readonly dtl: Json
  readonly source?: Json
  readonly target?: Json
  /** Rules besides the example, for functions that apply them. */
  readonly rules?: { readonly [name: string]: Json }
  readonly datasets?: { readonly [name: string]: readonly Json[] }
  readonly namespaces?: Json
  readonly previous?: Json
  readonly secrets?: { readonly [name: string]: string }
  /** The result: of an expression its value, of a transform the target entity. */
  readonly gives?: Json
  /** Where the result is not fixed (random, clock): the `is-…` function that holds for it. */
  readonly satisfies?: string
  /** `numeric` ignores the difference of integer, float and decimal. */
  readonly compare?: 'numeric' | 'approx' | 'unordered'
  /** What the example shows, where it is not plain. */
  readonly says?: string
}

/** What is known of a function without its meaning: words, arguments, examples, and what it does. */
export interface FunctionSignature {
  readonly kind: 'expression' | 'transform'
  readonly name: string
  readonly group: Group
  /** One plain sentence. */
  readonly says: string
  /** Details that the sentence leaves out: edge cases, warnings. */
  readonly more?: string
  /** How a step card says it, arguments in braces: `add {property} ← {values}`. */
  readonly sentence?: string
  readonly examples: readonly Example[]
  /** Gives the same result for the same arguments; `false` for now, uuid, encrypt. Default true. */
  readonly deterministic?: boolean
  /** Reads or writes property names in namespaces. */
  readonly namespaceAware?: boolean
  /** Documented as deprecated; the words say what to use. */
  readonly deprecated?: string
  /** Page of the Sesam documentation, below `hub/`. */
  readonly doc: string
  readonly takes: readonly Argument[]
  readonly gives: ArgumentType | 'same' | 'nothing'
}
