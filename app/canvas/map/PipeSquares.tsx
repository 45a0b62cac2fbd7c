import { useMemo } from 'react'
import { type PipeMark, pipeMarks } from './pipe-marks.ts'

const markClasses: Record<PipeMark, string> = {
  failed: 'fill-bad',
  queued: 'fill-warn',
  running: 'fill-accent',
  changed: 'fill-transform',
  off: 'fill-line',
  fine: 'fill-line-strong',
}

/** From one square to the next: large where the pipes are few. */
const squarePitches = [8, 6, 5]

interface PipeSquaresProps {
  /** The most urgent first. */
  readonly marks: readonly PipeMark[]
  readonly sought: readonly boolean[]
  readonly width: number
  readonly height: number
}

/** One square a pipe; of more pipes than there is room for, each square stands for several, the most urgent of them. */
export function PipeSquares({ marks, sought, width, height }: PipeSquaresProps) {
  const paths = useMemo(() => squarePaths(marks, sought, width, height), [marks, sought, width, height])
  return (
    <svg aria-hidden width={Math.max(0, width)} height={Math.max(0, height)} className="mt-0.5 shrink-0">
      {paths.map(({ mark, isFaint, path }) => (
        <path key={`${mark} ${isFaint}`} d={path} className={markClasses[mark]} opacity={isFaint ? 0.3 : 1} />
      ))}
    </svg>
  )
}

function squarePaths(marks: readonly PipeMark[], sought: readonly boolean[], width: number, height: number) {
  const capacityAt = (pitch: number) => Math.floor(width / pitch) * Math.max(1, Math.floor(height / pitch))
  const pitch = squarePitches.find((each) => capacityAt(each) >= marks.length) ?? squarePitches.at(-1) ?? 5
  const perRow = Math.max(1, Math.floor(width / pitch))
  const each = Math.max(1, Math.ceil(marks.length / Math.max(1, capacityAt(pitch))))
  const size = pitch - 1.5
  const shown = marks
    .map((mark, at) => ({ mark, isFaint: sought[at] === false }))
    .filter((_, at) => at % each === 0)
    .map((square, at) => ({ ...square, x: (at % perRow) * pitch, y: Math.floor(at / perRow) * pitch }))
  return pipeMarks.flatMap((mark) =>
    [false, true].flatMap((isFaint) => {
      const these = shown.filter((square) => square.mark === mark && square.isFaint === isFaint)
      if (these.length === 0) return []
      return [{ mark, isFaint, path: these.map(({ x, y }) => `M${x} ${y}h${size}v${size}h${-size}z`).join('') }]
    }),
  )
}

/** What the squares mean, for those marks that are there. */
export function SquareLegend({
  marks,
  words,
}: {
  readonly marks: readonly PipeMark[]
  readonly words: (mark: PipeMark) => string
}) {
  return (
    <ul className="grid grid-cols-2 gap-x-3 gap-y-1">
      {marks.map((mark) => (
        <li key={mark} className="flex items-center gap-2 text-ink-soft">
          <svg aria-hidden width={9} height={9}>
            <rect width={9} height={9} rx={2} className={markClasses[mark]} />
          </svg>
          {words(mark)}
        </li>
      ))}
    </ul>
  )
}
