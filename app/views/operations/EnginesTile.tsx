import type { Operations } from '../../../engine-worker/index.ts'
import { duration } from '../../i18n/i18n.ts'
import { percent } from '../../i18n/numbers.ts'
import { EngineNumber } from './EngineNumber.tsx'
import { useOperationsWords } from './operations-words.ts'
import { transformShare, utilisation } from './run-totals.ts'
import { Tile } from './Tile.tsx'

/** The bar of a meter in the colours of the theme; browsers draw it in their own. */
const BAR =
  'h-2 w-20 [&::-webkit-meter-bar]:rounded [&::-webkit-meter-bar]:border-0 [&::-webkit-meter-bar]:[background:var(--line)] [&::-webkit-meter-optimum-value]:[background:var(--accent)] [&::-moz-meter-bar]:[background:var(--accent)]'

/** How many engines there are, and what they did in the run that is shown. */
export function EnginesTile({ operations }: { readonly operations: Operations }) {
  const w = useOperationsWords().operations
  const { run, engines, mostEngines, lostEngines } = operations
  const used = run?.engines ?? []
  const isShared = used.length > 1
  const busy = !run ? 0 : isShared ? transformShare(run) : utilisation(run.spans, run.milliseconds, engines)
  const did = isShared
    ? w.transformed(used.map((milliseconds) => duration(milliseconds)).join(' + '), percent(busy))
    : w.busy(percent(busy))
  return (
    <Tile
      name={w.engines}
      value={<EngineNumber engines={engines} mostEngines={mostEngines} />}
      tone={lostEngines > 0 ? 'text-warn' : ''}
      says={lostEngines > 0 ? w.lostEngines(lostEngines) : did}
    >
      <meter className={BAR} min={0} max={1} value={busy} aria-label={did} />
    </Tile>
  )
}
