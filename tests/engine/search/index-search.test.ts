/** Search over an index equals a scan of the latest entities: hits, scores, order and counts, after any history. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { documentOf } from '../../../engine-worker/search/document.ts'
import { areWithinEdits, isWithinEdits, lettersIn } from '../../../engine-worker/search/edits.ts'
import { DatasetSearchIndex } from '../../../engine-worker/search/index/dataset-index.ts'
import { searchIndexes } from '../../../engine-worker/search/index/index-search.ts'
import { joinSegments } from '../../../engine-worker/search/index/join-segments.ts'
import { parseQuery } from '../../../engine-worker/search/query.ts'
import { search } from '../../../engine-worker/search/search.ts'

const word = fc.constantFrom('ola', 'kari', 'nordmann', 'oslo', 'bergen', 'ol', 'øl', 'olga', '😀x')
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '))
const version = fc.record(
  {
    _id: fc.constantFrom('1', '2', '3', '4', '5', 'kari'),
    _deleted: fc.boolean(),
    name: text,
    names: fc.array(text, { maxLength: 3 }),
    'crm:city': word,
    'erp:address': fc.record({ 'erp:city': word }),
  },
  { requiredKeys: ['_id', '_deleted'] },
)
const term = fc.oneof(
  word,
  word.map((each) => `${each}*`),
  fc.tuple(word, fc.nat(2)).map(([each, edits]) => `${each}~${edits}`),
  fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.nat(2))
    .map(([words, slop]) => `"${words.join(' ')}"~${slop}`),
)
const query = fc
  .array(fc.tuple(fc.constantFrom('', '-', '+ ', '| ', '('), term, fc.constantFrom('', ')')), { maxLength: 5 })
  .map((parts) => parts.map((part) => part.join('')).join(' '))
const picks = fc.record(
  {
    datasets: fc.subarray(['a', 'b']),
    namespaces: fc.subarray(['crm', 'erp']),
    properties: fc.subarray(['name', 'crm:city']),
  },
  { requiredKeys: [] },
)

const log = fc.array(fc.tuple(version, fc.boolean()), { maxLength: 30 })

/** Applies a history in batches, and gives the latest versions in the order of the log. */
function indexed(dataset: string, versions: readonly (readonly [object, boolean])[], joins: boolean) {
  const index = new DatasetSearchIndex(dataset, 5)
  const latest = new Map<string, Entity>()
  let batch: Entity[] = []
  for (const [at, [each, isEnd]] of versions.entries()) {
    const entity = { ...each, _updated: at + 1 } as unknown as Entity
    latest.delete(String(entity._id))
    latest.set(String(entity._id), entity)
    batch.push(entity)
    if (!isEnd) continue
    index.apply(batch)
    batch = []
    index.rest()
  }
  index.apply(batch)
  index.rest()
  if (joins && index.segments.length > 0) index.restore({ ...index, segments: [joinSegments(index.segments)] })
  return { index, latest: [...latest.values()] }
}

describe('searchIndexes', () => {
  it('finds, ranks and counts what a scan does', () => {
    fc.assert(
      fc.property(log, log, query, picks, fc.boolean(), fc.boolean(), (a, b, asked, picked, withDeleted, joins) => {
        const logs = [indexed('a', a, joins), indexed('b', b, joins)]
        const documents = logs.flatMap(({ index, latest }) =>
          latest
            .filter((each) => withDeleted || each._deleted !== true)
            .map((each) => ({ ...documentOf(index.dataset, each), updated: each._updated })),
        )
        const expected = search(documents, asked, picked)
        const found = searchIndexes(
          logs.map(({ index }) => index),
          { query: parseQuery(asked), picks: picked, withDeleted, most: 100 },
        )
        expect(found.hits).toEqual(
          expected.hits.map(({ document, score }) => ({
            dataset: document.dataset,
            updated: documents.find((each) => each === document)?.updated,
            score,
          })),
        )
        expect(found.total).toBe(expected.hits.length)
        expect(found.facets).toEqual(expected.facets)
        const few = searchIndexes(
          logs.map(({ index }) => index),
          { query: parseQuery(asked), picks: picked, withDeleted, most: 2 },
        )
        expect(few.hits).toEqual(found.hits.slice(0, 2))
      }),
      { numRuns: Number(process.env.LAWS ?? 400) },
    )
  })
})

describe('areWithinEdits', () => {
  it('is never false for words that are within the edits', () => {
    const letters = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', 'ø', '😀', '𝒳') })
    fc.assert(
      fc.property(letters, letters, fc.nat(2), (a, b, edits) => {
        const letters = (word: string) => lettersIn(word, 0, word.length)
        if (isWithinEdits(a, b, edits)) expect(areWithinEdits(letters(a), letters(b), edits)).toBe(true)
      }),
    )
  })
})
