import { useMemo } from 'react'
import type { JsonPath } from '../../../engine-worker/index.ts'
import { showPlace } from '../../pipe/focus.ts'
import type { EntityOutcome, StoppedAt } from '../../pipe/outcome.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { choosePlace } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { type Stage, stagesOf } from '../../pipe/stages.ts'
import { useCatalogue } from '../../store/catalogue.ts'
import { Button } from '../../ui/Button.tsx'

/** Says why a stage shows nothing for the followed entity, or that another entity replaces what it shows. */
export function OutcomeNote({ outcome }: { readonly outcome: EntityOutcome }) {
  const w = usePipeWords()
  return (
    <>
      {outcome.stopped && <StoppedNote stopped={outcome.stopped} />}
      {outcome.replaced.length > 0 && (
        <p className="text-warn">{w.pipe.outcome.replaced(outcome.replaced.join(', '))}</p>
      )}
    </>
  )
}

function StoppedNote({ stopped: { stage, how, step } }: { readonly stopped: StoppedAt }) {
  const w = usePipeWords()
  const { value } = usePipe()
  const stages = useMemo(() => stagesOf(value), [value])
  const kinds = useCatalogue()?.kinds ?? []
  const at = stages.find(({ id }) => id === stage)
  if (!at) return null
  const label = kinds.find(({ role, type }) => role === at.role && type === at.type)?.label ?? at.type
  const path = step === null ? null : pathOf(step, at)
  const number = path?.findLast((key) => typeof key === 'number')
  const says = w.pipe.outcome[how](label, stages.indexOf(at), typeof number === 'number' ? number + 1 : null)
  return (
    <div className="flex items-center gap-2 text-ink-soft">
      <p>{says}</p>
      {path && (
        <Button
          small
          look="quiet"
          onClick={() => {
            choosePlace(path)
            showPlace(path)
          }}
        >
          {w.pipe.outcome.showStep}
        </Button>
      )}
    </div>
  )
}

/** A traced path as a path below the pipe: the trace counts a transform that is not in a list, too. */
function pathOf(traced: string, stage: Stage): JsonPath {
  const below = traced.split('/').slice(2)
  return [...stage.path, ...below.map((key) => (/^\d+$/.test(key) ? Number(key) : key))]
}
