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
const hows = ['copied', 'renamed', 'computed', 'decides'] as const
type How = (typeof hows)[number]

/** A value that a property is made of. */
export interface PropertyOrigin {
  /** The dataset that hops reach it in; null for the entity that comes in. */
  readonly dataset: string | null
  /** Names from the entity on; none when it is the whole entity. `*:age` is `age` in any namespace. */
  readonly path: readonly string[]
  readonly how: How
  /** The step that does it. */
  readonly at: JsonPath
}

/** How deep rules that apply each other are followed. */
const DEPTH = 12

/** What `path` of the entities that the default rule puts out is made of; each origin once, by its closest way. */
export function originsOf(facts: DtlFacts, path: readonly string[]): readonly PropertyOrigin[] {
  const rules = new Map(facts.rules.map((rule) => [rule.rule, rule]))
  const start = rules.get('default')
  if (start === undefined) return []
  const trace = new Trace(rules)
  const root: Context = { rule: start, parent: null, calledAt: null, source: { is: 'incoming' }, depth: 0 }
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

/** The later of two in `hows`. */
function further(one: How, other: How): How {
  return hows.indexOf(one) > hows.indexOf(other) ? one : other
}

/** A rule at work: on the entity that comes in, on entities of a dataset, or on values that its caller read. */
interface Context {
  readonly rule: RuleFacts
  readonly parent: Context | null
  /** Where the parent applies it. */
  readonly calledAt: JsonPath | null
  readonly source:
    | { readonly is: 'incoming' }
    | { readonly is: 'dataset'; readonly dataset: string }
    | { readonly is: 'values'; readonly reads: readonly ReadFact[] }
  readonly depth: number
}

type Read = Pick<ReadFact, 'from' | 'path' | 'at'>

/** How a value got to where the trace is, and the step that says so. */
export interface PropertyStep {
  readonly how: How
  readonly at: JsonPath | null
}

class Trace {
  readonly found = new Map<string, PropertyOrigin>()
  private readonly open = new Set<string>()

  constructor(private readonly rules: ReadonlyMap<string, RuleFacts>) {}

  /** A property of the target of a rule, as it is when the rule is at a place; null: at its end. */
  target(context: Context, path: readonly string[], way: PropertyStep, until: JsonPath | null): void {
    const [name, ...rest] = path
    const key = JSON.stringify([context.rule.rule, context.depth, path, way.how, until])
    if (name === undefined || context.depth > DEPTH || this.open.has(key)) return
    this.open.add(key)
    const makers = makersOf(context.rule, name, until)
    for (const { write, copy } of makers) {
      if (write) this.written(context, write, write.property === null ? path : rest, way)
      else if (copy) {
        this.conditions(context, copy.at, way)
        this.read(context, { from: '_S', path, at: copy.at }, nextStep(way, 'copied', copy.at))
      }
    }
    // A rule keeps the _id of its source unless it says otherwise.
    if (name === '_id' && makers.length === 0) this.read(context, { from: '_S', path, at: [] }, way)
    this.open.delete(key)
  }

  /** `path` of entities that a rule puts out besides its target. */
  created(rule: RuleFacts | undefined, root: Context, path: readonly string[]): void {
    if (rule === undefined) return
    const context = rule === root.rule ? root : { ...root, rule }
    for (const at of rule.created) this.made(context, at, path, { how: 'copied', at: null })
  }

  private written(context: Context, write: WriteFact, rest: readonly string[], way: PropertyStep): void {
    if (write.effect.is !== 'brings') {
      this.made(context, write.at, rest, way)
      return
    }
    this.conditions(context, write.at, way)
    const next = nextStep(way, write.effect.suffix === null ? 'renamed' : 'computed', write.at)
    for (const read of within(context.rule.reads, write.at))
      this.read(context, { ...read, path: [...read.path, ...rest] }, next)
  }

  /** `rest` of the value that a step makes. */
  private made(context: Context, step: JsonPath, rest: readonly string[], way: PropertyStep): void {
    this.conditions(context, step, way)
    const reads = within(context.rule.reads, step)
    const applies = within(context.rule.applies, step)
    const joins = within(context.rule.joins, step)
    const applied = (place: JsonPath) => applies.some((each) => below(place, each.at))
    for (const { rule, at: place } of applies) {
      const facts = this.rules.get(rule)
      if (facts === undefined) continue
      const source = sourceOf(context.rule, place)
      const child = { rule: facts, parent: context, calledAt: place, source, depth: context.depth + 1 }
      const [name] = rest
      if (name === undefined) this.everything(child, nextStep(way, 'computed', step))
      else if (makersOf(facts, name, null).length > 0) this.target(child, rest, nextStep(way, 'copied', step), null)
    }
    for (const read of reads) {
      const { path, at: place } = read
      if (inJoin(place)) this.read(context, read, nextStep(way, 'decides', step))
      else if (!applied(place)) {
        const whole = place.length === step.length + 1
        const same = path.length === 0 || path.at(-1) === nameOf(context.rule, step)
        const next = nextStep(way, whole ? (same ? 'copied' : 'renamed') : 'computed', step)
        this.read(context, whole ? { ...read, path: [...path, ...rest] } : read, next)
      }
    }
    for (const { dataset, at: place } of joins) {
      // Hops that return whole entities read no property by name.
      const named = reads.some((read) => read.from === dataset && !inJoin(read.at))
      if (!named && !applied(place)) this.find(dataset, rest, nextStep(way, 'computed', step))
    }
  }

  /** Everything that the target of a rule is made of. */
  private everything(context: Context, way: PropertyStep): void {
    const { writes, copies: copied } = context.rule
    for (const { property } of writes) if (property !== null) this.target(context, [property], way, null)
    for (const { include, at } of copied) {
      for (const name of include) this.read(context, { from: '_S', path: /[*?]/.test(name) ? [] : [name], at }, way)
    }
  }

  /** What decides whether a step is taken: reads of the steps around it that belong to no other step. */
  private conditions(context: Context, step: JsonPath, way: PropertyStep): void {
    const { reads, writes, removes, copies: copied, created } = context.rule
    const steps = [...writes, ...removes, ...copied].map((each) => each.at).concat(created)
    for (let length = step.indexOf('rules') + 3; length < step.length; length++) {
      for (const read of within(reads, step.slice(0, length))) {
        if (!steps.some((each) => below(read.at, each))) this.read(context, read, nextStep(way, 'decides', step))
      }
    }
  }

  private read(context: Context, { from, path, at }: Read, way: PropertyStep): void {
    const { parent, source, calledAt } = context
    if (from === '_S') {
      if (source.is === 'values') {
        for (const read of source.reads) if (parent) this.read(parent, { ...read, path: [...read.path, ...path] }, way)
      } else this.find(source.is === 'dataset' ? source.dataset : null, path, way)
    } else if (from === '_T') this.target(context, path, way, at)
    else if (from.startsWith('_P.')) {
      if (parent) this.read(parent, { from: from.slice(3), path, at: calledAt ?? [] }, way)
    } else if (from.startsWith('_R.')) {
      const calls = [context]
      for (let root = parent; root; root = root.parent) calls.unshift(root)
      const [root = context, called] = calls
      this.read(root, { from: from.slice(3), path, at: called?.calledAt ?? at }, way)
    } else if (!/^_([PRB]|$)/.test(from)) this.find(from, path, way)
  }

  private find(dataset: string | null, path: readonly string[], { how, at }: PropertyStep): void {
    const key = JSON.stringify([dataset, path])
    const before = this.found.get(key)
    if (before === undefined || further(before.how, how) !== how)
      this.found.set(key, { dataset, path, how, at: at ?? [] })
  }
}

/** A way one step further. The step that is named is the first, from the end, that does more than copy. */
export function nextStep(way: PropertyStep, how: How, at: JsonPath): PropertyStep {
  return { how: further(way.how, how), at: way.at === null || way.how === 'copied' ? at : way.at }
}

/** What a rule applied at a place works on. */
function sourceOf(rule: RuleFacts, at: JsonPath): Context['source'] {
  const last = within(rule.joins, at).at(-1)
  if (last !== undefined) return { is: 'dataset', dataset: last.dataset }
  return { is: 'values', reads: within(rule.reads, at) }
}

/** A step that makes a property. */
interface Maker {
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
function makersOf(rule: RuleFacts, name: string, until: JsonPath | null): readonly Maker[] {
  const writes = rule.writes.filter(({ property }) => property === null || sameName(property, name))
  const copied = rule.copies.filter((copy) => copies(copy, name))
  const makers: readonly Maker[] = [
    ...writes.map((write) => ({ at: write.at, write })),
    ...copied.map((copy) => ({ at: copy.at, copy })),
  ]
  const ends = [
    ...writes.filter((write) => write.property === name && replaces(write)),
    ...rule.removes.filter(({ property }) => property === name),
  ].filter(({ at }) => at.length === at.indexOf('rules') + 3)
  const there = (at: JsonPath) => until === null || earlier(at, until)
  return makers
    .filter(({ at }) => there(at) && !ends.some((end) => there(end.at) && earlier(at, end.at)))
    .sort((one, other) => (earlier(one.at, other.at) ? -1 : 1))
}

/** Whether a place of a rule is passed before another. */
function earlier(one: JsonPath, other: JsonPath): boolean {
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    const [a, b] = [one[index], other[index]]
    if (a !== b) return typeof a === 'number' && typeof b === 'number' && a < b
  }
  return false
}

function copies({ include, exclude }: CopyFact, name: string): boolean {
  const some = (patterns: readonly string[]) =>
    patterns.map(wildcard).some((matches) => matches(name) || matches(localName(name)))
  return some(include) && !some(exclude)
}

/** The property that the step at a place writes. */
function nameOf({ writes }: RuleFacts, step: JsonPath): string | null {
  return writes.find(({ at }) => at === step)?.property ?? null
}

function within<T extends { readonly at: JsonPath }>(facts: readonly T[], place: JsonPath): readonly T[] {
  return facts.filter(({ at }) => below(at, place))
}

/** Whether a place is another or lies below it. */
function below(place: JsonPath, other: JsonPath): boolean {
  return other.length <= place.length && other.every((part, index) => part === place[index])
}

/** Whether a place lies in the conditions of hops. */
function inJoin(place: JsonPath): boolean {
  return place.includes('where') || place.includes('subsets')
}
