/** The words of the search in both languages; they come with its view. */
import { enSearch } from '../../i18n/en-search.ts'
import { nbSearch } from '../../i18n/nb-search.ts'
import { viewWords } from '../../store/view-words.ts'

export const useSearchWords = viewWords<{ readonly search: typeof nbSearch }>({
  en: { search: enSearch },
  nb: { search: nbSearch },
})
