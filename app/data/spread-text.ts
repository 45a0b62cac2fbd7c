/** The figures of a spread as people write them. */
import type { PropertyProfile } from '../../engine-worker/index.ts'
import { count } from '../i18n/numbers.ts'
import { useSettings } from '../store/settings.ts'
import { humanText } from './readable-values.ts'

/** How numbers, moments or lengths on a scale read. */
export function useSpreadText(is: NonNullable<PropertyProfile['spread']>['is']): (value: number) => string {
  const language = useSettings((state) => state.language)
  return (value) => {
    if (is === 'moment') return humanText(`~t${new Date(value).toISOString()}`, language)
    // Numbers of a scale need no more than three digits behind the point.
    return is === 'length' ? count(value) : humanText(Math.round(value * 1000) / 1000, language)
  }
}
