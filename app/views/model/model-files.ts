/** Mapping files of others: taken in as the model, and made of it. */
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { importModel } from '../../store/project/model-file.ts'
import { saveFile } from '../../store/save-file.ts'
import { toast } from '../../store/toasts.ts'
import type { useModelWords } from './model-words.ts'
import { showUnread } from './ReadingDialog.tsx'

type ModelWords = ReturnType<typeof useModelWords>

/** Makes the first of some files the model; says what is wrong with it. */
export async function importMappingFile({ file: w }: ModelWords, [file]: readonly File[]): Promise<void> {
  if (file === undefined) return
  try {
    const { text, problems } = await importModel(w.step, file.name, await file.text())
    if (text !== null) toast(w.done(file.name))
    if (problems.length > 0) showUnread(problems, w.remarks(problems.length), w.remarksSay)
  } catch (error) {
    toast(failureText(error), 'bad')
  }
}

/** Saves the model as a mapping file; says what it leaves out. */
export async function saveMappingFile({ file: w }: ModelWords, text: string): Promise<void> {
  try {
    const { text: yaml, problems } = await ask('modelExport', { text })
    saveFile(yaml, 'mapping.yaml', 'application/yaml')
    if (problems.length > 0) showUnread(problems, w.left(problems.length), w.leftSays)
  } catch (error) {
    toast(failureText(error), 'bad')
  }
}
