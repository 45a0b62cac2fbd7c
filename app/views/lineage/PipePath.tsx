import { CornerDownRight } from 'lucide-react'
import { href } from '../../route.ts'
import { useLineageWords } from './lineage-words.ts'
import type { TrailStep } from './trails.ts'

interface PathProps {
  readonly title: string
  readonly empty: string
  readonly steps: readonly TrailStep[]
  readonly project: string
}

/** Pipes along the way as an indented list. */
export function PipePath({ title, empty, steps, project }: PathProps) {
  const w = useLineageWords()
  return (
    <section aria-label={title} className="self-start rounded-xl border border-line bg-surface p-4 shadow-low">
      <h2 className="eyebrow mb-2">{title}</h2>
      {steps.length === 0 && <p className="text-ink-soft">{empty}</p>}
      <ol>
        {steps.map(({ depth, fact, through, joined, again }) => (
          <li
            key={`${depth} ${fact.pipe} ${through}`}
            className="flex flex-wrap items-center gap-x-2 py-1"
            style={{ paddingLeft: Math.min(depth, 12) * 20 }}
          >
            {depth > 0 && <CornerDownRight size={14} aria-hidden className="text-ink-faint" />}
            <a href={href({ at: 'pipe', project, pipe: fact.pipe })} className="font-semibold hover:underline">
              {fact.pipe}
            </a>
            <span className="text-ink-soft">{[fact.sourceType, ...fact.transforms].join(' › ')}</span>
            {joined && (
              <span className="rounded-sm bg-hops-soft px-1.5 text-tiny text-hops">{w.lineage.joined(through)}</span>
            )}
            {again && <span className="text-tiny text-ink-faint">{w.lineage.again}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
