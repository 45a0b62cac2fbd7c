/** The words of the reference in both languages. */
import { enCiGuide } from '../../i18n/en-ci-guide.ts'
import { enReference } from '../../i18n/en-reference.ts'
import { nbCiGuide } from '../../i18n/nb-ci-guide.ts'
import { nbReference } from '../../i18n/nb-reference.ts'
import { viewWords } from '../../store/view-words.ts'

const nb = { ciGuide: nbCiGuide, reference: nbReference }

export const useReferenceWords = viewWords<typeof nb>({ en: { ciGuide: enCiGuide, reference: enReference }, nb })

/** The words of the frame and of the reference. */
export type ReferenceWords = ReturnType<typeof useReferenceWords>
