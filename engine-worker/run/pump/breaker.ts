/**
 * Circuit breakers: what a run writes is withheld from readers until the run has ended with fewer changes than allowed.
 * See features/circuit-breakers.rst.
 */

import { get } from '../../entity/dict.ts'
import { isObject, type Json } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { Commit, DatasetInfo, StateWrite } from '../../storage/store.ts'
import { breakerResolved } from '../log.ts'
import type { Settings } from '../settings.ts'
import { newState, readState, writeState } from '../state.ts'

export const breakerTripped = problem<{ pipe: string }>({
  code: 'circuit-breaker-tripped',
  severity: 'error',
  says: ({ pipe }) =>
    `The circuit breaker of ${pipe} has tripped; the pipe does not run until you commit or roll back the withheld entities.`,
  fix: () => 'Look at the withheld entities; then commit them, or roll them back and correct the cause.',
})

/** The circuit breaker of one run of one pipe. */
export interface Breaker {
  /** The commit with its entities withheld and its states kept for later. */
  withhold(commit: Commit): Commit
  /** Trips when too much has changed. */
  check(changed: number): Promise<void>
  /** Trips it whatever has changed: a rule said `trip!`. */
  trip(): Promise<void>
  /** What the last commit of a run adds. */
  release(): Pick<Commit, 'release' | 'states'>
}

/**
 * The breaker of a run, or null where none is set or the dataset is not populated yet. A rule that may say `trip!` needs
 * one from the first run on (dtl/dtl-functions-transforms.rst).
 */
export async function breakerOf(
  pipe: string,
  dataset: string,
  settings: Settings,
  info: DatasetInfo | undefined,
  store: IndexedStore,
): Promise<Breaker | null> {
  // Left over from a run that was killed: the states that belong to it were never written.
  if (info && info.pendingSince !== null) await store.commit({ rollback: [dataset] })
  const { breakerCount, breakerFactor, trips } = settings
  const counts = info?.populated === true && (breakerCount !== null || breakerFactor !== null)
  if (!counts && !trips) return null
  const limit = counts
    ? Math.max(breakerCount ?? 0, (breakerFactor ?? 0) * (info.live + info.deleted))
    : Number.POSITIVE_INFINITY
  const stateWrites = new Map<string, StateWrite>()
  const trip = async () => {
    const before = (await readState(store.store, pipe)) ?? newState
    const states = [...stateWrites.values()].map(
      ({ key, value }): Json => [key, value instanceof Uint8Array ? null : value],
    )
    await store.commit({ states: [writeState(pipe, { ...before, tripped: { dataset, states } })] })
  }
  return {
    trip,
    withhold: (commit) => {
      for (const state of commit.states ?? []) stateWrites.set(state.key, state)
      // Dead letters and the execution log are for everybody to read at once.
      const withheld = commit.datasets?.map((write) =>
        write.dataset === dataset ? { ...write, pending: true } : write,
      )
      return { ...commit, states: [], datasets: withheld ?? [] }
    },
    async check(changed) {
      if (changed <= limit) return
      await trip()
      throw new Fault(breakerTripped({ pipe }, { pipe }))
    },
    release: () => ({ release: [dataset], states: [...stateWrites.values()] }),
  }
}

/** Makes the withheld entities of a tripped breaker visible, or deletes them; the pipe can run again afterwards. */
export async function resolveBreaker(
  store: IndexedStore,
  pipe: string,
  how: 'commit' | 'rollback',
  now: bigint,
): Promise<void> {
  const datasets = [breakerResolved(pipe, how, now)]
  const state = await readState(store.store, pipe)
  const { tripped } = state ?? newState
  if (!state || !isObject(tripped)) return
  const dataset = String(get(tripped, 'dataset'))
  if (how === 'rollback') {
    await store.commit({ rollback: [dataset], datasets, states: [writeState(pipe, { ...state, tripped: null })] })
    return
  }
  const kept = get(tripped, 'states')
  const states: StateWrite[] = [writeState(pipe, { ...state, tripped: null })]
  for (const entry of Array.isArray(kept) ? kept : []) {
    if (Array.isArray(entry) && typeof entry[0] === 'string') states.push({ key: entry[0], value: entry[1] ?? null })
  }
  await store.commit({ release: [dataset], datasets, states })
}
