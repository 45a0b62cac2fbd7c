/**
 * The arguments of a declared function: their types, how they are evaluated, what they name and how forms show them.
 * Declarations (define.ts) are made with the functions at the end.
 */
import type { Bytes, DateTime, Day, Decimal, Dict, Float, Json, NI, URI, UUID, Value } from '../entity/value.ts'

/** The types an argument can ask for, with the words for them. */
interface ArgumentTypes {
  any: Value
  boolean: boolean
  string: string
  /** integer, float or decimal */
  number: number | bigint | Float | Decimal
  integer: number | bigint
  float: number | Float
  decimal: Decimal
  ni: NI
  uri: URI
  uuid: UUID
  bytes: Bytes
  datetime: DateTime | Day
  dict: Dict
  list: Value[]
}
export type ArgumentType = keyof ArgumentTypes

/** What a form may show beside an argument. */
interface Hint {
  /** One plain sentence. */
  says?: string
  placeholder?: string
  /** What the value names, so that the right picker is offered. */
  names?:
    | 'property'
    /** A property of the target that is made here. */
    | 'new-property'
    /** Properties, by wildcards. */
    | 'pattern'
    /** Texts, by wildcards. */
    | 'text-pattern'
    | 'rule'
    | 'dataset'
    | 'timezone'
    | 'datetime-format'
    | 'secret'
    | 'namespace'
    | 'function'
  choices?: readonly string[]
  /** The datasets that the argument names are looked into. */
  reads?: true
  /** What the values in an argument of type `any` must be: the function leaves the others out. */
  items?: ArgumentType | readonly ArgumentType[]
}

type Quantifier = 'one' | 'optional' | 'many' | 'any-number'

/** One declared argument. */
export interface Argument<T = unknown> extends Hint {
  /** As in the documentation, lower case: `values`, `start-index`. */
  readonly name: string
  /** several types when the function accepts each of them */
  readonly type: ArgumentType | readonly ArgumentType[]
  readonly quantifier: Quantifier
  /**
   * `value`: evaluated as it is; `each`: mapped over lists; `first`: the first element of a list; `fn`: a
   * function-expression; `json`: not evaluated at all; `hops`: a hops specification; `transforms`: one transform or a
   * list of them; `cases`: tests and outcomes in turn, and an outcome for everything else; `note`: words, or transforms
   * that are switched off.
   */
  readonly mode: 'value' | 'each' | 'first' | 'fn' | 'json' | 'hops' | 'transforms' | 'cases' | 'note'
  /** `$SECRET(name)` written in the rule itself stands for the secret; in data it is a text like any other. */
  readonly secrets?: boolean
  /** Only carries the TypeScript type of what `run` receives. */
  readonly _type?: T
}

/** A function-expression argument: evaluates it with `_` bound to the item. */
export type FunctionExpression = (item: Value) => Value

type ValueOf<K extends ArgumentType | readonly ArgumentType[]> = K extends readonly (infer U extends ArgumentType)[]
  ? ArgumentTypes[U]
  : K extends ArgumentType
    ? ArgumentTypes[K]
    : never

type TypeSpec = ArgumentType | readonly ArgumentType[]

/** One required argument, evaluated as it is; a value of another type makes the result null unless the type is `any`. */
export function one<const K extends TypeSpec>(name: string, type: K, hint: Hint = {}): Argument<ValueOf<K>> {
  return { name, type, quantifier: 'one', mode: 'value', ...hint }
}
/** An optional argument; `run` receives `undefined` when it is absent. */
export function optional<const K extends TypeSpec>(
  name: string,
  type: K,
  hint: Hint = {},
): Argument<ValueOf<K> | undefined> {
  return { name, type, quantifier: 'optional', mode: 'value', ...hint }
}
/** The first element, where the value is a list; the value itself otherwise. */
export function first<const K extends TypeSpec>(name: string, type: K, hint: Hint = {}): Argument<ValueOf<K>> {
  return { name, type, quantifier: 'one', mode: 'first', ...hint }
}
/** An argument that is mapped over lists; `run` sees one value of the type. At most one of a function's arguments. */
export function each<const K extends TypeSpec>(name: string, type: K, hint: Hint = {}): Argument<ValueOf<K>> {
  return { name, type, quantifier: 'one', mode: 'each', ...hint }
}
/** One or more arguments; `run` receives them as one array. */
export function many<const K extends TypeSpec>(name: string, type: K, hint: Hint = {}): Argument<ValueOf<K>[]> {
  return { name, type, quantifier: 'many', mode: 'value', ...hint }
}
/** Zero or more arguments; `run` receives them as one array. */
export function anyNumber<const K extends TypeSpec>(name: string, type: K, hint: Hint = {}): Argument<ValueOf<K>[]> {
  return { name, type, quantifier: 'any-number', mode: 'value', ...hint }
}
/** A required function-expression. */
export function functionExpression(name: string, hint: Hint = {}): Argument<FunctionExpression> {
  return { name, type: 'any', quantifier: 'one', mode: 'fn', ...hint }
}
/** An optional function-expression. */
export function optionalFunctionExpression(name: string, hint: Hint = {}): Argument<FunctionExpression | undefined> {
  return { name, type: 'any', quantifier: 'optional', mode: 'fn', ...hint }
}
/** An argument that is configuration, not an expression (a rule name, a hops specification). */
export function json(name: string, hint: Hint & { quantifier?: Quantifier } = {}): Argument<Json> {
  return { name, type: 'any', quantifier: 'one', mode: 'json', ...hint }
}
/** One or more hops specifications, each of them a dict. */
export function hopsSpec(name: string, hint: Hint = {}): Argument<Json> {
  return { name, type: 'any', quantifier: 'many', mode: 'hops', ...hint }
}
/** Tests and what follows from them in turn, and what follows when none holds. */
export function cases(name: string, hint: Hint = {}): Argument<never> {
  return { name, type: 'any', quantifier: 'many', mode: 'cases', ...hint }
}
/** Words for the reader, or transforms that are switched off. */
export function note(name: string, hint: Hint = {}): Argument<never> {
  return { name, type: 'any', quantifier: 'any-number', mode: 'note', ...hint }
}
/** One transform or a list of them. */
export function transforms(name: string, hint: Hint & { quantifier?: Quantifier } = {}): Argument<never> {
  return { name, type: 'any', quantifier: 'one', mode: 'transforms', ...hint }
}
