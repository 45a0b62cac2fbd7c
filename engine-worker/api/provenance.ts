/**
 * Where one entity came from and what became of it, one pipe far: from what the runs recorded (tracking, merged
 * components), and by passing its source entities through the pipe once more to see which others are joined.
 */

import type { RunnablePipe } from '../connectors/runtime.ts'
import type { Entity } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { idAfter, passThrough } from '../run/chain.ts'
import { Lookups, PipeRunContext } from '../run/context.ts'
import { openReader } from '../run/read.ts'
import type { Session } from '../run/session.ts'
import type { EntityPlace, SourceReader } from '../run/sources/item.ts'
import type { TrackingState } from '../run/state.ts'
import { capability } from './capability.ts'
import { type DeletionReason, deletionReason, likelyKeys } from './deletion-reason.ts'

/** Where an entity came from and what became of it, one pipe far. */
export interface Provenance {
  /** By the pipes that fill its dataset: the entities it was made of, and those that were joined for it. */
  readonly made: readonly {
    readonly pipe: string
    /** The pipe reads from outside, where entities have no place of their own here. */
    readonly outside: boolean
    readonly sources: readonly EntityPlace[]
    readonly joined: readonly EntityPlace[]
    /** Why the entity is deleted, where that is known. */
    readonly deletion: DeletionReason | null
  }[]
  /** By the pipes that read or join its dataset. `dataset` is null for sinks outside. */
  readonly became: readonly {
    readonly pipe: string
    readonly how: 'source' | 'joined'
    readonly dataset: string | null
    readonly ids: readonly string[]
  }[]
}

/** The most entities that are named. */
const MAX_PLACES = 200

/** Where one entity came from and what became of it. */
export const provenance = capability('provenance', 'draft', (place: EntityPlace, { host }) =>
  provenanceOf(host.current().session, place, host.platform.environment),
)

/** What is known of one entity. */
export async function provenanceOf(
  session: Session,
  place: EntityPlace,
  environment: Environment,
): Promise<Provenance> {
  const outputs: Provenance['made'][number][] = []
  const became: Provenance['became'][number][] = []
  const [entity = null] = await session.runner.store.store.lookup(place.dataset, [place.id])
  for (const pipe of session.pipes()) {
    const fills = pipe.sink.writes === 'dataset' && pipe.sink.dataset === place.dataset
    const reads = pipe.source.reads === 'datasets' && pipe.source.datasets.includes(place.dataset)
    const joins = pipe.stages.some(({ hops }) => hops.some(({ dataset }) => dataset === place.dataset))
    if (!fills && !reads && !joins) continue
    const opened = await openPipeReader(session, pipe, environment)
    if (fills) outputs.push(await sourcesOf(opened, place.id, entity?._deleted === true))
    if (reads && entity) became.push(...(await outputsOf(opened, opened.reader.keysOf(place), 'source')))
    if (joins && entity) {
      const keys = new Set<string>()
      opened.memory.tracking.dependentsOn(place.dataset, entity, keys)
      became.push(...(await outputsOf(opened, [...keys], 'joined')))
    }
  }
  return { made: outputs, became }
}

interface OpenedPipe {
  readonly session: Session
  readonly pipe: RunnablePipe
  readonly memory: TrackingState
  readonly reader: SourceReader
  readonly running: PipeRunContext
}

async function openPipeReader(session: Session, pipe: RunnablePipe, environment: Environment): Promise<OpenedPipe> {
  const { store } = session.runner
  const memory = await session.runner.memory(pipe.id)
  const running = new PipeRunContext(pipe, environment, new Lookups(store, null), new AbortController().signal, null)
  const { components } = memory
  const reader = openReader(pipe, {
    store,
    components,
    running,
    batch: MAX_PLACES,
    wanted: false,
    heldBack: async () => null,
  })
  return { session, pipe, memory, reader, running }
}

async function sourcesOf(opened: OpenedPipe, id: string, isDeleted: boolean): Promise<Provenance['made'][number]> {
  const { pipe, memory, reader, running } = opened
  const recorded = memory.tracking.makersOf(id)
  // Where nothing is recorded, the source entity has the same name.
  const keys = recorded.length > 0 ? recorded : [id]
  const read = recorded.length > 0 ? recorded.slice(0, MAX_PLACES) : likelyKeys(pipe, id)
  const { store } = opened.session.runner.store
  return {
    pipe: pipe.id,
    outside: pipe.source.reads === 'outside',
    sources: await existingPlaces(store, uniquePlaces(keys.flatMap((key) => reader.membersOf(key)))),
    joined: await joinedEntities(opened, keys),
    deletion: isDeleted && read.length > 0 ? await deletionReason(pipe, id, await reader.fetch(read), running) : null,
  }
}

async function existingPlaces(
  store: Session['runner']['store']['store'],
  places: readonly EntityPlace[],
): Promise<EntityPlace[]> {
  const there: EntityPlace[] = []
  for (const place of places.slice(0, MAX_PLACES)) {
    const [entity] = await store.lookup(place.dataset, [place.id])
    if (entity) there.push(place)
  }
  return there
}

/** The entities of other datasets that the rules find for source entities. */
async function joinedEntities({ pipe, reader, running }: OpenedPipe, keys: readonly string[]): Promise<EntityPlace[]> {
  if (pipe.needs || !pipe.stages.some(({ hops }) => hops.length > 0)) return []
  const found: EntityPlace[] = []
  running.lookups.onFound = (dataset: string, { _id }: Entity) => {
    if (typeof _id === 'string') found.push({ dataset, id: _id })
  }
  await passThrough(pipe.stages, await reader.fetch(keys.slice(0, MAX_PLACES)), running)
  running.lookups.onFound = null
  return uniquePlaces(found).slice(0, MAX_PLACES)
}

/** What the source entities of these keys came to. */
async function outputsOf(
  { session, pipe, memory, reader }: OpenedPipe,
  keys: readonly string[],
  how: 'source' | 'joined',
): Promise<Provenance['became']> {
  if (keys.length === 0) return []
  if (pipe.sink.writes !== 'dataset') return [{ pipe: pipe.id, how, dataset: null, ids: [] }]
  const { dataset } = pipe.sink
  const ids = new Set<string>()
  for (const key of keys.slice(0, MAX_PLACES)) {
    const outputs = memory.tracking.outputs(key)
    if (outputs) for (let at = 1; at < outputs.length; at += 2) ids.add(outputs[at] ?? '')
    else if (reader.keysAreIds) {
      const id = idAfter(pipe.stages, key)
      if (id !== null) ids.add(id)
    }
  }
  const live = await session.runner.store.store.lookup(dataset, [...ids])
  const there = [...ids].filter((_, at) => live[at] && live[at]?._deleted !== true).sort()
  return there.length > 0 ? [{ pipe: pipe.id, how, dataset, ids: there.slice(0, MAX_PLACES) }] : []
}

function uniquePlaces(places: readonly EntityPlace[]): EntityPlace[] {
  const byName = new Map(places.map((place) => [`${place.dataset}\u0000${place.id}`, place]))
  return [...byName.values()]
}
