import { create } from 'zustand'
import type { Problem } from '../../../engine-worker/index.ts'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

interface Unread {
  readonly problems: readonly Problem[]
  readonly title: string
  readonly says: string
}

/** What is not in the model or file that was made; shown until it is closed. */
const useUnread = create<Unread>(() => ({ problems: [], title: '', says: '' }))

/** Shows what could not be read or written, under a title. */
export function showUnread(problems: readonly Problem[], title: string, says: string): void {
  useUnread.setState({ problems, title, says })
}

/** What a reading or a file leaves out, each with its place. */
export function ReadingDialog({ project }: { readonly project: string }) {
  const { problems, title, says } = useUnread()
  return (
    <Dialog open={problems.length > 0} onClose={() => showUnread([], title, says)} wide title={title} says={says}>
      <ProblemList problems={problems} project={project} />
    </Dialog>
  )
}
