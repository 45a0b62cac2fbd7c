/**
 * The merge source: entities of several datasets that are the same, by equality rules, become one.
 *
 * Sameness is transitive, so what becomes one is a connected component. Rules are kept as join indexes; components are
 * found by walking from an entity over its keys. Which entities made up each merged one is remembered, so that a change
 * touches only the components that the changed entities were in, and those that they are in now: everything that was or
 * becomes connected with them is worked out anew, together, in one commit.
 *
 * See configuration-sources-merge.rst.
 */

import { flagSetting, textListSetting } from '../../config/model/setting.ts'
import type { DatasetsSource } from '../../connectors/runtime.ts'
import { get } from '../../entity/dict.ts'
import type { Entity, Json } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { IdRows } from '../../storage/index/id-rows.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import { byText } from '../../storage/index/key-index.ts'
import { combineMembers } from './combine.ts'
import type { Components } from './components.ts'
import {
  type EntityPlace,
  endsOf,
  nothingAfter,
  orderOver,
  positionIn,
  readPositions,
  referencedDataset,
  type SourceBatch,
  type SourceReader,
  type SourceRecord,
  stillValid,
  updatedOf,
  withPosition,
} from './item.ts'
import { type KeySet, keySetsOf } from './merge-keys.ts'

const tooManyMerged = problem<{ merged: number; limit: number; id: string }>({
  code: 'too-many-merged',
  severity: 'error',
  says: ({ merged, limit, id }) =>
    `At least ${merged} entities, ${id} among them, are the same by the equality rules; ${limit} are allowed.`,
  fix: () =>
    'Make the equality rules stricter (a common value such as "unknown" joins everything), or raise max_merged.',
})

/** An entity of one of the merged datasets: place of the dataset and `_id`. */
interface Node {
  readonly name: string
  readonly place: number
  readonly id: string
}

/** A component: its members in order; the one that a deleted entity forms alone is `deleted`. */
interface Component {
  readonly key: string
  readonly id: string
  readonly members: readonly Node[]
  readonly deleted: boolean
}

/** Reads a `merge` source. `components` remembers the members of each merged entity. */
export function mergeReader(
  source: DatasetsSource,
  store: IndexedStore,
  batch: number,
  components: Components,
  maxMerged: number,
): SourceReader {
  const merging = new MergeReader(source, store, components, maxMerged)
  const { datasets } = merging
  return {
    datasets: [...new Set(datasets)],
    keysAreIds: merging.composite,
    whole: true,
    valid: (position) => stillValid(store, readPositions(position), [...new Set(datasets)]),
    idle: (position) => nothingAfter(store, readPositions(position), datasets),
    changes: (position) => merging.changes(position, batch),
    fetch: async (keys) => merging.fetch(keys),
    membersOf: (key) => merging.membersOf(key),
    keysOf: (place) => merging.keysOf(place),
    keys: () => components.keys(),
    forget: () => components.clear(),
  }
}

class MergeReader {
  readonly datasets: readonly string[]
  readonly composite: boolean
  private readonly keySets: readonly KeySet[]
  private readonly combineOptions: { strategy: string; internal: boolean }

  constructor(
    source: DatasetsSource,
    private readonly store: IndexedStore,
    private readonly components: Components,
    private readonly maxMerged: number,
  ) {
    const { config } = source
    const references = (textListSetting(config, 'datasets') ?? []).map(referencedDataset)
    this.datasets = references.map(({ dataset }) => dataset)
    this.composite = get(config, 'identity') !== 'first'
    const strategy = get(config, 'strategy')
    this.combineOptions = {
      strategy: typeof strategy === 'string' ? strategy : 'default',
      internal: flagSetting(config, 'include_internal_properties') === true,
    }
    const aliases = references.map(({ alias }) => alias)
    this.keySets = keySetsOf(config, aliases).map((sides) => ({
      sides: sides.map(({ place, expression }) => ({
        place,
        definition: source.index(expression, aliases[place] ?? ''),
        index: null,
      })),
    }))
  }

  private async openIndexes(): Promise<void> {
    for (const { sides } of this.keySets) {
      for (const side of sides) side.index = await this.store.index(this.datasets[side.place] ?? '', side.definition)
    }
  }

  async *changes(position: Json | null, batch: number): AsyncIterable<SourceBatch> {
    let positions = readPositions(position)
    const ends = await endsOf(this.store, [...new Set(this.datasets)])
    await this.openIndexes()
    // Components already put out in this run need not be worked out again when another member is met.
    const done = new IdRows(this.store.seed)
    /** Datasets that were read to their end: their members are not met again. */
    const finished = new Set<string>()
    for (const dataset of new Set(this.datasets)) {
      const end = positionIn(ends, dataset) ?? [0, 0]
      const since = positionIn(positions, dataset)?.[1] ?? 0
      for await (const entities of this.store.store.scan(dataset, { since, until: end[1], batch })) {
        const last = entities.at(-1)
        if (!last) continue
        const changed: Node[] = []
        for (const [place, name] of this.datasets.entries()) {
          if (name !== dataset) continue
          for (const entity of entities) {
            const node = nodeOf(place, String(entity._id))
            if (!done.has(node.name)) changed.push(node)
          }
        }
        positions = withPosition(positions, dataset, [end[0], updatedOf(last)])
        const { items, settled } = await this.rebuildComponents(changed)
        for (const { name } of changed) settled.delete(name)
        for (const { name, place } of settled.values()) {
          if (!finished.has(this.datasets[place] ?? '')) done.put(name, 1)
        }
        yield { items, position: positions, states: () => this.components.flush() }
      }
      positions = withPosition(positions, dataset, end)
      finished.add(dataset)
    }
    yield { items: [], position: positions }
  }

  /**
   * Works out every component that the nodes were or are in, with all that is connected, and remembers the result.
   * `settled`: the members of all these.
   */
  private async rebuildComponents(
    changed: readonly Node[],
  ): Promise<{ readonly items: SourceRecord[]; readonly settled: Map<string, Node> }> {
    const before = new Map<string, readonly string[]>()
    const found = new Map<string, Component>()
    const settled = new Map<string, Node>()
    const open = [...changed]
    for (let at = 0, node = open[at]; node; node = open[++at]) {
      if (settled.has(node.name)) continue
      const members = this.isLive(node) ? this.connectedNodes(node) : [node]
      for (const member of members) {
        settled.set(member.name, member)
        for (const key of this.components.keysOf(member.name)) {
          if (before.has(key)) continue
          const names = this.components.get(key) ?? []
          before.set(key, names)
          for (const name of names) if (!settled.has(name)) open.push(parseNode(name))
        }
      }
      const component = this.componentFor(members, node)
      found.set(component.key, component)
    }
    const items = await this.itemsOf([...found.values()])
    for (const [key, names] of before) {
      if (found.has(key)) continue
      items.push(this.replacedRecords(key, names))
      this.components.set(key, null)
    }
    for (const { key, members } of found.values()) {
      this.components.set(
        key,
        members.map(({ name }) => name),
      )
    }
    return { items, settled }
  }

  private isLive(node: Node): boolean {
    const entity = this.store.store.peek(this.datasets[node.place] ?? '', node.id)
    // Where the store has to read, an entity with keys is live, and one without is connected to nothing either way.
    return entity ? entity._deleted !== true : true
  }

  /** All nodes connected with one. */
  private connectedNodes(from: Node): Node[] {
    const reached = new Map([[from.name, from]])
    const open = [from]
    for (let node = open.pop(); node; node = open.pop()) {
      for (const { sides } of this.keySets) {
        for (const side of sides) {
          if (side.place !== node.place) continue
          for (const key of side.index?.keysOf(node.id) ?? []) {
            for (const other of sides) {
              if (other.place === node.place) continue
              for (const id of other.index?.idsOf(key) ?? []) {
                const next = nodeOf(other.place, id)
                if (reached.has(next.name)) continue
                reached.set(next.name, next)
                open.push(next)
                if (reached.size > this.maxMerged) {
                  const facts = { merged: reached.size, limit: this.maxMerged, id: from.id }
                  throw new Fault(tooManyMerged(facts, { entity: from.id }))
                }
              }
            }
          }
        }
      }
    }
    return [...reached.values()].sort((a, b) => a.place - b.place || byText(a.id, b.id))
  }

  private componentFor(members: readonly Node[], node: Node): Component {
    const first = members[0] ?? node
    const id = this.composite ? members.map(({ name }) => name).join('|') : first.id
    return { key: this.composite ? id : first.name, id, members, deleted: false }
  }

  /** The merged entities of components, as they are now. */
  private async itemsOf(components: readonly Component[]): Promise<SourceRecord[]> {
    const idsByDataset = new Map<number, string[]>()
    for (const { members } of components) {
      for (const { place, id } of members) {
        const ids = idsByDataset.get(place)
        if (ids) ids.push(id)
        else idsByDataset.set(place, [id])
      }
    }
    const entities = new Map<string, Entity>()
    for (const [place, ids] of idsByDataset) {
      const found = await this.store.store.lookup(this.datasets[place] ?? '', ids)
      for (const [at, id] of ids.entries()) {
        const entity = found[at]
        if (entity) entities.set(`${place}|${id}`, entity)
      }
    }
    const items: SourceRecord[] = []
    for (const { key, id, members } of components) {
      const merged = members.map(({ name }) => entities.get(name)).filter((entity) => entity !== undefined)
      const [first] = merged
      const place = members[0]?.place ?? 0
      if (!first) continue
      const order = orderOver(place, updatedOf(first))
      const entity = combineMembers(id, merged, this.combineOptions)
      // A deleted entity stands alone and never hides a live one that has come to the same id.
      items.push({ key, entity, order: entity._deleted === true ? order - 1e15 : order })
    }
    return items
  }

  /** The id of a merged entity that no longer exists. */
  private replacedRecords(key: string, names: readonly string[]): SourceRecord {
    const id = this.composite ? key : parseNode(names[0] ?? key).id
    return { key, entity: { _id: id, _deleted: true, $replaced: true }, order: -2e15, gone: 'deleted' }
  }

  membersOf(key: string): EntityPlace[] {
    return (this.components.get(key) ?? []).map((member) => {
      const { place, id } = parseNode(member)
      return { dataset: this.datasets[place] ?? '', id }
    })
  }

  keysOf({ dataset, id }: EntityPlace): string[] {
    return this.datasets.flatMap((name, place) => {
      return name === dataset ? this.components.keysOf(nodeOf(place, id).name) : []
    })
  }

  async fetch(keys: readonly string[]): Promise<SourceRecord[]> {
    const components: Component[] = []
    for (const key of keys) {
      const nodes = (this.components.get(key) ?? []).map(parseNode)
      const first = nodes[0]
      if (first) components.push(this.componentFor(nodes, first))
    }
    return this.itemsOf(components)
  }
}

function nodeOf(place: number, id: string): Node {
  return { name: `${place}|${id}`, place, id }
}

function parseNode(name: string): Node {
  const bar = name.indexOf('|')
  return { name, place: Number(name.slice(0, bar)), id: name.slice(bar + 1) }
}
