/**
 * The `store` section of the bench: writing, scanning and looking up 100,000 entities in IndexedDB, against one Dexie
 * record an entity, in a worker of real Chromium.
 */
import { type Harness, startHarness } from '../chromium.ts'
import type { Round } from './store/worker.ts'

const ENTITIES = 100_000

/** Median ratios, higher is better. */
export async function store(rounds = 3): Promise<Record<string, number>> {
  const harness = await startHarness(new URL('./store/worker.ts', import.meta.url))
  try {
    const ours: Round[] = []
    const dexie: Round[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await measure(harness, 'ours'))
      dexie.push(await measure(harness, 'dexie'))
    }
    const ratio = (of: keyof Round) => median(ours.map((round, at) => (dexie[at]?.[of] ?? Number.NaN) / round[of]))
    for (const [name, all] of Object.entries({ ours, dexie })) console.warn(name, summary(all))
    return { write_vs_dexie: ratio('write'), scan_vs_dexie: ratio('scan'), lookup_vs_dexie: ratio('lookup') }
  } finally {
    await harness.close()
  }
}

/** One round in a page of its own, so that none inherits another's garbage. */
async function measure(harness: Harness, contender: 'ours' | 'dexie'): Promise<Round> {
  const page = await harness.context.newPage()
  await page.goto(harness.url)
  const answer = await page.evaluate(
    ([name, count]) =>
      new Promise<Round | { error: string }>((resolve, reject) => {
        const worker = new Worker('/worker.js', { type: 'module' })
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage({ contender: name, count })
      }),
    [contender, ENTITIES] as const,
  )
  await page.close()
  if ('error' in answer) throw new Error(answer.error)
  return answer
}

function summary(rounds: readonly Round[]): string {
  const names: (keyof Round)[] = ['write', 'scan', 'lookup', 'again', 'change', 'open']
  return names.map((name) => `${name} ${Math.round(median(rounds.map((round) => round[name])))} ms`).join(', ')
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
