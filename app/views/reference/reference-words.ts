/** The words of the view beside those of the frame, in both languages. */
import { enCiGuide } from '../../i18n/en-ci-guide.ts'
import { nbCiGuide } from '../../i18n/nb-ci-guide.ts'
import { viewWords } from '../../store/view-words.ts'

const nb = { ciGuide: nbCiGuide }

export const useReferenceWords = viewWords<typeof nb>({ en: { ciGuide: enCiGuide }, nb })
