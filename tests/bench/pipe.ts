/**
 * The `pipe` section of the bench: 100,000 entities from IndexedDB through DTL to IndexedDB, against a loop by hand over
 * the same store (pipe/worker.ts), in a worker of real Chromium.
 */
import { type Harness, startHarness } from '../chromium.ts'
import type { Contender } from './pipe/worker.ts'

const ENTITIES = 100_000

/** Median ratio, higher is better. */
export async function pipe(rounds = 5): Promise<Record<string, number>> {
  const harness = await startHarness(new URL('./pipe/worker.ts', import.meta.url))
  try {
    const times: Record<Contender, number[]> = { engine: [], hand: [] }
    const written = new Set<number>()
    for (let round = 0; round < rounds; round++) {
      for (const name of round % 2 === 0 ? (['engine', 'hand'] as const) : (['hand', 'engine'] as const)) {
        const answer = await measure(harness, name, `bench pipe ${round} ${name}`)
        times[name].push(answer.took)
        written.add(answer.written)
      }
    }
    if (written.size !== 1)
      throw new Error(`the contenders wrote different numbers of entities: ${[...written].join(', ')}`)
    console.warn(`engine ${Math.round(median(times.engine))} ms, hand ${Math.round(median(times.hand))} ms`)
    return { vs_handwritten: median(times.engine.map((time, round) => (times.hand[round] ?? Number.NaN) / time)) }
  } finally {
    await harness.close()
  }
}

/** One round in a page of its own, so that none inherits another's garbage. */
async function measure(harness: Harness, contender: Contender, project: string) {
  const page = await harness.context.newPage()
  await page.goto(harness.url)
  const answer = await page.evaluate(
    ([contender, count, project]) =>
      new Promise<{ took: number; written: number } | { error: string }>((resolve, reject) => {
        const worker = new Worker('/worker.js', { type: 'module' })
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage({ contender, count, project })
      }),
    [contender, ENTITIES, project] as const,
  )
  await page.close()
  if ('error' in answer) throw new Error(answer.error)
  return answer
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
