/**
 * Evaluation of hops: nested look-ups in planned order, a row for each combination, and what is returned of it. See
 * dtl-functions-hops.rst; the plan is made in join-plan.ts.
 */

import { put } from '../../entity/dict.ts'
import { equal } from '../../entity/order.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { type Dict, type Entity, isDict, type Value } from '../../entity/value.ts'
import { truthy } from '../coerce.ts'
import type { Call } from '../define.ts'
import type { Eval, Frame, JoinIndex } from '../evaluation.ts'
import { type ArgumentNode, type CallNode, isExpression, type TemplateNode } from '../tree/node.ts'
import { withSource } from './frame.ts'
import { haveCommonItem, joinIndex, keysOfValue, type Subset } from './join-index.ts'
import { badSpec, type HopSpec, type Lookup, type PlannedAlias, readHopSpec } from './join-plan.ts'

/** Values of one or more hops specifications; the first is at place `first` of the call. */
export function compileHops(call: Call, first: number): (frame: Frame) => Value[] {
  const nodes = call.given.slice(first).map(({ node }) => node)
  const specs = nodes.map((node, index) => compileSpec(call, node, first + index))
  nodes.slice(0, -1).forEach((node, index) => {
    if (node.is === 'hops' && node.returns !== null)
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

function compileSpec(call: Call, node: ArgumentNode, place: number): Hop {
  const spec = readHopSpec(node, (found, path) => call.report(found, [place + 1, ...path]))
  if (spec === null || node.is !== 'hops') return () => []
  const slotOf = (alias: string) => node.aliases.get(alias)?.slot
  const rows = compileRows({ spec, call, slotOf, place })
  const once = (frame: Frame, input: Value, results: Value[]) =>
    rows(input === frame.S ? frame : withSource(frame, input), results)
  const overInputs: Hop = (frame, inputs) => {
    const results: Value[] = []
    if (inputs === null) rows(frame, results)
    else for (const input of inputs) once(frame, input, results)
    return results
  }
  return spec.recurse ? recursion(spec, once) : overInputs
}

/** A specification under compilation. */
interface SpecContext {
  readonly spec: HopSpec
  readonly call: Call
  readonly slotOf: (alias: string) => number | undefined
  /** Place of the specification among the arguments. */
  readonly place: number
}

/** Adds what each combination of entities gives to the results, aliases bound in the frame. */
type Rows = (frame: Frame, results: Value[]) => void

function compileRows(context: SpecContext): Rows {
  const { spec, call } = context
  const before = spec.before.map(({ node }) => call.expression(node))
  const aliases = spec.plan.map((planned) => aliasRows(planned, context))
  const inner = aliases.reduceRight((further, over) => over(further), compileReturn(context))
  if (before.length === 0) return inner
  return (frame, results) => {
    if (before.every((condition) => truthy(condition(frame)))) inner(frame, results)
  }
}

/** A look-up, compiled. */
interface DatasetLookup {
  readonly known: Eval
  readonly wanted: Eval
  /** Null when the whole dataset has to be read. */
  readonly index: JoinIndex | null
  readonly besides: readonly Eval[]
}

function aliasRows(planned: PlannedAlias, { spec, call, slotOf }: SpecContext): (further: Rows) => Rows {
  const { alias, dataset } = planned
  const slot = slotOf(alias) ?? 0
  const subset = compileSubset(spec.subsets.get(alias), call)
  const finds = planned.lookups.map((lookup) => compileLookup(lookup, alias, slot, subset, call))
  const checks = [
    ...planned.overlaps.map((branches) => compileOverlap(branches, call)),
    ...planned.filters.map(({ node }) => {
      const condition = call.expression(node)
      return (frame: Frame) => truthy(condition(frame))
    }),
  ]
  for (const { index } of finds) if (index !== null) call.usesIndex(dataset, index)
  const found = candidates(finds, dataset, slot, spec.tracked, subset)
  const [check, second] = checks
  return (further) => {
    if (check === undefined && aliasSlots.get(further) === slot) return entityResults(found)
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

function compileLookup(lookup: Lookup, alias: string, slot: number, subset: Subset | null, call: Call): DatasetLookup {
  const wanted = call.expression(lookup.wanted)
  const index = lookup.indexable
    ? joinIndex({ dtl: lookup.wanted.json, alias, slot, evaluate: wanted }, call.namespaces, subset)
    : null
  return {
    known: call.expression(lookup.known),
    wanted,
    index,
    besides: lookup.besides.map(({ node }) => call.expression(node)),
  }
}

function compileSubset(node: CallNode | undefined, call: Call): Subset | null {
  const [left, right] = node?.given ?? []
  if (node === undefined || left === undefined || right === undefined || !isExpression(left.node)) return null
  return { dtl: node.json, left: call.expression(left.node), right: decodeTransit(right.node.json) }
}

function compileOverlap(branches: readonly Lookup[], call: Call): (frame: Frame) => boolean {
  const compiled = branches.map(({ known, wanted, besides }) => ({
    known: call.expression(known),
    wanted: call.expression(wanted),
    besides: besides.map(({ node }) => call.expression(node)),
  }))
  return (frame) =>
    compiled.some(
      ({ known, wanted, besides }) =>
        haveCommonItem(known(frame), wanted(frame)) && besides.every((condition) => truthy(condition(frame))),
    )
}

/** The entities that one of the look-ups finds, ordered by `_id`, each once. */
function candidates(
  finds: readonly DatasetLookup[],
  dataset: string,
  slot: number,
  tracked: boolean,
  subset: Subset | null,
): (frame: Frame) => readonly Entity[] {
  const compileCandidates = (find: DatasetLookup) => {
    const { known, index, besides } = find
    const plain =
      index === null
        ? (frame: Frame) => scan(frame, find, dataset, slot, tracked, subset)
        : (frame: Frame) => {
            const keys = keysOfValue(known(frame))
            return keys.length === 0 ? NO_ENTITIES : frame.ctx.datasets.join(dataset, index, keys, tracked)
          }
    if (besides.length === 0) return plain
    return (frame: Frame) =>
      plain(frame).filter((entity) => {
        frame.aliases[slot] = entity
        return besides.every((condition) => truthy(condition(frame)))
      })
  }
  const branches = finds.map(compileCandidates)
  const [only, second] = branches
  if (only === undefined) return () => NO_ENTITIES
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
  find: DatasetLookup,
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
    if (!haveCommonItem(known, find.wanted(frame))) continue
    if (subset !== null) {
      const inside = haveCommonItem(subset.left(withSource(frame, entity)), subset.right)
      if (!inside) continue
    }
    found.push(entity)
  }
  return found
}

const NO_ENTITIES: readonly Entity[] = []

function compileReturn({ spec, call, slotOf, place }: SpecContext): Rows {
  const { returns, datasets } = spec
  const written = returns?.json
  const names = typeof written === 'string' ? written.split(',').map((name) => name.trim()) : []
  const slots = (returns === null ? [...datasets.keys()].slice(-1) : names).map((name) =>
    datasets.has(name) ? slotOf(name) : undefined,
  )
  const places = slots.filter((slot) => slot !== undefined)
  if (places.length > 0 && places.length === slots.length) {
    const [only = 0] = places
    if (places.length === 1) return aliasResult(only)
    return (frame, results) => {
      for (const slot of places) results.push(frame.aliases[slot] ?? null)
    }
  }
  if (typeof written === 'string' && !written.includes('.'))
    call.report(badSpec({ what: `returns “${written}”, which is not one of its aliases` }), [place + 1, 'return'])
  const evaluate: Eval = returns === null ? () => null : compileTemplate(returns, call)
  return (frame, results) => {
    results.push(evaluate(frame))
  }
}

/** Rows that give the entity of one alias, by the alias's slot. */
const aliasSlots = new WeakMap<Rows, number>()

function aliasResult(slot: number): Rows {
  const rows: Rows = (frame, results) => {
    results.push(frame.aliases[slot] ?? null)
  }
  aliasSlots.set(rows, slot)
  return rows
}

/** Every entity found is a result; nothing looks at the alias. */
function entityResults(found: (frame: Frame) => readonly Entity[]): Rows {
  return (frame, results) => {
    const entities = found(frame)
    frame.ctx.spend(entities.length)
    for (let i = 0; i < entities.length; i++) results.push(entities[i] as Entity)
  }
}

/** A dict (or a list that is no call) is a template: what is in it is evaluated. */
function compileTemplate(node: TemplateNode, call: Call): Eval {
  if (node.is === 'list') {
    const items = node.items.map((each) => compileTemplate(each, call))
    return (frame) => items.map((item) => item(frame))
  }
  if (node.is !== 'dict') return call.expression(node)
  const members = node.members.map((member) => [member.key, compileTemplate(member.node, call)] as const)
  return (frame) => {
    const dict: Dict = {}
    for (const [key, member] of members) put(dict, key, member(frame))
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
  const withoutStoreFields = ({ _updated, _previous, _hash, _ts, _deleted, ...rest }: Dict) => rest
  return equal(withoutStoreFields(a), withoutStoreFields(b))
}
