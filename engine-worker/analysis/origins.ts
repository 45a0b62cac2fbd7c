/**
 * Where a property that a DTL transform puts out comes from, read off the facts of its rules without running them:
 * through properties of the target made earlier in the rule, through rules that are applied, and into datasets that hops
 * reach. What data decides (computed names, functions over whole entities) is said as far as it is known. See
 * features/property-lineage.rst.
 */
import type { CopyFact, DtlFacts, ReadFact, RuleFacts, WriteFact } from '../dtl/facts.ts'
import { wildcard } from '../dtl/wildcard.ts'
import type { JsonPath } from '../path.ts'

/** What becomes of a value on its way; the later ones say less of the value. `decides`: a condition or a join key. */
const originKinds = ['copied', 'renamed', 'computed', 'decides'] as const
type OriginKind = (typeof originKinds)[number]

/** A value that a property is made of. */
export interface PropertyOrigin {
  /** The dataset that hops reach it in; null for the entity that comes in. */
  readonly dataset: string | null
  /** Names from the entity on; none when it is the whole entity. `*:age` is `age` in any namespace. */
  readonly path: readonly string[]
  readonly how: OriginKind
  /** The step that does it. */
  readonly at: JsonPath
}

/** How deep rules that apply each other are followed. */
const MAX_DEPTH = 12

/** What `path` of the entities that the default rule puts out is made of; each origin once, by its closest way. */
export function originsOf(facts: DtlFacts, path: readonly string[]): readonly PropertyOrigin[] {
  const rules = new Map(facts.rules.map((rule) => [rule.rule, rule]))
  const start = rules.get('default')
  if (start === undefined) return []
  const trace = new OriginTrace(rules)
  const root: RuleContext = { rule: start, parent: null, calledAt: null, source: { is: 'incoming' }, depth: 0 }
  trace.target(root, path, { how: 'copied', at: null }, null)
  for (const name of facts.reached) trace.created(rules.get(name), root, path)
  return [...trace.found.values()]
}

/** Whether two names of a property may be the same; `*:x` is `x` in any namespace and in none. */
export function sameName(one: string, other: string): boolean {
  if (one === other) return true
  return (one.startsWith('*:') || other.startsWith('*:')) && localName(one) === localName(other)
}

/** A property's name without its namespace. */
export function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

/** The later of two in `originKinds`. */
function strongerKind(one: OriginKind, other: OriginKind): OriginKind {
  return originKinds.indexOf(one) > originKinds.indexOf(other) ? one : other
}

/** A rule at work: on the entity that comes in, on entities of a dataset, or on values that its caller read. */
interface RuleContext {
  readonly rule: RuleFacts
  readonly parent: RuleContext | null
  /** Where the parent applies it. */
  readonly calledAt: JsonPath | null
  readonly source:
    | { readonly is: 'incoming' }
    | { readonly is: 'dataset'; readonly dataset: string }
    | { readonly is: 'values'; readonly reads: readonly ReadFact[] }
  readonly depth: number
}

type PropertyRead = Pick<ReadFact, 'from' | 'path' | 'at'>

/** How a value got to where the trace is, and the step that says so. */
export interface PropertyStep {
  readonly how: OriginKind
  readonly at: JsonPath | null
}

class OriginTrace {
  readonly found = new Map<string, PropertyOrigin>()
  private readonly open = new Set<string>()

  constructor(private readonly rules: ReadonlyMap<string, RuleFacts>) {}

  /** A property of the target of a rule, as it is when the rule is at a place; null: at its end. */
  target(context: RuleContext, path: readonly string[], way: PropertyStep, until: JsonPath | null): void {
    const [name, ...rest] = path
    const key = JSON.stringify([context.rule.rule, context.depth, path, way.how, until])
    if (name === undefined || context.depth > MAX_DEPTH || this.open.has(key)) return
    this.open.add(key)
    const makers = makersOf(context.rule, name, until)
    for (const { write, copy } of makers) {
      if (write) this.traceWrite(context, write, write.property === null ? path : rest, way)
      else if (copy) {
        this.traceConditions(context, copy.at, way)
        this.traceRead(context, { from: '_S', path, at: copy.at }, nextStep(way, 'copied', copy.at))
      }
    }
    // A rule keeps the _id of its source unless it says otherwise.
    if (name === '_id' && makers.length === 0) this.traceRead(context, { from: '_S', path, at: [] }, way)
    this.open.delete(key)
  }

  /** `path` of entities that a rule puts out besides its target. */
  created(rule: RuleFacts | undefined, root: RuleContext, path: readonly string[]): void {
    if (rule === undefined) return
    const context = rule === root.rule ? root : { ...root, rule }
    for (const at of rule.created) this.traceStep(context, at, path, { how: 'copied', at: null })
  }

  private traceWrite(context: RuleContext, write: WriteFact, rest: readonly string[], way: PropertyStep): void {
    if (write.effect.is !== 'brings') {
      this.traceStep(context, write.at, rest, way)
      return
    }
    this.traceConditions(context, write.at, way)
    const next = nextStep(way, write.effect.suffix === null ? 'renamed' : 'computed', write.at)
    for (const read of factsWithin(context.rule.reads, write.at))
      this.traceRead(context, { ...read, path: [...read.path, ...rest] }, next)
  }

  /** `rest` of the value that a step makes. */
  private traceStep(context: RuleContext, step: JsonPath, rest: readonly string[], way: PropertyStep): void {
    this.traceConditions(context, step, way)
    const reads = factsWithin(context.rule.reads, step)
    const applies = factsWithin(context.rule.applies, step)
    const joins = factsWithin(context.rule.joins, step)
    const isInAppliedRule = (place: JsonPath) => applies.some((each) => isBelow(place, each.at))
    for (const { rule, at: place } of applies) {
      const facts = this.rules.get(rule)
      if (facts === undefined) continue
      const source = sourceOf(context.rule, place)
      const child = { rule: facts, parent: context, calledAt: place, source, depth: context.depth + 1 }
      const [name] = rest
      if (name === undefined) this.traceAll(child, nextStep(way, 'computed', step))
      else if (makersOf(facts, name, null).length > 0) this.target(child, rest, nextStep(way, 'copied', step), null)
    }
    for (const read of reads) {
      const { path, at: place } = read
      if (isInJoin(place)) this.traceRead(context, read, nextStep(way, 'decides', step))
      else if (!isInAppliedRule(place)) {
        const whole = place.length === step.length + 1
        const same = path.length === 0 || path.at(-1) === nameOf(context.rule, step)
        const next = nextStep(way, whole ? (same ? 'copied' : 'renamed') : 'computed', step)
        this.traceRead(context, whole ? { ...read, path: [...path, ...rest] } : read, next)
      }
    }
    for (const { dataset, at: place } of joins) {
      // Hops that return whole entities read no property by name.
      const named = reads.some((read) => read.from === dataset && !isInJoin(read.at))
      if (!named && !isInAppliedRule(place)) this.addOrigin(dataset, rest, nextStep(way, 'computed', step))
    }
  }

  /** Everything that the target of a rule is made of. */
  private traceAll(context: RuleContext, way: PropertyStep): void {
    const { writes, copies: copied } = context.rule
    for (const { property } of writes) if (property !== null) this.target(context, [property], way, null)
    for (const { include, at } of copied) {
      for (const name of include)
        this.traceRead(context, { from: '_S', path: /[*?]/.test(name) ? [] : [name], at }, way)
    }
  }

  /** What decides whether a step is taken: reads of the steps around it that belong to no other step. */
  private traceConditions(context: RuleContext, step: JsonPath, way: PropertyStep): void {
    const { reads, writes, removes, copies: copied, created } = context.rule
    const steps = [...writes, ...removes, ...copied].map((each) => each.at).concat(created)
    for (let length = step.indexOf('rules') + 3; length < step.length; length++) {
      for (const read of factsWithin(reads, step.slice(0, length))) {
        if (!steps.some((each) => isBelow(read.at, each))) this.traceRead(context, read, nextStep(way, 'decides', step))
      }
    }
  }

  private traceRead(context: RuleContext, { from, path, at }: PropertyRead, way: PropertyStep): void {
    const { parent, source, calledAt } = context
    if (from === '_S') {
      if (source.is === 'values') {
        for (const read of source.reads)
          if (parent) this.traceRead(parent, { ...read, path: [...read.path, ...path] }, way)
      } else this.addOrigin(source.is === 'dataset' ? source.dataset : null, path, way)
    } else if (from === '_T') this.target(context, path, way, at)
    else if (from.startsWith('_P.')) {
      if (parent) this.traceRead(parent, { from: from.slice(3), path, at: calledAt ?? [] }, way)
    } else if (from.startsWith('_R.')) {
      const calls = [context]
      for (let root = parent; root; root = root.parent) calls.unshift(root)
      const [root = context, called] = calls
      this.traceRead(root, { from: from.slice(3), path, at: called?.calledAt ?? at }, way)
    } else if (!/^_([PRB]|$)/.test(from)) this.addOrigin(from, path, way)
  }

  private addOrigin(dataset: string | null, path: readonly string[], { how, at }: PropertyStep): void {
    const key = JSON.stringify([dataset, path])
    const before = this.found.get(key)
    if (before === undefined || strongerKind(before.how, how) !== how)
      this.found.set(key, { dataset, path, how, at: at ?? [] })
  }
}

/** A way one step further. The step that is named is the first, from the end, that does more than copy. */
export function nextStep(way: PropertyStep, how: OriginKind, at: JsonPath): PropertyStep {
  return { how: strongerKind(way.how, how), at: way.at === null || way.how === 'copied' ? at : way.at }
}

/** What a rule applied at a place works on. */
function sourceOf(rule: RuleFacts, at: JsonPath): RuleContext['source'] {
  const last = factsWithin(rule.joins, at).at(-1)
  if (last !== undefined) return { is: 'dataset', dataset: last.dataset }
  return { is: 'values', reads: factsWithin(rule.reads, at) }
}

/** A step that makes a property. */
interface PropertyMaker {
  readonly at: JsonPath
  readonly write?: WriteFact
  readonly copy?: CopyFact
}

/** Whether a step gives its property a new value whatever it was. */
function replaces({ effect }: WriteFact): boolean {
  return effect.is === 'brings' || (effect.is === 'sets' && effect.always)
}

/**
 * The steps of a rule that make a property as it is at a place (null: at the end), without those whose effect a later
 * step overwrites.
 */
function makersOf(rule: RuleFacts, name: string, until: JsonPath | null): readonly PropertyMaker[] {
  const writes = rule.writes.filter(({ property }) => property === null || sameName(property, name))
  const copied = rule.copies.filter((copy) => copiesProperty(copy, name))
  const makers: readonly PropertyMaker[] = [
    ...writes.map((write) => ({ at: write.at, write })),
    ...copied.map((copy) => ({ at: copy.at, copy })),
  ]
  const ends = [
    ...writes.filter((write) => write.property === name && replaces(write)),
    ...rule.removes.filter(({ property }) => property === name),
  ].filter(({ at }) => at.length === at.indexOf('rules') + 3)
  const isBeforeUntil = (at: JsonPath) => until === null || isEarlier(at, until)
  return makers
    .filter(({ at }) => isBeforeUntil(at) && !ends.some((end) => isBeforeUntil(end.at) && isEarlier(at, end.at)))
    .sort((one, other) => (isEarlier(one.at, other.at) ? -1 : 1))
}

/** Whether a place of a rule is passed before another. */
function isEarlier(one: JsonPath, other: JsonPath): boolean {
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    const [a, b] = [one[index], other[index]]
    if (a !== b) return typeof a === 'number' && typeof b === 'number' && a < b
  }
  return false
}

function copiesProperty({ include, exclude }: CopyFact, name: string): boolean {
  const matchesSome = (patterns: readonly string[]) =>
    patterns.map(wildcard).some((matches) => matches(name) || matches(localName(name)))
  return matchesSome(include) && !matchesSome(exclude)
}

/** The property that the step at a place writes. */
function nameOf({ writes }: RuleFacts, step: JsonPath): string | null {
  return writes.find(({ at }) => at === step)?.property ?? null
}

function factsWithin<T extends { readonly at: JsonPath }>(facts: readonly T[], place: JsonPath): readonly T[] {
  return facts.filter(({ at }) => isBelow(at, place))
}

/** Whether a place is another or lies below it. */
function isBelow(place: JsonPath, other: JsonPath): boolean {
  return other.length <= place.length && other.every((part, index) => part === place[index])
}

/** Whether a place lies in the conditions of hops. */
function isInJoin(place: JsonPath): boolean {
  return place.includes('where') || place.includes('subsets')
}
