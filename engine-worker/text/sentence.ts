/**
 * Steps and expressions as plain sentences, for the cards of the canvas: "add **name** ← upper case of **first**". A
 * sentence is a list of tokens with their JSON paths, so that each word can be clicked, edited and annotated with its
 * value. Words come from the declarations of the functions (`sentence` and the names of arguments).
 *
 * Nothing is ever left out: every value of the JSON is under the path of some token, and what is not understood (an
 * unknown function, a wrong number of arguments, a shape of its own) is shown as it is written.
 */

import type { Argument } from '../dtl/argument.ts'
import type { FunctionDeclaration } from '../dtl/define.ts'
import { bind } from '../dtl/tree/bind.ts'
import { parsePath } from '../dtl/tree/path.ts'
import { get } from '../entity/dict.ts'
import { entriesOf } from '../entity/entries.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'

export type JsonPath = readonly (string | number)[]

export type Token =
  /** Connecting words. */
  | { readonly is: 'text'; readonly text: string }
  /** A property by its path; `variable` is what it starts from (`_S`, `_T`, an alias …), null for a plain name. */
  | { readonly is: 'property'; readonly text: string; readonly variable: string | null; readonly path: JsonPath }
  /** A constant. */
  | { readonly is: 'literal'; readonly text: string; readonly value: Json; readonly path: JsonPath }
  | { readonly is: 'dataset' | 'rule'; readonly text: string; readonly path: JsonPath }
  /** A call with its own sentence inside; `known` is false for a function that is not declared. */
  | {
      readonly is: 'call'
      readonly name: string
      readonly known: boolean
      readonly tokens: readonly Token[]
      readonly path: JsonPath
    }
  /** Steps inside a step, which are cards of their own. */
  | { readonly is: 'steps'; readonly count: number; readonly path: JsonPath }
  /** JSON as it is written. */
  | { readonly is: 'raw'; readonly text: string; readonly path: JsonPath }

/** What sentences need of the declarations; `Catalogue.functions` of protocol.ts fits. */
export type Words = Pick<FunctionDeclaration, 'kind' | 'name' | 'takes' | 'sentence'>

/** Looks functions up by kind and name. */
export interface Vocabulary {
  readonly expressions: ReadonlyMap<string, Words>
  readonly transforms: ReadonlyMap<string, Words>
  readonly connectors: Connectors
}

/** Words between the parts of a join. */
export interface Connectors {
  readonly where: string
  readonly and: string
  readonly giving: string
}

const english: Connectors = { where: 'where', and: 'and', giving: 'giving' }

/** The vocabulary of functions, which are as declared or have their sentences in another language. */
export function vocabulary(functions: Iterable<Words>, connectors: Connectors = english): Vocabulary {
  const expressions = new Map<string, Words>()
  const transforms = new Map<string, Words>()
  for (const each of functions) (each.kind === 'transform' ? transforms : expressions).set(each.name, each)
  return { expressions, transforms, connectors }
}

/** The sentence of a step (a transform function call). */
export function stepSentence(step: Json, words: Vocabulary, path: JsonPath = []): Token[] {
  if (!Array.isArray(step) || typeof step[0] !== 'string') return [raw(step, path)]
  return call(step, { words, aliases: new Map() }, path, words.transforms.get(step[0]))
}

/** The tokens of an expression. `aliases` are the names that hops around it have given to datasets. */
export function expressionTokens(
  expression: Json,
  words: Vocabulary,
  path: JsonPath = [],
  aliases: readonly string[] = [],
): Token[] {
  return value(expression, { words, aliases: slots(aliases) }, path)
}

/** A sentence as plain text, for screen readers, tooltips and search. */
export function sentenceText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.is === 'call') return sentenceText(token.tokens)
      if (token.is === 'steps') return token.count === 1 ? '1 step' : `${token.count} steps`
      return token.text
    })
    .join('')
}

interface Reading {
  readonly words: Vocabulary
  readonly aliases: ReadonlyMap<string, number>
}

function slots(aliases: readonly string[]): ReadonlyMap<string, number> {
  return new Map(aliases.map((alias, index) => [alias, index]))
}

function text(words: string): Token {
  return { is: 'text', text: words }
}

function raw(json: Json, path: JsonPath): Token {
  return { is: 'raw', text: printJson(json), path }
}

function value(json: Json, reading: Reading, path: JsonPath): Token[] {
  if (typeof json === 'string') return [reference(json, reading, path)]
  if (Array.isArray(json)) {
    const head = json[0]
    if (typeof head !== 'string') return [raw(json, path)]
    const declared = reading.words.expressions.get(head)
    const tokens = call(json, reading, path, declared)
    return [{ is: 'call', name: head, known: declared !== undefined, tokens, path }]
  }
  if (isObject(json)) return [raw(json, path)]
  return [{ is: 'literal', text: printJson(json), value: json, path }]
}

function reference(json: string, reading: Reading, path: JsonPath): Token {
  const parsed = parsePath(json, (name) => reading.aliases.get(name))
  if (parsed === null || parsed === 'malformed') return { is: 'literal', text: printJson(json), value: json, path }
  const dot = json.indexOf('.')
  const variable = json.slice(0, dot)
  const rest = json.slice(dot + 1)
  const whole = rest === '' ? (WHOLE.get(variable) ?? variable) : null
  const shown = variable === '_S' || variable === '_' ? rest : json
  return { is: 'property', text: whole ?? shown, variable, path }
}

const WHOLE: ReadonlyMap<string, string> = new Map([
  ['_S', 'the source'],
  ['_T', 'the target'],
  ['_', 'it'],
  ['_P', 'the parent'],
  ['_R', 'the root'],
  ['_B', 'the parameters'],
])

/** The sentence of a call, from its template; whatever the template does not mention follows in brackets. */
function call(json: readonly Json[], reading: Reading, path: JsonPath, declared: Words | undefined): Token[] {
  const name = String(json[0])
  const places = declared ? bind({ ...NO_MEANING, ...declared }, json.length - 1) : null
  if (!declared || !places) return plainCall(name, json, reading, path)
  if (name === 'case' || name === 'case-eq') return branches(declared, json, reading, path)
  const given = new Map(declared.takes.map((argument, index) => [argument.name, { argument, at: places[index] ?? [] }]))
  const tokens: Token[] = []
  const pieces = (declared.sentence ?? template(declared)).split(/(\{[^}]*\})/)
  let leftOut = false
  for (const [index, piece] of pieces.entries()) {
    const named = /^\{(.*)\}$/.exec(piece)?.[1]
    const slot = named === undefined ? undefined : given.get(named)
    if (named === undefined || !slot) {
      // The end of a sentence belongs to the argument before it: "to 2 digits".
      if (piece !== '' && !(leftOut && index === pieces.length - 1)) tokens.push(text(piece))
      continue
    }
    leftOut = slot.at.length === 0
    given.delete(named)
    if (slot.at.length > 0) tokens.push(...argumentTokens(slot.argument, slot.at, json, reading, path))
    else if (tokens.length > 1 && tokens.at(-1)?.is === 'text') tokens.pop()
  }
  const left = [...given.values()].filter(({ at }) => at.length > 0)
  for (const { argument, at } of left) {
    tokens.push(text(` (${argument.name.replaceAll('-', ' ')}: `))
    tokens.push(...argumentTokens(argument, at, json, reading, path), text(')'))
  }
  return tokens
}

const NO_MEANING = { group: 'misc', says: '', examples: [], doc: '', gives: 'any' } as const

function template(declared: Words): string {
  const names = declared.takes.map(({ name }) => `{${name}}`)
  return names.length === 0 ? declared.name : `${declared.name} ${names.join(', ')}`
}

/** A call as it is written: `name(a, b)`. */
function plainCall(name: string, json: readonly Json[], reading: Reading, path: JsonPath): Token[] {
  const tokens: Token[] = [text(`${name}(`)]
  for (const [index, item] of json.slice(1).entries()) {
    if (index > 0) tokens.push(text(', '))
    tokens.push(...value(item, reading, [...path, index + 1]))
  }
  return [...tokens, text(')')]
}

function argumentTokens(
  argument: Argument,
  places: readonly number[],
  json: readonly Json[],
  reading: Reading,
  path: JsonPath,
): Token[] {
  return places.flatMap((place, index) => {
    // Arguments are counted without the name of the function.
    const at = [...path, place + 1]
    const tokens = argumentValue(argument, json[place + 1] ?? null, reading, at)
    return index === 0 ? tokens : [text(', '), ...tokens]
  })
}

function argumentValue(argument: Argument, json: Json, reading: Reading, path: JsonPath): Token[] {
  if (argument.mode === 'transforms') return [stepsToken(json, path)]
  if (typeof json === 'string') {
    if (argument.names === 'rule') return [{ is: 'rule', text: json, path }]
    if (argument.names === 'dataset') return [{ is: 'dataset', text: json, path }]
    const isName = argument.names === 'property' || argument.names === 'pattern'
    if (isName && argument.mode !== 'json' && parsePath(json, (name) => reading.aliases.get(name)) === null) {
      return [{ is: 'property', text: json, variable: null, path }]
    }
  }
  if (argument.mode === 'json') {
    if (isObject(json) && get(json, 'datasets') !== undefined) return hops(json, reading, path)
    return [typeof json === 'string' ? { is: 'literal', text: printJson(json), value: json, path } : raw(json, path)]
  }
  return value(json, reading, path)
}

function stepsToken(json: Json, path: JsonPath): Token {
  const single = Array.isArray(json) && typeof json[0] === 'string'
  if (!Array.isArray(json)) return raw(json, path)
  return { is: 'steps', count: single ? 1 : json.length, path }
}

/** `case` and `case-eq`: conditions and what follows from them in turn, and what holds for everything else. */
function branches(declared: Words, json: readonly Json[], reading: Reading, path: JsonPath): Token[] {
  const { name, kind } = declared
  const at = (index: number): JsonPath => [...path, index]
  const outcome = (index: number): Token[] => {
    const chosen = json[index] ?? null
    return kind === 'transform' ? [stepsToken(chosen, at(index))] : value(chosen, reading, at(index))
  }
  const start = name === 'case' ? 1 : 2
  const tokens: Token[] = [text('case')]
  if (name === 'case-eq') tokens.push(text(' '), ...value(json[1] ?? null, reading, at(1)), text(' is'))
  for (let index = start; index < json.length; index += 2) {
    const last = index === json.length - 1
    if (index > start) tokens.push(text(','))
    if (last) tokens.push(text(' otherwise '), ...outcome(index))
    else {
      tokens.push(text(' '), ...value(json[index] ?? null, reading, at(index)), text(': '))
      tokens.push(...outcome(index + 1))
    }
  }
  return tokens
}

/** `orders o where …, giving …`; settings follow as they are written. */
function hops(spec: JsonObject, reading: Reading, path: JsonPath): Token[] {
  const names = get(spec, 'datasets') ?? null
  const listed = Array.isArray(names) && names.every((name) => typeof name === 'string')
  const aliases = listed ? names.map((name) => String(name).trim().split(/\s+/)[1] ?? '') : []
  const inside = { words: reading.words, aliases: slots([...reading.aliases.keys(), ...aliases.filter(Boolean)]) }
  const tokens: Token[] = []
  if (!listed) tokens.push(raw(names, [...path, 'datasets']))
  else {
    for (const [index, name] of names.entries()) {
      if (index > 0) tokens.push(text(', '))
      tokens.push({ is: 'dataset', text: String(name), path: [...path, 'datasets', index] })
    }
  }
  for (const [key, json] of entriesOf(spec)) {
    if (key === 'datasets') continue
    const at = [...path, key]
    if (key === 'where') tokens.push(text(` ${reading.words.connectors.where} `), ...conditions(json, inside, at))
    else if (key === 'return') tokens.push(text(`, ${reading.words.connectors.giving} `), ...value(json, inside, at))
    else tokens.push(text(`, ${key}: `), raw(json, at))
  }
  return tokens
}

/** A list of conditions must all hold. */
function conditions(json: Json, reading: Reading, path: JsonPath): Token[] {
  if (!Array.isArray(json) || typeof json[0] === 'string' || json.length === 0) return value(json, reading, path)
  return json.flatMap((condition, index) => {
    const tokens = value(condition, reading, [...path, index])
    return index === 0 ? tokens : [text(` ${reading.words.connectors.and} `), ...tokens]
  })
}
