import { CircleCheck, Play } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { CataloguedFunction } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { ask } from '../../store/engine/open-project.ts'
import { Button } from '../../ui/Button.tsx'
import { useReferenceWords } from './reference-words.ts'

interface ExampleRunnerProps {
  readonly functions: readonly CataloguedFunction[]
  readonly address: (name: string) => string
}

interface ExampleCounts {
  readonly passed: number
  readonly failed: readonly string[]
  readonly of: number
  readonly running: boolean
}

/** Runs every example of every function in this browser and shows how many give what the declaration says. */
export function ExampleRunner({ functions, address }: ExampleRunnerProps) {
  const w = useReferenceWords()
  const [tally, setTally] = useState<ExampleCounts | null>(null)
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const runExamples = async () => {
    const cases = functions.flatMap((each) => each.examples.map((_, index) => ({ name: each.name, index })))
    let now: ExampleCounts = { passed: 0, failed: [], of: cases.length, running: true }
    setTally(now)
    for (const [place, { name, index }] of cases.entries()) {
      if (!mounted.current) return
      const passes = await ask('example', { function: name, example: index }, { early: true }).then(
        (result) => result.passes,
        () => false,
      )
      now = passes ? { ...now, passed: now.passed + 1 } : { ...now, failed: [...now.failed, name] }
      if (place % 25 === 0) setTally(now)
    }
    setTally({ ...now, running: false })
  }
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-surface px-4 py-3">
      <Button
        disabled={tally?.running ?? functions.length === 0}
        icon={<Play size={12} fill="currentColor" aria-hidden />}
        onClick={() => void runExamples()}
      >
        {w.reference.prove}
      </Button>
      <output className="flex flex-wrap items-center gap-2">
        {tally === null ? (
          <span className="text-ink-soft">{w.reference.proveSays}</span>
        ) : (
          <>
            <CircleCheck size={16} aria-hidden className={tally.failed.length === 0 ? 'text-good' : 'text-ink-faint'} />
            {w.reference.proven(count(tally.passed), count(tally.of))}
            {[...new Set(tally.failed)].map((name) => (
              <a key={name} href={address(name)} className="link mono text-bad">
                {name}
              </a>
            ))}
          </>
        )}
      </output>
    </div>
  )
}
