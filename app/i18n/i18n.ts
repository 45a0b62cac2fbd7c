/** The language of the app. Every text a person reads comes from the catalogue of the chosen language. */
import { create } from 'zustand'
import { en } from './en.ts'
import type { Words } from './types.ts'

export type Language = 'en' | 'nb'

/** English is there from the start; another language is loaded when it is chosen. */
const loadWords: Record<Language, () => Promise<Words>> = {
  en: async () => en,
  nb: () => import('./nb.ts').then(({ nb }) => nb),
}

export const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'nb', name: 'Norsk bokmål' },
]

interface LanguageState {
  readonly language: Language
  readonly words: Words
}

const useLanguageStore = create<LanguageState>(() => ({ language: 'en', words: en }))

/** The language chosen last; one that comes later than another choice has no effect. */
let wantedLanguage: Language = 'en'

/** Chooses the language; components that use words draw again when its words are there. Stays as it was without them. */
export async function setLanguage(language: Language): Promise<void> {
  wantedLanguage = language
  const words = await loadWords[language]().catch(() => null)
  if (words === null || wantedLanguage !== language || useLanguageStore.getState().language === language) return
  useLanguageStore.setState({ language, words })
  if (typeof document !== 'undefined') document.documentElement.lang = language
}

/** The words of the chosen language, for components. */
export function useWords(): Words {
  return useLanguageStore((state) => state.words)
}

/** The words of the chosen language, outside components. */
export function currentWords(): Words {
  return useLanguageStore.getState().words
}

/** A number with so many digits behind the point, or behind the comma, as the chosen language writes it. */
export function decimalText(value: number, digits: number): string {
  const text = value.toFixed(digits).replace(/^-(?=[0.]*$)/, '')
  return useLanguageStore.getState().language === 'nb' ? text.replace('.', ',') : text
}

/** A duration in words that a person can compare: `9 ms`, `0.21 s`, `3 min 05 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 100) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 10_000) return `${decimalText(milliseconds / 1000, 2)} s`
  if (milliseconds < 120_000) return `${(milliseconds / 1000).toFixed(0)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

/** How long ago, roughly. */
export function ago(moment: number, w: Words): string {
  const minutes = Math.floor((Date.now() - moment) / 60_000)
  if (minutes < 1) return w.time.now
  if (minutes < 60) return w.time.minutes(minutes)
  if (minutes < 24 * 60) return w.time.hours(Math.floor(minutes / 60))
  return w.time.days(Math.floor(minutes / (24 * 60)))
}
