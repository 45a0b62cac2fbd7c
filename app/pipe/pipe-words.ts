/** The words of the Pipe canvas and its forms in both languages. */
import { enPipe } from '../i18n/en-pipe.ts'
import { enPipeFrame } from '../i18n/en-pipe-frame.ts'
import { nbPipe } from '../i18n/nb-pipe.ts'
import { nbPipeFrame } from '../i18n/nb-pipe-frame.ts'
import { currentViewWords, viewWords } from '../store/view-words.ts'

const nb = { pipe: { ...nbPipeFrame, ...nbPipe } }
const catalogues = { en: { pipe: { ...enPipeFrame, ...enPipe } }, nb }

export const usePipeWords = viewWords<typeof nb>(catalogues)

/** The same words outside components. */
export const currentPipeWords = currentViewWords<typeof nb>(catalogues)
