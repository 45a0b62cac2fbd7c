/** Bars of a spread: how many values fall into each part, the dark part of a bar being what a query found. */
// Drawn as SVG: two dozen bars need neither the axes nor the canvas of a chart library, and take its colours from the theme.
import type { PropertyProfile } from '../../engine-worker/index.ts'
import { classes } from '../ui/classes.ts'

type Spread = NonNullable<PropertyProfile['spread']>

interface SpreadBarsProps {
  readonly bins: Spread['bins']
  /** Whether found ones are told apart from the rest. */
  readonly isFound: boolean
  readonly className: string
  readonly colour?: string
}

const barHeight = 24

export function SpreadBars({ bins, isFound, className, colour = 'fill-source' }: SpreadBarsProps) {
  const highest = Math.max(1, ...bins.map(({ all }) => all))
  const heightOf = (value: number) => (value === 0 ? 0 : Math.max(1.5, (barHeight * value) / highest))
  return (
    <svg
      viewBox={`0 0 ${bins.length * 8} ${barHeight}`}
      preserveAspectRatio="none"
      aria-hidden
      className={classes('w-full', className)}
    >
      {bins.map(({ all, found }, at) => (
        <g key={at}>
          <rect
            x={at * 8}
            y={barHeight - heightOf(all)}
            width={7}
            height={heightOf(all)}
            className={classes(colour, isFound ? 'opacity-30' : 'opacity-70')}
          />
          {isFound && (
            <rect x={at * 8} y={barHeight - heightOf(found)} width={7} height={heightOf(found)} className={colour} />
          )}
        </g>
      ))}
    </svg>
  )
}

/** The colour of a spread. */
export function spreadColour(is: Spread['is']): string {
  return is === 'number' ? 'fill-transform' : is === 'moment' ? 'fill-accent' : 'fill-source'
}
