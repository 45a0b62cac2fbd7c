import type { TracePoint } from '../../engine-worker/index.ts'
import { ShownTransit } from '../data/ShownValue.tsx'
import { useWords } from '../i18n/i18n.ts'
import { classes } from '../ui/classes.ts'

/** What an expression gave for the followed entity. */
export function ExpressionResult({ point }: { readonly point: TracePoint }) {
  const w = useWords()
  if (point.problem) return <p className="text-tiny text-bad">{w.engine.message(point.problem)}</p>
  if (point.value === null) return null
  return (
    <p className="mono flex min-w-0 items-baseline gap-1">
      <span className="text-ink-faint">=</span>
      <ShownTransit
        text={point.value}
        typed
        className={classes('min-w-0 truncate font-semibold', point.unused && 'text-warn')}
      />
    </p>
  )
}
