/** The parts of words that a text has to have in it so that a filter on it can hold. */
import type { Query } from '../search/query.ts'
import type { Filter } from './filter.ts'

/** Runs of letters and digits that a word (search/search-words.ts) has unchanged, in lower case. */
const WORD_PATTERN = /[a-z0-9ß-öø-ÿ]+/g
const MIN_LENGTH = 2
/** How many of the longest parts are looked for. */
const MAX_WORDS = 3

/**
 * A query that every text finds in which the filter holds; null where none follows. A part that is followed by something
 * else than ASCII, or may be, is one letter shorter: the letter and a mark behind it may be one letter of the word.
 */
export function queryOfFilter({ how, value }: Filter): Query | null {
  if (how !== 'is' && how !== 'begins' && how !== 'contains') return null
  const wanted = value.toLowerCase()
  const parts: Query[] = [...wanted.matchAll(WORD_PATTERN)]
    .map(({ 0: run, index }) => {
      const next = wanted.charCodeAt(index + run.length)
      return next < 128 ? run : run.slice(0, -1)
    })
    .filter((part) => part.length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length)
    .slice(0, MAX_WORDS)
    .map((word) => ({ kind: 'part', word }))
  const [first] = parts
  return parts.length > 1 ? { kind: 'and', parts } : (first ?? null)
}
