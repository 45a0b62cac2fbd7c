/** The words of Deploy in both languages; those of tests say how entities differ. */
import { enEffect, enMerging } from '../../i18n/en-deploy.ts'
import { enTests } from '../../i18n/en-tests.ts'
import { nbEffect, nbMerging } from '../../i18n/nb-deploy.ts'
import { nbTests } from '../../i18n/nb-tests.ts'
import { viewWords } from '../../store/view-words.ts'

const nb = { effect: nbEffect, merging: nbMerging, tests: nbTests }

export const useDeployWords = viewWords<typeof nb>({
  en: { effect: enEffect, merging: enMerging, tests: enTests },
  nb,
})
