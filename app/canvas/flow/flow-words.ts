/** The words of the Flow canvas in both languages. */
import { enFlow } from '../../i18n/en-flow.ts'
import { enFlowFrame } from '../../i18n/en-flow-frame.ts'
import { nbFlow } from '../../i18n/nb-flow.ts'
import { nbFlowFrame } from '../../i18n/nb-flow-frame.ts'
import { currentViewWords, viewWords } from '../../store/view-words.ts'

const nb = { flow: { ...nbFlowFrame, ...nbFlow } }
const catalogues = { en: { flow: { ...enFlowFrame, ...enFlow } }, nb }

export const useFlowWords = viewWords<typeof nb>(catalogues)

/** The same words outside components. */
export const currentFlowWords = currentViewWords<typeof nb>(catalogues)

/** The words of the frame and of the Flow canvas. */
export type FlowWords = ReturnType<typeof useFlowWords>
