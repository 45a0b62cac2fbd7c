/**
 * Random histories of a dataset store, and a naive model that says what a store must answer after each step. The same
 * law runs on the memory store (vitest) and on the IndexedDB store in a real browser (tests/e2e/store.spec.ts).
 */
import fc from 'fast-check'
import { printValue } from '../../../engine-worker/entity/transit.ts'
import { type Entity, Float, isDict, type Json, NI, type Value } from '../../../engine-worker/entity/value.ts'
import type {
  Commit,
  Compaction,
  DatasetInfo,
  DatasetStore,
  Replacement,
  ScanOptions,
} from '../../../engine-worker/storage/store.ts'

export type Step =
  | { readonly do: 'commit'; readonly commit: Commit }
  | { readonly do: 'compact'; readonly dataset: string; readonly settings: Compaction }
  | { readonly do: 'reopen' }

/** A store under test: its clock is the test's, and it can be opened again on what it kept. */
export interface Subject {
  store: DatasetStore
  reopen(): Promise<void>
}

/** Milliseconds that pass between two commits of a history. */
const TICK = 1000
const START = 1_700_000_000_000

/** A clock for one history; every commit is told a later time, except that it sometimes steps back. */
export function historyClock(): { now(): bigint } {
  let commits = 0
  return { now: () => BigInt(START + TICK * commits++) * 1_000_000n }
}

const datasets = ['people', 'orders', '__proto__']
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'constructor', '__proto__', '', 'ø "quoted"\n\\', '\ud800 lone']
const values: readonly Value[] = [
  1,
  new Float(1),
  1.5,
  'x',
  '~text',
  null,
  true,
  [1, [2]],
  { a: 1 },
  new NI('a:b'),
  2n ** 70n,
]

const entity: fc.Arbitrary<Entity> = fc
  .record({
    id: fc.constantFrom(...ids),
    deleted: fc.constantFrom(undefined, undefined, undefined, true, false),
    x: fc.constantFrom(...values),
    y: fc.option(fc.constantFrom(...values), { nil: undefined }),
    retract: fc.constantFrom(false, false, false, true),
    reserved: fc.boolean(),
  })
  .map(({ id, deleted, x, y, retract, reserved }) => ({
    _id: id,
    x,
    ...(y === undefined ? {} : { y }),
    ...(deleted === undefined ? {} : { _deleted: deleted }),
    ...(retract ? { $retract: true } : {}),
    ...(reserved ? { _updated: 77, _filtered: true } : {}),
  }))

const dataset = fc.constantFrom(...datasets)
const names = fc.subarray(datasets, { maxLength: 1 })
const rarely = fc.oneof({ weight: 9, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: names })
const stateValue = fc.constantFrom<Json | Uint8Array>(1, 'two', [3], { four: 5 }, null, new Uint8Array([1, 2]))

const commit: fc.Arbitrary<Commit> = fc
  .record({
    writes: fc.uniqueArray(
      fc.record({
        dataset,
        entities: fc.array(entity, { maxLength: 12 }),
        pending: fc.constantFrom(false, false, false, true),
        populated: fc.constantFrom(undefined, true),
        meta: fc.constantFrom<Readonly<Record<string, Json>> | undefined>(
          undefined,
          undefined,
          { since: 1 },
          { other: ['x'] },
        ),
      }),
      { maxLength: 2, selector: (write) => write.dataset },
    ),
    states: fc.array(fc.record({ key: fc.constantFrom('p:1', 'p:2', 'q', 'p'), value: stateValue }), { maxLength: 2 }),
    reset: rarely,
    remove: rarely,
    release: rarely,
    rollback: rarely,
    replacement: fc.constantFrom(...datasets.flatMap((name) => datasets.map((by) => ({ dataset: name, by })))),
    replaces: fc.constantFrom(false, false, false, true),
  })
  .map(({ writes, replacement, replaces, ...rest }) => ({
    datasets: writes.map(({ meta, populated, ...write }) => ({
      ...write,
      ...(meta === undefined ? {} : { meta }),
      ...(populated === undefined ? {} : { populated }),
    })),
    ...rest,
    ...(replaces && isAllowed(replacement, [...rest.remove, ...rest.reset, ...rest.rollback])
      ? { replace: [replacement] }
      : {}),
  }))

function isAllowed({ dataset: name, by }: Replacement, others: readonly string[]): boolean {
  return name !== by && !others.includes(name) && !others.includes(by)
}

const compaction: fc.Arbitrary<Compaction> = fc
  .record({
    keepVersions: fc.constantFrom(0, 1, 1, 2, 3),
    olderThan: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    deletesOlderThan: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    consumedUpTo: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(1e9)),
    retract: fc.boolean(),
  })
  .map(({ olderThan, deletesOlderThan, ...rest }) => ({
    ...rest,
    ...(olderThan === undefined ? {} : { olderThan: START + TICK * olderThan }),
    ...(deletesOlderThan === undefined ? {} : { deletesOlderThan: START + TICK * deletesOlderThan }),
  }))

/** A list of steps. */
export const history: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: commit.map((made): Step => ({ do: 'commit', commit: made })) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('compact' as const), dataset, settings: compaction }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'reopen' }) },
  ),
  { minLength: 1, maxLength: 14 },
)

interface Version {
  readonly entity: Entity
  readonly id: string
  readonly updated: number
  readonly milliseconds: number
}

interface ModelDataset {
  log: Version[]
  sequence: number
  populated: boolean
  generation: number
  pendingSince: number | null
  meta: Record<string, Json>
}

/** A naive model of the content of a store. */
export class Model {
  readonly datasets = new Map<string, ModelDataset>()
  readonly states = new Map<string, Json | Uint8Array>()
  private readonly clock = historyClock()

  commit(made: Commit): readonly { dataset: string; changes: readonly string[]; unchanged: number }[] {
    const now = Number(this.clock.now() / 1_000_000n)
    for (const name of made.remove ?? []) this.datasets.delete(name)
    for (const name of made.reset ?? []) {
      const old = this.datasets.get(name)
      if (!old) continue
      this.datasets.set(name, { ...old, log: [], populated: false, pendingSince: null, generation: old.generation + 1 })
    }
    for (const name of made.rollback ?? []) {
      const old = this.datasets.get(name)
      if (!old || old.pendingSince === null) continue
      const limit = old.pendingSince
      this.datasets.set(name, {
        ...old,
        log: old.log.filter((version) => version.updated <= limit),
        pendingSince: null,
      })
    }
    for (const { dataset: name, by } of made.replace ?? []) {
      const [old, replacing] = [this.datasets.get(name), this.datasets.get(by)]
      if (!replacing) throw new Error(`the model has no dataset ${by}`)
      const generation = Math.max(old?.generation ?? 0, replacing.generation) + 1
      this.datasets.set(name, { ...replacing, generation })
      this.datasets.delete(by)
    }
    for (const name of made.release ?? []) {
      const old = this.datasets.get(name)
      if (old) old.pendingSince = null
    }
    const results = (made.datasets ?? []).map((write) => {
      const empty = { log: [], sequence: 0, populated: false, generation: 1, pendingSince: null, meta: {} }
      const to: ModelDataset = this.datasets.get(write.dataset) ?? empty
      this.datasets.set(write.dataset, to)
      if (write.pending) to.pendingSince ??= to.sequence
      const changes: string[] = []
      let unchanged = 0
      const last = write.entities.filter(
        (one, at) => !write.entities.slice(at + 1).some((later) => later._id === one._id),
      )
      for (const one of last) {
        const latest = to.log.findLast((version) => version.id === one._id)
        const bothDeleted = latest?.entity._deleted === true && one._deleted === true
        if (latest && (bothDeleted || content(latest.entity) === content(one))) unchanged++
        else {
          to.sequence++
          const stored: Entity = { ...properties(one), _id: one._id ?? null, _deleted: one._deleted === true }
          const version = { entity: stored, id: String(one._id), updated: to.sequence, milliseconds: now }
          to.log.push(version)
          changes.push(`${content(stored)} after ${latest ? content(latest.entity) : 'nothing'}`)
        }
      }
      if (write.populated !== undefined) to.populated = write.populated
      Object.assign(to.meta, write.meta)
      return { dataset: write.dataset, changes, unchanged }
    })
    for (const { key, value } of made.states ?? []) {
      if (value === null) this.states.delete(key)
      else this.states.set(key, value)
    }
    return results
  }

  compact(name: string, settings: Compaction): number {
    const of = this.datasets.get(name)
    if (!of || of.pendingSince !== null) return 0
    const before = of.log.length
    const { consumedUpTo, keepVersions, olderThan, deletesOlderThan, retract } = settings
    const versionsOf = new Map(of.log.map(({ id }) => [id, of.log.filter((version) => version.id === id)]))
    for (const versions of versionsOf.values()) {
      const latest = versions.at(-1)
      const isOlder = (version: Version | undefined, limit: number | undefined) =>
        version !== undefined && limit !== undefined && version.milliseconds < limit
      const gone =
        latest !== undefined &&
        latest.updated <= consumedUpTo &&
        ((latest.entity._deleted === true && isOlder(latest, deletesOlderThan)) ||
          (keepVersions === 0 && isOlder(latest, olderThan)))
      // From the oldest version on, as long as no consumer can see the difference.
      while (versions.length > (gone ? 0 : 1)) {
        const [oldest, next] = versions
        const retracted = retract && versions.slice(1).some((version) => version.entity.$retract === true)
        const surplus = versions.length > keepVersions && (olderThan === undefined || isOlder(oldest, olderThan))
        if (!gone && !((retracted || surplus) && next !== undefined && next.updated <= consumedUpTo)) break
        versions.shift()
        of.log = of.log.filter((version) => version !== oldest)
      }
    }
    return before - of.log.length
  }

  visible(name: string): readonly Version[] {
    const of = this.datasets.get(name)
    return of ? of.log.filter((version) => version.updated <= (of.pendingSince ?? Number.POSITIVE_INFINITY)) : []
  }

  scan(name: string, options: ScanOptions): readonly Version[] {
    const all = options.pending ? (this.datasets.get(name)?.log ?? []) : this.visible(name)
    const until = all.filter((version) => version.updated <= (options.until ?? Number.POSITIVE_INFINITY))
    const isLatest = (version: Version) => until.findLast((other) => other.id === version.id) === version
    const found = until
      .filter((version) => version.updated > (options.since ?? 0))
      .filter((version) => options.history || isLatest(version))
      .filter((version) => !options.live || version.entity._deleted !== true)
    return options.reverse ? found.toReversed() : found
  }
}

function properties(one: Entity): Entity {
  return Object.fromEntries(Object.entries(one).filter(([key]) => !key.startsWith('_')))
}

/** The compared part of an entity, as text with sorted keys. */
function content(one: Entity): string {
  return printValue(sortedValue({ ...properties(one), _id: one._id ?? null, _deleted: one._deleted === true }))
}

function sortedValue(value: Value): Value {
  if (Array.isArray(value)) return value.map(sortedValue)
  if (!isDict(value)) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedValue(item)]))
}

const scans: readonly ScanOptions[] = [
  {},
  { history: true, pending: true, batch: 3 },
  { live: true, batch: 1 },
  { since: 3, until: 9 },
  { since: 2, until: 12, history: true, reverse: true, batch: 2 },
  { reverse: true, until: 7 },
  { pending: true },
]

/** Follows a history on a store and on the model, and throws at the first difference. */
export async function follow(subject: Subject, steps: readonly Step[]): Promise<void> {
  const model = new Model()
  for (const [index, step] of steps.entries()) {
    const place = `step ${index + 1} (${step.do})`
    if (step.do === 'reopen') await subject.reopen()
    else if (step.do === 'compact') {
      const { removed } = await subject.store.compact(step.dataset, step.settings)
      expectSame(`${place}: removed`, removed, model.compact(step.dataset, step.settings))
    } else {
      const made = await subject.store.commit(withExisting(step.commit, model))
      const results = made.map(({ dataset: name, changes, unchanged }) => ({
        dataset: name,
        changes: changes.map(
          ({ entity: now, previous }) => `${content(now)} after ${previous ? content(previous) : 'nothing'}`,
        ),
        unchanged,
      }))
      expectSame(`${place}: committed`, results, model.commit(withExisting(step.commit, model)))
    }
    if (index === steps.length - 1 || index % 3 === 0) await compare(place, subject.store, model)
  }
}

/** The commit without the replacements by datasets that are not there, which a store refuses. */
function withExisting({ replace = [], ...commit }: Commit, model: Model): Commit {
  return { ...commit, replace: replace.filter(({ by }) => model.datasets.has(by)) }
}

async function compare(place: string, store: DatasetStore, model: Model): Promise<void> {
  const listed = await store.list()
  expectSame(
    `${place}: list`,
    listed.map(infoFacts),
    [...model.datasets.keys()].sort().map((name) => modelFacts(model, name)),
  )
  for (const name of [...datasets, 'unknown']) {
    for (const options of scans) {
      const found: Entity[] = []
      for await (const batch of store.scan(name, options)) {
        if (batch.length === 0 || batch.length > (options.batch ?? 2000))
          throw new Error(`${place}: a batch of ${batch.length}`)
        found.push(...batch)
      }
      const wanted = model.scan(name, options)
      expectSame(`${place}: scan ${name} ${JSON.stringify(options)}`, found.map(versionText), wanted.map(modelLine))
    }
    const visible = model.visible(name)
    const looked = await store.lookup(name, ids)
    for (const [at, id] of ids.entries()) {
      const versions = visible.filter((version) => version.id === id).toReversed()
      const [latest] = versions
      const found = looked[at]
      expectSame(`${place}: lookup ${name} ${id}`, found ? versionText(found) : null, latest ? modelLine(latest) : null)
      const peeked = store.peek(name, id)
      if (peeked !== undefined)
        expectSame(`${place}: peek`, peeked ? versionText(peeked) : null, latest ? modelLine(latest) : null)
      expectSame(
        `${place}: versions ${name} ${id}`,
        (await store.versions(name, id)).map(versionText),
        versions.map(modelLine),
      )
      const then = await store.versionAt(name, id, 5)
      const wanted = versions.find((version) => version.updated <= 5)
      expectSame(
        `${place}: versionAt ${name} ${id}`,
        then ? versionText(then) : null,
        wanted ? modelLine(wanted) : null,
      )
      checkPrevious(place, await store.versions(name, id))
    }
  }
  for (const prefix of ['', 'p:', 'p', 'none']) {
    const found: (readonly [string, string])[] = []
    for await (const { key, value } of store.states(prefix)) found.push([key, stateText(value)])
    const wanted = [...model.states].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1))
    expectSame(
      `${place}: states ${prefix}`,
      found,
      wanted.map(([key, value]) => [key, stateText(value)]),
    )
  }
  expectSame(`${place}: state`, stateText(await store.state('q')), stateText(model.states.get('q')))
}

function checkPrevious(place: string, versions: readonly Entity[]): void {
  for (const [at, version] of versions.entries()) {
    const older = versions[at + 1]
    if (older && version._previous !== older._updated)
      throw new Error(`${place}: _previous of ${version._updated} is off`)
    if (typeof version._ts !== 'number' || !/^[0-9a-f]{32}$/.test(String(version._hash)))
      throw new Error(`${place}: stamps`)
  }
}

function stateText(value: Json | Uint8Array | undefined): string {
  return value instanceof Uint8Array ? `bytes ${[...value].join()}` : JSON.stringify(value ?? 'none')
}

function versionText(found: Entity): string {
  return `${found._updated} ${content(found)}`
}

function modelLine(version: Version): string {
  return `${version.updated} ${content(version.entity)}`
}

type Facts = Omit<DatasetInfo, 'bytes'>

function infoFacts(info: DatasetInfo): Facts {
  const { bytes, ...rest } = info
  if (!(bytes >= 0)) throw new Error(`${info.name} takes ${bytes} bytes`)
  return rest
}

function modelFacts(model: Model, name: string): Facts {
  const of = model.datasets.get(name)
  const log = of?.log ?? []
  const latest = log.filter((version) => log.findLast((other) => other.id === version.id) === version)
  const deleted = latest.filter((version) => version.entity._deleted === true).length
  return {
    name,
    lastUpdated: model.visible(name).at(-1)?.updated ?? 0,
    live: latest.length - deleted,
    deleted,
    versions: log.length,
    populated: of?.populated ?? false,
    generation: of?.generation ?? 0,
    meta: of?.meta ?? {},
    pendingSince: of?.pendingSince ?? null,
  }
}

function expectSame(what: string, found: unknown, wanted: unknown): void {
  const [a, b] = [canonical(found), canonical(wanted)]
  if (a !== b) throw new Error(`${what}\n  found  ${a}\n  wanted ${b}`)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    item && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}
