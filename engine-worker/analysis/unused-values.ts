/**
 * Values that a function left out or could not read, seen while rules were traced: a text where a number is added up, an
 * amount with a decimal comma. What counts is in the declarations: the types of arguments, and which functions convert.
 * For each such call a conversion is looked for that can read every value seen.
 */
import type { Argument, ArgumentType } from '../dtl/argument.ts'
import { type Accept, acceptOf } from '../dtl/compile/accept.ts'
import { compiledConversion } from '../dtl/compile/conversion.ts'
import type { Tracer } from '../dtl/compile/trace.ts'
import type { Context } from '../dtl/evaluation.ts'
import { expressions, functions, transforms } from '../dtl/registry.ts'
import type { FunctionSignature } from '../dtl/signature.ts'
import { fillConversion } from '../dtl/syntax.ts'
import { bind } from '../dtl/tree/bind.ts'
import { printJson } from '../entity/json.ts'
import { equal } from '../entity/order.ts'
import { printValue } from '../entity/transit.ts'
import { isObject, type Json, kindOf, type Value } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { type Problem, problem } from '../problem.ts'

/** Values of a type that the function does not accept. */
const valuesIgnored = problem<{
  function: string
  ignored: number
  of: number
  found: string
  expected: string
}>({
  code: 'dtl-values-ignored',
  severity: 'warning',
  says: (f) =>
    `${f.ignored} of ${f.of} ${f.of === 1 ? 'value is' : 'values are'} ${f.ignored === 1 ? 'a ' : ''}${plural(f.found, f.ignored)}, but “${f.function}” takes only ${plural(f.expected, 2)}.`,
  fix: () => 'Convert the values first.',
})

/** Values that a converting function could not read. */
const valuesUnreadable = problem<{ function: string; unreadable: number; of: number; example: string }>({
  code: 'dtl-values-unreadable',
  severity: 'warning',
  says: (f) => `“${f.function}” cannot read ${f.unreadable} of ${f.of} values, such as ${f.example}.`,
  fix: () => 'Convert the values first.',
})

function plural(type: string, count: number): string {
  const word = type === 'string' ? 'text' : type === 'dict' ? 'dictionary' : type
  if (count === 1) return word
  return type
    .split(' or ')
    .map((each) =>
      each === 'string' ? 'texts' : each === 'dict' ? 'dictionaries' : each === 'bytes' ? each : `${each}s`,
    )
    .join(' or ')
}

/** A conversion that reads every value seen. */
interface Conversion {
  /** What is to stand at `path` instead, as JSON text. */
  readonly expression: string
  /** One of the values, and what it becomes, as transit text. */
  readonly from: string
  readonly to: string
}

/** A call that left values out. */
export interface UnusedValues {
  /** The call. */
  readonly call: JsonPath
  /** The expression that a conversion replaces. */
  readonly path: JsonPath
  readonly problem: Problem
  /** The first reads the values in the plainest way; a second one reads them differently. */
  readonly conversions: readonly Conversion[]
}

/** Values kept of one place; a rule may be applied thousands of times. */
const MAX_VALUES = 500
/** Values kept of one entity, at all places. */
const MAX_SEEN = 20_000
const MAX_CONVERSIONS = 2

/** An argument whose values are looked at. */
interface WatchedArgument {
  readonly signature: FunctionSignature
  readonly call: JsonPath
  readonly path: JsonPath
  readonly dtl: Json
  readonly argument: Argument
  readonly values: Value[]
  /** What the call gave for each of them. */
  readonly results: Value[]
}

/** Listens to a trace of rules; {@link unused} says what was left out. */
export class ValueWatch {
  private readonly byArgument = new Map<string, WatchedArgument>()
  private readonly byCall = new Map<string, WatchedArgument>()
  /**
   * What was recorded of each entity; an entity that had to wait is evaluated again, and only its last evaluation
   * counts.
   */
  private readonly seen = new Map<number, { readonly key: string; readonly value: Value }[]>()
  private current: { readonly key: string; readonly value: Value }[] = []

  /** `rules` is the value of `rules` in a DTL transform, which stands at `at`. */
  constructor(rules: Json, at: JsonPath) {
    this.visit(rules, at)
  }

  /** The evaluation of an entity begins. */
  begin(index: number): void {
    this.current = []
    this.seen.set(index, this.current)
  }

  /** The tracer with this watch listening, too. */
  listening(tracer: Tracer): Tracer {
    return {
      ...tracer,
      value: (at, value) => {
        tracer.value(at, value)
        const key = at.join('/')
        if (this.current.length < MAX_SEEN && (this.byArgument.has(key) || this.byCall.has(key)))
          this.current.push({ key, value })
      },
    }
  }

  /** The calls that left values out. */
  unused(context: Context): readonly UnusedValues[] {
    for (const { key, value } of [...this.seen.values()].flat()) {
      addIfRoom(this.byArgument.get(key)?.values, value)
      addIfRoom(this.byCall.get(key)?.results, value)
    }
    return [...this.byArgument.values()].flatMap(
      (watched) => ignoredBy(watched, context) ?? unreadBy(watched, context) ?? [],
    )
  }

  private visit(dtl: Json, path: JsonPath): void {
    if (isObject(dtl)) {
      for (const [name, inner] of Object.entries(dtl)) this.visit(inner ?? null, [...path, name])
      return
    }
    if (!Array.isArray(dtl)) return
    const [name] = dtl
    const signature = typeof name === 'string' ? (expressions.get(name) ?? transforms.get(name)) : undefined
    const places = signature && bind(signature, dtl.length - 1)
    if (!signature || !places) {
      for (const [index, inner] of dtl.entries()) this.visit(inner, [...path, index])
      return
    }
    for (const [index, argument] of signature.takes.entries()) {
      for (const place of places[index] ?? []) {
        const written = dtl[place + 1] ?? null
        const at = [...path, place + 1]
        if (argument.mode === 'json') continue
        this.visit(written, at)
        if (!isWatched(signature, argument) || !mayVary(written)) continue
        const watched = { signature, call: path, path: at, dtl: written, argument, values: [], results: [] }
        this.byArgument.set(at.join('/'), watched)
        if (signature.converts && dtl.length === 2) this.byCall.set(path.join('/'), watched)
      }
    }
  }
}

/** Where something is evaluated: a constant of the wrong type is a problem of the configuration. */
function mayVary(dtl: Json): boolean {
  return Array.isArray(dtl) || (typeof dtl === 'string' && dtl.includes('.'))
}

function isWatched(signature: FunctionSignature, argument: Argument): boolean {
  if (argument.mode === 'fn' || argument.mode === 'transforms' || argument.names !== undefined) return false
  return (
    (argument.items !== undefined || 'run' in signature) &&
    (acceptedBy(argument) !== null || signature.converts !== undefined)
  )
}

/** The test of the values that count; null where all do. */
function acceptedBy({ type, items }: Argument): Accept | null {
  return acceptOf(items ?? type)
}

function addIfRoom(values: Value[] | undefined, value: Value): void {
  if (values && values.length < MAX_VALUES) values.push(value)
}

/** The single values that an argument is about. Null stands for a missing one. */
function elementsOf({ argument, values }: WatchedArgument, accepts: Accept): readonly Value[] {
  const takesList = argument.mode === 'value' && argument.items === undefined
  const elements = values.flatMap((value) => {
    if (!Array.isArray(value) || (takesList && (accepts(value) || value.length !== 1))) return [value]
    return argument.mode === 'first' ? value.slice(0, 1) : value
  })
  return elements.filter((value) => value !== null)
}

function ignoredBy(watched: WatchedArgument, context: Context): UnusedValues | null {
  const { signature, argument, call, path, dtl } = watched
  const accepts = acceptedBy(argument)
  if (!accepts) return null
  const elements = elementsOf(watched, accepts)
  const ignored = elements.filter((value) => !accepts(value))
  if (ignored.length === 0) return null
  const types = typesOf(argument.items ?? argument.type)
  const facts = {
    function: signature.name,
    ignored: ignored.length,
    of: elements.length,
    found: mostCommon(ignored.map(kindOf)),
    expected: types.join(' or '),
  }
  const converting = functions.filter((each) => each.converts && givesType(each, types))
  return {
    call,
    path,
    problem: valuesIgnored(facts, { path }),
    conversions: conversionsOf(converting, dtl, elements, ignored, accepts, context),
  }
}

function unreadBy(watched: WatchedArgument, context: Context): UnusedValues | null {
  const { signature, call, values, results, dtl } = watched
  if (!signature.converts || results.length !== values.length) return null
  const elements = values.flatMap((value) => (Array.isArray(value) ? value : [value])).filter((value) => value !== null)
  const accepts: Accept = (value) => value !== null
  const [plain] = signature.converts
  const unread = elements.filter((value) => plain !== undefined && !accepts(convertedValue(plain, value, context)))
  const [example] = unread
  if (example === undefined) return null
  const facts = {
    function: signature.name,
    unreadable: unread.length,
    of: elements.length,
    example: shortened(printValue(example)),
  }
  return {
    call,
    path: call,
    problem: valuesUnreadable(facts, { path: call }),
    conversions: conversionsOf([signature], dtl, elements, unread, accepts, context),
  }
}

function givesType({ gives }: FunctionSignature, types: readonly ArgumentType[]): boolean {
  const numbers: readonly string[] = ['integer', 'float', 'decimal']
  return types.some((type) => type === gives || (type === 'number' && numbers.includes(gives)))
}

function typesOf(type: Argument['type']): readonly ArgumentType[] {
  return typeof type === 'string' ? [type] : type
}

/** Conversions that read all of the values, those with other results than the first included. */
function conversionsOf(
  converting: readonly FunctionSignature[],
  dtl: Json,
  elements: readonly Value[],
  unused: readonly Value[],
  accepts: Accept,
  context: Context,
): readonly Conversion[] {
  const found: { readonly conversion: Conversion; readonly results: readonly Value[] }[] = []
  const [example] = unused
  if (example === undefined) return []
  for (const template of converting.flatMap(({ converts = [] }) => converts)) {
    if (found.length === MAX_CONVERSIONS) break
    const results = elements.map((value) => convertedValue(template, value, context))
    if (!results.every(accepts) || results.includes(null)) continue
    if (found.some((other) => other.results.every((value, at) => equal(value, results[at] ?? null)))) continue
    const to = convertedValue(template, example, context)
    const conversion = {
      expression: printJson(fillConversion(template, dtl)),
      from: printValue(example),
      to: printValue(to),
    }
    found.push({ conversion, results })
  }
  return found.map(({ conversion }) => conversion)
}

/** What a conversion makes of one value; null where it cannot read it. */
function convertedValue(template: Json, value: Value, context: Context): Value {
  const expression = compiledConversion(template)
  try {
    return expression.evaluate({ value }, context)
  } catch {
    // A conversion that fails or would have to wait gives nothing.
    return null
  }
}

function mostCommon(kinds: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
