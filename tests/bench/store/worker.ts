/**
 * The store and its contenders on the same entities in the same worker. `dexie` is a dataset of the same kind with one
 * Dexie record an entity: each is compared by hash with its latest version, stamped, and stored under its `_id` with an
 * index on `_updated`, which scans go by. `puts` only puts records, without looking at what was there.
 */
import { Dexie, type Table } from 'dexie'
import { contentHash } from '../../../engine-worker/entity/hash.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { customers } from '../../../engine-worker/node/commands/bench/customers.ts'
import { deleteStore, openStore } from '../../../engine-worker/storage/indexeddb/store.ts'
import { stamped } from '../../../engine-worker/storage/write.ts'

const BATCH = 5000

export type Contender = 'ours' | 'dexie' | 'puts'

/** Milliseconds of one round. */
export interface Round {
  readonly write: number
  readonly scan: number
  /** 1,000 random look-ups with the id index in memory and no entity. */
  readonly lookup: number
  /** The same look-ups again, with the cache that the first ones filled. */
  readonly again: number
  /** Committing 100 changes. */
  readonly change: number
  /** Opening the dataset, which reads the id index. */
  readonly open: number
}

const oneBatch = customers(BATCH)

/** Entities in batches, made outside of the measured time. */
function batches(count: number): Entity[][] {
  return Array.from({ length: Math.ceil(count / BATCH) }, (_, batch) =>
    oneBatch.map((one, at) => {
      const number = batch * BATCH + at
      return { ...one, _id: `customer-${number}`, last: `Nordmann-${number}` }
    }),
  )
}

/** Writes batches as a pipe does: the next batch is prepared while one is stored. */
async function oneBehind(
  batches: readonly (readonly Entity[])[],
  write: (entities: readonly Entity[], from: number) => PromiseLike<unknown>,
): Promise<void> {
  let storing: PromiseLike<unknown> = Promise.resolve()
  for (const [at, entities] of batches.entries()) {
    const stored = write(entities, at * BATCH)
    await storing
    storing = stored
  }
  await storing
}

/** A hundred changed entities, spread over the dataset. */
function changes(count: number): Entity[] {
  return Array.from({ length: 100 }, (_, at) => {
    const place = Math.floor((at * count) / 100)
    return { ...oneBatch[place % BATCH], _id: `customer-${place}`, last: 'changed' }
  })
}

type TakeTime = <T>(name: keyof Round, work: () => Promise<T>) => Promise<T>

function stopwatch(): { round: Round; take: TakeTime } {
  const round = { write: 0, scan: 0, lookup: 0, again: 0, change: 0, open: 0 }
  const takeTime: TakeTime = async (name, work) => {
    const start = performance.now()
    const result = await work()
    round[name] += performance.now() - start
    return result
  }
  return { round, take: takeTime }
}

async function ours(count: number, ids: readonly string[]): Promise<Round> {
  const { round, take } = stopwatch()
  const environment = { now: () => BigInt(Date.now()) * 1_000_000n, random: Math.random }
  const open = () => openStore({ project: 'bench', environment, lock: null })
  let store = await open()
  const write = (entities: readonly Entity[]) => store.commit({ datasets: [{ dataset: 'customers', entities }] })
  const all = batches(count)
  await take('write', () => oneBehind(all, write))
  await store.close()
  store = await open()
  await take('open', () => store.lookup('customers', ['nobody']))
  const scanned = await take('scan', async () => {
    let seen = 0
    for await (const batch of store.scan('customers')) seen += batch.length
    return seen
  })
  const found = await take('lookup', () => store.lookup('customers', ids))
  await take('again', () => store.lookup('customers', ids))
  const changed = changes(count)
  await take('change', () => store.commit({ datasets: [{ dataset: 'customers', entities: changed }] }))
  if (scanned !== count || found.some((entity, at) => entity?._id !== ids[at])) throw new Error('it lost some')
  await store.close()
  await deleteStore('bench')
  return round
}

/** What a commit does, with records. */
async function commit(table: Table<Entity, string>, entities: readonly Entity[], sequence: number): Promise<void> {
  const ts = Date.now() * 1000
  let updated = sequence
  await table.db.transaction('rw', table, async () => {
    const before = await table.bulkGet(entities.map(({ _id }) => String(_id)))
    const versions: Entity[] = []
    for (const [at, entity] of entities.entries()) {
      const hash = contentHash(entity)
      const latest = before[at]
      if (latest?._hash === hash) continue
      const previous = typeof latest?._updated === 'number' ? latest._updated : null
      versions.push(stamped(entity, String(entity._id), hash, { updated: ++updated, previous, ts }))
    }
    await table.bulkPut(versions)
  })
}

async function dexie(count: number, ids: readonly string[], bare: boolean): Promise<Round> {
  const { round, take } = stopwatch()
  const open = async () => {
    const made = new Dexie('bench-records', { chromeTransactionDurability: 'strict' })
    made.version(1).stores({ customers: '_id,_updated' })
    await made.open()
    const table: Table<Entity, string> = made.table('customers')
    return { made, table }
  }
  let { made, table } = await open()
  const putEntities = (entities: readonly Entity[], from: number) =>
    table.bulkPut(entities.map((one, at) => ({ ...one, _updated: from + at + 1 })))
  const all = batches(count)
  await take('write', () =>
    oneBehind(all, (entities, from) => (bare ? putEntities(entities, from) : commit(table, entities, from))),
  )
  made.close()
  ;({ made, table } = await open())
  const scanned = await take('scan', async () => {
    let seen = 0
    for (;;) {
      const found = await table.where('_updated').above(seen).limit(BATCH).toArray()
      if (found.length === 0) return seen
      seen += found.length
    }
  })
  const found = await take('lookup', () => table.bulkGet([...ids]))
  await take('again', () => table.bulkGet([...ids]))
  await take('change', () => table.bulkPut(changes(count).map((one) => ({ ...one, _updated: 1e6 }))))
  if (scanned !== count || found.some((entity, at) => entity?._id !== ids[at])) throw new Error('it lost some')
  made.close()
  await Dexie.delete('bench-records')
  return round
}

/** The entities of a first run that is not measured, so that compilation does not count. */
const WARM_UP_ENTITIES = 20_000

self.onmessage = async ({ data }: MessageEvent<{ contender: Contender; count: number }>) => {
  const { contender } = data
  const run = (count: number) => {
    const ids = Array.from({ length: 1000 }, () => `customer-${Math.floor(Math.random() * count)}`)
    return contender === 'ours' ? ours(count, ids) : dexie(count, ids, contender === 'puts')
  }
  try {
    await run(WARM_UP_ENTITIES)
    postMessage(await run(data.count))
  } catch (error) {
    postMessage({ error: String(error instanceof Error ? error.stack : error) })
  }
}
