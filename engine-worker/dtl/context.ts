/**
 * A context for evaluation outside of pipe runs: datasets as lists, a fixed or real clock, given randomness. Used by
 * `eval`, examples, previews of single expressions, and tests.
 */

import type { Surroundings } from '../datasets/store.ts'
import { fromNanos } from '../entity/datetime.ts'
import { get } from '../entity/dict.ts'
import { DateTime, type Dict, type Entity, type Value } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import type { Context, Datasets, JoinIndex, Namespaces } from './define.ts'
import { Suspended } from './define.ts'

export const budgetSpent = problem<{ budget: number }>({
  code: 'dtl-budget',
  severity: 'error',
  says: (f) => `One entity took more than ${f.budget.toLocaleString('en')} steps of work.`,
  fix: () => 'Look for loops over large lists inside each other, large ranges, or rules that apply themselves.',
})

/** Steps of work that one entity may take: some seconds. */
export const ENTITY_BUDGET = 10_000_000

export interface ContextSettings {
  readonly surroundings: Surroundings
  readonly pipe?: string
  readonly namespaces?: Namespaces
  readonly secret?: (name: string) => string | null
  readonly parameters?: Dict
  readonly previous?: Entity | null
  readonly completeness?: (via: string, dataset: string) => DateTime | null
  readonly datasets?: Datasets
  readonly pause?: (seconds: number) => Promise<void>
  readonly budget?: number
}

/** A context over the settings. Evaluations that may have to wait go through batch.ts, which adds to it. */
export function makeContext(settings: ContextSettings): Context {
  const { surroundings } = settings
  const budget = settings.budget ?? ENTITY_BUDGET
  let spent = 0
  return {
    now: () => fromNanos(surroundings.now()) ?? new DateTime(0, 0),
    random: () => surroundings.random(),
    randomBytes: (length) => surroundings.randomBytes(length),
    pipe: settings.pipe ?? '',
    namespaces: settings.namespaces ?? { enabled: false, identity: '', property: '', expansions: new Map() },
    secret: settings.secret ?? (() => null),
    parameters: settings.parameters ?? {},
    previous: settings.previous,
    completeness: settings.completeness ?? (() => null),
    datasets: settings.datasets ?? listDatasets({}),
    wait: (_key, work) => {
      throw new Suspended(work())
    },
    pause: settings.pause ?? ((seconds) => new Promise((done) => setTimeout(done, seconds * 1000))),
    spend: (units) => {
      spent += units
      if (spent > budget) throw new Fault(budgetSpent({ budget }))
    },
  }
}

/** Datasets given as lists of latest entities; those that are not given are empty. Indexes are built on first use. */
export function listDatasets(lists: { readonly [dataset: string]: readonly Entity[] }): Datasets {
  const live = new Map<string, readonly Entity[]>()
  const indexes = new Map<string, Map<string, Entity[]>>()
  const ids = new Map<string, Map<string, Entity>>()
  const listed = (dataset: string) => get(lists as { [name: string]: Value }, dataset) as readonly Entity[] | undefined
  const all = (dataset: string): readonly Entity[] => {
    let entities = live.get(dataset)
    if (entities === undefined) {
      entities = (listed(dataset) ?? []).filter((entity) => entity._deleted !== true).sort(byId)
      live.set(dataset, entities)
    }
    return entities
  }
  const indexOf = (dataset: string, index: JoinIndex) => {
    const name = `${dataset}\n${index.id}`
    let built = indexes.get(name)
    if (built === undefined) {
      built = buildIndex(all(dataset), index)
      indexes.set(name, built)
    }
    return built
  }
  return {
    all,
    lookup: (dataset, id) => {
      let known = ids.get(dataset)
      if (known === undefined) {
        known = new Map((listed(dataset) ?? []).map((entity) => [String(entity._id), entity]))
        ids.set(dataset, known)
      }
      return known.get(id) ?? null
    },
    join: (dataset, index, keys) => {
      const built = indexOf(dataset, index)
      const [only] = keys
      if (keys.length === 1 && only !== undefined) return built.get(only) ?? NONE
      const found = new Set<Entity>()
      for (const key of keys) for (const entity of built.get(key) ?? NONE) found.add(entity)
      return found.size === 0 ? NONE : [...found].sort(byId)
    },
  }
}

const NONE: readonly Entity[] = []

function buildIndex(entities: readonly Entity[], index: JoinIndex): Map<string, Entity[]> {
  const built = new Map<string, Entity[]>()
  for (const entity of entities) {
    for (const key of new Set(index.keysOf(entity))) {
      const list = built.get(key)
      if (list === undefined) built.set(key, [entity])
      else list.push(entity)
    }
  }
  return built
}

function byId(a: Entity, b: Entity): number {
  const [x, y] = [String(a._id), String(b._id)]
  return x < y ? -1 : x > y ? 1 : 0
}
