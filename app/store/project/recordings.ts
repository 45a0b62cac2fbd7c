/** Answers of services: taken over from a HAR file as recorded answers of a pipe, and saved as one. */
import { putFile } from '../../../engine-worker/index.ts'
import { currentWords } from '../../i18n/i18n.ts'
import { ask } from '../engine/open-project.ts'
import { fileName, saveFile } from '../save-file.ts'
import { toast } from '../toasts.ts'
import { editContent, useProject } from './project.ts'

/** Whether a file holds requests and answers instead of entities. */
export function isRecording(file: File): boolean {
  return /\.har$/i.test(file.name)
}

/** Puts the answers of a HAR file into the project, as those that the pipe gets; secrets are left out. */
export async function takeRecording(pipe: string, file: File): Promise<void> {
  const w = currentWords()
  const { text, count, left } = await ask('recordAnswers', await file.text(), { early: true })
  if (count > 0) {
    editContent(w.recording.step(pipe), (content) => {
      const path = `${content.root}testdata/${pipe}.answers.json`
      return putFile(content, path, text).value
    })
  }
  toast(w.recording.taken(count, left), count > 0 ? 'good' : 'bad')
}

/** Saves what services have answered in this tab as a HAR file, without secrets. */
export async function saveRecording(): Promise<void> {
  const w = currentWords()
  const { text, count } = await ask('recording', null)
  if (count === 0) return toast(w.recording.none, 'bad')
  saveFile(text, `${fileName(useProject.getState().document.name)}.har`, 'application/json')
  toast(w.recording.saved(count))
}
