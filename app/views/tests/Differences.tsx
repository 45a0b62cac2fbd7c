import { CircleCheck } from 'lucide-react'
import type { TestResult } from '../../../engine-worker/index.ts'
import { TextDiff } from '../../data/TextDiff.tsx'
import { href } from '../../route.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { useTestsWords } from './tests-words.ts'

interface DifferencesProps {
  readonly result: TestResult
  readonly project: string
  /** Makes what comes out the expected output; null where it cannot be changed. */
  readonly onAccept: (() => void) | null
}

/** How the output of one test differs from what is expected, entity by entity. */
export function Differences({ result, project, onAccept }: DifferencesProps) {
  const w = useTestsWords()
  const pipe = (
    <a href={href({ at: 'pipe', project, pipe: result.pipe })} className="link">
      {result.pipe}
    </a>
  )
  if (result.differences.length === 0) {
    return (
      <Empty icon={<CircleCheck size={20} aria-hidden className="text-good" />} title={w.tests.states[result.status]}>
        {w.tests.same} {pipe}
      </Empty>
    )
  }
  return (
    <div className="flex flex-col gap-3 p-5">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="min-w-0 flex-1 text-title">
          {result.name} <span className="font-normal text-ink-soft">· {pipe}</span>
        </h2>
        {onAccept && <Button onClick={onAccept}>{w.tests.accept}</Button>}
      </div>
      {withKeys(result).map(({ difference, key }) => (
        <section key={key} className="overflow-hidden rounded-lg border border-line bg-surface">
          <h3 className="flex gap-3 border-b border-line px-3 py-1.5 font-normal">
            {difference.id !== null && <span className="mono font-semibold">{difference.id}</span>}
            <span className="text-ink-soft">{w.engine.phrase(difference.says)}</span>
          </h3>
          {(difference.expected !== null || difference.actual !== null) && (
            <TextDiff
              before={difference.expected ?? ''}
              after={difference.actual ?? ''}
              label={difference.id ?? w.engine.phrase(difference.says)}
            />
          )}
        </section>
      ))}
    </div>
  )
}

function withKeys({ differences }: TestResult) {
  const seen = new Map<string, number>()
  return differences.map((difference) => {
    const base = `${difference.id} ${difference.says}`
    const times = (seen.get(base) ?? 0) + 1
    seen.set(base, times)
    return { difference, key: `${base} ${times}` }
  })
}
