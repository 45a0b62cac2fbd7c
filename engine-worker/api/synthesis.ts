/**
 * Expressions that give a wanted value, found by trying what is declared on the entity at hand: properties, one or two
 * functions over them, and texts put together from parts. Small expressions come first; nothing is learned or guessed.
 */

import type { Argument } from '../dtl/argument.ts'
import { compileAlone } from '../dtl/compile/compile.ts'
import { makeContext } from '../dtl/context.ts'
import type { FunctionDeclaration } from '../dtl/define.ts'
import type { Namespaces } from '../dtl/evaluation.ts'
import { expressions, functions } from '../dtl/registry.ts'
import { CONCATENATION, fillConversion, literalCall, rewriteCalls } from '../dtl/syntax.ts'
import { keysOf, printJson } from '../entity/json.ts'
import { encodeTransit, printValue } from '../entity/transit.ts'
import { Bytes, DateTime, isDict, type Json, kindOf, type Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { exampleAgrees } from './example.ts'
import { answers, pieces, rewritings, wordExchanges } from './rewritings.ts'
import { dateFormats, readDates, writtenDates } from './rewritten-dates.ts'

/** What is looked for, on which entity. */
interface SynthesisGoal {
  readonly source: Value
  readonly target: Value
  /** As it was typed: the text itself counts, too. */
  readonly text: string
  readonly value: Value
}

/** An expression and what it gives for the entity. */
interface FoundExpression {
  readonly expression: Json
  readonly gives: Value
}

/** Expressions that are given at most. */
const MAX_RESULTS = 12
/** Expressions that are tried at most, which takes about a second. */
const MAX_EVALUATIONS = 60_000
/** Pieces of texts of which more is made. */
const MAX_PIECES = 40
/** The property that names an entity. */
const ID_PATH = '_S._id'
/** Combinations of constants that are tried of one function. */
const MAX_COMBINATIONS = 130

/** The smallest expressions over `_S` and `_T` that give the value. */
export function expressionsFor(
  wanted: SynthesisGoal,
  environment: Environment,
  namespaces: Namespaces,
): readonly FoundExpression[] {
  const search = new Search(wanted, environment, namespaces)
  const { text } = wanted
  const properties = search.distinct(search.all([...pathsOf('_S', wanted.source), ...pathsOf('_T', wanted.target)]))
  search.all(parsedValues(properties))
  search.all(fromTexts(properties, (value, own) => answers(value, own, text)))
  if (search.found.length > 0) return search.found
  // The same date may be read by formats of which only one fits the next entity.
  const dates = search.all(fromTexts(properties, readDates))
  const moments = [...properties, ...dates].filter(({ gives }) => gives instanceof DateTime)
  search.all(moments.flatMap(({ expression }) => writtenDates(expression)))
  if (search.found.length > 0) return search.found
  const plain = search.distinct([...properties, ...search.all(calls(properties, 0))])
  search.texts(plain)
  if (search.found.length > 0) return search.found
  search.all(fromTexts(properties, (value, own) => rewritings(value, own, text)))
  search.all(scaledNumbers(properties))
  // Lists and dates were made to take something from them: what does that comes before what only fits by chance.
  const first = search.distinct(search.all(fromTexts(properties, pieces)))
  const second = search.distinct(search.all(fromTexts(first, pieces)))
  const taken = search.distinct([...first, ...second])
  search.all(calls(taken.slice(0, MAX_PIECES), 0))
  search.texts([...plain, ...taken])
  if (search.found.length > 0) return search.found
  search.all(pairs(properties))
  const parts = search.distinct([...plain, ...search.all(calls(properties, 1))])
  const derived = parts.slice(properties.length).toSorted((a, b) => Number(isText(a)) - Number(isText(b)))
  search.all(calls(derived, 0))
  const [byWords, byCount] = [search.found.filter((each) => !isPositional(each)), search.found.filter(isPositional)]
  if (search.found.length > 0) return byWords.length > 0 ? [...byWords, ...byCount.slice(0, 2)] : byCount
  search.all(fromTexts(properties, (value, own) => wordExchanges(value, own, text)))
  search.all(calls(properties, 2))
  search.all(calls(derived, 1))
  search.texts(parts)
  if (search.found.length === 0) search.all(exchangedSigns(properties, text))
  return search.found
}

/** Factors between units, and of the Norwegian VAT. */
const factors = [100, 1000, 0.01, 0.001, 1.25, 0.8, 1.15, 60, 24]

/** Numbers in another unit, or with VAT. */
function* scaledNumbers(properties: readonly FoundExpression[]): Iterable<Json> {
  for (const { expression, gives } of properties)
    if (['integer', 'float', 'decimal'].includes(kindOf(gives)))
      for (const factor of factors) yield rewriteCalls.scaled(factor, expression)
}

/** What is made of each of the short texts. */
function* fromTexts(
  values: readonly FoundExpression[],
  make: (value: Json, text: string) => Iterable<Json>,
): Iterable<Json> {
  for (const { expression, gives } of values)
    if (typeof gives === 'string' && gives.length <= 200) yield* make(expression, gives)
    else if (Number.isInteger(gives)) yield* make(expression, String(gives))
}

/** One value for one other, where nothing makes it: the first line of a table of codes. */
function* exchangedSigns(properties: readonly FoundExpression[], text: string): Iterable<Json> {
  for (const { expression, gives } of properties)
    if (typeof gives === 'string' && gives !== '' && gives.length <= 30 && expression !== ID_PATH)
      yield rewriteCalls.exchanged(expression, gives, text)
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

/** The declared conversions of texts, such as amounts with a decimal comma, dates and telephone numbers. */
function* parsedValues(properties: readonly FoundExpression[]): Iterable<Json> {
  for (const { expression, gives } of properties) {
    if (typeof gives !== 'string') continue
    for (const { pattern, dtl } of functions.flatMap(({ reads = [] }) => reads))
      if (new RegExp(pattern, 'i').test(gives.trim())) yield fillConversion(dtl, expression)
  }
}

function isText({ gives }: FoundExpression): boolean {
  return typeof gives === 'string'
}

/** What counts characters fits one entity, and seldom the next. */
function isPositional({ expression }: FoundExpression): boolean {
  return callsAny(expression, ({ positional }) => positional === true)
}

/** Whether a function of some kind is called anywhere in an expression. */
function callsAny(json: Json, wanted: (declared: FunctionDeclaration) => boolean): boolean {
  if (!Array.isArray(json)) return false
  const declared = typeof json[0] === 'string' ? expressions.get(json[0]) : undefined
  return (declared !== undefined && wanted(declared)) || json.some((item) => callsAny(item, wanted))
}

class Search {
  readonly found: FoundExpression[] = []
  private evaluationsLeft = MAX_EVALUATIONS
  private readonly seen = new Set<string>()

  constructor(
    private readonly wanted: SynthesisGoal,
    private readonly environment: Environment,
    private readonly namespaces: Namespaces,
  ) {}

  get done(): boolean {
    return this.found.length >= MAX_RESULTS || this.evaluationsLeft <= 0
  }

  /** Tries all; gives those that have a value, and keeps those whose value is the wanted one. */
  all(expressions: Iterable<Json>): FoundExpression[] {
    const valued: FoundExpression[] = []
    for (const expression of expressions) {
      if (this.done) break
      const gives = this.evaluate(expression)
      if (gives === null) continue
      valued.push({ expression, gives })
      if (this.matches(gives)) this.addFound({ expression, gives })
    }
    return valued
  }

  /** One expression for each value, the first; very long values are left alone. */
  distinct(valued: readonly FoundExpression[]): FoundExpression[] {
    const seen = new Set<string>()
    return valued.filter(({ gives }) => {
      const text = printValue(gives)
      return text.length < 10_000 && !seen.has(text) && Boolean(seen.add(text))
    })
  }

  /** A wanted text put together from values and what stands between them. */
  texts(values: readonly FoundExpression[]): void {
    const { text, value } = this.wanted
    if (this.done || typeof value !== 'string' || text.length < 2) return
    const parts = values
      .flatMap(({ expression, gives }) =>
        typeof gives === 'string' && gives.length > 1 ? [{ expression, gives }] : [],
      )
      .sort((a, b) => b.gives.length - a.gives.length)
    const initials = values.filter(
      ({ expression, gives }) => typeof expression === 'string' && typeof gives === 'string',
    )
    const call: Json[] = [CONCATENATION]
    let isFromInitials = false
    let between = ''
    let covered = 0
    for (let at = 0; at < text.length; ) {
      const whole = parts.find(({ gives }) => text.startsWith(gives, at))
      const part = whole ?? initialOf(initials, text.slice(at))
      if (part) {
        isFromInitials ||= part !== whole
        if (between !== '') call.push(constant(between))
        between = ''
        call.push(part.expression)
        covered += part.gives.length
        at += part.gives.length
      } else between += text[at++]
    }
    if (between !== '') call.push(constant(between))
    const own = call.slice(1).filter((part) => typeof part === 'string' && !part.startsWith('_'))
    const hasDigits = own.some((part) => /\d\D*\d/.test(String(part)))
    const isOwnText = own.some((part) => /\p{L}/u.test(String(part)))
    // A letter may be the first of anything, and digits come from anywhere: neither is made up.
    if (call.length > 2 && covered * 3 >= text.length && !(isFromInitials && isOwnText) && !hasDigits) this.all([call])
  }

  private addFound(found: FoundExpression): void {
    const text = printJson(found.expression)
    // What only wraps what was found before, or has its arguments the other way round, says nothing new.
    if (this.found.some((other) => text.includes(printJson(other.expression)))) return
    const key = Array.isArray(found.expression) ? found.expression.map(printJson).sort().join() : text
    if (this.seen.has(key)) return
    this.seen.add(key)
    this.found.push(found)
  }

  private matches(value: Value): boolean {
    const { value: goal, text } = this.wanted
    if (value === text || exampleAgrees(value, goal, 'numeric')) return true
    // Dates, identifiers and the like are asked for as they read.
    const form = typeof value === 'object' && !(value instanceof Bytes) ? encodeTransit(value) : null
    if (typeof form !== 'string' || !form.startsWith('~')) return false
    const shown = form.slice(2)
    // Telephone numbers are written in many ways.
    return shown === text || (shown.startsWith('tel:') && text.length > 7 && digitsOf(shown) === digitsOf(text))
  }

  private evaluate(dtl: Json): Value {
    this.evaluationsLeft--
    try {
      const { expression, problems } = compileAlone(dtl, { namespaces: this.namespaces })
      if (problems.some(({ severity }) => severity === 'error')) return null
      const context = makeContext({ environment: this.environment, namespaces: this.namespaces, budget: 100_000 })
      const { source, target } = this.wanted
      return expression.evaluate(source, context, isDict(target) ? target : {})
    } catch {
      // What fails, is too much, or would have to wait, is not what is looked for.
      return null
    }
  }
}

/** The first letter of a property where a text begins with a capital that stands alone; each property gives one. */
function initialOf(
  left: FoundExpression[],
  text: string,
): { readonly expression: Json; readonly gives: string } | undefined {
  const letter = /^\p{Lu}(?!\p{Ll})/u.exec(text)?.[0]
  const at = letter === undefined ? -1 : left.findIndex(({ gives }) => String(gives).startsWith(letter))
  const [found] = at < 0 ? [] : left.splice(at, 1)
  return found && letter !== undefined
    ? { expression: rewriteCalls.firstLetter(found.expression), gives: letter }
    : undefined
}

/** The paths of properties, and of those in objects inside. */
function pathsOf(variable: string, value: Value, depth = 2): string[] {
  if (!isDict(value)) return []
  return keysOf(value).flatMap((key) => {
    const path = `${variable}.${key}`
    if (key === '' || key.includes('.') || key.includes('*') || (depth === 2 && /^[_$]/.test(key) && key !== '_id'))
      return []
    return [path, ...(depth > 0 ? pathsOf(path, value[key] ?? null, depth - 1) : [])]
  })
}

const usableModes: readonly Argument['mode'][] = ['value', 'each', 'first']
const excludedGroups: ReadonlySet<string> = new Set([
  'hops',
  'encryption',
  'conditionals',
  'boolean logic',
  'namespaced identifiers',
])

/** Functions of values alone. */
const usableFunctions = functions.filter(
  ({ kind, takes, group, deprecated, deterministic }) =>
    kind === 'expression' &&
    deprecated === undefined &&
    deterministic !== false &&
    !excludedGroups.has(group) &&
    takes.every(({ mode, names }) => usableModes.includes(mode) && names !== 'secret'),
)

/** Calls of every function with one value and this number of constant arguments. */
function* calls(values: readonly FoundExpression[], constants: number): Generator<Json> {
  const ways = callForms(constants)
  for (const { expression, gives } of values) {
    for (const { name, argument, place, rows } of ways) {
      if (!accepts(argument, gives)) continue
      for (const row of rows) yield [name, ...row.with(place, expression)]
    }
  }
}

interface CallForm {
  readonly name: string
  /** The argument that is the value, and where it stands. */
  readonly argument: Argument
  readonly place: number
  /** The arguments; nothing stands at the place. */
  readonly rows: readonly Json[][]
}

function callForms(constants: number): readonly CallForm[] {
  return usableFunctions.flatMap((declaration) => {
    // Any number is some other number plus something: that says nothing.
    if (constants > 0 && declaration.group === 'math') return []
    const all = argumentsOf(declaration).filter(({ length }) => length === constants + 1)
    return all.flatMap((taken) =>
      taken.map((argument, place) => ({
        name: declaration.name,
        argument,
        place,
        rows: product(taken.map((other, index) => (index === place ? [null] : constantsFor(other)))),
      })),
    )
  })
}

/** The arguments that must be given, and those with one more that may be. */
function argumentsOf({ takes }: FunctionDeclaration): readonly Argument[][] {
  const isRequired = ({ quantifier }: Argument) => quantifier === 'one' || quantifier === 'many'
  const optional = takes.filter((argument) => !isRequired(argument))
  return [takes.filter(isRequired), ...optional.map((one) => takes.filter((each) => isRequired(each) || each === one))]
}

/** Whether a function does anything with a value; over lists it may do it with each. */
function accepts({ type }: Argument, value: Value): boolean {
  const types = Array.isArray(type) ? type : [type]
  const kind = kindOf(Array.isArray(value) ? (value[0] ?? null) : value)
  return (
    types.includes('any') ||
    types.includes(kind) ||
    (types.includes('list') && Array.isArray(value)) ||
    (types.includes('number') && ['integer', 'float', 'decimal'].includes(kind))
  )
}

/** Calls of functions of two values with two properties. */
function* pairs(values: readonly FoundExpression[]): Generator<Json> {
  for (const declaration of usableFunctions) {
    if (!takesTwo(declaration)) continue
    for (const a of values) for (const b of values) if (a !== b) yield [declaration.name, a.expression, b.expression]
  }
}

function takesTwo({ takes }: FunctionDeclaration): boolean {
  const required = takes.filter(({ quantifier }) => quantifier === 'one')
  return required.length === 2 && required.length === takes.length
}

const separators = [' ', ',', ', ', ';', '-', '_', '/', '.', ':', '@', '|']
const integers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 100]

/** What stands for an argument that is not the value at hand. */
function constantsFor({ type, choices, names }: Argument): readonly Json[] {
  if (choices) return choices
  if (names === 'datetime-format') return dateFormats
  if (names !== undefined) return []
  const types = Array.isArray(type) ? type : [type]
  if (types.some((each) => each === 'integer' || each === 'number')) return integers
  return types.includes('string') ? separators : []
}

/** All choices of one of each; none where they would be too many. */
function product(choices: readonly (readonly Json[])[]): readonly Json[][] {
  let rows: Json[][] = [[]]
  for (const values of choices) {
    rows = rows.flatMap((row) => values.map((each) => [...row, each]))
    if (rows.length > MAX_COMBINATIONS) return []
  }
  return rows
}

/** A text as a constant: one that begins as a variable does is quoted. */
function constant(text: string): Json {
  return text.startsWith('_') ? literalCall(text) : text
}
