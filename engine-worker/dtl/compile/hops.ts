/**
 * Evaluation of hops: nested look-ups in planned order, a row for each combination, and what is returned of it. See
 * dtl-functions-hops.rst; the plan is made in join-plan.ts.
 */

import { put } from '../../entity/dict.ts'
import { equal } from '../../entity/order.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { type Dict, type Entity, Float, isDict, type Json, type Value } from '../../entity/value.ts'
import { truthy } from '../coerce.ts'
import type { Call, Scope } from '../define.ts'
import type { Eval, Frame, JoinIndex } from '../evaluation.ts'
import { withSource } from './frame.ts'
import { joinIndex, keysOfValue, overlap, type Subset } from './join-index.ts'
import { badSpec, type HopSpec, type Lookup, type PlannedAlias, readSpec } from './join-plan.ts'

/** Values of one or more hops specifications; the first is at place `first` of the call. */
export function compileHops(call: Call, first: number): (frame: Frame) => Value[] {
  let before: string | undefined
  const specs = call.list.slice(first).map((json, index) => {
    const compiled = compileSpec(call, json, first + index, before)
    before = compiled.dataset
    return compiled.hop
  })
  call.list.slice(first, -1).forEach((json, index) => {
    if (isDict(json as Value) && (json as Dict).return !== undefined)
      call.report(badSpec({ what: 'has a “return”, which only the last one may have' }), [first + index + 1, 'return'])
  })
  const [only, second] = specs
  if (only === undefined) return () => []
  if (second === undefined) return (frame) => only(frame, null)
  return (frame) => {
    let values: Value[] = [frame.S]
    for (const spec of specs) values = spec(frame, values)
    return values
  }
}

/** One specification over inputs, each of them `_S` in turn; without inputs over `_S` itself. */
type Hop = (frame: Frame, inputs: readonly Value[] | null) => Value[]

/** `before` is the dataset of the specification before; `dataset` that of the output. */
function compileSpec(
  outer: Call,
  json: Json,
  place: number,
  before: string | undefined,
): { hop: Hop; dataset?: string } {
  const at = (path: readonly (string | number)[]) => [place + 1, ...path]
  const spec = readSpec(json, outer.scope.aliases, (found, path) => outer.report(found, at(path)))
  if (spec === null) return { hop: () => [] }
  const slots = new Map([...spec.datasets.keys()].map((alias) => [alias, outer.slot()]))
  const scope: Scope = {
    rule: outer.scope.rule,
    aliases: new Map([...outer.scope.aliases, ...slots]),
    datasets: new Map([...outer.scope.datasets, ...spec.datasets]),
    ...(before === undefined ? {} : { source: before }),
  }
  const call = outer.within(scope)
  const compile = (dtl: Json, path: readonly (string | number)[]) => call.expression(dtl, at(path))
  const rows = compileRows(spec, slots, call, compile, place)
  const once = (frame: Frame, input: Value, results: Value[]) =>
    rows(input === frame.S ? frame : withSource(frame, input), results)
  const over: Hop = (frame, inputs) => {
    const results: Value[] = []
    if (inputs === null) rows(frame, results)
    else for (const input of inputs) once(frame, input, results)
    return results
  }
  const dataset = [...spec.datasets.values()].at(-1)
  return { hop: spec.recurse ? recursion(spec, once) : over, ...(dataset === undefined ? {} : { dataset }) }
}

/** Adds what each combination of entities gives to the results, aliases bound in the frame. */
type Rows = (frame: Frame, results: Value[]) => void

function compileRows(
  spec: HopSpec,
  slots: ReadonlyMap<string, number>,
  call: Call,
  compile: (dtl: Json, at: readonly (string | number)[]) => Eval,
  place: number,
): Rows {
  const before = spec.before.map(({ dtl, at }) => compile(dtl, at))
  const aliases = spec.plan.map((planned) => aliasRows(planned, spec, slots, call, compile, place))
  const inner = aliases.reduceRight((further, over) => over(further), compileReturn(spec, slots, call, compile, place))
  if (before.length === 0) return inner
  return (frame, results) => {
    if (before.every((condition) => truthy(condition(frame)))) inner(frame, results)
  }
}

/** A look-up, compiled. */
interface Find {
  readonly known: Eval
  readonly wanted: Eval
  /** Null when the whole dataset has to be read. */
  readonly index: JoinIndex | null
  readonly besides: readonly Eval[]
}

function aliasRows(
  planned: PlannedAlias,
  spec: HopSpec,
  slots: ReadonlyMap<string, number>,
  call: Call,
  compile: (dtl: Json, at: readonly (string | number)[]) => Eval,
  place: number,
): (further: Rows) => Rows {
  const { alias, dataset } = planned
  const slot = slots.get(alias) ?? 0
  const inSubset = call.within({ ...call.scope, source: dataset })
  const subset = compileSubset(spec.subsets.get(alias), alias, (dtl, at) =>
    inSubset.expression(dtl, [place + 1, ...at]),
  )
  const finds = planned.lookups.map((lookup) => compileFind(lookup, alias, slot, subset, call, compile))
  const checks = [
    ...planned.overlaps.map((branches) => compileOverlap(branches, compile)),
    ...planned.filters.map(({ dtl, at }) => {
      const condition = compile(dtl, at)
      return (frame: Frame) => truthy(condition(frame))
    }),
  ]
  planned.lookups.forEach(({ known, wanted }, index) => {
    call.note({
      is: 'joins',
      dataset,
      alias,
      tracked: spec.tracked,
      on: [known, wanted],
      index: finds[index]?.index ?? null,
    })
  })
  const found = candidates(finds, dataset, slot, spec.tracked, subset)
  const [check, second] = checks
  return (further) => {
    if (check === undefined && givers.get(further) === slot) return giveAll(found)
    return (frame, results) => {
      const entities = found(frame)
      if (entities.length === 0) return
      frame.ctx.spend(entities.length)
      const outer = frame.aliases[slot]
      for (const entity of entities) {
        frame.aliases[slot] = entity
        if (check !== undefined && !(second === undefined ? check(frame) : checks.every((each) => each(frame))))
          continue
        further(frame, results)
      }
      frame.aliases[slot] = outer ?? null
    }
  }
}

function compileFind(
  lookup: Lookup,
  alias: string,
  slot: number,
  subset: Subset | null,
  call: Call,
  compile: (dtl: Json, at: readonly (string | number)[]) => Eval,
): Find {
  const wanted = compile(lookup.wanted, lookup.wantedAt)
  const index = lookup.indexable
    ? joinIndex({ dtl: lookup.wanted, alias, slot, evaluate: wanted }, call.namespaces, subset)
    : null
  return {
    known: compile(lookup.known, lookup.knownAt),
    wanted,
    index,
    besides: lookup.besides.map(({ dtl, at }) => compile(dtl, at)),
  }
}

function compileSubset(
  dtl: Json | undefined,
  alias: string,
  compile: (dtl: Json, at: readonly (string | number)[]) => Eval,
): Subset | null {
  if (!Array.isArray(dtl)) return null
  const [, left, right] = dtl
  return { dtl, left: compile(left ?? null, ['subsets', alias, 1]), right: decodeTransit(right ?? null) }
}

function compileOverlap(
  branches: readonly Lookup[],
  compile: (dtl: Json, at: readonly (string | number)[]) => Eval,
): (frame: Frame) => boolean {
  const compiled = branches.map(({ known, knownAt, wanted, wantedAt, besides }) => ({
    known: compile(known, knownAt),
    wanted: compile(wanted, wantedAt),
    besides: besides.map(({ dtl, at }) => compile(dtl, at)),
  }))
  return (frame) =>
    compiled.some(
      ({ known, wanted, besides }) =>
        overlap(known(frame), wanted(frame)) && besides.every((condition) => truthy(condition(frame))),
    )
}

/** The entities that one of the look-ups finds, ordered by `_id`, each once. */
function candidates(
  finds: readonly Find[],
  dataset: string,
  slot: number,
  tracked: boolean,
  subset: Subset | null,
): (frame: Frame) => readonly Entity[] {
  const one = (find: Find) => {
    const { known, index, besides } = find
    const plain =
      index === null
        ? (frame: Frame) => scan(frame, find, dataset, slot, tracked, subset)
        : (frame: Frame) => {
            const keys = keysOfValue(known(frame))
            return keys.length === 0 ? NONE : frame.ctx.datasets.join(dataset, index, keys, tracked)
          }
    if (besides.length === 0) return plain
    return (frame: Frame) =>
      plain(frame).filter((entity) => {
        frame.aliases[slot] = entity
        return besides.every((condition) => truthy(condition(frame)))
      })
  }
  const branches = finds.map(one)
  const [only, second] = branches
  if (only === undefined) return () => NONE
  if (second === undefined) return only
  return (frame) => {
    const all = new Map<Value, Entity>()
    for (const branch of branches) for (const entity of branch(frame)) all.set(entity._id ?? entity, entity)
    return [...all.values()].sort((a, b) => (String(a._id) < String(b._id) ? -1 : 1))
  }
}

/** Where no index can serve, every entity of the dataset is looked at. */
function scan(
  frame: Frame,
  find: Find,
  dataset: string,
  slot: number,
  tracked: boolean,
  subset: Subset | null,
): Entity[] {
  const known = find.known(frame)
  const all = frame.ctx.datasets.all(dataset, tracked)
  frame.ctx.spend(all.length)
  const found: Entity[] = []
  for (const entity of all) {
    frame.aliases[slot] = entity
    if (!overlap(known, find.wanted(frame))) continue
    if (subset !== null) {
      const inside = overlap(subset.left(withSource(frame, entity)), subset.right)
      if (!inside) continue
    }
    found.push(entity)
  }
  return found
}

const NONE: readonly Entity[] = []

function compileReturn(
  spec: HopSpec,
  slots: ReadonlyMap<string, number>,
  call: Call,
  compile: (dtl: Json, at: readonly (string | number)[]) => Eval,
  place: number,
): Rows {
  const { returns, datasets } = spec
  const names = typeof returns === 'string' ? returns.split(',').map((name) => name.trim()) : []
  const aliases = returns === undefined ? [...datasets.keys()].slice(-1) : names
  if (aliases.length > 0 && aliases.every((alias) => slots.has(alias))) {
    const places = aliases.map((alias) => slots.get(alias) ?? 0)
    const [only = 0] = places
    if (places.length === 1) return giveAlias(only)
    return (frame, results) => {
      for (const place of places) results.push(frame.aliases[place] ?? null)
    }
  }
  if (typeof returns === 'string' && !returns.includes('.'))
    call.report(badSpec({ what: `returns “${returns}”, which is not one of its aliases` }), [place + 1, 'return'])
  const evaluate = template(returns ?? null, ['return'], call, compile)
  return (frame, results) => {
    results.push(evaluate(frame))
  }
}

/** Rows that give the entity of one alias, by the alias's slot. */
const givers = new WeakMap<Rows, number>()

function giveAlias(slot: number): Rows {
  const rows: Rows = (frame, results) => {
    results.push(frame.aliases[slot] ?? null)
  }
  givers.set(rows, slot)
  return rows
}

/** Every entity found is a result; nothing looks at the alias. */
function giveAll(found: (frame: Frame) => readonly Entity[]): Rows {
  return (frame, results) => {
    const entities = found(frame)
    frame.ctx.spend(entities.length)
    for (let i = 0; i < entities.length; i++) results.push(entities[i] as Entity)
  }
}

/** A dict (or a list that is no call) is a template: what is in it is evaluated. */
function template(
  json: Json,
  at: readonly (string | number)[],
  call: Call,
  compile: (dtl: Json, at: readonly (string | number)[]) => Eval,
): Eval {
  if (typeof json !== 'object' || json === null || json instanceof Float) return compile(json, at)
  if (Array.isArray(json)) {
    const [name] = json
    if (typeof name === 'string' && (call.isFunction(name) || !name.includes('.'))) return compile(json, at)
    const parts = json.map((each, index) => template(each, [...at, index], call, compile))
    return (frame) => parts.map((part) => part(frame))
  }
  const parts = Object.keys(json).map((key) => [key, template(json[key] ?? null, [...at, key], call, compile)] as const)
  return (frame) => {
    const dict: Dict = {}
    for (const [key, part] of parts) put(dict, key, part(frame))
    return dict
  }
}

/** Feeds the output back as input until nothing new comes, level by level. */
function recursion(spec: HopSpec, once: (frame: Frame, input: Value, results: Value[]) => void): Hop {
  return (frame, inputs) => {
    const results: Value[] = []
    for (const root of inputs ?? [frame.S]) {
      const seen = new Set<string>()
      if (!spec.excludeRoot) results.push(root)
      let level: Value[] = [root]
      for (let depth = 0; depth < spec.maxDepth && level.length > 0; depth++) {
        const found: Value[] = []
        for (const input of level) once(frame, input, found)
        level = []
        for (const value of found) {
          const id = isDict(value) && typeof value._id === 'string' ? value._id : null
          if (id === null || seen.has(id) || sameEntity(value, root)) continue
          seen.add(id)
          results.push(value)
          level.push(value)
        }
      }
    }
    return results
  }
}

/** Whether a cycle has come back to where it began: the same `_id` and the same properties. */
function sameEntity(a: Value, b: Value): boolean {
  if (!isDict(a) || !isDict(b) || a._id !== b._id) return false
  const content = ({ _updated, _previous, _hash, _ts, _deleted, ...rest }: Dict) => rest
  return equal(content(a), content(b))
}
