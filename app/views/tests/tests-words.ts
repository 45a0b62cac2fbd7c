/** The words of Tests in both languages. */
import { enTests } from '../../i18n/en-tests.ts'
import { nbTests } from '../../i18n/nb-tests.ts'
import { viewWords } from '../../store/view-words.ts'

const nb = { tests: nbTests }

export const useTestsWords = viewWords<typeof nb>({
  en: { tests: enTests },
  nb,
})
