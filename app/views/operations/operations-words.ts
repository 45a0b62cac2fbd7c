/** The words of the view beside those of the frame, in the chosen language. They come with the view. */
import { enOperations } from '../../i18n/en-operations.ts'
import { useWords } from '../../i18n/i18n.ts'
import { nbOperations } from '../../i18n/nb-operations.ts'
import type { Words } from '../../i18n/types.ts'
import { useSettings } from '../../store/settings.ts'

const catalogues = { en: { operations: enOperations }, nb: { operations: nbOperations } } as const

export function useOperationsWords(): Words & (typeof catalogues)['nb'] {
  return { ...useWords(), ...catalogues[useSettings((state) => state.language)] }
}
