/** The words of Walk in both languages, with those of the pipe that is walked. */
import { enPipe } from '../../i18n/en-pipe.ts'
import { enPipeFrame } from '../../i18n/en-pipe-frame.ts'
import { enWalk } from '../../i18n/en-walk.ts'
import { enWalkFrame } from '../../i18n/en-walk-frame.ts'
import { nbPipe } from '../../i18n/nb-pipe.ts'
import { nbPipeFrame } from '../../i18n/nb-pipe-frame.ts'
import { nbWalk } from '../../i18n/nb-walk.ts'
import { nbWalkFrame } from '../../i18n/nb-walk-frame.ts'
import { viewWords } from '../../store/view-words.ts'

const nb = { pipe: { ...nbPipeFrame, ...nbPipe }, walk: { ...nbWalkFrame, ...nbWalk } }

export const useWalkWords = viewWords<typeof nb>({
  en: { pipe: { ...enPipeFrame, ...enPipe }, walk: { ...enWalkFrame, ...enWalk } },
  nb,
})

/** The words of the frame, of pipes and of Walk. */
export type WalkWords = ReturnType<typeof useWalkWords>
