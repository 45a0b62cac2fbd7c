/** Where a run begins: at its source's beginning or where the last one ended. See configuration-pump.rst. */
import type { RunnablePipe } from '../connectors/runtime.ts'
import type { PumpOptions, PumpSurroundings } from './pumping.ts'
import { keepsCopy } from './read.ts'
import type { Settings } from './settings.ts'
import type { Reader } from './sources/item.ts'
import type { PumpState } from './state.ts'

/** Whether the next run is one of every so many. */
export function isTurn(runs: number, every: number | null): boolean {
  return every !== null && every >= 1 && (runs + 1) % every === 0
}

/** Whether a run has to be one from the beginning. */
export async function mustStartOver({
  pipe,
  options,
  settings,
  state,
  reader,
  around,
}: {
  readonly pipe: RunnablePipe
  readonly options: PumpOptions
  readonly settings: Settings
  readonly state: PumpState
  readonly reader: Reader
  readonly around: PumpSurroundings
}): Promise<boolean> {
  if (options.full || state.unfinished === 'again') return true
  if (state.unfinished === null && state.position === null) return true
  if (options.read && isTurn(state.runs, settings.rescanRunCount)) return true
  const follows = settings.reprocess || around.followConfiguration
  if (follows && state.fingerprint !== '' && state.fingerprint !== settings.fingerprint) return true
  if (pipe.source.reads === 'outside' && !keepsCopy(pipe) && pipe.source.since === null && options.read) return true
  return state.position !== null && !(await reader.valid(state.position))
}
