/**
 * The gist of a sentence that is too long to be read at a glance: how many values or conditions it has, and what they are
 * about. The whole of it is folded behind the gist, nothing is left out.
 */
import type { JsonPath } from '../path.ts'
import type { GistWords } from './sentence-words.ts'
import type { Token } from './token.ts'

/** A sentence of more characters is told by its gist, where it has one. */
export const LONGEST = 110

/** The same for the conditions of a join, which stand beside its datasets. */
export const LONGEST_CONDITIONS = 80

/** The most properties that a gist names. */
const MAX_NAMES = 3

/** How many characters of a sentence are seen, long parts of it folded. */
export function shownLength(tokens: readonly Token[]): number {
  let sum = 0
  for (const token of tokens) {
    if (token.is === 'call' || token.is === 'chain') sum += shownLength(token.tokens)
    else if (token.is !== 'steps') sum += token.text.length
  }
  return sum
}

/**
 * A gist as declared, with what is known of the tokens: `{about}` for the properties of the first argument (conditions),
 * `{systems}` for where the values of the last come from. Arguments are lists of places.
 */
export function gistText(
  gist: string,
  tokens: readonly Token[],
  { first, last }: { readonly first: readonly JsonPath[]; readonly last: readonly JsonPath[] },
  words: GistWords,
): string {
  const names = [...new Set(propertiesIn(tokens, first))]
  const shown = names.length === MAX_NAMES + 1 ? names : names.slice(0, MAX_NAMES)
  const about = names.length === 0 ? '' : ` ${words.about(shown, names.length - shown.length)}`
  const systems = new Set(propertiesIn(tokens, last).flatMap((name) => /([^.:]+):/.exec(name)?.[1] ?? []))
  return gist
    .replace('{about}', () => about)
    .replace('{systems}', systems.size > 1 ? `, ${words.systems(systems.size)}` : '')
}

/** The properties that are read at certain places or below them. */
function propertiesIn(tokens: readonly Token[], places: readonly JsonPath[]): readonly string[] {
  return tokens.flatMap((token) => {
    if (token.is === 'call' || token.is === 'chain' || token.is === 'fold') return propertiesIn(token.tokens, places)
    if (token.is !== 'property' || token.variable === null) return []
    return places.some((place) => place.every((part, at) => token.path[at] === part)) ? [token.text] : []
  })
}
