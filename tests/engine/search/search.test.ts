/** The query language and ranking of search: documented signs, broken queries, and laws on random ones. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../engine-worker/entity/json.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { printResult } from '../../../engine-worker/node/commands/eval.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { documentOf } from '../../../engine-worker/search/document.ts'
import { isWithinEdits } from '../../../engine-worker/search/edits.ts'
import { parseQuery, type Query } from '../../../engine-worker/search/query.ts'
import { type SearchPicks, search } from '../../../engine-worker/search/search.ts'
import { searchWords } from '../../../engine-worker/search/search-words.ts'
import { evaluateCase } from '../../../engine-worker/testing/cases/case.ts'
import { conformance, noShared } from '../../shared.ts'

const people: readonly Entity[] = [
  { _id: '1', name: 'Ingrid Ødegård', note: 'cash, not card' },
  { _id: '2', name: 'Ola Nordmann', note: 'card' },
  { _id: '3', name: 'Nordmann Ola' },
  { _id: '4', name: 'Ola B. Nordmann', address: { street: 'Card street 7' } },
]
const documents = people.map((entity) => documentOf('people', entity))

function idsFound(query: string, picks?: SearchPicks): string[] {
  return search(documents, query, picks).hits.map(({ document }) => document.id)
}

const sortedIds = (query: string) => idsFound(query).sort()

describe('search', () => {
  it('knows the documented signs', () => {
    expect(sortedIds('cash | street')).toEqual(['1', '4'])
    expect(sortedIds('cash street')).toEqual(['1', '4'])
    expect(sortedIds('ola + card')).toEqual(['2', '4'])
    expect(sortedIds('ola -card')).toEqual(['3'])
    expect(sortedIds('"ola nordmann"')).toEqual(['2'])
    expect(sortedIds('"ola nordmann"~1')).toEqual(['2', '4'])
    expect(sortedIds('nord*')).toEqual(['2', '3', '4'])
    expect(sortedIds('nordman~1')).toEqual(['2', '3', '4'])
    expect(sortedIds('(ola + card) | ingrid')).toEqual(['1', '2', '4'])
    expect(sortedIds('ola -(card street)')).toEqual(['3'])
    expect(sortedIds('\\-cash')).toEqual(['1'])
    expect(sortedIds('ødegård')).toEqual(['1'])
    expect(sortedIds('odegard')).toEqual([])
  })

  it('skips what is not valid', () => {
    for (const query of [
      'ingrid (',
      'ingrid )',
      '"ingrid',
      'ingrid +',
      '+ + ingrid',
      'ingrid | |',
      '(ingrid',
      '()ingrid',
    ])
      expect(idsFound(query), query).toEqual(['1'])
    for (const query of ['', ' ', '"', '""', '~', '+', '|', '()', '!!']) expect(idsFound(query), query).toEqual([])
  })

  it('puts more terms first, then exact words, then rarer ones', () => {
    expect(idsFound('card cash')[0]).toBe('1')
    expect(idsFound('card | street')[0]).toBe('4')
    const log = ['quiet john', 'quiet johnny', 'quiet johm', 'common a', 'common b', 'rare c']
    const docs = log.map((text, index) => documentOf('docs', { _id: String(index), text }))
    const order = (query: string) => search(docs, query).hits.map(({ document }) => document.id)
    expect(order('john* | john~1')).toEqual(['0', '1', '2'])
    expect(order('common rare')[0]).toBe('5')
  })

  it('reads any text in linear time and depth', () => {
    for (const query of [
      '('.repeat(100_000),
      `${'('.repeat(20_000)}ingrid${')'.repeat(20_000)}`,
      '-("~*+|\\'.repeat(20_000),
    ])
      expect(() => search(documents, query)).not.toThrow()
    expect(idsFound(`${'('.repeat(20_000)}ingrid${')'.repeat(20_000)}`)).toEqual(['1'])
  })
})

describe('words', () => {
  it('are split at punctuation, but not at a point between letters or digits', () => {
    expect(searchWords('foo-bar ola.nordmann@example.no 3.14 v1.x C# a/b')).toEqual([
      'foo',
      'bar',
      'ola.nordmann',
      'example.no',
      '3.14',
      'v1',
      'x',
      'c',
      'a',
      'b',
    ])
  })
})

describe('isWithin', () => {
  it('counts a swap of neighbours as one edit', () => {
    expect(isWithinEdits('smith', 'smiht', 1)).toBe(true)
    expect(isWithinEdits('smith', 'smtih', 1)).toBe(true)
    expect(isWithinEdits('smith', 'htims', 2)).toBe(false)
    expect(isWithinEdits('', 'ab', 2)).toBe(true)
  })
  it('is symmetric, and so many random edits are within so many', () => {
    const word = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom('a', 'b', 'ø', '😀') })
    fc.assert(
      fc.property(word, word, fc.nat(2), (a, b, edits) => {
        expect(isWithinEdits(a, b, edits)).toBe(isWithinEdits(b, a, edits))
      }),
    )
    fc.assert(
      fc.property(word, fc.nat(7), (a, at) => {
        const signs = [...a]
        signs.splice(at % signs.length, 1)
        expect(isWithinEdits(a, signs.join(''), 1)).toBe(true)
      }),
    )
  })
})

/** Random queries over a few words, printed as people write them, and what they mean, said in another way. */
const vocabulary = ['amber', 'birch', 'cedar', 'delta']
const { tree } = fc.letrec<{ tree: QueryMeaning; leaf: QueryMeaning }>((tie) => ({
  leaf: fc
    .constantFrom(...vocabulary)
    .map((word) => ({ text: word, means: (set: ReadonlySet<string>) => set.has(word) })),
  tree: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({
      text: `(${a.text} + ${b.text})`,
      means: (set: ReadonlySet<string>) => a.means(set) && b.means(set),
    })),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({
      text: `(${a.text} | ${b.text})`,
      means: (set: ReadonlySet<string>) => a.means(set) || b.means(set),
    })),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({
      text: `(${a.text} -${b.text})`,
      means: (set: ReadonlySet<string>) => a.means(set) && !b.means(set),
    })),
  ),
}))
interface QueryMeaning {
  readonly text: string
  readonly means: (words: ReadonlySet<string>) => boolean
}

describe('random queries', () => {
  it('find exactly what their brackets mean', () => {
    const all = Array.from({ length: 2 ** vocabulary.length }, (_, bits) =>
      vocabulary.filter((_, index) => bits & (1 << index)),
    )
    const docs = all.map((words, index) => documentOf('d', { _id: String(index), text: words.join(' ') }))
    fc.assert(
      fc.property(tree, ({ text, means }) => {
        const expected = all.flatMap((words, index) => (means(new Set(words)) ? [String(index)] : []))
        expect(
          search(docs, text)
            .hits.map(({ document }) => document.id)
            .sort(),
        ).toEqual(expected.sort())
      }),
      { numRuns: 300 },
    )
  })

  it('give counts that a recount of the hits gives', () => {
    fc.assert(
      fc.property(tree, fc.subarray(['a', 'b']), ({ text }, datasets) => {
        const docs = vocabulary.flatMap((word) => [
          documentOf('a', { _id: word, 'x:text': word }),
          documentOf('b', { _id: word, 'y:text': `${word} amber` }),
        ])
        const { hits, facets } = search(docs, text, { datasets })
        const recount = new Map<string, number>()
        for (const hit of hits)
          for (const name of hit.document.namespaces) recount.set(name, (recount.get(name) ?? 0) + 1)
        expect(facets.namespaces).toEqual(recount)
      }),
    )
  })

  it('are read the same with more blanks, and never fail', () => {
    const spaced = (text: string) => text.replaceAll(' ', '   ')
    fc.assert(
      fc.property(tree, ({ text }) => {
        expect(parseQuery(spaced(text))).toEqual(parseQuery(text))
      }),
    )
    const signs = fc.string({ unit: fc.constantFrom('a', ' ', '"', '(', ')', '+', '|', '-', '*', '~', '2', '\\', '.') })
    fc.assert(
      fc.property(signs, (text) => {
        const query: Query | null = parseQuery(text)
        expect(query === null || typeof query.kind === 'string').toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('search.json', () => {
  it.skipIf(noShared)('comes out as given, case by case', async () => {
    for (const each of JSON.parse(readFileSync(join(conformance, 'search.json'), 'utf8'))) {
      const { value } = JSON.parse(printResult(each.id, await evaluateCase(readJson(JSON.stringify(each)), machine)))
      const { hits, hits_any, order = [], facets = {} } = each.expect
      const sets = (hits_any ?? [hits]).map((set: string[]) => [...set].sort().join())
      expect(sets, each.id).toContain([...value.hits].sort().join())
      expect(
        value.hits.filter((hit: string) => order.includes(hit)),
        each.id,
      ).toEqual(order)
      for (const [name, counts] of Object.entries(facets)) expect(value.facets[name], each.id).toEqual(counts)
    }
  })
})
