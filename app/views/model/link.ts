/** Making a datatype part of a concept: the data is asked first, then the model changes in one step. */
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { changedModelText, editModel } from '../../store/project/model-file.ts'
import { toast } from '../../store/toasts.ts'
import type { DatatypePlace } from './drag.ts'
import { linkDatatype } from './edits.ts'

/** Links as the data suggests, and says what it found; without an answer of the engine nothing changes. */
export async function linkToConcept(
  { system, datatype }: DatatypePlace,
  concept: string,
  label: string,
): Promise<void> {
  try {
    const text = changedModelText((model) => model)
    const suggestion = await ask('modelSuggestions', { text, system, datatype, concept })
    editModel(label, (model) => linkDatatype(model, system, datatype, concept, suggestion))
  } catch (error) {
    toast(`${label}: ${failureText(error)}`, 'bad')
  }
}

/** The name of a concept that a datatype would begin: its own, in the singular where that is plain. */
export function conceptNameOf(datatype: string): string {
  const bare = datatype.toLowerCase()
  if (/[^s]s$/.test(bare) && bare.length > 4) return bare.slice(0, -1)
  return bare
}
