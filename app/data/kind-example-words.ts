/** The words of examples in both languages. */
import { enKindExample } from '../i18n/en-kind-example.ts'
import { nbKindExample } from '../i18n/nb-kind-example.ts'
import { useSettings } from '../store/settings.ts'

const catalogues = { en: enKindExample, nb: nbKindExample } as const

export function useKindExampleWords(): typeof nbKindExample {
  return catalogues[useSettings((state) => state.language)]
}
