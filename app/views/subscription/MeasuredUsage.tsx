import { useRef } from 'react'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { measuredChanged } from './measured-version.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

interface MeasuredUsageProps {
  /** The id of the environment. */
  readonly environment: string
  /** The day of its metrics that count; null where what is stored here does. */
  readonly measured: string | null
}

/** Where an environment is counted: here, or by the metrics of its node, which a person chooses as files. */
export function MeasuredUsage({ environment, measured }: MeasuredUsageProps) {
  const w = useSubscriptionWords()
  const input = useRef<HTMLInputElement | null>(null)
  const takeFiles = async (files: readonly File[]) => {
    for (const file of files) {
      try {
        const day = new Date(file.lastModified).toISOString().slice(0, 10)
        const { pipes } = await ask('keepMeasured', { environment, day, text: await file.text() })
        toast(w.environments.measuredKept(pipes, day))
      } catch (error) {
        toast(`${file.name}: ${failureText(error)}`, 'bad')
      }
    }
    measuredChanged()
  }
  const forgetMeasurements = async () => {
    try {
      await ask('forgetMeasured', { environment })
    } catch (error) {
      toast(failureText(error), 'bad')
    }
    measuredChanged()
  }
  return (
    <SectionCard
      title={w.environments.countedWhere}
      aside={
        <>
          <Button small onClick={() => input.current?.click()}>
            {measured === null ? w.environments.chooseMetrics : w.environments.addMetrics}
          </Button>
          {measured !== null && (
            <Button small onClick={() => void forgetMeasurements()}>
              {w.environments.countHere}
            </Button>
          )}
        </>
      }
    >
      <p>{measured === null ? w.environments.countedHere : w.environments.countedThere(measured)}</p>
      <p className="py-1 text-tiny text-ink-faint">{w.environments.metricsSays}</p>
      <FileInput
        ref={input}
        accept=".prom,.txt,text/plain"
        testId="metrics-files"
        onFiles={(files) => void takeFiles(files)}
      />
    </SectionCard>
  )
}
