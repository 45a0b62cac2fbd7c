/**
 * A pipe from IndexedDB through DTL to IndexedDB, and a loop by hand that does the same over the same store: it scans,
 * transforms and commits in the same batches, with the next batch in work while the last one is written.
 */

import { printJson } from '../../../engine-worker/entity/json.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { isDict, type Value } from '../../../engine-worker/entity/value.ts'
import type { Environment } from '../../../engine-worker/environment.ts'
import { customers } from '../../../engine-worker/node/commands/bench/customers.ts'
import { byHand, rules } from '../../../engine-worker/node/commands/bench/work.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { deleteStore, openStore } from '../../../engine-worker/storage/indexeddb/store.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'

export type Contender = 'engine' | 'hand'

const BATCH = 2000

const environment: Environment = {
  now: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
  random: Math.random,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
}

async function fill(store: DatasetStore, count: number): Promise<void> {
  const some = customers(5000)
  for (let from = 0; from < count; from += some.length) {
    const entities = some.map((one, at) => ({ ...one, _id: `customer-${from + at}` }))
    await store.commit({ datasets: [{ dataset: 'customers', entities, populated: true }] })
  }
}

async function engine(store: DatasetStore): Promise<number> {
  const session = new Session({ store, environment })
  const pipe = {
    _id: 'out',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'customers' },
    transform: { type: 'dtl', rules },
  }
  session.open({ 'out.conf.json': printJson(pipe) })
  const start = performance.now()
  const result = await session.run({ run: 'bench' })
  const took = performance.now() - start
  if (result.state !== 'done') throw new Error(result.pipes[0]?.problems[0]?.message ?? result.state)
  return took
}

async function hand(store: DatasetStore): Promise<number> {
  const start = performance.now()
  let writing: Promise<unknown> = Promise.resolve()
  for await (const batch of store.scan('customers', { batch: BATCH })) {
    const entities: Entity[] = []
    for (const entity of batch) {
      const made: unknown = byHand(entity)
      if (isDict(made as Value)) entities.push(made as Entity)
    }
    await writing
    writing = store.commit({ datasets: [{ dataset: 'out', entities }] })
  }
  await writing
  return performance.now() - start
}

addEventListener(
  'message',
  async ({ data }: MessageEvent<{ contender: Contender; count: number; project: string }>) => {
    try {
      const store = await openStore({ project: data.project, environment, lock: null })
      await fill(store, data.count)
      await store.close()
      // Opened again, so that nothing of the writing is left in memory.
      const fresh = await openStore({ project: data.project, environment, lock: null })
      const took = await (data.contender === 'engine' ? engine(fresh) : hand(fresh))
      const written = (await fresh.info('out'))?.live ?? 0
      await fresh.close()
      await deleteStore(data.project)
      postMessage({ took, written })
    } catch (error) {
      postMessage({ error: error instanceof Error ? error.message : String(error) })
    }
  },
)
