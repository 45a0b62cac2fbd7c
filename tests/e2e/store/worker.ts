/** The worker that the store's browser tests drive: the real store on the real IndexedDB, one call after the other. */
import fc from 'fast-check'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { deleteStore, openStore } from '../../../engine-worker/storage/indexeddb/store.ts'
import { webLock } from '../../../engine-worker/storage/lock.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { asScenario, histories, play, shown } from '../../engine/run/histories.ts'
import { follow, history, historyClock } from '../../engine/storage/histories.ts'

let store: DatasetStore | null = null
let opened = 0

const environment = { now: () => BigInt(Date.now()) * 1_000_000n, random: Math.random }

/** Entities of every batch; all of them carry its number. */
const BATCH = 60

const calls = {
  /** Follows random histories, with segments so small that merging and compaction happen all the time. */
  async histories(seed: number, runs: number): Promise<string> {
    const limits = { versions: 4, characters: 100, merge: 3 }
    const property = fc.asyncProperty(history, async (steps) => {
      const project = `history ${opened++}`
      const options = { project, lock: webLock(navigator.locks), cacheBytes: 600, limits }
      const environment = { ...historyClock(), random: Math.random }
      const subject = {
        store: await openStore({ ...options, environment }),
        async reopen() {
          await subject.store.close()
          subject.store = await openStore({ ...options, environment })
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

  /** Scans and looks up while commits, merging and compaction go on: every scan sees each entity once. */
  async concurrent(commits: number): Promise<string> {
    const limits = { versions: 4, characters: 100, merge: 3 }
    const options = { project: 'concurrent', environment, lock: null, cacheBytes: 600, limits }
    const opened = await openStore(options)
    const ids = Array.from({ length: 50 }, (_, id) => `${id}`)
    const writeIds = (some: readonly string[], n: number) =>
      opened.commit({ datasets: [{ dataset: 'd', entities: some.map((_id) => ({ _id, n })) }] })
    await writeIds(ids, 0)
    let going = true
    let scans = 0
    // The positions at which running scans began; compaction keeps what they may still read.
    const began = new Map<boolean, number>()
    const scanWhileWriting = async (reverse: boolean) => {
      while (going) {
        began.set(reverse, (await opened.info('d'))?.lastUpdated ?? 0)
        const seen: string[] = []
        const positions: number[] = []
        for await (const batch of opened.scan('d', { reverse, batch: 3 })) {
          for (const entity of batch) {
            seen.push(String(entity._id))
            positions.push(Number(entity._updated))
          }
        }
        const ascending = reverse ? positions.toReversed() : positions
        if (new Set(seen).size !== 50 || seen.length !== 50) throw new Error(`a scan saw ${seen.length} entities`)
        if (ascending.some((at, index) => at <= (ascending[index - 1] ?? 0))) throw new Error('a scan is out of order')
        scans++
      }
    }
    const lookUpWhileWriting = async () => {
      while (going)
        if ((await opened.lookup('d', ids)).some((entity, at) => entity?._id !== ids[at])) throw new Error('lost')
    }
    const writeCommits = async () => {
      for (let n = 1; n <= commits; n++) {
        await writeIds(
          ids.filter(() => Math.random() < 0.1),
          n,
        )
        if (n % 7 === 0) await opened.compact('d', { keepVersions: 1, consumedUpTo: Math.min(...began.values()) })
        if (n % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      }
      going = false
    }
    await Promise.all([scanWhileWriting(false), scanWhileWriting(true), lookUpWhileWriting(), writeCommits()])
    await opened.close()
    await deleteStore('concurrent')
    return scans > 5 ? 'fine' : `only ${scans} scans`
  },

  /** Plays random histories of pipes here and in memory. */
  async pipes(seed: number, runs: number): Promise<string> {
    const property = fc.asyncProperty(histories, async (history) => {
      const project = `pipes ${opened++}`
      const limits = { versions: 4, characters: 100, merge: 3 }
      const stores: DatasetStore[] = []
      const here = await play(history, false, 'nothing', async (environment) => {
        const subject = await openStore({ project, lock: null, cacheBytes: 600, limits, environment })
        stores.push(subject)
        return subject
      })
      for (const subject of stores) await subject.close()
      await deleteStore(project)
      const memory = await play(history, false)
      const [found, expected] = [shown(here.live), shown(memory.live)]
      if (found.join('\n') !== expected.join('\n')) {
        throw new Error(`${asScenario(history)}\n${found.join('\n')}\ninstead of\n${expected.join('\n')}`)
      }
    })
    const result = await fc.check(property, { seed, numRuns: runs })
    return result.failed ? (fc.defaultReportMessage(result) ?? 'failed') : `${result.numRuns} histories`
  },

  async open(project: string, locked = true): Promise<void> {
    store = await openStore({ project, environment, lock: locked ? webLock(navigator.locks, 1000) : null })
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
    const opened = required(store)
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
  await required(store).commit({
    datasets: [
      { dataset: 'many', entities: entities() },
      { dataset: 'other', entities: entities() },
    ],
    states: [{ key: 'position', value: batch }],
  })
}

function required<T>(value: T | null): T {
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
