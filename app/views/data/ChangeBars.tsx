import { useBrowseWords } from '../../data/browse-words.ts'
import { count } from '../../i18n/numbers.ts'
import { changeBars, type OverviewFacts } from './overview-rows.ts'

interface ChangeBarsProps {
  readonly changes: OverviewFacts['changes']
  /** The period of all datasets, so that bars below each other are of the same time. */
  readonly from: number
  readonly to: number
}

const BARS = 30
const WIDTH = 3
const HEIGHT = 22

/** How many versions of a dataset were written when: bars in the same period for all datasets. */
export function ChangeBars({ changes, from, to }: ChangeBarsProps) {
  const w = useBrowseWords().browse.overview
  const heights = changeBars(changes, from, to, BARS)
  const most = Math.max(1, ...heights)
  const total = changes.reduce((sum, [, times]) => sum + times, 0)
  const [first, last] = [changes[0]?.[0], changes.at(-1)?.[0]]
  const says =
    first === undefined || last === undefined
      ? ''
      : w.changesSays(count(total), new Date(first).toLocaleString(), new Date(last).toLocaleString())
  return (
    <svg
      role="img"
      aria-label={says}
      width={BARS * WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${BARS * WIDTH} ${HEIGHT}`}
      className="block text-accent"
    >
      <title>{says}</title>
      {heights.map((value, at) => {
        const height = value === 0 ? 0 : Math.max(2, (value / most) * HEIGHT)
        return (
          <rect key={at} x={at * WIDTH} y={HEIGHT - height} width={WIDTH - 1} height={height} fill="currentColor" />
        )
      })}
      <rect x={0} y={HEIGHT - 0.5} width={BARS * WIDTH} height={0.5} fill="currentColor" opacity={0.4} />
    </svg>
  )
}
