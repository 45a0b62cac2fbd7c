/** What would be sent, counted: what is as it was is not counted again. */
import type { DatasetStore } from '../../storage/store.ts'
import type { Plan } from '../generate/plan.ts'
import {
  changeDatasets,
  changeOf,
  isChangeOf,
  noChanges,
  type SharedChange,
  type SharedCounts,
  sharedOperation,
} from '../test/changes.ts'

/** The numbers of changes by mapping, and the first of each operation. */
export interface ChangeTally {
  readonly counts: Record<string, SharedCounts>
  readonly changes: SharedChange[]
}

/** No changes yet of any mapping of a plan. */
export function emptyTally({ mappings }: Plan): ChangeTally {
  return { counts: Object.fromEntries(mappings.map(({ mapping }) => [mapping.name, noChanges()])), changes: [] }
}

/** Adds changes to those that were found before; at most `most` are kept of each mapping and operation. */
export function addTally(to: ChangeTally, { counts, changes }: ChangeTally, most: number): void {
  const keptCount = (mapping: string, operation: SharedChange['operation']): number =>
    Math.min(most, to.counts[mapping]?.[operation] ?? 0)
  const room = new Map<string, number>()
  for (const change of changes) {
    const { mapping, operation } = change
    const key = `${operation} ${mapping}`
    const left = room.get(key) ?? most - keptCount(mapping, operation)
    room.set(key, left - 1)
    if (left > 0) to.changes.push(change)
  }
  for (const [mapping, found] of Object.entries(counts)) {
    const before = to.counts[mapping] ?? noChanges()
    for (const operation of ['insert', 'update', 'delete', 'none'] as const) before[operation] += found[operation]
    to.counts[mapping] = before
  }
}

interface KeptTally {
  /** Another one where the dataset has changed. */
  readonly stamp: string
  readonly counts: SharedCounts
  readonly changes: readonly SharedChange[]
}

/** Counts what the transform pipes have made in one store after another. */
export class Tallies {
  private store: DatasetStore | null = null
  private isAbout: ((mapping: string, id: string) => boolean) | null = null
  private readonly cachedTallies = new Map<string, KeptTally>()

  /** What is about records of which `isAbout` is true; with another store or function, all is counted again. */
  async count(
    store: DatasetStore,
    plan: Plan,
    most: number,
    isAbout: (mapping: string, id: string) => boolean,
  ): Promise<ChangeTally> {
    if (store !== this.store || isAbout !== this.isAbout) this.cachedTallies.clear()
    this.store = store
    this.isAbout = isAbout
    const tally = emptyTally(plan)
    for (const [mapping, dataset] of changeDatasets(plan)) {
      const info = await store.info(dataset)
      const stamp = `${most} ${info?.generation ?? ''} ${info?.lastUpdated ?? ''}`
      const known = this.cachedTallies.get(mapping)
      const found = known?.stamp === stamp ? known : await countOne(store, mapping, dataset, most, isAbout, stamp)
      this.cachedTallies.set(mapping, found)
      addTally(tally, { counts: { [mapping]: { ...found.counts } }, changes: [...found.changes] }, most)
    }
    return tally
  }
}

async function countOne(
  store: DatasetStore,
  mapping: string,
  dataset: string,
  most: number,
  isAbout: (mapping: string, id: string) => boolean,
  stamp: string,
): Promise<KeptTally> {
  const counts = noChanges()
  const changes: SharedChange[] = []
  for await (const batch of store.scan(dataset, { live: true }))
    for (const entity of batch) {
      if (!isChangeOf(entity, isAbout)) continue
      const operation = sharedOperation(entity)
      if (++counts[operation] <= most && operation !== 'none') changes.push(changeOf(mapping, entity))
    }
  return { stamp, counts, changes }
}
