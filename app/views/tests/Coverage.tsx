import type { AnswerOf } from '../../../engine-worker/index.ts'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { useTestsWords } from './tests-words.ts'

type RuleCoverage = NonNullable<AnswerOf<'tests'>['coverage']>

interface CoverageProps {
  readonly covered: RuleCoverage
  readonly project: string
}

/** How many steps of all rules the entities of the tests reach, and those they do not, folded away. */
export function Coverage({ covered: { steps, reached, missed }, project }: CoverageProps) {
  const w = useTestsWords()
  const share = Math.floor((reached / steps) * 100)
  return (
    <section aria-label={w.tests.coverage} className="mx-5 mt-5">
      <div className="flex items-center gap-3">
        <h2 className="font-semibold">{w.tests.coverage}</h2>
        <div aria-hidden className="h-1.5 w-40 overflow-hidden rounded-full bg-sunken">
          <div className="h-full rounded-full bg-good" style={{ width: `${share}%` }} />
        </div>
        <span className="text-ink-soft">{w.tests.covered(reached, steps, share)}</span>
      </div>
      {missed.length > 0 && (
        <details className="mt-2 rounded-lg border border-line bg-surface">
          <summary className="cursor-pointer px-4 py-2">{w.tests.missed(missed.length)}</summary>
          <div className="max-h-80 overflow-auto border-t border-line">
            <ProblemList problems={missed} project={project} />
          </div>
        </details>
      )}
    </section>
  )
}
