/** Values as people write them, by the habits of the person's own place: numbers, dates, telephone numbers, references. */
import { type Json, readJson } from '../../engine-worker/index.ts'
import { isPlainObject, shownText, shownType } from './value.ts'

/** The first language of the browser, which says how the person writes numbers. */
function ownLocale(): string {
  return typeof navigator === 'undefined' ? 'en-GB' : navigator.language
}

/** The app's language names the months; an English one by the person's own order of day and month. */
function datesIn(language: string, own: string): string {
  if (language === 'nb') return 'nb-NO'
  return own.startsWith('en') ? own : 'en-GB'
}

/** A value of an entity, in transit form, as a person writes it; one line. `own` is the person's locale. */
export function humanText(value: Json, language: string, own: string = ownLocale()): string {
  switch (shownType(value)) {
    case 'integer':
    case 'float':
    case 'decimal':
      return numberText(shownText(value), own)
    case 'datetime':
      return momentText(shownText(value), datesIn(language, own))
    case 'ni':
      return `→ ${shownText(value)}`
    case 'uri':
      return uriText(shownText(value))
    case 'list':
      return Array.isArray(value) ? value.map((item) => humanText(item, language, own)).join(', ') : shownText(value)
    case 'dict':
      return isPlainObject(value)
        ? Object.entries(value)
            .map(([name, inner]) => `${name}: ${humanText(inner ?? null, language, own)}`)
            .join(', ')
        : shownText(value)
    default:
      return shownText(value)
  }
}

/** The same for a value as transit text. */
export function humanOf(text: string, language: string, own: string = ownLocale()): string {
  return humanText(readJson(text), language, own)
}

/** Every digit is kept, however many there are. */
function numberText(digits: string, locale: string): string {
  const plain = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(digits)
  if (!plain) return digits
  const [, sign = '', whole = '', fraction] = plain
  const parts = new Intl.NumberFormat(locale).formatToParts(12345678.5)
  const group = parts.find(({ type }) => type === 'group')?.value ?? ''
  const point = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(?:\d{3})+$)/g, group) : whole
  // Amounts have two digits behind the point.
  const behind = fraction?.length === 1 ? `${fraction}0` : fraction
  return `${sign === '-' ? '−' : ''}${grouped}${behind === undefined ? '' : point + behind}`
}

/** A date alone where the moment is a midnight. */
function momentText(iso: string, locale: string): string {
  const moment = new Date(iso.replace(/(\.\d{3})\d+/, '$1'))
  if (Number.isNaN(moment.getTime())) return iso
  const isMidnight = /T00:00:00(?:\.0+)?Z$/.test(iso) || !iso.includes('T')
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
    ...(isMidnight ? {} : { hour: '2-digit', minute: '2-digit' }),
  }).format(moment)
}

function uriText(uri: string): string {
  return uri.startsWith('tel:') ? uri.slice(4).replaceAll('-', ' ') : uri
}
