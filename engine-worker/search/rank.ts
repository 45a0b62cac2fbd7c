/**
 * Ranking: more terms first, then better found ones, then by BM25: rarer terms, oftener, in shorter entities. A scan and
 * an index rank by the same figures.
 */

/** How well a term was found; larger is better. */
export const termQuality = { fuzzy: 1, prefix: 2, exact: 3 } as const

/** What ranking has to know of everything that was searched. */
interface SearchedTotals {
  /** Entities that were searched. */
  readonly documents: number
  /** Words in them. */
  readonly words: number
}

/** BM25's usual constants: how fast repetition counts less, and how much a long entity is worth less. */
const TERM_SATURATION = 1.2
const LENGTH_WEIGHT = 0.75

/** What one more term is worth, above every quality of its matches. */
const TERM_SCORE = 1000

/** Scores of entities; larger ones come first. */
export class Ranking {
  private readonly rarities: readonly number[]
  private readonly average: number
  private size = 0
  private terms = 0
  private quality = 0
  private relevance = 0

  /** @param having how many of the entities that were found have each term, by its number */
  constructor(having: readonly number[], { documents, words }: SearchedTotals) {
    this.rarities = having.map((each) => Math.log(1 + (documents - each + 0.5) / (each + 0.5)))
    this.average = Math.max(1, words / Math.max(1, documents))
  }

  /** Begins with an entity, given the number of its words. */
  begin(length: number): void {
    this.size = 1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / this.average
    this.terms = 0
    this.quality = 0
    this.relevance = 0
  }

  /** Adds a term that the entity has, each once: how well it was found, and how often. */
  add(term: number, quality: number, count: number): void {
    this.terms++
    this.quality += quality
    this.relevance +=
      ((this.rarities[term] ?? 0) * count * (TERM_SATURATION + 1)) / (count + TERM_SATURATION * this.size)
  }

  score(): number {
    // Each level outweighs all below it: qualities are at most 3 a term, the share of relevance is below 1.
    return this.terms * TERM_SCORE + this.quality + this.relevance / (1 + this.relevance)
  }
}
