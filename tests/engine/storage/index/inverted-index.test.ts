import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type IndexTerms, InvertedIndex } from '../../../../engine-worker/storage/index/inverted-index.ts'

const word = fc.oneof(fc.constantFrom('a', 'b', 'c', 'd', 'é', '\u{1f600}', ''), fc.string({ maxLength: 4 }))
const terms = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), word), { maxLength: 4 })
  .map((all): IndexTerms => all.flat())

/** The expected content of the index, by a map. */
function expected(model: ReadonlyMap<string, IndexTerms>, group: number, term: string): string[] {
  const owners: string[] = []
  for (const [owner, all] of model) {
    for (let at = 0; at < all.length; at += 2) if (all[at] === group && all[at + 1] === term) owners.push(owner)
  }
  return owners.sort()
}

function check(index: InvertedIndex, model: ReadonlyMap<string, IndexTerms>): void {
  expect(index.size).toBe(model.size)
  expect(new Map(index.entries())).toEqual(model)
  const found = new Map<string, [number, string]>()
  for (const all of model.values()) {
    for (let at = 0; at < all.length; at += 2) {
      found.set(`${all[at]} ${all[at + 1]}`, [Number(all[at]), String(all[at + 1])])
    }
  }
  for (const [group, term] of found.values()) {
    const owners = index.ownersOf(group, term).sort()
    expect(owners).toEqual(group === 0 ? [] : expected(model, group, term))
  }
  const counted = [...model.values()].flat().filter((part) => part === 1).length
  expect(index.count(1)).toBe(counted)
}

describe('an inverted index', () => {
  it('agrees with a map, whatever is set, replaced and removed', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, terms), { maxLength: 80 }), fc.integer(), (changes, seed) => {
        const index = new InvertedIndex(seed)
        const model = new Map<string, IndexTerms>()
        for (const [owner, all] of changes) {
          const before = model.get(owner) ?? []
          expect(index.set(owner, all)).toBe(JSON.stringify(before) !== JSON.stringify(all))
          if (all.length > 0) model.set(owner, all)
          else model.delete(owner)
          expect(index.has(owner)).toBe(all.length > 0)
          expect(index.get(owner)).toEqual(all.length > 0 ? all : null)
        }
        check(index, model)
        index.clear()
        check(index, new Map())
      }),
    )
  })

  it('agrees with a map over many chunks, with most of it replaced', () => {
    const index = new InvertedIndex(7)
    const model = new Map<string, IndexTerms>()
    for (let round = 0; round < 4; round++) {
      for (let n = 0; n < 3000; n++) {
        const owner = `owner ${n % (3000 - 500 * round)}`
        const all: IndexTerms =
          n % 7 === round ? [] : [1, `one of ${n % 100}`, 0, 'kept', 2, owner, 1, `round ${round % 2}`]
        index.set(owner, all)
        if (all.length > 0) model.set(owner, all)
        else model.delete(owner)
      }
    }
    expect(index.size).toBe(model.size)
    expect(new Map(index.entries())).toEqual(model)
    for (const term of ['one of 3', 'round 0', 'round 1', 'kept']) {
      expect(index.ownersOf(1, term).sort()).toEqual(expected(model, 1, term))
    }
    expect(index.ownersOf(2, 'owner 1234')).toEqual(model.has('owner 1234') ? ['owner 1234'] : [])
  })

  it('finds the owner of a term that stands far behind it', () => {
    const index = new InvertedIndex()
    index.set('long', Array.from({ length: 5000 }, (_, n) => [1, `t${n}`]).flat())
    expect(index.ownersOf(1, 't4999')).toEqual(['long'])
    index.set('long', [1, 't3'])
    expect(index.ownersOf(1, 't4999')).toEqual([])
    expect(index.ownersOf(1, 't3')).toEqual(['long'])
  })
})
