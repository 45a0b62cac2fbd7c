/** The words of tables, columns, schemas and comparisons in both languages; they come with the views that use them. */
import { enBrowse } from '../i18n/en-browse.ts'
import { nbBrowse } from '../i18n/nb-browse.ts'
import { viewWords } from '../store/view-words.ts'

export const useBrowseWords = viewWords<typeof nbBrowse>({ en: enBrowse, nb: nbBrowse })
