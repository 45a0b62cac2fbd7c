/** The words of signing in, in both languages; they come with it. */
import { enSignIn } from '../../../i18n/en-sign-in.ts'
import { nbSignIn } from '../../../i18n/nb-sign-in-view.ts'
import { useSettings } from '../../../store/settings.ts'
import { viewWords } from '../../../store/view-words.ts'

const catalogues = { en: enSignIn, nb: nbSignIn }

export const useSignInWords = viewWords<{ readonly signIn: typeof nbSignIn }>({
  en: { signIn: enSignIn },
  nb: { signIn: nbSignIn },
})

/** The words outside of components. */
export function signInWords(): typeof nbSignIn {
  return catalogues[useSettings.getState().language]
}
