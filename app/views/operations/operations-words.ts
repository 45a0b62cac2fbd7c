/** The words of the view in both languages. */
import { enOperations } from '../../i18n/en-operations.ts'
import { nbOperations } from '../../i18n/nb-operations.ts'
import { viewWords } from '../../store/view-words.ts'

export const useOperationsWords = viewWords<{ readonly operations: typeof nbOperations }>({
  en: { operations: enOperations },
  nb: { operations: nbOperations },
})
