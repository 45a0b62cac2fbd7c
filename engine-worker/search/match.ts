/** Whether a document is found by a query, and by which of its terms how well. */
import type { SearchDocument } from './document.ts'
import { isWithinEdits } from './edits.ts'
import { hasPhrase } from './phrase.ts'
import type { Query } from './query.ts'
import { termQuality } from './rank.ts'

/** One term of the query that the document has: how well, and how often. */
export interface TermMatch {
  readonly term: Query
  readonly quality: number
  readonly count: number
}

/** The matches of the query's terms, or null where the document is not found. */
export function match(query: Query, candidate: SearchDocument): readonly TermMatch[] | null {
  switch (query.kind) {
    case 'and': {
      const found = query.parts.map((part) => match(part, candidate))
      return found.every((each) => each !== null) ? found.flat() : null
    }
    case 'or': {
      const found = query.parts.map((part) => match(part, candidate)).filter((each) => each !== null)
      return found.length > 0 ? found.flat() : null
    }
    case 'without': {
      const found = query.part === null ? [] : match(query.part, candidate)
      if (found === null || query.excluded.some((each) => match(each, candidate) !== null)) return null
      return found
    }
    case 'phrase': {
      const count = candidate.values.filter((value) => valueHasPhrase(value, query)).length
      return count > 0 ? [{ term: query, quality: termQuality.exact, count }] : null
    }
    default:
      return matchWord(query, candidate)
  }
}

function matchWord(query: Query & { readonly word: string }, candidate: SearchDocument): readonly TermMatch[] | null {
  let best = 0
  let count = 0
  for (const value of candidate.values) {
    for (const word of value) {
      const found = qualityOf(query, word)
      if (found === 0) continue
      count += 1
      best = Math.max(best, found)
    }
  }
  return best > 0 ? [{ term: query, quality: best, count }] : null
}

/** How well a word is what the query looks for; 0 where it is not. */
export function qualityOf(query: Query & { readonly word: string }, word: string): number {
  if (word === query.word) return termQuality.exact
  if (query.kind === 'prefix') return word.startsWith(query.word) ? termQuality.prefix : 0
  if (query.kind === 'part') return word.includes(query.word) ? termQuality.prefix : 0
  return query.kind === 'fuzzy' && isWithinEdits(query.word, word, query.edits) ? termQuality.fuzzy : 0
}

/** Whether a value has the words of a phrase. */
function valueHasPhrase(value: readonly string[], { words, slop }: Query & { readonly kind: 'phrase' }): boolean {
  return hasPhrase(
    words.map((word) => value.flatMap((each, at) => (each === word ? [at] : []))),
    slop,
  )
}
