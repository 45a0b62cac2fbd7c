/** The words of the view, in the chosen language. They come with the view, so that the first screen does not wait for them. */
import { enModelView } from '../../i18n/en-modelview.ts'
import { nbModelView } from '../../i18n/nb-modelview.ts'
import { useSettings } from '../../store/settings.ts'

const catalogues = { en: enModelView, nb: nbModelView } as const

export function useModelWords(): typeof nbModelView {
  return catalogues[useSettings((state) => state.language)]
}
