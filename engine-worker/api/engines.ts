/** How many engines run the pipes of a project, where the project says it: kept with its data. */
import { EnginesOnDemand } from '../run/engines/engines-on-demand.ts'
import type { DatasetStore } from '../storage/store.ts'
import type { Platform } from './platform.ts'

/** The state of the project's store that holds the number. */
export const ENGINES = 'engines'

/** The engines of a project on a platform; null where the platform starts none for a project. */
export async function enginesOf(platform: Platform, store: DatasetStore): Promise<EnginesOnDemand | null> {
  if (!platform.furtherEngines) return null
  const engines = new EnginesOnDemand(platform.furtherEngines)
  engines.setCount(enginesWithin(await store.state(ENGINES), platform))
  return engines
}

/** The stored number of engines, limited to what the platform has; 1 where the stored value is not a valid number. */
export function enginesWithin(count: unknown, { furtherEngines }: Platform): number {
  const most = furtherEngines?.most ?? 1
  // Whole numbers that were text come as bigint.
  const wanted = typeof count === 'bigint' ? Number(count) : count
  return typeof wanted === 'number' && Number.isInteger(wanted) && wanted > 1 ? Math.min(wanted, most) : 1
}
