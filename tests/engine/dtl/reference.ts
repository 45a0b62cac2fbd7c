/**
 * A plain interpreter of DTL: it walks the text for every entity and shares with the compiler only what the declared
 * functions do with evaluated arguments. The compiler's optimisations must give the same results.
 */

import type { Argument } from '../../../engine-worker/dtl/argument.ts'
import { firstOf, listOf, truthy } from '../../../engine-worker/dtl/coerce.ts'
import { makeContext } from '../../../engine-worker/dtl/context.ts'
import type { FunctionDeclaration } from '../../../engine-worker/dtl/define.ts'
import type { Context, Namespaces } from '../../../engine-worker/dtl/evaluation.ts'
import { expressions } from '../../../engine-worker/dtl/registry.ts'
import { get, has, put } from '../../../engine-worker/entity/dict.ts'
import { equal, equalAsLists } from '../../../engine-worker/entity/order.ts'
import { decodeTransit } from '../../../engine-worker/entity/transit.ts'
import {
  type Dict,
  type Entity,
  isDict,
  type Json,
  type JsonObject,
  kindOf,
  NI,
  type Value,
} from '../../../engine-worker/entity/value.ts'
import { environment } from './corpus.ts'

interface Scope {
  readonly S: Value
  T: Dict
  readonly P: Scope | null
  readonly R: Scope | null
  readonly it: Value
  readonly aliases: Readonly<Record<string, Entity>>
}

export interface World {
  readonly rules: JsonObject
  readonly datasets: Readonly<Record<string, readonly Entity[]>>
  readonly namespaces: Namespaces
}

export interface Outcome {
  readonly target: Dict
  readonly created: readonly Value[]
  readonly stopped: boolean
}

/** Applies the default rule to an entity. */
export function interpret(world: World, source: Entity): Outcome {
  const ctx = makeContext({ environment: environment(), namespaces: world.namespaces })
  const created: Value[] = []
  const machine = { ...world, ctx, created }
  const T: Dict = {}
  if (has(source, '_id')) T._id = source._id ?? null
  if (has(source, '_deleted')) T._deleted = source._deleted ?? null
  const scope: Scope = { S: source, T, P: null, R: null, it: null, aliases: {} }
  const goesOn = perform(world.rules.default ?? [], scope, machine)
  return { target: scope.T, created, stopped: !goesOn }
}

type ReferenceMachine = World & { readonly ctx: Context; readonly created: Value[] }

/** False when the entity was stopped. */
function perform(transforms: Json, scope: Scope, machine: ReferenceMachine): boolean {
  if (!Array.isArray(transforms)) throw new Error('not a transform')
  if (typeof transforms[0] === 'string') return runStep(transforms, scope, machine)
  return transforms.every((each) => perform(each, scope, machine))
}

function runStep(call: readonly Json[], scope: Scope, machine: ReferenceMachine): boolean {
  const [name, ...args] = call
  const [a = null, b = null, c = null] = args
  const value = (dtl: Json) => evaluate(dtl, scope, machine)
  switch (name) {
    case 'add':
      writeNames(value(a), value(b), scope, machine)
      return true
    case 'add-if': {
      const result = value(args.length === 3 ? c : b)
      const holds = args.length === 3 ? truthy(evaluate(b, { ...scope, it: result }, machine)) : result !== null
      if (holds) writeNames(value(a), result, scope, machine)
      return true
    }
    case 'default':
      for (const property of listOf(value(a)))
        if (typeof property === 'string' && !has(scope.T, writtenName(property, machine.namespaces)))
          writeNames(property, value(b), scope, machine)
      return true
    case 'copy':
      if (isDict(scope.S))
        for (const key of Object.keys(scope.S))
          if (matchesAny(key, value(a), machine) && !(args.length > 1 && matchesAny(key, value(b), machine)))
            put(scope.T, key, scope.S[key] ?? null)
      return true
    case 'remove':
      for (const key of Object.keys(scope.T)) {
        const patterns = listOf(value(a)).filter((each) => key !== '_id' || !/[*?]/.test(String(each)))
        if (matchesAny(key, patterns, machine)) delete scope.T[key]
      }
      return true
    case 'rename':
      renameProperty(String(value(a)), String(value(b)), scope, machine)
      return true
    case 'merge':
    case 'merge-union':
      for (const dict of listOf(value(a)))
        if (isDict(dict))
          for (const key of Object.keys(dict))
            if (!key.startsWith('_')) {
              const added = dict[key] ?? null
              const both = name === 'merge-union' && has(scope.T, key)
              put(scope.T, key, both ? distinct([...listOf(get(scope.T, key) ?? null), ...listOf(added)]) : added)
            }
      return true
    case 'if':
      if (truthy(value(a))) return perform(b, scope, machine)
      return args.length < 3 || perform(c, scope, machine)
    case 'case':
    case 'case-eq': {
      const rest = name === 'case' ? args : args.slice(1)
      const wanted = name === 'case' ? null : value(a)
      for (let at = 0; at + 1 < rest.length; at += 2) {
        const test = value(rest[at] ?? null)
        if (name === 'case' ? truthy(test) : equalAsLists(wanted, test))
          return perform(rest[at + 1] ?? [], scope, machine)
      }
      return rest.length % 2 === 0 || perform(rest.at(-1) ?? [], scope, machine)
    }
    case 'filter':
    case 'discard':
      return args.length > 0 && truthy(value(a))
    case 'create':
      machine.created.push(...listOf(value(a)).filter((each) => isDict(each) && typeof each._id === 'string'))
      return true
    case 'comment':
      return true
    default:
      throw new Error(`the reference does not know the transform ${String(name)}`)
  }
}

function writeNames(names: Value, value: Value, scope: Scope, { namespaces }: ReferenceMachine): void {
  for (const each of listOf(names)) {
    if (typeof each !== 'string') continue
    const name = writtenName(each, namespaces)
    const qualified = typeof value === 'string' && !value.includes(':') ? `${namespaces.identity}:${value}` : value
    put(scope.T, name, name === '_id' && namespaces.enabled ? qualified : value)
  }
}

function writtenName(name: string, { enabled, property }: Namespaces): string {
  if (!enabled) return name
  if (name.startsWith('::')) return name.slice(2)
  if (name.startsWith(':')) return property + name
  return name.includes(':') || /^[_$]/.test(name) ? name : `${property}:${name}`
}

function nameParts(name: string): { namespace: string | null; identifier: string } {
  const colon = name.lastIndexOf(':')
  return { namespace: colon < 0 ? null : name.slice(0, colon), identifier: name.slice(colon + 1) }
}

function pattern(text: string): RegExp {
  const escaped = [...text].map((char) =>
    char === '*' ? '[^]*' : char === '?' ? '[^]' : char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
  )
  return new RegExp(`^${escaped.join('')}$`, 'u')
}

function matchesAny(key: string, patterns: Value, { namespaces }: ReferenceMachine): boolean {
  return listOf(patterns).some((each) => {
    if (typeof each !== 'string') return false
    if (!namespaces.enabled) return pattern(each).test(key)
    const own = nameParts(key)
    if (!each.includes(':')) return pattern(each).test(own.identifier)
    const exact = each.startsWith('::') ? each.slice(2) : each.startsWith(':') ? namespaces.property + each : each
    const wanted = nameParts(exact)
    if (wanted.namespace === null || own.namespace === null)
      return wanted.namespace === own.namespace && pattern(wanted.identifier).test(own.identifier)
    return pattern(wanted.namespace).test(own.namespace) && pattern(wanted.identifier).test(own.identifier)
  })
}

/** The properties that a name stands for where it is read. */
function namesMatching(dict: Dict, name: string, { enabled, property }: Namespaces): string[] {
  const exact = !enabled || name.includes(':')
  if (exact) {
    const own = !enabled ? name : name.startsWith('::') ? name.slice(2) : name.startsWith(':') ? property + name : name
    return has(dict, own) ? [own] : []
  }
  if (/^[_$]/.test(name) && has(dict, name)) return [name]
  return Object.keys(dict).filter((key) => nameParts(key).identifier === name)
}

function renameProperty(from: string, to: string, { S, T }: Scope, { namespaces }: ReferenceMachine): void {
  if (!isDict(S)) return
  const collected = new Map<string, Value>()
  for (const key of namesMatching(S, from, namespaces)) {
    const { namespace } = nameParts(key)
    const keeps = namespaces.enabled && !to.includes(':') && !/^[_$]/.test(to)
    const name = keeps ? (namespace === null ? to : `${namespace}:${to}`) : writtenName(to, namespaces)
    const before = collected.get(name)
    const value = S[key] ?? null
    collected.set(name, before === undefined ? value : [...listOf(before), ...listOf(value)])
  }
  for (const [name, value] of collected) put(T, name, value)
}

function distinct(values: readonly Value[]): Value[] {
  const kept: Value[] = []
  for (const value of values) if (!kept.some((other) => equal(other, value))) kept.push(value)
  return kept
}

/** The value of an expression. */
function evaluate(dtl: Json, scope: Scope, machine: ReferenceMachine): Value {
  if (typeof dtl === 'string') return path(dtl, scope, machine)
  if (!Array.isArray(dtl)) return decodeTransit(dtl)
  const [name, ...args] = dtl
  const value = (index: number) => evaluate(args[index] ?? null, scope, machine)
  const evaluateAll = () => args.map((each) => evaluate(each, scope, machine))
  switch (name) {
    case 'and':
      return args.every((each) => truthy(evaluate(each, scope, machine)))
    case 'or':
      return args.some((each) => truthy(evaluate(each, scope, machine)))
    case 'not':
      return !args.every((each) => truthy(evaluate(each, scope, machine)))
    case 'if':
      return truthy(value(0)) ? value(1) : args.length > 2 ? value(2) : null
    case 'case': {
      for (let at = 0; at + 1 < args.length; at += 2) if (truthy(value(at))) return value(at + 1)
      return args.length % 2 === 1 ? value(args.length - 1) : null
    }
    case 'case-eq': {
      const wanted = value(0)
      for (let at = 1; at + 1 < args.length; at += 2) if (equalAsLists(wanted, value(at))) return value(at + 1)
      return args.length % 2 === 0 ? value(args.length - 1) : null
    }
    case 'if-null': {
      const first = value(0)
      return firstOf(first) === null ? value(1) : first
    }
    case 'coalesce-args': {
      for (let at = 0; at < args.length; at++) {
        const found = value(at)
        if (found !== null) return found
      }
      return null
    }
    case 'concat':
      return evaluateAll()
        .flatMap((each) => [...listOf(each)])
        .filter((each) => typeof each === 'string')
        .join('')
    case 'in': {
      const [values, items] = [listOf(value(0)), listOf(value(1))]
      return values.length > 0 && values.every((each) => items.some((item) => equal(each, item)))
    }
    case 'path': {
      const segments = listOf(value(0)).filter((each) => typeof each === 'string')
      return walkPath(value(1), segments, machine) ?? null
    }
    case 'apply': {
      const given = value(1)
      const results = listOf(given).map((each) => applyRule(String(args[0]), each, scope, machine))
      if (!Array.isArray(given)) return results[0] ?? null
      return results.filter((each) => each !== null)
    }
    case 'hops':
      return hops(args[0] as JsonObject, scope, machine)
    case 'apply-hops':
      return hops(args[1] as JsonObject, scope, machine)
        .map((each) => applyRule(String(args[0]), each, scope, machine))
        .filter((each) => each !== null)
    default: {
      const declaration = typeof name === 'string' ? expressions.get(name) : undefined
      if (declaration?.run === undefined) throw new Error(`the reference does not know ${String(name)}`)
      return runFunction(declaration, args, scope, machine)
    }
  }
}

function applyRule(rule: string, value: Value, scope: Scope, machine: ReferenceMachine): Dict | null {
  const inner: Scope = { S: value, T: {}, P: scope, R: scope.R ?? scope, it: null, aliases: {} }
  return perform(machine.rules[rule] ?? [], inner, machine) ? inner.T : null
}

/** A function over evaluated arguments: bind by count, evaluate, coerce, call. */
function runFunction(
  declaration: FunctionDeclaration,
  args: readonly Json[],
  scope: Scope,
  machine: ReferenceMachine,
): Value {
  const { takes } = declaration
  let extra = args.length - takes.filter(({ quantifier }) => quantifier === 'one' || quantifier === 'many').length
  const rest = [...args]
  const bound: unknown[] = []
  for (const argument of takes) {
    const variadic = argument.quantifier === 'many' || argument.quantifier === 'any-number'
    if (variadic) {
      const count = extra + (argument.quantifier === 'many' ? 1 : 0)
      const values = rest.splice(0, count).map((each) => singleArgument(each, argument, scope, machine))
      if (values.includes(REJECTED)) return null
      bound.push(values)
    } else if (argument.quantifier === 'optional' && extra-- <= 0) bound.push(undefined)
    else bound.push(singleArgument(rest.shift() ?? null, argument, scope, machine))
  }
  if (bound.includes(REJECTED)) return null
  const callFunction = (values: readonly unknown[]) =>
    (declaration.run as unknown as (...all: unknown[]) => Value | undefined)(...values, machine.ctx)
  const mapped = takes.findIndex(({ mode }) => mode === 'each')
  if (mapped < 0) return callFunction(bound) ?? null
  const value = bound[mapped] as Value
  const callOne = (each: Value) => callFunction(bound.map((other, index) => (index === mapped ? each : other)))
  if (value === null) return null
  if (!Array.isArray(value)) return fitsType(value, takes[mapped]?.type ?? 'any') ? (callOne(value) ?? null) : null
  return value
    .filter((each) => fitsType(each, takes[mapped]?.type ?? 'any'))
    .map((each) => (each === null ? null : callOne(each)))
    .filter((each) => each !== undefined)
}

const REJECTED = Symbol('reject')

function singleArgument(dtl: Json, argument: Argument, scope: Scope, machine: ReferenceMachine): unknown {
  if (argument.mode === 'fn') return (item: Value) => evaluate(dtl, { ...scope, it: item }, machine)
  const evaluated = evaluate(dtl, scope, machine)
  const value = argument.mode === 'first' ? firstOf(evaluated) : evaluated
  if (argument.mode === 'each' || fitsType(value, argument.type)) return value
  // A list with one value counts as that value where a list is not accepted.
  return Array.isArray(value) && value.length === 1 && fitsType(firstOf(value), argument.type)
    ? firstOf(value)
    : REJECTED
}

function fitsType(value: Value, type: Argument['type']): boolean {
  const kind = kindOf(value)
  const groups: Record<string, string> = { integer: 'number', float: 'number', decimal: 'number', date: 'datetime' }
  const types: readonly string[] = typeof type === 'string' ? [type] : type
  return types.includes('any') || types.includes(kind) || types.includes(groups[kind] ?? '')
}

function path(text: string, scope: Scope, machine: ReferenceMachine): Value {
  const [variable = '', ...segments] = text.split('.')
  const known = ['_S', '_T', '_P', '_R', '_'].includes(variable) || Object.hasOwn(scope.aliases, variable)
  if (segments.length === 0 || !known) return decodeTransit(text)
  if (segments.at(-1) === '') segments.pop()
  const start = variable === '_R' ? (scope.R ?? scope) : variable === '_P' ? scope.P : scope
  if (start === null) return null
  const inner = variable === '_R' || variable === '_P' ? segments.shift() : variable
  const from = inner === '_S' ? start.S : inner === '_T' ? { ...start.T } : inner === '_' ? scope.it : null
  const value = Object.hasOwn(scope.aliases, variable) ? (scope.aliases[variable] ?? null) : from
  if (segments[0] === '$ids' && inner !== '_T' && inner !== '_')
    return walkPath(identified(value, machine), segments, machine) ?? null
  return walkPath(value, segments, machine) ?? null
}

function identified(value: Value, { namespaces }: ReferenceMachine): Value {
  if (!namespaces.enabled || !isDict(value) || has(value, '$ids') || typeof value._id !== 'string') return value
  return { ...value, $ids: [new NI(value._id.includes(':') ? value._id : `${namespaces.identity}:${value._id}`)] }
}

function walkPath(value: Value, segments: readonly string[], machine: ReferenceMachine): Value | undefined {
  const [segment, ...rest] = segments
  if (segment === undefined) return value
  if (Array.isArray(value)) {
    const found = value.map((each) => walkPath(each, [segment], machine)).filter((each) => each !== undefined)
    return found.length === 0 ? undefined : walkPath(found.flat(), rest, machine)
  }
  if (!isDict(value)) return undefined
  const names = namesMatching(value, segment, machine.namespaces)
  const [only] = names
  if (only === undefined) return undefined
  if (names.length === 1) return walkPath(value[only] ?? null, rest, machine)
  return walkPath(distinct(names.flatMap((name) => listOf(value[name] ?? null))), rest, machine)
}

/** Every combination of entities is tried; joins are conditions like others, with overlap instead of equality. */
function hops(spec: JsonObject, scope: Scope, machine: ReferenceMachine): Value[] {
  const named = (spec.datasets as string[]).map((each) => each.split(' ') as [string, string])
  const conditions = spec.where as Json[]
  const last = named.at(-1)?.[1] ?? ''
  let rows: Scope[] = [scope]
  for (const [dataset, alias] of named)
    rows = rows.flatMap((row) =>
      (machine.datasets[dataset] ?? [])
        .filter((entity) => entity._deleted !== true)
        .toSorted((a, b) => (String(a._id) < String(b._id) ? -1 : 1))
        .map((entity) => ({ ...row, aliases: { ...row.aliases, [alias]: entity } })),
    )
  return rows
    .filter((row) => conditions.every((condition) => isJoined(condition as Json[], row, machine)))
    .map((row) => (spec.return === undefined ? (row.aliases[last] ?? null) : evaluate(spec.return, row, machine)))
}

function isJoined(condition: readonly Json[], row: Scope, machine: ReferenceMachine): boolean {
  const [name, a = null, b = null] = condition
  if (name !== 'JOINS') return truthy(evaluate([...condition], row, machine))
  const [left, right] = [listOf(evaluate(a, row, machine)), listOf(evaluate(b, row, machine))]
  return left.some((each) => each !== null && right.some((other) => equal(each, other)))
}
