import { create } from 'zustand'
import type { Problem } from '../../../engine-worker/index.ts'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useModelWords } from './model-words.ts'

/** What of the pipes is not in the model that was read from them; shown until it is closed. */
const useUnread = create<{ readonly problems: readonly Problem[] }>(() => ({ problems: [] }))

/** Shows what could not be read. */
export function showUnread(problems: readonly Problem[]): void {
  useUnread.setState({ problems })
}

/** What of the pipes the model does not say, with the pipes that it is in. */
export function ReadingDialog({ project }: { readonly project: string }) {
  const w = useModelWords()
  const problems = useUnread((state) => state.problems)
  return (
    <Dialog
      open={problems.length > 0}
      onClose={() => showUnread([])}
      wide
      title={w.first.notRead(problems.length)}
      says={w.first.notReadSays}
    >
      <ProblemList problems={problems} project={project} />
    </Dialog>
  )
}
