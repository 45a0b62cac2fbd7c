/** The words of durable data in both languages. */
import { enDurable } from '../../i18n/en-durable.ts'
import { nbDurable } from '../../i18n/nb-durable.ts'
import { viewWords } from '../../store/view-words.ts'

export const useDurableWords = viewWords<{ readonly durable: typeof nbDurable }>({
  en: { durable: enDurable },
  nb: { durable: nbDurable },
})
