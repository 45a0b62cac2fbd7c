/** The words of entity types and models in both languages; they come with their view. */
import { enBrowse } from '../../i18n/en-browse.ts'
import { enTypes } from '../../i18n/en-types.ts'
import { nbBrowse } from '../../i18n/nb-browse.ts'
import { nbTypes } from '../../i18n/nb-types.ts'
import { viewWords } from '../../store/view-words.ts'

export const useTypesWords = viewWords<typeof nbBrowse & { readonly types: typeof nbTypes }>({
  en: { ...enBrowse, types: enTypes },
  nb: { ...nbBrowse, types: nbTypes },
})
