import { useEffect, useRef, useState } from 'react'
import { expressionTokens, sentenceText } from '../../../engine-worker/index.ts'
import { samePath } from '../../pipe/json-edits.ts'
import { choosePlace, usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { useVocabulary } from '../../pipe/vocabulary.ts'
import { classes } from '../../ui/classes.ts'
import { type PlacedGroup, type PlacedSource, type PlacedTarget, readKeys, rowHeight } from './mapping-places.ts'
import { useMapping } from './mapping-state.ts'
import { Tokens } from './Tokens.tsx'

interface MappingLinesProps {
  readonly sources: readonly PlacedGroup[]
  readonly targets: readonly PlacedTarget[]
  /** Where something is dragged, from the top left of the mapping. */
  readonly pointer: { readonly x: number; readonly y: number } | null
}

/** Padding of the mapping above its sides. */
const linePadding = 16

/** The lines between the two sides, with what happens on the way as a chip where it is more than copying. */
export function MappingLines({ sources, targets, pointer }: MappingLinesProps) {
  const room = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(300)
  const [left, setLeft] = useState(0)
  const carried = useMapping((state) => state.carried)
  const selected = usePipeView((state) => state.selected)
  useEffect(() => {
    const element = room.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      setWidth(element.offsetWidth)
      setLeft(element.offsetLeft)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const all = sources.flatMap((group) => group.sources)
  const byKey = new Map(all.map((source) => [source.key, source]))
  const height = Math.max(100, ...all.map(({ y }) => y + rowHeight), ...targets.map(({ y }) => y + rowHeight))
  const from = carried === null ? undefined : byKey.get(carried.key)
  return (
    <div ref={room} className="relative self-stretch" style={{ minHeight: height }}>
      <svg aria-hidden width={width} height={height} className="absolute inset-0 overflow-visible">
        {targets.flatMap((target) =>
          readKeys(target).flatMap((key) => {
            const source = byKey.get(key)
            if (!source) return []
            const chosen = selected !== null && samePath(selected, target.row.path)
            return [<Line key={`${target.key} ${key}`} source={source} y={target.y} width={width} chosen={chosen} />]
          }),
        )}
        {from && pointer && (
          <path
            d={curvePath(0, from.y, pointer.x - left, pointer.y - linePadding)}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={2}
            strokeDasharray="5 4"
          />
        )}
      </svg>
      {targets.map((target) => (
        <Chip key={target.key} target={target} width={width} />
      ))}
    </div>
  )
}

function Line({
  source,
  y,
  width,
  chosen,
}: {
  readonly source: PlacedSource
  readonly y: number
  readonly width: number
  readonly chosen: boolean
}) {
  const joined = source.dataset !== null
  return (
    <path
      d={curvePath(6, source.y, width - 6, y)}
      fill="none"
      stroke={chosen ? 'var(--accent)' : joined ? 'var(--hops)' : 'var(--line-strong)'}
      strokeWidth={chosen ? 2 : 1.25}
    />
  )
}

function curvePath(x0: number, y0: number, x1: number, y1: number): string {
  const bend = Math.max(30, (x1 - x0) * 0.45)
  return `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`
}

/** What happens on the way to a target; nothing where a property is only copied. */
function Chip({ target, width }: { readonly target: PlacedTarget; readonly width: number }) {
  const w = usePipeWords()
  const vocabulary = useVocabulary()
  const chosen = usePipeView(({ selected }) => selected !== null && samePath(selected, target.row.path))
  const { row, y } = target
  if (typeof row.from === 'string' && row.reads.length > 0) return null
  const tokens = expressionTokens(row.from, vocabulary, row.fromPath)
  return (
    <div className="absolute right-4 flex justify-end" style={{ top: y - 12, maxWidth: Math.max(120, width * 0.72) }}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={w.pipe.mapping.way(row.target, sentenceText(tokens))}
        title={sentenceText(tokens)}
        onClick={() => choosePlace(row.path)}
        className={classes(
          'block h-6 max-w-full truncate rounded-full border bg-surface px-2 text-tiny leading-5 shadow-low',
          chosen ? 'border-accent ring-1 ring-accent' : 'border-transform/40',
        )}
      >
        <Tokens tokens={tokens} />
      </button>
    </div>
  )
}
