/** Where a run begins: at its source's beginning or where the last one ended. See configuration-pump.rst. */
import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { Json } from '../../entity/value.ts'
import { materializesSource } from '../read.ts'
import type { Settings } from '../settings.ts'
import { type SourceReader, shiftedBack } from '../sources/item.ts'
import type { PumpState } from '../state.ts'
import type { PumpOptions, PumpServices } from './options.ts'

/** How a run reads its source, and why it has to begin anew. */
type RunDecision =
  | { readonly kind: 'full'; readonly because: FullReason }
  /** From a position that lies before the last one. */
  | { readonly kind: 'partial'; readonly position: Json | null }
  | { readonly kind: 'incremental' }

/**
 * `asked` for; the last one from the beginning, or a rescan in the background, was `interrupted`; it is the `first`; it is the `turn` of a rescan; the
 * `configuration` changed; the source is one that is always read as a `whole`; what the `position` stands in is gone.
 */
type FullReason = 'asked' | 'interrupted' | 'first' | 'turn' | 'configuration' | 'whole' | 'position'

/** What a decision rests on. */
export interface DecisionContext {
  readonly pipe: RunnablePipe
  readonly options: Pick<PumpOptions, 'full' | 'read' | 'rescan'>
  readonly settings: Settings
  readonly state: PumpState
  readonly reader: Pick<SourceReader, 'valid'>
  readonly services: Pick<PumpServices, 'followConfiguration'>
}

/** Decides how a run begins; changes nothing. */
export async function decideRun(context: DecisionContext): Promise<RunDecision> {
  const because = await reasonToStartOver(context)
  if (because !== null) return { kind: 'full', because }
  const { options, settings, state } = context
  return options.read && isTurn(state.runs, settings.partialRescanRunCount)
    ? { kind: 'partial', position: shiftedBack(state.position, settings.partialRescanDelta ?? 0) }
    : { kind: 'incremental' }
}

async function reasonToStartOver(context: DecisionContext): Promise<FullReason | null> {
  const { pipe, options, settings, state, reader, services } = context
  if (options.full) return 'asked'
  if (state.unfinished === 'again') return 'interrupted'
  if (state.unfinished === null && state.position === null) return 'first'
  if (options.rescan === 'interrupted') return 'interrupted'
  if (options.rescan === undefined && isRescanTurn(context)) return 'turn'
  const follows = settings.reprocess || services.followConfiguration
  if (follows && state.fingerprint !== '' && state.fingerprint !== settings.fingerprint) return 'configuration'
  const { source } = pipe
  if (source.reads === 'outside' && !materializesSource(pipe) && source.since === null && options.read) return 'whole'
  return state.position !== null && !(await reader.valid(state.position)) ? 'position' : null
}

/** Whether a run is one at which everything is read again. */
export function isRescanTurn({
  options,
  settings,
  state,
}: {
  readonly options: Pick<PumpOptions, 'read'>
  readonly settings: Settings
  readonly state: PumpState
}): boolean {
  return options.read && isTurn(state.runs, settings.rescanRunCount)
}

/** Whether the next run is an `n`th one. */
function isTurn(runs: number, every: number | null): boolean {
  return every !== null && every >= 1 && (runs + 1) % every === 0
}
