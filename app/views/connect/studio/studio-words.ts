/** The words of the studio, which come with it. */
import { enStudio } from '../../../i18n/en-studio.ts'
import { nbStudio } from '../../../i18n/nb-studio.ts'
import { useSettings } from '../../../store/settings.ts'

const catalogues = { en: enStudio, nb: nbStudio } as const

export function useStudioWords(): typeof nbStudio {
  return catalogues[useSettings((state) => state.language)]
}
