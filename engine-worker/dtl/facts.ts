/**
 * Static facts of a DTL transform, for lineage, schema, dependency graphs and checks: what each rule reads, writes and
 * joins, from the compiled form. A name as `*:age` stands for `age` in any namespace and in none; other wildcards are as
 * written in a copy or a remove.
 */
import type { Json } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import type { ArgumentType } from './argument.ts'
import type { CompiledFacts, NotedFact } from './compile/unit.ts'
import type { Fact } from './define.ts'
import type { TargetEffect } from './signature.ts'
import { segmentWords } from './tree/path.ts'

/** A property read. `from` is a variable (`_S`, `_P._T`, …) or, for an alias of hops, its dataset. */
export interface ReadFact {
  readonly from: string
  readonly dataset: boolean
  /** Names along the path; none when the whole is read. */
  readonly path: readonly string[]
  readonly at: JsonPath
}

/** A property written to or removed from the target; null where its name is computed or follows from the data. */
export interface WriteFact {
  readonly property: string | null
  /** The transform: add, rename, merge, … */
  readonly by: string
  /** What that transform does to the target; null where its declaration does not say. */
  readonly effect: TargetEffect | null
  /** The type of the values where the function that makes them tells; `any` otherwise. */
  readonly type: ArgumentType | 'same'
  readonly at: JsonPath
}

export interface CopyFact {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly at: JsonPath
}

/** A join to a dataset. `on` holds the known side and the side of the dataset, as written. */
interface JoinFact {
  readonly dataset: string
  readonly alias: string
  readonly tracked: boolean
  readonly on: readonly Json[]
  /** Whether an index serves it, or the whole dataset is looked at. */
  readonly indexed: boolean
  readonly at: JsonPath
}

export interface RuleFacts {
  readonly rule: string
  readonly reads: readonly ReadFact[]
  readonly writes: readonly WriteFact[]
  readonly removes: readonly WriteFact[]
  readonly copies: readonly CopyFact[]
  readonly joins: readonly JoinFact[]
  /** Datasets of lookup-entity; an empty name where it is computed. */
  readonly lookups: readonly string[]
  /** Rules applied, over values or over hops. */
  readonly applies: readonly { readonly rule: string; readonly overHops: boolean; readonly at: JsonPath }[]
  /** The steps that put out entities besides the target. */
  readonly created: readonly JsonPath[]
  readonly createsChildren: boolean
  /** Whether entities may be filtered or discarded. */
  readonly stops: boolean
}

export interface DtlFacts {
  readonly rules: readonly RuleFacts[]
  /** Rules that the default rule reaches. */
  readonly reached: readonly string[]
  /** Datasets of joins and look-ups, each once; tracked when any use is. */
  readonly datasets: readonly { readonly dataset: string; readonly tracked: boolean }[]
  /** Functions used, most used first. */
  readonly functions: readonly {
    readonly name: string
    readonly kind: 'expression' | 'transform'
    readonly times: number
  }[]
}

/** Readable facts of compiled rules. */
export function factsOf(compiled: CompiledFacts): DtlFacts {
  const rules = compiled.rules.map(({ name, facts }) => factsOfRule(name, facts, compiled))
  return {
    rules,
    reached: reachedFrom('default', rules),
    datasets: datasetsOf(rules),
    functions: functionsOf(compiled),
  }
}

function factsOfRule(rule: string, noted: readonly NotedFact[], { namespaces }: CompiledFacts): RuleFacts {
  const all = <K extends Fact['is']>(...kinds: K[]) =>
    noted.filter((each): each is NotedFact & { readonly fact: Extract<Fact, { is: K }> } =>
      kinds.some((kind) => kind === each.fact.is),
    )
  const written = (fact: Extract<Fact, { is: 'writes' | 'removes' }>, { at, effect }: NotedFact): WriteFact => ({
    property: fact.property,
    by: fact.how,
    effect: effect ?? null,
    type: fact.type,
    at,
  })
  return {
    rule,
    reads: all('reads').map(({ fact, at }) => ({
      from: fact.from,
      dataset: !/^_([STPRB](\.|$)|$)/.test(fact.from),
      path: fact.path.map((segment) => segmentWords(segment, namespaces)),
      at,
    })),
    writes: noted.flatMap((each) => (each.fact.is === 'writes' ? [written(each.fact, each)] : [])),
    removes: noted.flatMap((each) => (each.fact.is === 'removes' ? [written(each.fact, each)] : [])),
    copies: all('copies').map(({ fact: { include, exclude }, at }) => ({ include, exclude, at })),
    joins: all('joins').map(({ fact: { dataset, alias, tracked, on, index }, at }) => ({
      dataset,
      alias,
      tracked,
      on,
      indexed: index !== null,
      at,
    })),
    lookups: all('looks-up').map(({ fact }) => fact.dataset),
    applies: all('applies', 'applies-hops').map(({ fact, at }) => ({
      rule: fact.rule,
      overHops: fact.is === 'applies-hops',
      at,
    })),
    created: noted.flatMap(({ fact, at }) => (fact.is === 'creates' && !fact.children ? [at] : [])),
    createsChildren: noted.some(({ fact }) => fact.is === 'creates' && fact.children),
    stops: noted.some(({ fact }) => fact.is === 'stops'),
  }
}

function reachedFrom(start: string, rules: readonly RuleFacts[]): string[] {
  const reached = new Set<string>()
  const open = [start]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const facts = rules.find(({ rule }) => rule === name)
    if (facts === undefined || reached.has(name)) continue
    reached.add(name)
    open.push(...facts.applies.map(({ rule }) => rule))
  }
  return [...reached]
}

function datasetsOf(rules: readonly RuleFacts[]): { dataset: string; tracked: boolean }[] {
  const datasets = new Map<string, boolean>()
  for (const { joins, lookups } of rules) {
    for (const { dataset, tracked } of joins) datasets.set(dataset, tracked || datasets.get(dataset) === true)
    for (const dataset of lookups) if (dataset !== '') datasets.set(dataset, datasets.get(dataset) === true)
  }
  return [...datasets].map(([dataset, tracked]) => ({ dataset, tracked }))
}

function functionsOf({ functions }: CompiledFacts): DtlFacts['functions'] {
  return [...functions]
    .map(([key, times]) => {
      const [kind, name = ''] = key.split(' ')
      return { name, kind: kind === 'transform' ? ('transform' as const) : ('expression' as const), times }
    })
    .sort((a, b) => b.times - a.times || (a.name < b.name ? -1 : 1))
}
