/** The words of the view in both languages. */
import { enFileDrop } from '../../i18n/en-file-drop.ts'
import { enFiles } from '../../i18n/en-files.ts'
import { nbDataFiles } from '../../i18n/nb-data-files.ts'
import { nbFileDrop } from '../../i18n/nb-file-drop.ts'
import { viewWords } from '../../store/view-words.ts'

const nb = { dataFiles: { ...nbFileDrop, ...nbDataFiles } }

export const useFilesWords = viewWords<typeof nb>({ en: { dataFiles: { ...enFileDrop, ...enFiles } }, nb })

/** What the hook gives. */
export type FilesWords = ReturnType<typeof useFilesWords>
