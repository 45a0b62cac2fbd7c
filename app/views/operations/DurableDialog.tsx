import { useState } from 'react'
import type { SafetyReport } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { BackupList } from './BackupList.tsx'
import { CopyPlace } from './CopyPlace.tsx'
import { DurablePipes } from './DurablePipes.tsx'
import { useDurableWords } from './durable-words.ts'

interface DurableDialogProps {
  readonly report: SafetyReport
  /** Something was changed, so that the report has to be asked for again. */
  readonly onChanged: () => void
  readonly onClose: () => void
}

/** Which pipes are durable, where their copy is, and the backups of the project. */
export function DurableDialog({ report: { state, restored, ...pipes }, onChanged, onClose }: DurableDialogProps) {
  const w = useDurableWords().durable
  const readOnly = useProject((project) => project.readOnly)
  const [isWorking, setWorking] = useState(false)
  const runWork = async (what: () => Promise<unknown>) => {
    setWorking(true)
    try {
      await what()
    } catch (error) {
      toast(failureText(error), 'bad')
    } finally {
      setWorking(false)
      onChanged()
    }
  }
  if (!state) return null
  const shared = { state, isBlocked: readOnly || isWorking, work: runWork }
  return (
    <Dialog open wide onClose={onClose} title={w.title} says={w.says}>
      <div className="flex flex-col gap-5" aria-busy={isWorking}>
        <DurablePipes {...pipes} isBlocked={readOnly} onChanged={onChanged} />
        <CopyPlace {...shared} isWanted={pipes.durable.length > 0} />
        <BackupList
          {...shared}
          onDaily={(daily) => void runWork(() => ask('configureSafety', { daily }))}
          restored={restored}
        />
        {state.failure !== null && <p className="text-bad">{w.failed(state.failure)}</p>}
      </div>
    </Dialog>
  )
}
