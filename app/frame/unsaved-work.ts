/** What a person can do with work that is not on disk: keep it as a new project, or take it out as a zip. */

import { currentWords } from '../i18n/i18n.ts'
import { diskFailureReason } from '../store/disk/failure.ts'
import { failureText } from '../store/failure.ts'
import { useProject } from '../store/project/project.ts'
import { keepAsNewProject } from '../store/project/projects.ts'
import { toast } from '../store/toasts.ts'

/** Keeps what is on screen as a new project; gives its id, or null when there is no room (which is said). */
export async function keepWork(): Promise<string | null> {
  const w = currentWords()
  const { name } = useProject.getState().document
  try {
    const id = await keepAsNewProject()
    toast(w.unsaved.kept(name))
    return id
  } catch (error) {
    toast(w.unsaved.notKept[diskFailureReason(error)], 'bad')
    return null
  }
}

/** Saves what is on screen as a zip. */
export async function exportWork(): Promise<void> {
  const w = currentWords()
  const { id, document } = useProject.getState()
  try {
    const { saveZip } = await import('../store/project/exports.ts')
    await saveZip(document.content, document.name, 'project', id)
    toast(w.exporting.saved(document.name))
  } catch (error) {
    toast(w.exporting.failed(failureText(error)), 'bad')
  }
}
