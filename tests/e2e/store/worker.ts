/** The worker that the store's browser tests drive: the real store on the real IndexedDB, one call after the other. */
import fc from 'fast-check'
import { deleteStore, openStore } from '../../../engine-worker/datasets/indexeddb.ts'
import { webLock } from '../../../engine-worker/datasets/lock.ts'
import type { DatasetStore } from '../../../engine-worker/datasets/store.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { follow, history, historyClock } from '../../engine/datasets/histories.ts'

let store: DatasetStore | null = null
let opened = 0

const surroundings = { now: () => BigInt(Date.now()) * 1_000_000n, random: Math.random }

/** Entities of every batch; all of them carry its number. */
const BATCH = 60

const calls = {
  /** Follows random histories, with segments so small that merging and compaction happen all the time. */
  async histories(seed: number, runs: number): Promise<string> {
    const limits = { versions: 4, characters: 500, merge: 3 }
    const property = fc.asyncProperty(history, async (steps) => {
      const project = `history ${opened++}`
      const options = { project, lock: webLock(navigator.locks), cacheBytes: 3000, limits }
      const surroundings = { ...historyClock(), random: Math.random }
      const subject = {
        store: await openStore({ ...options, surroundings }),
        async reopen() {
          await subject.store.close()
          subject.store = await openStore({ ...options, surroundings })
        },
      }
      try {
        await follow(subject, steps)
      } finally {
        await subject.store.close()
        await deleteStore(project)
      }
    })
    const result = await fc.check(property, { seed, numRuns: runs })
    return result.failed ? (fc.defaultReportMessage(result) ?? 'failed') : `${result.numRuns} histories`
  },

  async open(project: string, locked = true): Promise<void> {
    store = await openStore({ project, surroundings, lock: locked ? webLock(navigator.locks, 1000) : null })
  },

  async close(): Promise<void> {
    await store?.close()
  },

  async remove(project: string): Promise<void> {
    await deleteStore(project)
  },

  /** Commits batch after batch, and says after each that it was acknowledged. */
  async endless(from: number, limit: number, weight: number): Promise<number> {
    for (let batch = from; batch < from + limit; batch++) {
      await commitBatch(batch, weight)
      postMessage({ acknowledged: batch })
    }
    return from + limit - 1
  },

  /** The batch of the position, of each dataset, and whether the datasets are whole. */
  async inspect(): Promise<{ position: number; batches: number[]; counts: number[]; history: number }> {
    const opened = the(store)
    const batches = new Set<number>()
    const counts: number[] = []
    let history = 0
    for (const dataset of ['many', 'other']) {
      let count = 0
      for await (const entities of opened.scan(dataset)) {
        for (const entity of entities) batches.add(Number(entity.batch))
        count += entities.length
      }
      for await (const entities of opened.scan(dataset, { history: true })) history += entities.length
      counts.push(count)
      const info = await opened.info(dataset)
      if (info && info.live !== count) throw new Error(`${dataset} says ${info.live} and has ${count}`)
      const looked = await opened.lookup(dataset, ['0', '5'])
      if (count > 0) for (const entity of looked) batches.add(Number(entity?.batch))
    }
    return { position: Number((await opened.state('position')) ?? 0), batches: [...batches], counts, history }
  },
}

async function commitBatch(batch: number, weight: number): Promise<void> {
  const filling = Array.from({ length: weight }, () => Math.random().toString(36)).join(' ')
  const entities = (): Entity[] => Array.from({ length: BATCH }, (_, id) => ({ _id: `${id}`, batch, filling }))
  await the(store).commit({
    datasets: [
      { dataset: 'many', entities: entities() },
      { dataset: 'other', entities: entities() },
    ],
    states: [{ key: 'position', value: batch }],
  })
}

function the<T>(value: T | null): T {
  if (value === null) throw new Error('no store is open')
  return value
}

self.onmessage = async ({ data }: MessageEvent<{ id: number; call: keyof typeof calls; args: never[] }>) => {
  try {
    const call: (...args: never[]) => Promise<unknown> = calls[data.call]
    postMessage({ id: data.id, result: await call(...data.args) })
  } catch (error) {
    const problem = error instanceof Fault ? error.problem : null
    postMessage({ id: data.id, problem, error: problem ? null : String(error instanceof Error ? error.stack : error) })
  }
}
