/**
 * A context for evaluation outside of pipe runs: datasets as lists, a fixed or real clock, given randomness. Used by
 * `eval`, examples, previews of single expressions, and tests.
 */

import { fromNanos } from '../entity/datetime.ts'
import { DateTime, type Dict, type Entity } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { ENTITY_STEPS, RunBudget, type RunLimits } from './budget.ts'
import type { Context, Datasets, JoinIndex, Namespaces } from './evaluation.ts'
import { Suspended } from './evaluation.ts'

/** What an evaluation may know of its environment; what is left out counts as absent. */
interface ContextSettings {
  readonly environment: Environment
  readonly pipe?: string
  readonly namespaces?: Namespaces
  readonly secret?: (name: string) => string | null
  readonly parameters?: Dict
  readonly previous?: Entity | null
  readonly target?: Dict
  readonly completeness?: (via: string, dataset: string) => DateTime | null
  readonly datasets?: Datasets
  readonly budget?: number
  readonly runLimits?: RunLimits
}

/** A context over the settings. Evaluations that may have to wait go through batch.ts, which adds to it. */
export function makeContext(settings: ContextSettings): Context {
  const { environment } = settings
  const allowance = settings.budget ?? ENTITY_STEPS
  const budget = new RunBudget(settings.runLimits)
  const settled = new Map<string, () => unknown>()
  const context: Context & { spent: number } = {
    now: () => fromNanos(environment.now()) ?? new DateTime(0, 0),
    random: () => environment.random(),
    randomBytes: (length) => environment.randomBytes(length),
    ...(environment.seed ? { seed: (key: string) => environment.seed?.(key) } : {}),
    pipe: settings.pipe ?? '',
    namespaces: settings.namespaces ?? { enabled: false, identity: '', property: '', expansions: new Map() },
    secret: settings.secret ?? (() => null),
    parameters: settings.parameters ?? {},
    previous: settings.previous,
    target: settings.target,
    completeness: settings.completeness ?? (() => null),
    datasets: settings.datasets ?? listDatasets({}),
    wait: <T>(key: string, work: () => Promise<T>): T => {
      const known = settled.get(key)
      if (known !== undefined) return known() as T
      throw new Suspended(
        work().then(
          (value) => void settled.set(key, () => value),
          (error: unknown) =>
            void settled.set(key, () => {
              throw error
            }),
        ),
      )
    },
    pause: (seconds) => environment.pause?.(seconds) ?? new Promise((done) => setTimeout(done, seconds * 1000)),
    budget,
    allowance,
    spent: 0,
    spend: (units) => {
      context.spent += units
      if (context.spent > allowance) throw budget.exceeded(ENTITY_STEPS)
    },
  }
  return context
}

/** Datasets given as lists of latest entities; those that are not given are empty. Indexes are built on first use. */
export function listDatasets(lists: { readonly [dataset: string]: readonly Entity[] }): Datasets {
  const listed = new Map(Object.entries(lists))
  const ordered = new Map<string, readonly Entity[]>()
  const indexes = new Map<string, Map<string, Map<string, Entity[]>>>()
  const ids = new Map<string, Map<string, Entity>>()
  const liveEntities = (dataset: string) =>
    (listed.get(dataset) ?? NO_ENTITIES).filter((entity) => entity._deleted !== true)
  const latest = { dataset: '', index: null as JoinIndex | null, built: new Map<string, Entity[]>() }
  const indexOf = (dataset: string, index: JoinIndex) => {
    if (latest.index === index && latest.dataset === dataset) return latest.built
    let built = indexes.get(dataset)?.get(index.id)
    if (built === undefined) {
      built = buildIndex(listed.get(dataset) ?? NO_ENTITIES, index)
      const known = indexes.get(dataset) ?? new Map<string, Map<string, Entity[]>>()
      indexes.set(dataset, known.set(index.id, built))
    }
    Object.assign(latest, { dataset, index, built })
    return built
  }
  return {
    all: (dataset) => {
      let entities = ordered.get(dataset)
      if (entities === undefined) {
        entities = liveEntities(dataset).sort(compareIds)
        ordered.set(dataset, entities)
      }
      return entities
    },
    lookup: (dataset, id) => {
      let known = ids.get(dataset)
      if (known === undefined) {
        known = new Map((listed.get(dataset) ?? NO_ENTITIES).map((entity) => [String(entity._id), entity]))
        ids.set(dataset, known)
      }
      return known.get(id) ?? null
    },
    join: (dataset, index, keys) => {
      const built = indexOf(dataset, index)
      const [only] = keys
      if (keys.length === 1 && only !== undefined) return built.get(only) ?? NO_ENTITIES
      const found = new Set<Entity>()
      for (const key of keys) for (const entity of built.get(key) ?? NO_ENTITIES) found.add(entity)
      return found.size === 0 ? NO_ENTITIES : [...found].sort(compareIds)
    },
  }
}

const NO_ENTITIES: readonly Entity[] = []

function buildIndex(entities: readonly Entity[], index: JoinIndex): Map<string, Entity[]> {
  const built = new Map<string, Entity[]>()
  for (const entity of entities) {
    if (entity._deleted === true) continue
    const keys = index.keysOf(entity)
    if (keys.length > 1) for (const key of new Set(keys)) addTo(built, key, entity)
    else if (keys[0] !== undefined) addTo(built, keys[0], entity)
  }
  for (const list of built.values()) if (list.length > 1) list.sort(compareIds)
  return built
}

function addTo(built: Map<string, Entity[]>, key: string, entity: Entity): void {
  const list = built.get(key)
  if (list === undefined) built.set(key, [entity])
  else list.push(entity)
}

function compareIds(a: Entity, b: Entity): number {
  const x = a._id
  const y = b._id
  if (typeof x !== 'string' || typeof y !== 'string') return 0
  return x < y ? -1 : x > y ? 1 : 0
}
