/** The words of the view, which come with it. */
import { enConnect } from '../../i18n/en-connect.ts'
import { nbConnect } from '../../i18n/nb-connect.ts'
import { useSettings } from '../../store/settings.ts'

const catalogues = { en: enConnect, nb: nbConnect } as const

export function useConnectWords(): typeof nbConnect {
  return catalogues[useSettings((state) => state.language)]
}
