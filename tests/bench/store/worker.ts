/** The store and its contender, one Dexie record an entity, on the same entities in the same worker. */
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

type Take = <T>(name: keyof Round, work: () => Promise<T>) => Promise<T>

function stopwatch(): { round: Round; take: Take } {
  const round = { write: 0, scan: 0, lookup: 0, again: 0, change: 0, open: 0 }
  const take: Take = async (name, work) => {
    const start = performance.now()
    const result = await work()
    round[name] = performance.now() - start
    return result
  }
  return { round, take }
}

async function ours(entities: readonly Entity[], ids: readonly string[]): Promise<Round> {
  const { round, take } = stopwatch()
  const surroundings = { now: () => BigInt(Date.now()) * 1_000_000n, random: Math.random }
  const open = () => openStore({ project: 'bench', surroundings, lock: null })
  let store = await open()
  await take('write', async () => {
    for (let from = 0; from < entities.length; from += BATCH) {
      await store.commit({ datasets: [{ dataset: 'customers', entities: entities.slice(from, from + BATCH) }] })
    }
  })
  await store.close()
  store = await open()
  await take('open', () => store.lookup('customers', ['nobody']))
  const scanned = await take('scan', async () => {
    let count = 0
    for await (const batch of store.scan('customers')) count += batch.length
    return count
  })
  const found = await take('lookup', () => store.lookup('customers', ids))
  await take('again', () => store.lookup('customers', ids))
  const changed = entities
    .filter((_, at) => at % Math.floor(entities.length / 100) === 7)
    .map((one) => ({ ...one, x: 1 }))
  await take('change', () => store.commit({ datasets: [{ dataset: 'customers', entities: changed }] }))
  if (scanned !== entities.length || found.some((entity, at) => entity?._id !== ids[at]))
    throw new Error('it lost some')
  await store.close()
  await deleteStore('bench')
  return round
}

async function dexie(entities: readonly Entity[], ids: readonly string[]): Promise<Round> {
  const { round, take } = stopwatch()
  const open = async () => {
    const made = new Dexie('bench-records', { chromeTransactionDurability: 'strict' })
    made.version(1).stores({ customers: '_id' })
    await made.open()
    const table: Table<Entity, string> = made.table('customers')
    return { made, table }
  }
  let { made, table } = await open()
  await take('write', async () => {
    for (let from = 0; from < entities.length; from += BATCH) await table.bulkPut(entities.slice(from, from + BATCH))
  })
  made.close()
  ;({ made, table } = await open())
  const scanned = await take('scan', async () => {
    let count = 0
    for (let after = ''; ; ) {
      const batch = await table.where(':id').above(after).limit(BATCH).toArray()
      count += batch.length
      after = String(batch.at(-1)?._id ?? '')
      if (after === '') return count
    }
  })
  const found = await take('lookup', () => table.bulkGet([...ids]))
  await take('again', () => table.bulkGet([...ids]))
  await take('change', () => table.bulkPut(entities.filter((_, at) => at % Math.floor(entities.length / 100) === 7)))
  if (scanned !== entities.length || found.some((entity, at) => entity?._id !== ids[at]))
    throw new Error('it lost some')
  made.close()
  await Dexie.delete('bench-records')
  return round
}

self.onmessage = async ({ data }: MessageEvent<{ contender: 'ours' | 'dexie'; count: number }>) => {
  const entities = customers(data.count)
  const ids = Array.from({ length: 1000 }, () => `customer-${Math.floor(Math.random() * data.count)}`)
  try {
    postMessage(await (data.contender === 'ours' ? ours : dexie)(entities, ids))
  } catch (error) {
    postMessage({ error: String(error instanceof Error ? error.stack : error) })
  }
}
