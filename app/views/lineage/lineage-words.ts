/** The words of Lineage in both languages. */
import { enLineage } from '../../i18n/en-lineage.ts'
import { nbLineage } from '../../i18n/nb-lineage.ts'
import { viewWords } from '../../store/view-words.ts'

const nb = { lineage: nbLineage }

export const useLineageWords = viewWords<typeof nb>({
  en: { lineage: enLineage },
  nb,
})

/** The words of the frame and of Lineage. */
export type LineageWords = ReturnType<typeof useLineageWords>
