/** How often each pipe ran and how many requests it sent, by month, kept with the data of the project for three years. */
import { get } from '../entity/dict.ts'
import { isObject, type Json } from '../entity/value.ts'
import type { DatasetStore, StateWrite } from '../storage/store.ts'

const MONTH_PREFIX = 'history/month/'
const MAX_MONTHS = 36

/** What a pipe did in some time. Runs that found nothing to do and sent nothing are not counted. */
export interface PipeActivity {
  readonly runs: number
  /** Requests to systems, also those that failed. */
  readonly requests: number
}

/** The activity of a pipe in a month. */
export interface MonthlyActivity extends PipeActivity {
  readonly pipe: string
}

/** The month of a moment (milliseconds since 1970) by UTC, `yyyy-mm`. */
function monthAt(moment: number): string {
  return new Date(moment).toISOString().slice(0, 7)
}

/**
 * What adds activity of pipes to the month of `now` (milliseconds since 1970); months that are too old go. `written`: states
 * by key that are to be committed with it.
 */
export async function addedActivity(
  store: DatasetStore,
  activity: ReadonlyMap<string, PipeActivity>,
  now: number,
  written: ReadonlyMap<string, StateWrite> = new Map(),
): Promise<StateWrite[]> {
  const month = monthAt(now)
  const states: StateWrite[] = []
  for (const [pipe, { runs, requests }] of activity) {
    const key = `${MONTH_PREFIX}${month}/${pipe}`
    const kept = written.get(key)?.value ?? (await store.state(key))
    const before = activityIn(kept)
    states.push({ key, value: { runs: before.runs + runs, requests: before.requests + requests } })
    if (kept !== undefined) continue
    const old = new Date(now)
    old.setUTCDate(1)
    old.setUTCMonth(old.getUTCMonth() - MAX_MONTHS)
    states.push({ key: `${MONTH_PREFIX}${monthAt(old.getTime())}/${pipe}`, value: null })
  }
  return states
}

/** The activity of all pipes in a month (`yyyy-mm`). */
export async function activityOf(store: DatasetStore, month: string): Promise<readonly MonthlyActivity[]> {
  const prefix = `${MONTH_PREFIX}${month}/`
  const found: MonthlyActivity[] = []
  for await (const { key, value } of store.states(prefix))
    found.push({ pipe: key.slice(prefix.length), ...activityIn(value) })
  return found
}

function activityIn(kept: Json | Uint8Array | undefined): PipeActivity {
  if (kept === undefined || kept instanceof Uint8Array || !isObject(kept)) return { runs: 0, requests: 0 }
  return { runs: Number(get(kept, 'runs') ?? 0), requests: Number(get(kept, 'requests') ?? 0) }
}
