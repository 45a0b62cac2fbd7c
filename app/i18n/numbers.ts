/** Numbers and the forms of words that follow them, as the languages of the app write them. */

// French groups thousands with narrow spaces that do not break, which read the same in every language of the app.
const grouped = new Intl.NumberFormat('fr', { maximumFractionDigits: 20 })

/** A whole number with narrow spaces between thousands. */
export function count(value: number): string {
  return grouped.format(value)
}

/** Chooses between the form for one and the form for any other number, by the rules of a language. */
export function pluralIn(language: string): (value: number, one: string, other: string) => string {
  const rules = new Intl.PluralRules(language)
  return (value, one, other) => (rules.select(value) === 'one' ? one : other)
}
