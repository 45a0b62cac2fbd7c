/** Words that come with a view, so that the first screen does not wait for them. */
import { currentWords, useWords } from '../i18n/i18n.ts'
import type { Words } from '../i18n/types.ts'
import { useSettings } from './settings.ts'

interface Catalogues<C extends object> {
  readonly en: C
  readonly nb: C
}

/** A hook for the words of a view, beside those of the frame, in the chosen language: the same object until that changes. */
export function viewWords<C extends object>(catalogues: Catalogues<C>): () => Words & C {
  let last: { readonly words: Words; readonly own: C; readonly all: Words & C } | null = null
  return () => {
    const words = useWords()
    const own = catalogues[useSettings((state) => state.language)]
    if (last?.words !== words || last.own !== own) last = { words, own, all: { ...words, ...own } }
    return last.all
  }
}

/** The same words outside components. */
export function currentViewWords<C extends object>(catalogues: Catalogues<C>): () => Words & C {
  return () => ({ ...currentWords(), ...catalogues[useSettings.getState().language] })
}
