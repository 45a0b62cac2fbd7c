/** The words of testing a connection, in both languages; they come with it. */
import { enConnection } from '../../../i18n/en-connection.ts'
import { nbConnection } from '../../../i18n/nb-connection.ts'
import { viewWords } from '../../../store/view-words.ts'

export const useConnectionWords = viewWords<{ readonly connection: typeof nbConnection }>({
  en: { connection: enConnection },
  nb: { connection: nbConnection },
})
