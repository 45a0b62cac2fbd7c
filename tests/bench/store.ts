/**
 * The `store` section of the bench: writing, scanning and looking up 100,000 entities in IndexedDB, against one Dexie
 * record an entity (store/worker.ts), in a worker of real Chromium.
 */
import { median } from '../../engine-worker/node/commands/bench/measure.ts'
import { askWorker, type Harness, startHarness } from '../chromium.ts'
import type { Contender, Round } from './store/worker.ts'

const ENTITIES = 100_000

/** Median ratios, higher is better. */
export async function store(rounds = 3): Promise<Record<string, number>> {
  const harness = await startHarness(new URL('./store/worker.ts', import.meta.url))
  try {
    const measured: Record<Contender, Round[]> = { ours: [], dexie: [], puts: [] }
    for (let round = 0; round < rounds; round++) {
      for (const name of ['ours', 'dexie', 'puts'] as const) measured[name].push(await measure(harness, name))
    }
    for (const [name, all] of Object.entries(measured)) console.warn(name, summary(all))
    const ratio = (of: keyof Round, to: Contender = 'dexie') =>
      median(measured.ours.map((round, at) => (measured[to][at]?.[of] ?? Number.NaN) / round[of]))
    return {
      write_vs_dexie: ratio('write'),
      scan_vs_dexie: ratio('scan'),
      lookup_vs_dexie: ratio('lookup'),
      write_vs_bare_puts: ratio('write', 'puts'),
    }
  } finally {
    await harness.close()
  }
}

function measure(harness: Harness, contender: Contender): Promise<Round> {
  return askWorker(harness, { contender, count: ENTITIES })
}

function summary(rounds: readonly Round[]): string {
  const names: (keyof Round)[] = ['write', 'scan', 'lookup', 'again', 'change', 'open']
  return names.map((name) => `${name} ${Math.round(median(rounds.map((round) => round[name])))} ms`).join(', ')
}
