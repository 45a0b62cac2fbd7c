/** The words of merging in both languages. */
import { enMerging } from '../../i18n/en-deploy.ts'
import { nbMerging } from '../../i18n/nb-deploy.ts'
import { viewWords } from '../../store/view-words.ts'

const nb = { merging: nbMerging }

export const useMergeWords = viewWords<typeof nb>({
  en: { merging: enMerging },
  nb,
})
