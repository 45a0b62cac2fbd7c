/**
 * The calls that are part of the language's own syntax, and those that configuration is made with here: templates of
 * kinds, gestures on the canvas, worked examples. No other file writes names of functions.
 */
import type { Json } from '../entity/value.ts'

/** Writes lists: a list in brackets is a call. */
export const LIST = 'list'
/** Writes data that would otherwise be read as a path or a call. */
const LITERAL = 'literal'
/** Compares two sides: joins in hops and merges are written with it. */
export const EQUALITY = 'eq'
/** Holds words, or steps that are switched off. */
export const COMMENT = 'comment'
/** Chooses by a condition, which canonical text keeps on its first line. */
export const CONDITION = 'if'
/** Puts texts together. */
export const CONCATENATION = 'concat'
/** A join whose later changes make nothing run again. */
export function untrackedJoinCall(datasets: readonly string[], where: readonly Json[], returned: Json): Json {
  return [HOPS, { datasets: [...datasets], where: [...where], return: returned, 'track-dependencies': false }]
}

/** The first of some values that is there. */
const COALESCE = 'coalesce'
/** Joins other datasets. */
const HOPS = 'hops'

/** A step that copies all properties of the source, except some. */
export function copyStep(...except: Json[]): Json {
  return ['copy', '*', ...(except.length === 0 ? [] : [[LIST, ...except]])]
}

/** A step that writes a value to a property of the target. */
export function addStep(property: string, value: Json): Json {
  return ['add', property, value]
}

/** A step that merges a dict into the target. */
export function mergeStep(dict: Json): Json {
  return ['merge', [LITERAL, dict]]
}

/** A call that applies a rule to a value. */
export function applyCall(rule: string, value: Json): Json {
  return ['apply', rule, value]
}

/** A call that reads a text as a time; the format is one of Python's. */
export function datetimeCall(format: string, text: Json): Json {
  return ['datetime-parse', format, text]
}

/** A step that makes children of the values of a list. */
export function createChildrenStep(values: Json): Json {
  return ['create-child', values]
}

/** A call that makes a namespaced identifier of a value. */
export function identifierCall(value: Json): Json {
  return ['ni', value]
}

/** A join of datasets on conditions; of what it finds it gives everything, or what `returned` says. */
export function joinCall(datasets: readonly string[], where: readonly Json[], returned?: Json): Json {
  return [HOPS, { datasets: [...datasets], where: [...where], ...(returned === undefined ? {} : { return: returned }) }]
}

/** The first of some values that is there. */
export function firstOfCall(values: readonly Json[]): Json {
  return [COALESCE, [LIST, ...values]]
}

/** Several values as one list. */
export function listCall(values: readonly Json[]): Json {
  return [LIST, ...values]
}

/** Values as text. */
export function textCall(value: Json): Json {
  return ['string', value]
}

/** A template of a declaration with an expression in the place of "_.". */
export function fillConversion(template: Json, value: Json): Json {
  if (template === '_.') return value
  return Array.isArray(template) ? template.map((part) => fillConversion(part, value)) : template
}

/** A template of a recipe with what stands for its names in braces. */
export function fillRecipe(template: Json, filled: Readonly<Record<string, Json>>): Json {
  if (typeof template === 'string' && /^\{\w+\}$/.test(template)) return filled[template.slice(1, -1)] ?? template
  return Array.isArray(template) ? template.map((part) => fillRecipe(part, filled)) : template
}

/** Data as it is. */
export function literalCall(value: Json): Json {
  return [LITERAL, value]
}

/** Whether JSON is data that is written as such. */
export function isLiteral(json: readonly Json[]): boolean {
  return json[0] === LITERAL
}

/** A comparison of two sides. */
export function equalityCall(left: Json, right: Json): Json {
  return [EQUALITY, left, right]
}

/** The two sides of a comparison; null where it is something else. */
export function sidesOfEquality(json: Json): readonly [Json, Json] | null {
  if (!Array.isArray(json) || json[0] !== EQUALITY || json.length !== 3) return null
  const [, left = null, right = null] = json
  return [left, right]
}

/** How one more value comes to what is there: only where that is missing, in front of it, put behind it, or in its place. */
export type CombineHow = 'otherwise' | 'before' | 'together' | 'instead'

/** A value with one more combined; a call that combines in this way already takes it in. */
export function combined(how: CombineHow, value: Json, added: Json): Json {
  if (how === 'instead') return added
  const parts = partsOf(how === 'together' ? CONCATENATION : COALESCE, value)
  if (how === 'together') return [CONCATENATION, ...parts, added]
  return firstOfCall(how === 'before' ? [added, ...parts] : [...parts, added])
}

/** The values that a call puts together; a value alone where it is no such call. */
function partsOf(name: string, value: Json): readonly Json[] {
  if (!Array.isArray(value) || value[0] !== name) return [value]
  const [only, ...more] = value.slice(1)
  const isList = Array.isArray(only) && only[0] === LIST && more.length === 0
  return isList ? only.slice(1) : value.slice(1)
}

/** How a value is compared in a condition that a person puts together. */
export const comparisons = {
  is: EQUALITY,
  'is-not': 'neq',
  more: 'gt',
  less: 'lt',
  empty: 'is-empty',
  'not-empty': 'is-not-empty',
} as const

/** A condition on one value; the last two comparisons need no other. */
export function conditionCall(how: keyof typeof comparisons, left: Json, right: Json): Json {
  return how === 'empty' || how === 'not-empty' ? [comparisons[how], left] : [comparisons[how], left, right]
}

/** Calls that rewrite one text. */
export const rewriteCalls = {
  decimal: (text: Json): Json => ['decimal', text],
  integer: (text: Json): Json => ['integer', text],
  lower: (text: Json): Json => ['lower', text],
  padded: (width: number, value: Json): Json => ['rjust', width, '0', textCall(value)],
  written: (format: string, date: Json): Json => ['datetime-format', format, date],
  /** A piece between signs: by its place, or from an end. */
  piece: (at: 'first' | 'last' | number, sign: string, text: Json): Json => {
    const pieces = ['split', sign, text]
    return typeof at === 'number' ? ['nth', at, pieces] : [at, pieces]
  },
  scaled: (factor: number, value: Json): Json => ['multiply', factor, value],
  firstLetter: (text: Json): Json => ['substring', 0, 1, text],
  capitalised: (text: Json): Json => [
    CONCATENATION,
    ['upper', ['substring', 0, 1, text]],
    ['lower', ['substring', 1, text]],
  ],
  /** Texts replaced by others, all in one pass. */
  replaced: (by: ReadonlyMap<string, string>, text: Json): Json => {
    const [[old = '', put = ''] = []] = by
    return by.size === 1 ? ['replace', old, put, text] : ['replace', Object.fromEntries(by), text]
  },
  /** A value for one value, and nothing for others. */
  exchanged: (value: Json, one: Json, other: Json): Json => ['case-eq', value, one, other],
}
