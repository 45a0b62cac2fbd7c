/** Words that come with a view, so that the first screen does not wait for them. */
import { useWords } from '../i18n/i18n.ts'
import type { Words } from '../i18n/types.ts'
import { useSettings } from './settings.ts'

/** A hook for the words of a view, beside those of the frame, in the chosen language. */
export function viewWords<C extends object>(catalogues: { readonly en: C; readonly nb: C }): () => Words & C {
  return () => ({ ...useWords(), ...catalogues[useSettings((state) => state.language)] })
}
