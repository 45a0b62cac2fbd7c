import type { ReactNode } from 'react'
import type { AnswerOf } from '../../../engine-worker/index.ts'
import { Button } from '../../ui/Button.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

type Overlap = AnswerOf<'vpn'>['overlaps'][number]

interface OverlapCardProps {
  readonly overlap: Overlap
  /** Puts another range in the place of the overlapping one, or leaves it out (null). */
  readonly onReplace: (range: string | null) => void
}

/** Two ranges with common addresses to scale, and the ways out. */
export function OverlapCard({ overlap, onReplace }: OverlapCardProps) {
  const w = useSubscriptionWords()
  const { range, other, isSesam, common, free } = overlap
  return (
    <SectionCard title={w.vpn.overlap} says={w.vpn.overlapSays(common)}>
      <AddressLine overlap={overlap} label={w.vpn.lineSays(range, other)} />
      <ul className="grid gap-2 py-2 sm:grid-cols-3">
        {free !== null && (
          <WayOut title={w.vpn.translate} says={w.vpn.translateSays(range, free)}>
            <Button small onClick={() => onReplace(free)}>
              {w.vpn.takeRange(free)}
            </Button>
          </WayOut>
        )}
        {isSesam && <WayOut title={w.vpn.otherRange} says={w.vpn.otherRangeSays(other)} />}
        <WayOut title={w.vpn.leaveOut} says={w.vpn.leaveOutSays(range)}>
          <Button small onClick={() => onReplace(null)}>
            {w.vpn.leaveOutDo(range)}
          </Button>
        </WayOut>
      </ul>
    </SectionCard>
  )
}

interface WayOutProps {
  readonly title: string
  readonly says: string
  readonly children?: ReactNode
}

function WayOut({ title, says, children }: WayOutProps) {
  return (
    <li className="flex flex-col items-start gap-1 rounded-md border border-line p-2">
      <h3 className="font-semibold">{title}</h3>
      <p className="flex-1 text-ink-soft">{says}</p>
      {children}
    </li>
  )
}

const chartWidth = 600
const chartHeight = 92
/** The line begins and ends so far from the larger of both ranges, in parts of it. */
const chartMargin = 1

/** The addresses around both ranges as a line to scale. */
function AddressLine({ overlap, label }: { readonly overlap: Overlap; readonly label: string }) {
  const { span, otherSpan, range, other } = overlap
  const size = Math.max(span.last - span.first, otherSpan.last - otherSpan.first) + 1
  const from = Math.max(0, Math.min(span.first, otherSpan.first) - size * chartMargin)
  const until = Math.min(2 ** 32, Math.max(span.last, otherSpan.last) + 1 + size * chartMargin)
  const xOf = (address: number) => ((address - from) / (until - from)) * chartWidth
  const barOf = ({ first, last }: Overlap['span']) => ({
    x: xOf(first),
    width: Math.max(3, xOf(last + 1) - xOf(first)),
  })
  const [yours, theirs] = [barOf(span), barOf(otherSpan)]
  const middleOf = (of: { readonly x: number; readonly width: number }) =>
    Math.min(chartWidth - 70, Math.max(70, of.x + of.width / 2))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${chartWidth} ${chartHeight}`}
      className="mono w-full max-w-3xl text-tiny"
    >
      <line x1="0" x2={chartWidth} y1="46" y2="46" className="stroke-line-strong" />
      {Array.from({ length: 13 }, (_, at) => (
        <line
          key={at}
          x1={(at * chartWidth) / 12}
          x2={(at * chartWidth) / 12}
          y1="42"
          y2="50"
          className="stroke-line-strong"
        />
      ))}
      <rect {...theirs} y="24" height="18" rx="3" className="fill-accent-soft stroke-accent" />
      <text x={middleOf(theirs)} y="18" textAnchor="middle" className="fill-current">
        {other}
      </text>
      <rect {...yours} y="50" height="18" rx="3" className="fill-bad-soft stroke-bad" />
      <text x={middleOf(yours)} y="84" textAnchor="middle" className="fill-bad">
        {range}
      </text>
    </svg>
  )
}
