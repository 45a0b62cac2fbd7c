/** Numbers and the forms of words that follow them, as the languages of the app write them. */

/** Makes a value when it is first used: the formats of Intl take many milliseconds to make. */
function memoized<T>(make: () => T): () => T {
  let cached: { readonly value: T } | null = null
  return () => {
    cached ??= { value: make() }
    return cached.value
  }
}

// French groups thousands with narrow spaces that do not break, which read the same in every language of the app.
const groupedFormat = memoized(() => new Intl.NumberFormat('fr', { maximumFractionDigits: 20 }))
// Norwegian sets a space in front of the sign, as the international standard does in every language.
const percentFormat = memoized(() => new Intl.NumberFormat('nb', { style: 'percent' }))

/** A whole number with narrow spaces between thousands. */
export function count(value: number): string {
  return groupedFormat().format(value)
}

/** A share of a whole (0 to 1) as a whole number of percent: `45 %`. */
export function percent(share: number): string {
  return percentFormat().format(share)
}

/** Chooses between the form for one and the form for any other number, by the rules of a language. */
export function pluralIn(language: string): (value: number, one: string, other: string) => string {
  const rules = memoized(() => new Intl.PluralRules(language))
  return (value, one, other) => (rules().select(value) === 'one' ? one : other)
}

/** A number with the form of the word that follows it, by the rules of a language: `1 pipe`, `1 200 pipes`. */
export function countedIn(language: string): (value: number, one: string, other: string) => string {
  const plural = pluralIn(language)
  return (value, one, other) => `${count(value)} ${plural(value, one, other)}`
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** An amount of data in the unit that fits, with one digit behind the point below ten, as a language writes it. */
export function bytesIn(language: string): (bytes: number) => string {
  return (bytes) => {
    const power = bytes < 1000 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3))
    const value = bytes / 1000 ** power
    const format = { style: 'unit', unit: byteUnits[power], unitDisplay: 'short' } as const
    return new Intl.NumberFormat(language, {
      ...format,
      maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
    }).format(value)
  }
}
