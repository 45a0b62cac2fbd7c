/**
 * The calls of DTL that generated rules are made of. They are derived from the declarations of functions: where one is
 * renamed, its callers here no longer compile.
 */
import { type FunctionName, functions } from '../dtl/registry.ts'
import type { Json } from '../entity/value.ts'

type Call = (...args: readonly Json[]) => Json[]

/** `add-if` as `addIf`; operators stay. */
type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? Rest extends ''
    ? Name
    : `${First}${Capitalize<CamelCase<Rest>>}`
  : Name

type Calls = { readonly [Name in FunctionName as CamelCase<Name>]: Call }

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** Writes a call of each declared function. */
export const call = Object.fromEntries(
  functions.map(({ name }) => [camelCase(name), (...args: readonly Json[]) => [name, ...args]]),
) as Calls

/** All conditions; one alone is written as it is. */
export function conjunction(...conditions: readonly Json[]): Json {
  return conditions.length === 1 ? (conditions[0] ?? null) : call.and(...conditions)
}

/** Any of some conditions; one alone is written as it is. */
export function disjunction(...conditions: readonly Json[]): Json {
  return conditions.length === 1 ? (conditions[0] ?? null) : call.or(...conditions)
}

/** A path from a variable (`_S`, `_`) along keys, each quoted where its text needs it. */
export function pathTo(variable: string, ...keys: readonly string[]): string {
  return `${variable}.${keys.map(quotedKey).join('.')}`
}

function quotedKey(key: string): string {
  return /[.'\s]/.test(key) || key === '' ? `'${key.replaceAll("'", "''")}'` : key
}

/** A text as data: one that DTL would read as a path is a literal. */
export function textData(text: string): Json {
  return /^_[A-Z]?\.|^[A-Za-z_$][\w$-]*\./.test(text) ? call.literal(text) : text
}
