/**
 * Segments of a search index: of up to {@link SEGMENT_DOCUMENTS} versions of a dataset, in the order of its log, where
 * each word is. A posting is: documents further, how often, and the distances between its places. Two numbers of four
 * bytes and about one byte a word and place are kept of a document; nothing in it is an object.
 *
 * Measured on 100,000 entities of 13 values in Node: this takes 186 bytes an entity, minisearch 3,284 and orama 4,707,
 * where a million entities do not fit into a page; flexsearch takes 350, without places, so that it knows neither phrases
 * with words between nor BM25.
 */
import type { Entity } from '../../entity/value.ts'
import { facetProperties, visitDocument } from '../document.ts'
import { sortedWords } from './sorted-words.ts'
import { VarintReader, VarintWriter } from './varints.ts'
import { WordNumbers } from './word-numbers.ts'
import { WordTable } from './word-table.ts'

/** Segments with this number of documents are not joined with others any more. */
export const SEGMENT_DOCUMENTS = 1 << 15

/** What documents are counted under; those with the same names share one. */
export interface DocumentShape {
  readonly properties: readonly string[]
  readonly namespaces: readonly string[]
}

/** The parts of a segment. */
interface SegmentParts {
  /** `_updated` of each document, ascending. */
  readonly updated: Float64Array
  /** The hash of each document's id: high, low. */
  readonly ids: Uint32Array
  /** How many words each document has. */
  readonly lengths: Uint32Array
  /** The place of each document's shape. */
  readonly shapeOf: Uint32Array
  /** 1 where the version is a deletion. */
  readonly deleted: Uint8Array
  readonly shapes: readonly DocumentShape[]
  readonly words: WordTable
  /** Where the postings of each word begin, and where those of the last end. */
  readonly postingStarts: Uint32Array
  readonly postings: Uint8Array
  /** Where the values of each document are in the next, and where those of the last end. */
  readonly valueStarts: Uint32Array
  /** The number of words of each value. */
  readonly values: Uint8Array
}

/** A segment of which documents can be replaced. */
export class SearchSegment {
  /** 1 where another version has taken the place of a document. */
  readonly replaced: Uint8Array
  /** Goes up with every document that is replaced. */
  revision = 0
  /** Documents that stand, deletions apart. */
  live = 0
  /** Documents that stand. */
  standing = 0
  private liveWords = 0
  private standingWords = 0

  constructor(
    readonly parts: SegmentParts,
    replaced?: Uint8Array,
  ) {
    this.replaced = replaced ?? new Uint8Array(parts.updated.length)
    for (let document = 0; document < this.length; document++) {
      if (this.replaced[document] === 0) this.countWords(document, 1)
    }
  }

  get length(): number {
    return this.parts.updated.length
  }

  /** About what it takes in memory. */
  get bytes(): number {
    const { postings, values, words } = this.parts
    return (
      this.length * (8 + 8 + 4 + 4 + 2 + 4) + postings.length + values.length + words.text.length + 8 * words.length
    )
  }

  /** How many documents stand, deletions left out or not, and the words in them. */
  totals(withDeleted: boolean): { readonly documents: number; readonly words: number } {
    const documents = withDeleted ? this.standing : this.live
    return { documents, words: withDeleted ? this.standingWords : this.liveWords }
  }

  /** The document of a version, or -1. */
  documentOf(updated: number): number {
    return placeOf(this.parts.updated, updated)
  }

  /** Notes that another version has taken the place of a document. */
  replace(document: number): void {
    if (this.replaced[document] === 1) return
    this.replaced[document] = 1
    this.revision++
    this.countWords(document, -1)
  }

  private countWords(document: number, change: 1 | -1): void {
    const words = change * (this.parts.lengths[document] ?? 0)
    this.standing += change
    this.standingWords += words
    if (this.parts.deleted[document] === 1) return
    this.live += change
    this.liveWords += words
  }

  /** Calls `each` for the documents of a word with its places in each, ascending. The list is used again. */
  eachPosting(word: number, each: (document: number, places: readonly number[]) => void): void {
    const { postings, postingStarts } = this.parts
    const reader = new VarintReader(postings)
    reader.at = postingStarts[word] ?? 0
    const end = postingStarts[word + 1] ?? 0
    const places: number[] = []
    for (let document = 0; reader.at < end; ) {
      document += reader.next()
      const count = reader.next()
      if (places.length > count) places.length = count
      for (let at = 0, place = 0; at < count; at++) {
        place += reader.next()
        places[at] = place
      }
      each(document, places)
    }
  }

  /** Calls `each` for the documents of words that follow each other, word by word, with how often it is in each. */
  eachCount(fromWord: number, toWord: number, each: (document: number, count: number) => void): void {
    const { postings, postingStarts } = this.parts
    const reader = new VarintReader(postings)
    for (let word = fromWord; word < toWord; word++) {
      reader.at = postingStarts[word] ?? 0
      const end = postingStarts[word + 1] ?? 0
      for (let document = 0; reader.at < end; ) {
        document += reader.next()
        const count = reader.next()
        reader.skip(count)
        each(document, count)
      }
    }
  }

  /** How much room the postings of a word take, which tells rare words from common ones. */
  postingBytes(word: number): number {
    const { postingStarts } = this.parts
    return (postingStarts[word + 1] ?? 0) - (postingStarts[word] ?? 0)
  }

  /** The numbers of words of the values of a document. */
  valueLengths(document: number): number[] {
    const reader = new VarintReader(this.parts.values)
    reader.at = this.parts.valueStarts[document] ?? 0
    const end = this.parts.valueStarts[document + 1] ?? 0
    const lengths: number[] = []
    while (reader.at < end) lengths.push(reader.next())
    return lengths
  }
}

/** The place of a number in an ascending list, or -1. */
function placeOf(all: ArrayLike<number>, wanted: number): number {
  let from = 0
  let to = all.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((all[middle] ?? 0) < wanted) from = middle + 1
    else to = middle
  }
  return all[from] === wanted ? from : -1
}

/** A version on its way into an index. */
interface IndexedVersion {
  readonly updated: number
  readonly idHigh: number
  readonly idLow: number
  readonly deleted: boolean
  readonly entity: Entity
}

/** Collects versions for a segment. */
export class SegmentBuilder {
  length = 0
  private readonly updated: number[] = []
  private readonly ids: number[] = []
  private readonly lengths: number[] = []
  private readonly shapeOf: number[] = []
  private readonly deleted: number[] = []
  private readonly shapes = new DocumentShapes()
  private readonly numbers = new WordNumbers()
  /** The number of each word that was added, document after document. */
  private tokens = new Uint32Array(1 << 12)
  private tokenCount = 0
  private readonly tokenStarts: number[] = [0]
  private readonly values = new VarintWriter()
  private readonly valueStarts: number[] = [0]
  /** The places of documents of which a later version was added. */
  private readonly replaced: number[] = []
  private readonly namespaces = new Set<string>()
  private readonly addToken = (number: number) => {
    if (this.tokenCount === this.tokens.length) {
      const larger = new Uint32Array(2 * this.tokens.length)
      larger.set(this.tokens)
      this.tokens = larger
    }
    this.tokens[this.tokenCount++] = number
  }
  private readonly visitor = {
    namespace: (name: string) => this.namespaces.add(name),
    value: (text: string) => {
      const words = this.numbers.read(text, this.addToken)
      if (words > 0) this.values.push(words)
    },
  }

  add({ updated, idHigh, idLow, deleted, entity }: IndexedVersion): void {
    this.length++
    this.updated.push(updated)
    this.ids.push(idHigh, idLow)
    this.deleted.push(deleted ? 1 : 0)
    this.namespaces.clear()
    const start = this.tokenCount
    visitDocument(entity, this.visitor)
    this.lengths.push(this.tokenCount - start)
    this.shapeOf.push(this.shapes.placeOf(facetProperties(entity), [...this.namespaces]))
    this.valueStarts.push(this.values.length)
    this.tokenStarts.push(this.tokenCount)
  }

  /** Notes that another version has taken the place of one that was added; false where it was not added here. */
  replace(updated: number): boolean {
    if (updated < (this.updated[0] ?? Number.POSITIVE_INFINITY)) return false
    const document = placeOf(this.updated, updated)
    if (document >= 0) this.replaced.push(document)
    return document >= 0
  }

  /** The segment of everything that was added. */
  build(): SearchSegment {
    const { words, order } = sortedWords(this.numbers.words())
    // The tokens by word: how many each has, where each begins, then one pass in the order of the documents.
    const begins = new Uint32Array(words.length + 1)
    for (let token = 0; token < this.tokenCount; token++) {
      const place = (order[this.tokens[token] ?? 0] ?? 0) + 1
      begins[place] = (begins[place] ?? 0) + 1
    }
    for (let place = 0; place < words.length; place++)
      begins[place + 1] = (begins[place + 1] ?? 0) + (begins[place] ?? 0)
    const next = begins.slice()
    const documents = new Uint32Array(this.tokenCount)
    const places = new Uint32Array(this.tokenCount)
    for (let document = 0; document < this.length; document++) {
      const start = this.tokenStarts[document] ?? 0
      const end = this.tokenStarts[document + 1] ?? 0
      for (let token = start; token < end; token++) {
        const word = order[this.tokens[token] ?? 0] ?? 0
        const to = next[word] ?? 0
        next[word] = to + 1
        documents[to] = document
        places[to] = token - start
      }
    }
    const writer = new PostingWriter(words.length)
    for (let word = 0; word < words.length; word++) {
      const end = begins[word + 1] ?? 0
      for (let from = begins[word] ?? 0; from < end; ) {
        let to = from + 1
        while (to < end && documents[to] === documents[from]) to++
        writer.add(documents[from] ?? 0, places.subarray(from, to))
        from = to
      }
      writer.endWord()
    }
    const segment = new SearchSegment({
      updated: Float64Array.from(this.updated),
      ids: Uint32Array.from(this.ids),
      lengths: Uint32Array.from(this.lengths),
      shapeOf: Uint32Array.from(this.shapeOf),
      deleted: Uint8Array.from(this.deleted),
      shapes: this.shapes.all,
      words: new WordTable(words.join('\n'), words.length),
      ...writer.end(),
      valueStarts: Uint32Array.from(this.valueStarts),
      values: this.values.all(),
    })
    for (const document of this.replaced) segment.replace(document)
    return segment
  }
}

/** Shapes, each once. */
export class DocumentShapes {
  readonly all: DocumentShape[] = []
  private readonly places = new Map<string, number>()

  placeOf(properties: readonly string[], namespaces: readonly string[]): number {
    const key = `${properties.join('\n')}\n\n${namespaces.join('\n')}`
    const known = this.places.get(key)
    if (known !== undefined) return known
    const place = this.all.length
    this.places.set(key, place)
    this.all.push({ properties, namespaces })
    return place
  }
}

/** Writes the postings of one word after the other. */
export class PostingWriter {
  private readonly bytes = new VarintWriter()
  private readonly starts: Uint32Array
  private word = 0
  private last = 0

  constructor(words: number) {
    this.starts = new Uint32Array(words + 1)
  }

  /** Documents come in order. */
  add(document: number, places: ArrayLike<number>): void {
    this.bytes.push(document - this.last)
    this.bytes.push(places.length)
    for (let at = 0, before = 0; at < places.length; at++) {
      const place = places[at] ?? 0
      this.bytes.push(place - before)
      before = place
    }
    this.last = document
  }

  endWord(): void {
    this.starts[++this.word] = this.bytes.length
    this.last = 0
  }

  end(): Pick<SegmentParts, 'postings' | 'postingStarts'> {
    return { postings: this.bytes.all(), postingStarts: this.starts.slice(0, this.word + 1) }
  }
}
