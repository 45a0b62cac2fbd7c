import { invokeViewHandler } from '../../commands/view-handlers.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { useFlowWords } from './flow-words.ts'

/** Shown in a project without a pipe: what to do first. */
export function EmptyFlow({ onAdd }: { readonly onAdd: (() => void) | null }) {
  const w = useFlowWords()
  const actions = onAdd && (
    <>
      <Button look="main" className="pointer-events-auto" onClick={onAdd}>
        {w.flow.empty.add}
      </Button>
      <Button className="pointer-events-auto" onClick={() => void invokeViewHandler('canvas.files')}>
        {w.flow.addFiles}
      </Button>
    </>
  )
  return (
    <div className="pointer-events-none absolute inset-0 flex">
      <Empty title={w.flow.empty.title} action={actions ?? undefined}>
        {w.flow.empty.says}
      </Empty>
    </div>
  )
}
