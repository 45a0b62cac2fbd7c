/**
 * The dataset store in memory: for the command line, for previews and for tests. A dataset is an array of versions in
 * `_updated` order; each knows the version before and after it of the same entity, so that the latest one, or the one at
 * any point of the log, is found without a search.
 */

import { get } from '../entity/dict.ts'
import { contentHash } from '../entity/hash.ts'
import { printEntity } from '../entity/transit.ts'
import type { Entity, Json } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { type CompactedVersion, keptVersions } from './compact.ts'
import {
  type Commit,
  type CommitResult,
  type Compaction,
  type DatasetInfo,
  type DatasetStore,
  type DatasetWrite,
  type RowBatch,
  SCAN_BATCH,
  type ScanOptions,
} from './store.ts'
import {
  checkedReplacements,
  differs,
  givenOffset,
  identity,
  lastOfEach,
  limitSize,
  microseconds,
  nextGeneration,
  stamped,
  weight,
} from './write.ts'

interface Version extends CompactedVersion {
  readonly entity: Entity
  readonly hash: string
  readonly bytes: number
  older: Version | null
  newer: Version | null
}

interface MemoryDataset {
  log: Version[]
  readonly latest: Map<string, Version>
  /** The last sequence number given out. */
  sequence: number
  live: number
  bytes: number
  pendingSince: number | null
  populated: boolean
  meta: Readonly<Record<string, Json>>
  readonly generation: number
}

/** The versions one write will append. */
interface WritePlan {
  readonly dataset: MemoryDataset
  readonly write: DatasetWrite
  readonly versions: readonly Version[]
  readonly unchanged: number
}

/** An empty store that lives as long as the object. */
export function memoryStore(environment: Pick<Environment, 'now'>): DatasetStore {
  return new MemoryStore(environment)
}

class MemoryStore implements DatasetStore {
  private readonly datasets = new Map<string, MemoryDataset>()
  private readonly stateValues = new Map<string, Json | Uint8Array>()

  constructor(private readonly environment: Pick<Environment, 'now'>) {}

  async list(): Promise<readonly DatasetInfo[]> {
    return [...this.datasets].map(([name, dataset]) => datasetInfo(name, dataset)).sort(byName)
  }

  async info(name: string): Promise<DatasetInfo | null> {
    const dataset = this.datasets.get(name)
    return dataset ? datasetInfo(name, dataset) : null
  }

  async commit(commit: Commit): Promise<readonly CommitResult[]> {
    // What can be refused is refused before anything is changed: datasets are replaced here, not yet touched.
    const replaced = this.replacements(commit)
    const ts = microseconds(this.environment.now())
    const plans = new Map<string, WritePlan>()
    for (const write of commit.datasets ?? []) {
      const name = write.dataset
      if (plans.has(name)) throw new Error(`a commit writes the dataset ${name} twice`)
      const dataset = replaced.get(name) ?? (replaced.has(name) ? undefined : this.datasets.get(name)) ?? fresh(1, 0)
      replaced.set(name, dataset)
      plans.set(name, planWrite(dataset, write, ts))
    }
    for (const [name, dataset] of replaced) {
      if (dataset) this.datasets.set(name, dataset)
      else this.datasets.delete(name)
    }
    for (const name of commit.release ?? []) {
      const dataset = this.datasets.get(name)
      if (dataset) dataset.pendingSince = null
    }
    for (const { key, value } of commit.states ?? []) {
      if (value === null) this.stateValues.delete(key)
      else this.stateValues.set(key, value)
    }
    return [...plans.values()].map(applyPlan)
  }

  private replacements(commit: Commit): Map<string, MemoryDataset | null> {
    const replaced = new Map<string, MemoryDataset | null>()
    for (const name of commit.remove ?? []) replaced.set(name, null)
    for (const name of commit.reset ?? []) {
      const dataset = replaced.has(name) ? undefined : this.datasets.get(name)
      if (dataset) replaced.set(name, { ...fresh(dataset.generation + 1, dataset.sequence), meta: dataset.meta })
    }
    for (const name of commit.rollback ?? []) {
      const dataset = replaced.has(name) ? undefined : this.datasets.get(name)
      if (dataset && dataset.pendingSince !== null) replaced.set(name, withoutPending(dataset, dataset.pendingSince))
    }
    for (const { dataset: name, by } of checkedReplacements(commit)) {
      const replacing = this.datasets.get(by)
      if (!replacing) throw new Error(`there is no dataset ${by} to replace ${name}`)
      const generation = nextGeneration(this.datasets.get(name), replacing)
      replaced.set(name, { ...replacing, generation })
      replaced.set(by, null)
    }
    return replaced
  }

  async *scan(name: string, options: ScanOptions = {}): AsyncGenerator<readonly Entity[]> {
    const dataset = this.datasets.get(name)
    if (!dataset) return
    const since = options.since ?? 0
    const until = Math.min(
      options.until ?? Number.POSITIVE_INFINITY,
      options.pending ? dataset.sequence : lastVisible(dataset),
    )
    const size = options.batch ?? SCAN_BATCH
    // Compaction replaces the log; a reset ends the scan.
    let { log } = dataset
    let at = options.reverse ? firstAfter(log, until) - 1 : firstAfter(log, since)
    let position = options.reverse ? until : since
    while (this.datasets.get(name) === dataset) {
      if (log !== dataset.log) {
        log = dataset.log
        at = options.reverse ? firstAfter(log, position - 1) - 1 : firstAfter(log, position)
      }
      const batch: Entity[] = []
      for (; batch.length < size; at += options.reverse ? -1 : 1) {
        const version = log[at]
        if (!version || version.updated > until || version.updated <= since) break
        position = version.updated
        if (options.live && version.deleted) continue
        if (!options.history && version.newer && version.newer.updated <= until) continue
        batch.push(version.entity)
      }
      if (batch.length === 0) return
      yield batch
    }
  }

  async *rows(name: string, options: ScanOptions = {}): AsyncGenerator<RowBatch> {
    for await (const batch of this.scan(name, options)) {
      yield {
        updated: batch.map((entity) => Number(entity._updated)),
        text: (at) => printEntity(batch[at] ?? {}),
        content: (at) => batch[at] ?? {},
        value: (at, property) => get(batch[at] ?? {}, property),
        mayContain: () => true,
      }
    }
  }

  async textsAt(name: string, updated: readonly number[]): Promise<readonly (string | null)[]> {
    const log = this.datasets.get(name)?.log ?? []
    return updated.map((at) => {
      const version = log[firstAfter(log, at) - 1]
      return version?.updated === at ? printEntity(version.entity) : null
    })
  }

  async lookup(name: string, ids: readonly string[]): Promise<readonly (Entity | null)[]> {
    return ids.map((id) => this.peek(name, id))
  }

  peek(name: string, id: string): Entity | null {
    return this.newestVersion(name, id)?.entity ?? null
  }

  async versions(name: string, id: string): Promise<readonly Entity[]> {
    const found: Entity[] = []
    for (let version = this.newestVersion(name, id); version; version = version.older) found.push(version.entity)
    return found
  }

  async versionAt(name: string, id: string, at: number): Promise<Entity | null> {
    return this.newestVersion(name, id, at)?.entity ?? null
  }

  private newestVersion(name: string, id: string, at = Number.POSITIVE_INFINITY): Version | null {
    const dataset = this.datasets.get(name)
    if (!dataset) return null
    let version = dataset.latest.get(id) ?? null
    const until = dataset.pendingSince === null ? at : Math.min(at, dataset.pendingSince)
    while (version && version.updated > until) version = version.older
    return version
  }

  async state(key: string): Promise<Json | Uint8Array | undefined> {
    return this.stateValues.get(key)
  }

  async *states(prefix: string): AsyncGenerator<{ readonly key: string; readonly value: Json | Uint8Array }> {
    const keys = [...this.stateValues.keys()].filter((key) => key.startsWith(prefix)).sort()
    for (const key of keys) {
      const value = this.stateValues.get(key)
      if (value !== undefined) yield { key, value }
    }
  }

  async compact(name: string, settings: Compaction): Promise<{ readonly removed: number }> {
    const dataset = this.datasets.get(name)
    if (!dataset || dataset.pendingSince !== null) return { removed: 0 }
    const removedVersions = new Set<Version>()
    for (const [id, latest] of dataset.latest) {
      if (!latest.older && !latest.deleted && settings.keepVersions > 0) continue
      const chain: Version[] = []
      for (let version: Version | null = latest; version; version = version.older) chain.push(version)
      const kept = keptVersions(chain, settings)
      for (const version of chain.slice(kept)) {
        removedVersions.add(version)
        dataset.bytes -= version.bytes
      }
      const oldest = chain[kept - 1]
      if (oldest) oldest.older = null
      else {
        dataset.latest.delete(id)
        if (!latest.deleted) dataset.live--
      }
    }
    if (removedVersions.size > 0) dataset.log = dataset.log.filter((version) => !removedVersions.has(version))
    return { removed: removedVersions.size }
  }

  async close(): Promise<void> {
    this.datasets.clear()
    this.stateValues.clear()
  }
}

function fresh(generation: number, sequence: number): MemoryDataset {
  return {
    log: [],
    latest: new Map(),
    sequence,
    live: 0,
    bytes: 0,
    pendingSince: null,
    populated: false,
    meta: {},
    generation,
  }
}

function planWrite(dataset: MemoryDataset, write: DatasetWrite, ts: number): WritePlan {
  const versions: Version[] = []
  let unchanged = 0
  let { sequence } = dataset
  for (const entity of lastOfEach(write.dataset, write.entities)) {
    const id = identity(write.dataset, entity)
    const older = dataset.latest.get(id) ?? null
    if (write.accept && !write.accept(entity, older?.entity ?? null)) continue
    const hash = contentHash(entity)
    const deleted = entity._deleted === true
    const offset = givenOffset(write, entity)
    if ((!write.repeats && !differs(hash, deleted, older)) || (offset !== null && offset <= sequence)) {
      unchanged++
      continue
    }
    sequence = offset ?? sequence + 1
    const stored = stamped(entity, id, hash, { updated: sequence, previous: older?.updated ?? null, ts })
    if (write.maxEntityBytes !== undefined) limitSize(write, id, printEntity(stored))
    const retract = entity.$retract === true
    versions.push({
      updated: sequence,
      ts,
      deleted,
      retract,
      entity: stored,
      hash,
      bytes: weight(stored),
      older,
      newer: null,
    })
  }
  return { dataset, write, versions, unchanged }
}

function applyPlan({ dataset, write, versions, unchanged }: WritePlan): CommitResult {
  if (write.pending) dataset.pendingSince ??= dataset.sequence
  for (const version of versions) {
    if (version.older) version.older.newer = version
    if (version.older && !version.older.deleted) dataset.live--
    if (!version.deleted) dataset.live++
    dataset.log.push(version)
    dataset.latest.set(String(version.entity._id), version)
    dataset.sequence = version.updated
    dataset.bytes += version.bytes
  }
  if (write.populated !== undefined) dataset.populated = write.populated
  if (write.meta) dataset.meta = { ...dataset.meta, ...write.meta }
  const changes = versions.map(({ entity, deleted, older }) => ({ entity, deleted, previous: older?.entity ?? null }))
  return { dataset: write.dataset, changes, unchanged }
}

/** A copy without the withheld versions. Sequence numbers go on, so that none is used twice. */
function withoutPending(dataset: MemoryDataset, pendingSince: number): MemoryDataset {
  const copy: MemoryDataset = { ...dataset, log: [], latest: new Map(), live: 0, bytes: 0, pendingSince: null }
  for (const version of dataset.log) {
    if (version.updated > pendingSince) break
    const id = String(version.entity._id)
    const older = copy.latest.get(id) ?? null
    const copied: Version = { ...version, older, newer: null }
    if (older) older.newer = copied
    if (older && !older.deleted) copy.live--
    if (!copied.deleted) copy.live++
    copy.log.push(copied)
    copy.latest.set(id, copied)
    copy.bytes += copied.bytes
  }
  return copy
}

/** The greatest `_updated` that readers see. */
function lastVisible(dataset: MemoryDataset): number {
  return dataset.pendingSince ?? dataset.sequence
}

/** The index of the first version with a greater `_updated`. */
function firstAfter(log: readonly Version[], updated: number): number {
  let from = 0
  let to = log.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((log[middle]?.updated ?? 0) > updated) to = middle
    else from = middle + 1
  }
  return from
}

function datasetInfo(name: string, dataset: MemoryDataset): DatasetInfo {
  const { live, populated, generation, bytes, meta, pendingSince, log, latest } = dataset
  const lastUpdated = log[firstAfter(log, lastVisible(dataset)) - 1]?.updated ?? 0
  const deleted = latest.size - live
  return { name, lastUpdated, live, deleted, versions: log.length, populated, generation, bytes, meta, pendingSince }
}

function byName(a: DatasetInfo, b: DatasetInfo): number {
  return a.name < b.name ? -1 : 1
}
