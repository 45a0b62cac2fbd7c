/** What a pump keeps between runs, in one state record of the store, and the memory of a pipe while the engine lives. */

import { numberSetting } from '../config/model/setting.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json } from '../entity/value.ts'
import type { DatasetStore, StateWrite } from '../storage/store.ts'
import { Components } from './sources/components.ts'
import { type DatasetPositions, readPositions } from './sources/item.ts'
import { Tracking } from './tracking.ts'

/** What a pump remembers from run to run. */
export interface PumpState {
  /** Behind the last entity of the source that was committed; null before the first run. */
  readonly position: Json | null
  /** Up to where the changes of tracked datasets have been taken into account. */
  readonly dependencies: DatasetPositions
  /**
   * A run from the beginning has not come to its end: `again` has to start over, since it has to see everything to know
   * what is gone; `onwards` may go on, since there was nothing before it.
   */
  readonly unfinished: 'again' | 'onwards' | null
  /** The configuration that made the outputs. */
  readonly fingerprint: string
  /** The configuration by which look-ups were recorded; another than that of the outputs after a change. */
  readonly trackedFingerprint: string
  /** Runs since the last full one, for rescans. */
  readonly runs: number
  /** Source entities that could not be written, with the number of attempts. */
  readonly retries: Readonly<Record<string, number>>
  /** Source entities whose output has become the valid one and is still to be written. */
  readonly again: readonly string[]
  /** A tripped circuit breaker: the states that belong to the withheld versions. */
  readonly tripped: Json | null
  /** When it was started last, in milliseconds since 1970; null where its schedule does not need that. */
  readonly started: number | null
  /** Position of a source that is not a dataset. */
  readonly since: Json
}

const STATE_PREFIX = 'pump/'
const RESCAN_PREFIX = 'rescan/'

/** The state of a pump that has never run. */
export const newState: PumpState = {
  position: null,
  dependencies: {},
  unfinished: null,
  fingerprint: '',
  trackedFingerprint: '',
  runs: 0,
  retries: {},
  again: [],
  tripped: null,
  started: null,
  since: null,
}

/** The state of a run that begins from the beginning, by the configuration of this fingerprint. */
export function stateFromTheBeginning(
  before: PumpState,
  fingerprint: string,
  unfinished: PumpState['unfinished'],
): PumpState {
  const nothing = { position: null, dependencies: {}, again: [] }
  return { ...before, ...nothing, unfinished, fingerprint, trackedFingerprint: fingerprint }
}

/** What is kept of a pump, or null before its first run. */
export async function readState(store: DatasetStore, pipe: string): Promise<PumpState | null> {
  const json = await store.state(STATE_PREFIX + pipe)
  if (!json || json instanceof Uint8Array || !isObject(json)) return null
  const unfinished = get(json, 'unfinished')
  const retries = get(json, 'retries')
  const again = get(json, 'again')
  return {
    position: get(json, 'position') ?? null,
    dependencies: readPositions(get(json, 'dependencies') ?? null),
    unfinished: unfinished === 'again' || unfinished === 'onwards' ? unfinished : null,
    fingerprint: String(get(json, 'fingerprint') ?? ''),
    trackedFingerprint: String(get(json, 'learned') ?? get(json, 'fingerprint') ?? ''),
    runs: Number(get(json, 'runs') ?? 0),
    retries: isObject(retries) ? Object.fromEntries(Object.entries(retries).map(([k, n]) => [k, Number(n)])) : {},
    again: Array.isArray(again) ? again.map(String) : [],
    tripped: get(json, 'tripped') ?? null,
    started: numberSetting(json, 'started') ?? null,
    since: get(json, 'since') ?? null,
  }
}

/** The record of a pump's state; `null` removes it. */
export function writeState(pipe: string, state: PumpState | null): StateWrite {
  if (state === null) return { key: STATE_PREFIX + pipe, value: null }
  const { trackedFingerprint, dependencies, retries, again, ...rest } = state
  const lists = { dependencies: { ...dependencies }, retries: { ...retries }, again: [...again] }
  return { key: STATE_PREFIX + pipe, value: { ...rest, ...lists, learned: trackedFingerprint } }
}

/** Whether a rescan of a pipe in the background has to be done, or has begun and has not come to its end. */
export async function isRescanPending(store: DatasetStore, pipe: string): Promise<boolean> {
  return (await store.state(RESCAN_PREFIX + pipe)) === true
}

/** The record of {@link isRescanPending}. It is one of its own: ordinary runs write their state meanwhile. */
export function writeRescanPending(pipe: string, isPending: boolean): StateWrite {
  return { key: RESCAN_PREFIX + pipe, value: isPending || null }
}

/** What is remembered of one pipe's source entities. */
export interface TrackingState {
  readonly tracking: Tracking
  /** Members of the merged entities of a merge source. */
  readonly components: Components
}

/** What is kept of a pipe. `seed`: see InvertedIndex. */
export async function loadTrackingState(store: DatasetStore, pipe: string, seed: number): Promise<TrackingState> {
  return {
    tracking: await Tracking.load(store, pipe, seed),
    components: await Components.load(store, `merge/${pipe}/`, seed),
  }
}

/** What a run knows that begins with nothing and keeps nothing yet. */
export function emptyTrackingState(seed: number): TrackingState {
  return { tracking: Tracking.empty(seed), components: Components.empty(seed) }
}

/** Keeps what a run knows in the place of what was kept of its pipe, in parts that are committed one after the other. */
export function* keepInPlaceOf(kept: TrackingState, now: TrackingState, pipe: string): Generator<StateWrite[]> {
  yield* now.tracking.keepInPlaceOf(kept.tracking, pipe)
  yield* now.components.keepInPlaceOf(kept.components, `merge/${pipe}/`)
}

/** The prefix of what a pipe was about to send (pump/send-intents.ts). */
export function intentsOf(pipe: string): string {
  return `intent/${pipe}/`
}

/** Forgets all that is known of a pipe's runs: the next one starts from the beginning. */
export async function forgetPipe(store: DatasetStore, pipe: string): Promise<StateWrite[]> {
  const states: StateWrite[] = [writeState(pipe, null), writeRescanPending(pipe, false)]
  for (const prefix of [`track/${pipe}/`, `merge/${pipe}/`, intentsOf(pipe)]) {
    for await (const { key } of store.states(prefix)) states.push({ key, value: null })
  }
  return states
}
