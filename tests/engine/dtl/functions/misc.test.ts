import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Namespaces } from '../../../../engine-worker/dtl/evaluation.ts'
import { NI, URI } from '../../../../engine-worker/entity/value.ts'
import { evaluate, problemOf } from './evaluate.ts'

const names = fc.array(fc.constantFrom('a', 'b', null), { maxLength: 4 })

describe('tuples', () => {
  it('are every combination once, the first argument slowest', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const expected = a.flatMap((x) => b.flatMap((y) => (x === null || y === null ? [] : [[x, y]])))
        expect(evaluate(['tuples', '_S.a', '_S.b'], { a, b })).toEqual(expected)
      }),
    )
  })
  it('ends in a problem when there are too many', () => {
    const many = Array.from({ length: 1000 }, (_, i) => i)
    expect(problemOf(['tuples', '_S.many', '_S.many', '_S.many', '_S.many'], { many })).toBe('dtl-budget')
  })
})

describe('hash128', () => {
  it('is that of the reference implementation, for texts of every length', () => {
    const hash = (length: number, seed: number) => String(evaluate(['hash128', 'murmur3', seed, 'x'.repeat(length)]))
    expect([0, 1, 8, 15, 16, 17, 33].map((length) => hash(length, 7))).toEqual(REFERENCE)
  })
  it('names the algorithm it does not know', () => {
    expect(problemOf(['hash128', 'md5', '_S.x'], { x: 'a' })).toBe('dtl-not-a-choice')
    expect(problemOf(['hash128', '_S.name', '_S.x'], { name: 'md5', x: 'a' })).toBe('dtl-unknown-hash')
  })
})

describe('ni', () => {
  const expansions = new Map([
    ['ex', 'http://example.com/'],
    ['people', 'http://example.com/people/'],
  ])
  const namespaces: Namespaces = { enabled: false, identity: 'p', property: 'p', expansions }

  it('expanding undoes collapsing, and the longest prefix counts', () => {
    const part = fc.string({ unit: fc.constantFrom('a', '/', '-', 'people'), maxLength: 5 })
    fc.assert(
      fc.property(part, (rest) => {
        const address = `http://example.com/${rest}`
        const ni = evaluate(['ni-collapse', '_S.address'], { address }, { namespaces })
        expect(evaluate(['ni-expand', '_S.ni'], { ni }, { namespaces })).toBe(address)
        if (rest.startsWith('people/')) expect(ni instanceof NI && ni.text.startsWith('people:')).toBe(true)
      }),
    )
  })
  it('numbers undeclared prefixes in the order the pipe meets them', () => {
    const uris = ['http://a.no/x/1', 'http://b.no#2', 'http://a.no/x/3', 'urn:isbn:4'].map((uri) => new URI(uri))
    const made = evaluate(['ni', '_S.uris'], { uris }, { namespaces, pipe: 'pipe' })
    expect(made).toEqual(['pipe-1:1', 'pipe-2:2', 'pipe-1:3', 'pipe-3:4'].map((text) => new NI(text)))
    expect(evaluate(['ni', '_S.uris'], { uris: new URI('http://b.no#9') }, { namespaces, pipe: 'other' })).toEqual(
      new NI('other-1:9'),
    )
  })
})

describe('literal', () => {
  it('gives texts, calls and typed values as they are written', () => {
    expect(evaluate(['literal', { a: ['upper', '_S.x'], b: '~:n:x' }])).toEqual({
      a: ['upper', '_S.x'],
      b: new NI('n:x'),
    })
  })
})

/** Computed once with another implementation of the published algorithm. */
const REFERENCE = [
  '61007033164000864805776466664079935887',
  '334456313001327320208955512842794167746',
  '132352542081315802840455023847510246258',
  '329206753550100817174925829331605010628',
  '238759929525370563289315714372136719431',
  '280308788341077859228358495605003305628',
  '315840006002362783852534926043111153224',
]
