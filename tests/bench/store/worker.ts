/**
 * The store and its contender on the same entities in the same worker. The contender is what one would write first: one
 * Dexie record an entity, found by `_id` and scanned in the order of `_updated` from a position on, which needs an index.
 * It keeps no versions, computes no hashes and compares with nothing, which the store does.
 */
import { Dexie, type Table } from 'dexie'
import { customers } from '../../../engine-worker/commands/bench/customers.ts'
import { deleteStore, openStore } from '../../../engine-worker/datasets/indexeddb.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'

const BATCH = 5000

/** Milliseconds of one round. */
export interface Round {
  readonly write: number
  readonly scan: number
  /** 1,000 random look-ups with the id index in memory and no entity. */
  readonly lookup: number
  /** Look-ups again, with what the first left in the cache. */
  readonly again: number
  /** Committing 100 changes. */
  readonly change: number
  /** Opening the dataset: the id index is read. */
  readonly open: number
}

const some = customers(BATCH)

/** Entities as they stream in: new ones for every batch, made outside of the measured time. */
function batch(from: number): Entity[] {
  return some.map((one, at) => ({ ...one, _id: `customer-${from + at}`, last: `Nordmann-${from + at}` }))
}

/** A hundred changed entities from all over the dataset. */
function changes(count: number): Entity[] {
  return Array.from({ length: 100 }, (_, at) => {
    const place = Math.floor((at * count) / 100)
    return { ...some[place % BATCH], _id: `customer-${place}`, last: 'changed' }
  })
}

type Take = <T>(name: keyof Round, work: () => Promise<T>) => Promise<T>

function stopwatch(): { round: Round; take: Take } {
  const round = { write: 0, scan: 0, lookup: 0, again: 0, change: 0, open: 0 }
  const take: Take = async (name, work) => {
    const start = performance.now()
    const result = await work()
    round[name] += performance.now() - start
    return result
  }
  return { round, take }
}

async function ours(count: number, ids: readonly string[]): Promise<Round> {
  const { round, take } = stopwatch()
  const surroundings = { now: () => BigInt(Date.now()) * 1_000_000n, random: Math.random }
  const open = () => openStore({ project: 'bench', surroundings, lock: null })
  let store = await open()
  for (let from = 0; from < count; from += BATCH) {
    const entities = batch(from)
    await take('write', () => store.commit({ datasets: [{ dataset: 'customers', entities }] }))
  }
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

async function dexie(count: number, ids: readonly string[]): Promise<Round> {
  const { round, take } = stopwatch()
  const open = async () => {
    const made = new Dexie('bench-records', { chromeTransactionDurability: 'strict' })
    made.version(1).stores({ customers: '_id,_updated' })
    await made.open()
    const table: Table<Entity, string> = made.table('customers')
    return { made, table }
  }
  let { made, table } = await open()
  for (let from = 0; from < count; from += BATCH) {
    const entities = batch(from).map((one, at) => ({ ...one, _updated: from + at + 1 }))
    await take('write', () => table.bulkPut(entities))
  }
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

self.onmessage = async ({ data }: MessageEvent<{ contender: 'ours' | 'dexie'; count: number }>) => {
  const ids = Array.from({ length: 1000 }, () => `customer-${Math.floor(Math.random() * data.count)}`)
  try {
    postMessage(await (data.contender === 'ours' ? ours : dexie)(data.count, ids))
  } catch (error) {
    postMessage({ error: String(error instanceof Error ? error.stack : error) })
  }
}
