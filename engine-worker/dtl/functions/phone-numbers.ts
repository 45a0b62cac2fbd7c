/** Phone numbers, kept as URIs in the form of RFC 3966 (`tel:+47-22-22-22-22`). */
import type { CountryCode, NumberingPlan, PhoneNumber } from 'libphonenumber-js/max'
import { URI, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { each, one, optional } from '../argument.ts'
import { expression } from '../define.ts'
import { lazily } from '../lazy.ts'

const doc = 'dtl/dtl-functions-phonenumbers.rst'

/** Google's library rewritten for JavaScript, with the rules of every country; 150 KB, so only loaded when needed. */
const library = lazily('libphonenumber-js', () => import('libphonenumber-js/max'))

const unknownFormat = problem<{ format: string; formats: string }>({
  code: 'dtl-unknown-phone-format',
  severity: 'error',
  says: (f) => `“${f.format}” is not a format for phone numbers.`,
  fix: (f) => `Use one of ${f.formats}.`,
})

type Library = typeof import('libphonenumber-js/max')

const formats: Readonly<Record<string, (phone: PhoneNumber, library: Library) => string | undefined>> = {
  e164: (phone) => phone.number.slice(1),
  rfc3966,
  national: (phone) => phone.formatNational(),
  international,
  'national-e164': (phone) => phone.nationalNumber,
  isocode: (phone) => phone.country,
  'country-code': (phone) => phone.countryCallingCode,
}

/** How a numbering plan groups the digits of a number; the library has it, its types do not. */
interface Grouping {
  pattern(): string
  leadingDigitsPatterns(): readonly string[]
  internationalFormat(): string
}

function groupings(plan: NumberingPlan): readonly Grouping[] {
  return 'formats' in plan && typeof plan.formats === 'function' ? plan.formats() : []
}

/**
 * The international form with the separators of the country (`+1 650-253-0000`), as Google's own library writes it; this
 * one puts spaces everywhere.
 */
function international(phone: PhoneNumber, { Metadata }: Library): string {
  const spaced = phone.formatInternational()
  if (phone.country === undefined) return spaced
  const metadata = new Metadata()
  metadata.selectNumberingPlan(phone.country)
  const plan = metadata.numberingPlan
  const number = String(phone.nationalNumber)
  const grouping = (plan === undefined ? [] : groupings(plan)).find(
    (each) =>
      number.search(each.leadingDigitsPatterns().at(-1) ?? '') === 0 &&
      new RegExp(`^(?:${each.pattern()})$`).test(number),
  )
  if (grouping === undefined) return spaced
  const grouped = number.replace(new RegExp(grouping.pattern()), grouping.internationalFormat())
  return `+${phone.countryCallingCode} ${grouped}${phone.ext ? ` ext. ${phone.ext}` : ''}`
}

/** The international form with hyphens for spaces. */
function rfc3966(phone: PhoneNumber): string {
  const { ext } = phone
  phone.ext = '' as typeof phone.ext // formatted by itself, below
  const digits = phone.formatInternational().replace(/[^+\d]+/g, '-')
  if (ext !== undefined) phone.ext = ext
  return `tel:${digits}${ext ? `;ext=${ext}` : ''}`
}

/** The text to read: numbers may come as such. */
function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : undefined
  if (typeof value === 'bigint') return value.toString()
  return value instanceof URI ? value.text : undefined
}

/**
 * A text as a phone number. The library throws an error for what is none and catches it again; to collect the stack of
 * that error takes longer than all the rest, so it has none.
 */
function parsed({ parsePhoneNumberFromString }: Library, text: string, region?: CountryCode) {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return parsePhoneNumberFromString(text, region)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

export const phoneNumberFunctions = [
  expression({
    name: 'phonenumber-parse',
    async: true,
    group: 'phone numbers',
    doc,
    says: 'Reads texts and integers as phone numbers.',
    more:
      'The result is a URI such as tel:+47-22-22-22-22, so that differently written numbers become equal. A number ' +
      'without country code is one of the default region. What is not a valid phone number is left out.',
    sentence: '{values} as a phone number in {default-region}',
    chain: 'phone number in {default-region}',
    takes: [
      optional('default-region', 'string', {
        says: 'Two letters of the country of numbers without country code.',
        placeholder: 'NO',
      }),
      each('values', ['string', 'integer', 'uri'], { says: 'A phone number, or a list of them.' }),
    ],
    gives: 'uri',
    converts: [
      ['phonenumber-parse', '_.'],
      ['phonenumber-parse', 'NO', '_.'],
    ],
    // Eight digits may be anything; a name or the way in which people write numbers says that they are called.
    reads: [
      {
        shape: 'phone',
        rank: 10,
        pattern: '^(?:\\+|00)?[\\d ()./-]{8,20}$',
        evidence: '^(?:\\+|00)\\d|^\\d{3} \\d{2} \\d{3}$|^\\d{2} \\d{2} \\d{2} \\d{2}$',
        named: 'phone|telef|^tel|^tlf|mobil|^mob$|faks|^fax',
        dtl: ['phonenumber-parse', 'NO', '_.'],
      },
    ],
    examples: [
      {
        dtl: ['phonenumber-parse', '_S.phone'],
        source: { phone: '+46 (0)8-786 90 00' },
        gives: '~rtel:+46-8-786-90-00',
      },
      { dtl: ['phonenumber-parse', 'DK', ['list', '33 92 33 92', 'none']], gives: ['~rtel:+45-33-92-33-92'] },
    ],
    run: (region, value, ctx) => {
      const text = textOf(value)
      if (text === undefined || text.length > 250) return undefined
      const phone = parsed(library(ctx), text, region?.toUpperCase() as CountryCode | undefined)
      return phone?.isValid() ? new URI(rfc3966(phone)) : undefined
    },
  }),

  expression({
    name: 'phonenumber-format',
    async: true,
    group: 'phone numbers',
    doc,
    says: 'Writes phone numbers in one of several formats.',
    more:
      'e164: digits with country code; national-e164: without it; national and international: grouped as people write ' +
      'them; rfc3966: as in the URI; isocode: letters of the country; country-code: its digits. The values are URIs as ' +
      '`phonenumber-parse` gives them; others are left out.',
    sentence: '{values} in the format {format-string}',
    takes: [
      one('format-string', 'string', { says: 'The format.', choices: Object.keys(formats) }),
      each('values', 'uri', { says: 'A phone number, or a list of them.' }),
    ],
    gives: 'string',
    examples: [
      {
        dtl: ['phonenumber-format', 'national', '_S.phone'],
        source: { phone: '~rtel:+45-33-92-33-92' },
        gives: '33 92 33 92',
      },
      { dtl: ['phonenumber-format', 'isocode', ['list', '~rtel:+46-8-786-90-00', 'x']], gives: ['SE'] },
      { dtl: ['phonenumber-format', 'e164', '~rtel:+46-8-786-90-00'], gives: '4687869000' },
    ],
    run: (format, value, ctx) => {
      const write = Object.hasOwn(formats, format) ? formats[format] : undefined
      if (write === undefined) throw new Fault(unknownFormat({ format, formats: Object.keys(formats).join(', ') }))
      if (!value.text.startsWith('tel:') || value.text.length > 250) return undefined
      const loaded = library(ctx)
      const phone = parsed(loaded, value.text)
      return phone === undefined ? undefined : write(phone, loaded)
    },
  }),
]
