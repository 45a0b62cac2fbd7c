/** What a person chose for this browser: theme and language. Kept in local storage, where private windows allow it. */
import { create } from 'zustand'
import { type Language, setLanguage } from '../i18n/i18n.ts'

export type Theme = 'light' | 'dark' | 'system'

interface Settings {
  readonly theme: Theme
  readonly language: Language
  /** Values of entities as people write them, or as they stand in the data. */
  readonly values: 'human' | 'raw'
  /** The first-run explanation was seen or skipped. */
  readonly welcomed: boolean
}

const storageKey = 'pipewright.settings'

export const useSettings = create<Settings>(() => readSettings())

/** Changes a setting and remembers it. */
export function setSettings(change: Partial<Settings>): void {
  useSettings.setState(change)
  const { theme, language, values, welcomed } = useSettings.getState()
  try {
    localStorage.setItem(storageKey, JSON.stringify({ theme, language, values, welcomed }))
  } catch {
    // Storage is switched off: the choice holds until the tab closes.
  }
  void applySettings()
}

const darkScheme = () => matchMedia('(prefers-color-scheme: dark)')

/** Puts the settings into effect, now and whenever the system's theme changes; resolves when the words are there. */
export function startSettings(): Promise<void> {
  darkScheme().addEventListener('change', () => void applySettings())
  return applySettings()
}

function applySettings(): Promise<void> {
  const { theme, language } = useSettings.getState()
  const dark = theme === 'dark' || (theme === 'system' && darkScheme().matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  return setLanguage(language)
}

function readSettings(): Settings {
  const fallback: Settings = { theme: 'system', language: browserLanguage(), values: 'human', welcomed: false }
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? 'null')
    if (typeof stored !== 'object' || stored === null) return fallback
    return {
      theme: 'theme' in stored && (stored.theme === 'light' || stored.theme === 'dark') ? stored.theme : 'system',
      language: 'language' in stored && (stored.language === 'nb' || stored.language === 'en') ? stored.language : 'en',
      values: 'values' in stored && stored.values === 'raw' ? 'raw' : 'human',
      welcomed: 'welcomed' in stored && stored.welcomed === true,
    }
  } catch {
    return fallback
  }
}

function browserLanguage(): Language {
  return typeof navigator !== 'undefined' && /^(nb|nn|no)\b/.test(navigator.language) ? 'nb' : 'en'
}
