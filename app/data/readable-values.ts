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

/** What the store adds to an entity. */
export function isStoreProperty(name: string): boolean {
  return /^_(hash|previous|ts|updated|deleted)$/.test(name)
}

/** A value of an entity, in transit form, as a person writes it; one line. `own` is the person's locale. */
export function humanText(value: Json, language: string, ownLocaleName: string = ownLocale()): string {
  switch (shownType(value)) {
    case 'integer':
    case 'float':
    case 'decimal':
      return numberText(shownText(value), ownLocaleName)
    case 'datetime':
      return momentText(shownText(value), datesIn(language, ownLocaleName))
    case 'ni':
      return `→ ${shownText(value)}`
    case 'uri':
      return uriText(shownText(value))
    case 'list':
      return Array.isArray(value) ? listText(value, language, ownLocaleName) : shownText(value)
    case 'dict':
      return isPlainObject(value)
        ? Object.entries(value)
            .filter(([name]) => !isStoreProperty(name))
            .map(([name, inner]) => `${name}: ${humanText(inner ?? null, language, ownLocaleName)}`)
            .join(', ')
        : shownText(value)
    default:
      return shownText(value)
  }
}

/** The same for a value as transit text; text that was cut, and is no value any more, is shown as it is. */
export function humanOf(text: string, language: string, own: string = ownLocale()): string {
  try {
    return humanText(readJson(text), language, own)
  } catch {
    return text
  }
}

/** Lists of objects by their number and how the first begins. */
function listText(items: readonly Json[], language: string, own: string): string {
  const [first] = items
  if (!isPlainObject(first)) return items.map((item) => humanText(item, language, own)).join(', ')
  return `${items.length} × {${humanText(first, language, own)}}`
}

/** A format by locale: making one takes longer than a table may take to be drawn. */
function cachedByLocale<T>(make: (locale: string) => T): (locale: string) => T {
  const byLocale = new Map<string, T>()
  return (locale) => {
    const known = byLocale.get(locale) ?? make(locale)
    byLocale.set(locale, known)
    return known
  }
}

const signsOf = cachedByLocale((locale) => {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345678.5)
  return {
    group: parts.find(({ type }) => type === 'group')?.value ?? '',
    point: parts.find(({ type }) => type === 'decimal')?.value ?? '.',
  }
})
const dayOptions = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
const daysIn = cachedByLocale((locale) => new Intl.DateTimeFormat(locale, dayOptions))
const momentsIn = cachedByLocale(
  (locale) => new Intl.DateTimeFormat(locale, { ...dayOptions, hour: '2-digit', minute: '2-digit' }),
)

/** Every digit is kept, however many there are. Whole numbers of four digits are often years, and stay together. */
function numberText(digits: string, locale: string): string {
  const plain = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(digits)
  if (!plain) return digits
  const [, sign = '', whole = '', fraction] = plain
  const { group, point } = signsOf(locale)
  const most = fraction === undefined ? 4 : 3
  const grouped = whole.length > most ? whole.replace(/\B(?=(?:\d{3})+$)/g, group) : whole
  // Amounts have two digits behind the point.
  const behind = fraction?.length === 1 ? `${fraction}0` : fraction
  return `${sign === '-' ? '−' : ''}${grouped}${behind === undefined ? '' : point + behind}`
}

/** A date alone where the moment is a midnight. */
function momentText(iso: string, locale: string): string {
  const moment = new Date(iso.replace(/(\.\d{3})\d+/, '$1'))
  if (Number.isNaN(moment.getTime())) return iso
  const isMidnight = /T00:00:00(?:\.0+)?Z$/.test(iso) || !iso.includes('T')
  return (isMidnight ? daysIn : momentsIn)(locale).format(moment)
}

function uriText(uri: string): string {
  return uri.startsWith('tel:') ? uri.slice(4).replaceAll('-', ' ') : uri
}
