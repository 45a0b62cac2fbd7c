/**
 * The `pipe` section of the bench: 100,000 entities from IndexedDB through DTL to IndexedDB, against a loop by hand over
 * the same store (pipe/worker.ts), in a worker of real Chromium.
 */
import { median, ratio } from '../../engine-worker/node/commands/bench/measure.ts'
import { askWorker, startHarness } from '../chromium.ts'
import type { Contender } from './pipe/worker.ts'

const ENTITIES = 100_000

interface Answer {
  readonly took: number
  readonly written: number
}

/** Median ratio, higher is better. */
export async function pipe(rounds = 5): Promise<Record<string, number>> {
  const harness = await startHarness(new URL('./pipe/worker.ts', import.meta.url))
  try {
    const times: Record<Contender, number[]> = { engine: [], hand: [] }
    const written = new Set<number>()
    for (let round = 0; round < rounds; round++) {
      for (const name of round % 2 === 0 ? (['engine', 'hand'] as const) : (['hand', 'engine'] as const)) {
        const answer = await askWorker<Answer>(harness, {
          contender: name,
          count: ENTITIES,
          project: `bench pipe ${round} ${name}`,
        })
        times[name].push(answer.took)
        written.add(answer.written)
      }
    }
    if (written.size !== 1)
      throw new Error(`the contenders wrote different numbers of entities: ${[...written].join(', ')}`)
    console.warn(`engine ${Math.round(median(times.engine))} ms, hand ${Math.round(median(times.hand))} ms`)
    return { vs_handwritten: ratio(times.engine, times.hand) }
  } finally {
    await harness.close()
  }
}
