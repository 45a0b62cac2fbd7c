/** The first entities of a pipe's source, and one that is followed: read, never written, and no position moves. */
import { datasetsRead } from '../config/project/facts.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { printJson } from '../entity/json.ts'
import type { PipeRunContext } from '../run/context.ts'
import { openReader } from '../run/read.ts'
import type { Session } from '../run/session.ts'
import { Components } from '../run/sources/components.ts'
import type { EntityPlace, SourceRecord } from '../run/sources/item.ts'

/** The most source entities that are read to find the one that is followed. */
const MAX_ENTITIES_READ = 200_000

interface SourceItems {
  readonly items: readonly SourceRecord[]
  /** Key of the item that the wanted entity is part of, where the source merges entities. */
  readonly followed: string | null
  /** The entities of datasets that an item stands for. */
  readonly membersOf: (key: string) => readonly EntityPlace[]
}

export const noItems: SourceItems = { items: [], followed: null, membersOf: () => [] }

interface SourceRequest {
  readonly limit: number
  readonly entity?: string
}

/** What was read for a session, the last first; a preview and a walk ask for the same pipe in turn. */
const itemsBySession = new WeakMap<Session, readonly { readonly key: string; readonly found: SourceItems }[]>()
const MAX_CACHED = 3

/**
 * The first entities of the source, and the one that is followed. What was read stays for as long as neither the source
 * nor its datasets change: an edit of a later stage reads nothing again.
 */
export async function sourceItems(
  session: Session,
  pipe: RunnablePipe,
  running: PipeRunContext,
  request: SourceRequest,
): Promise<SourceItems> {
  if (pipe.source.reads === 'outside') return readSourceItems(session, pipe, running, request)
  const key = await sourceKey(session, pipe, request)
  const known = itemsBySession.get(session) ?? []
  const hit = known.find((each) => each.key === key)
  if (hit) return hit.found
  const found = await readSourceItems(session, pipe, running, request)
  const others = (itemsBySession.get(session) ?? []).slice(0, MAX_CACHED - 1)
  itemsBySession.set(session, [{ key, found }, ...others])
  return found
}

/** All that the answer to a request follows from: how the source is written, and the state of the datasets that it reads. */
async function sourceKey(
  session: Session,
  { id, effective }: RunnablePipe,
  { limit, entity }: SourceRequest,
): Promise<string> {
  const { store } = session.runner.store
  const infos = await Promise.all(datasetsRead(effective.source).map((name) => store.info(name)))
  const states = infos.map((info) =>
    info === null ? null : [info.name, info.lastUpdated, info.generation, info.versions, info.live, info.pendingSince],
  )
  const written = [effective.source.config, effective.config, effective.defaults, effective.node].map((json) =>
    printJson(json),
  )
  return JSON.stringify([id, limit, entity ?? null, written, states])
}

async function readSourceItems(
  session: Session,
  pipe: RunnablePipe,
  running: PipeRunContext,
  { limit, entity }: SourceRequest,
): Promise<SourceItems> {
  const { store } = session.runner
  const items: SourceRecord[] = []
  let merged: string | null = null
  const isFollowed = (item: SourceRecord) =>
    entity === undefined || item.key === entity || item.entity._id === entity || item.key === merged
  let found = entity === undefined
  let read = 0
  const takeItem = (item: SourceRecord): boolean => {
    read += 1
    if (item.gone !== undefined || item.entity._deleted === true) return false
    if (items.length < limit) {
      items.push(item)
      found ||= isFollowed(item)
    } else if (!found && isFollowed(item)) {
      items.unshift(item)
      found = true
    }
    return (items.length >= limit && found) || read >= MAX_ENTITIES_READ
  }
  if (pipe.source.reads === 'outside') {
    const most = entity === undefined ? { limit } : {}
    for await (const batch of pipe.source.read({ since: null, ...most }, running)) {
      for (const one of batch) {
        const key = typeof one._id === 'string' ? one._id : `#${read}`
        if (takeItem({ key, entity: one, order: read })) return { ...noItems, items }
      }
    }
    return { ...noItems, items }
  }
  const reader = openReader(pipe, {
    store,
    components: await Components.load(store.store, `preview/${pipe.id}/`, store.seed),
    running,
    batch: Math.max(100, Math.min(limit, 2000)),
    wanted: true,
    heldBack: async () => null,
  })
  for await (const { items: batch } of reader.changes(null)) {
    if (merged === null && entity !== undefined) {
      const part = batch.find((item) => reader.membersOf(item.key).some(({ id }) => id === entity))
      merged = part?.key ?? null
    }
    for (const item of batch)
      if (takeItem(item)) return { items, followed: merged, membersOf: (key) => reader.membersOf(key) }
  }
  return { items, followed: merged, membersOf: (key) => reader.membersOf(key) }
}

/** Where the wanted entity is: under its own `_id`, or as part of the entity that the source made of it. */
export function placeInSource(items: readonly SourceRecord[], entity: string, merged: string | null): number | null {
  const place = items.findIndex(({ key, entity: { _id } }) => _id === entity || key === entity || key === merged)
  return place < 0 ? null : place
}
