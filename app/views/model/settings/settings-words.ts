/** The words of settings, in the chosen language. They come with the view. */
import type { JsonObject } from '../../../../engine-worker/index.ts'
import { enModelForm } from '../../../i18n/en-modelform.ts'
import { nbModelForm } from '../../../i18n/nb-modelform.ts'
import { useSettings } from '../../../store/settings.ts'

const catalogues = { en: enModelForm, nb: nbModelForm } as const

export function useSettingWords(): typeof nbModelForm {
  return catalogues[useSettings((state) => state.language)]
}

/** The label of a setting by its place, such as `mapping.share.since`. */
export function settingLabel({ labels }: typeof nbModelForm, place: string): string {
  const known: Readonly<Record<string, string>> = labels
  return known[place] ?? place.slice(place.lastIndexOf('.') + 1)
}

/** What a setting means. */
export function settingSays({ says }: typeof nbModelForm, place: string, schema: JsonObject): string {
  const { description } = schema
  return says[place] ?? (typeof description === 'string' ? description : '')
}

/** A choice in words. */
export function choiceWords({ choices }: typeof nbModelForm, choice: string): string {
  const known: Readonly<Record<string, string>> = choices
  return known[choice] ?? choice
}
