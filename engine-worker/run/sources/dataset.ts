/**
 * The dataset source and the union_datasets source: the log of one dataset, or of several one after the other.
 * See configuration-sources-dataset.rst and configuration-sources-union-datasets.rst.
 */

import { kindOfPart } from '../../config/model/nested.ts'
import { flagSetting } from '../../config/model/setting.ts'
import type { DatasetsSource } from '../../connectors/runtime.ts'
import { subsetParts } from '../../connectors/subset.ts'
import { get, put } from '../../entity/dict.ts'
import { joinKey } from '../../entity/order.ts'
import { decodeTransit } from '../../entity/transit.ts'
import type { Entity, Json } from '../../entity/value.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import { withoutStamps } from '../../storage/write.ts'
import {
  endsOf,
  nothingAfter,
  orderOver,
  positionIn,
  readPositions,
  type SourceBatch,
  type SourceReader,
  type SourceRecord,
  stillValid,
  updatedOf,
  withPosition,
} from './item.ts'

/** Reads `dataset` and `union_datasets` sources. `heldBack` gives the latest `_ts` that may be read (completeness). */
export function datasetReader(
  source: DatasetsSource,
  store: IndexedStore,
  batch: number,
  heldBack: () => Promise<number | null> = async () => null,
): SourceReader {
  const { config, datasets } = source
  const union = kindOfPart('source', config)?.prefixesIds === true
  const prefixed = union && flagSetting(config, 'prefix_ids') !== false
  const history = flagSetting(config, 'include_previous_versions') === true
  const passesFilter = filterOf(source)

  const sourceRecord = (entity: Entity, place: number): SourceRecord => {
    const dataset = datasets[place] ?? ''
    const key = union ? `${dataset}:${entity._id}` : String(entity._id)
    const seen = prefixed ? { ...entity, _id: key } : entity
    const order = orderOver(place, updatedOf(entity))
    return passesFilter(entity) ? { key, entity: seen, order } : { key, entity: seen, order, gone: 'silently' }
  }

  return {
    datasets,
    keysAreIds: !union || prefixed,
    whole: true,
    history,
    valid: (position) => stillValid(store, readPositions(position), datasets),
    idle: async (position) => (await heldBack()) === null && nothingAfter(store, readPositions(position), datasets),
    async *changes(position) {
      let positions = readPositions(position)
      const ends = await endsOf(store, datasets)
      const limit = await heldBack()
      for (const [place, dataset] of datasets.entries()) {
        const [generation, until] = positionIn(ends, dataset) ?? [0, 0]
        const since = positionIn(positions, dataset)?.[1] ?? 0
        let held = false
        for await (const entities of store.store.scan(dataset, { since, until, history, batch })) {
          const ready = limit === null ? entities : entities.filter((entity) => Number(entity._ts) <= limit)
          held = ready.length < entities.length
          // A version is committed before the next one of the same entity, so that none is lost.
          for (const part of history ? withoutRepeats(ready) : [ready]) {
            const last = part.at(-1)
            if (!last) continue
            positions = withPosition(positions, dataset, [generation, updatedOf(last)])
            yield {
              items: part.map((entity) => sourceRecord(entity, place)),
              position: positions,
            } satisfies SourceBatch
          }
          if (held) break
        }
        if (!held) positions = withPosition(positions, dataset, [generation, until])
      }
      yield { items: [], position: positions }
    },
    async fetch(keys) {
      const items: SourceRecord[] = []
      for (const [place, dataset] of datasets.entries()) {
        const own = union ? keys.filter((key) => key.startsWith(`${dataset}:`)) : keys
        const ids = union ? own.map((key) => key.slice(dataset.length + 1)) : own
        const found = await store.store.lookup(dataset, ids)
        const limit = await heldBack()
        for (const entity of found) {
          if (entity && (limit === null || Number(entity._ts) <= limit)) items.push(sourceRecord(entity, place))
        }
      }
      return items
    },
    membersOf(key) {
      if (!union) return [{ dataset: datasets[0] ?? '', id: key }]
      const dataset = datasets.find((name) => key.startsWith(`${name}:`))
      return dataset === undefined ? [] : [{ dataset, id: key.slice(dataset.length + 1) }]
    },
    keysOf: ({ dataset, id }) => (datasets.includes(dataset) ? [union ? `${dataset}:${id}` : id] : []),
    async previous({ entity, key }) {
      const before = entity._previous
      if (typeof before !== 'number') return null
      for (const dataset of datasets) {
        if (union && !key.startsWith(`${dataset}:`)) continue
        return store.store.versionAt(dataset, union ? key.slice(dataset.length + 1) : key, before)
      }
      return null
    },
  }
}

/** Whether an entity is in the source: in the subset, and not replaced where those are left out. */
function filterOf(source: DatasetsSource): (entity: Entity) => boolean {
  const subset = get(source.config, 'subset') ?? null
  const unreplaced = flagSetting(source.config, 'include_replaced') === false
  const inSubset = subset === null ? null : subsetOf(source, subset)
  return (entity) => !(unreplaced && get(entity, '$replaced') === true) && (inSubset === null || inSubset(entity))
}

/** Whether an entity is in a subset; compares as joins do. A pipe with a subset that is no `eq` does not run. */
function subsetOf(source: DatasetsSource, subset: Json): (entity: Entity) => boolean {
  const parts = subsetParts(subset)
  if (parts === null) return () => false
  const index = source.index(parts.expression, '_S')
  const value = decodeTransit(parts.value)
  const keys = new Set((Array.isArray(value) ? value : [value]).map(joinKey))
  return (entity) => index.keysOf(entity).some((key) => keys.has(key))
}

function* withoutRepeats(entities: readonly Entity[]): Iterable<readonly Entity[]> {
  let part: Entity[] = []
  let seen = new Set<unknown>()
  for (const entity of entities) {
    if (seen.has(entity._id)) {
      yield part
      part = []
      seen = new Set()
    }
    seen.add(entity._id)
    part.push(entity)
  }
  if (part.length > 0) yield part
}

/** The merge_datasets source: for each `_id` the latest version of all datasets, or all of them side by side. */
export function latestReader(source: DatasetsSource, store: IndexedStore, batch: number): SourceReader {
  const { datasets } = source
  const all = get(source.config, 'strategy') === 'all'
  const itemsOf = async (ids: readonly string[]): Promise<SourceRecord[]> => {
    const found = await Promise.all(datasets.map((dataset) => store.store.lookup(dataset, ids)))
    const items: SourceRecord[] = []
    for (const [at, id] of ids.entries()) {
      const versions = found.map((list) => list[at] ?? null)
      const latest = versions.reduce((a, b) => (a && (!b || Number(a._ts) >= Number(b._ts)) ? a : b), null)
      if (!latest) continue
      const entity = all ? parallelVersions(id, datasets, versions) : latest
      items.push({ key: id, entity, order: Number(latest._ts) })
    }
    return items
  }
  return {
    datasets,
    keysAreIds: true,
    whole: true,
    valid: (position) => stillValid(store, readPositions(position), datasets),
    idle: (position) => nothingAfter(store, readPositions(position), datasets),
    async *changes(position) {
      let positions = readPositions(position)
      const ends = await endsOf(store, datasets)
      const seen = new Set<string>()
      for (const dataset of datasets) {
        const end = positionIn(ends, dataset) ?? [0, 0]
        const since = positionIn(positions, dataset)?.[1] ?? 0
        for await (const entities of store.store.scan(dataset, { since, until: end[1], batch })) {
          const last = entities.at(-1)
          const ids = entities.map((entity) => String(entity._id)).filter((id) => !seen.has(id))
          for (const id of ids) seen.add(id)
          if (last) positions = withPosition(positions, dataset, [end[0], updatedOf(last)])
          yield { items: await itemsOf(ids), position: positions } satisfies SourceBatch
        }
        positions = withPosition(positions, dataset, end)
      }
      yield { items: [], position: positions }
    },
    fetch: itemsOf,
    membersOf: (id) => datasets.map((dataset) => ({ dataset, id })),
    keysOf: ({ dataset, id }) => (datasets.includes(dataset) ? [id] : []),
  }
}

function parallelVersions(id: string, datasets: readonly string[], versions: readonly (Entity | null)[]): Entity {
  const entity: Entity = { _id: id, _deleted: versions.every((version) => !version || version._deleted === true) }
  for (const [at, dataset] of datasets.entries()) {
    const version = versions[at]
    if (!version) continue
    put(entity, dataset, withoutStamps(version))
  }
  return entity
}
