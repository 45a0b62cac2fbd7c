import { describe, expect, it } from 'vitest'
import { URI } from '../../../../engine-worker/entity/value.ts'
import { evaluate } from './evaluate.ts'

const namespaces = {
  enabled: false,
  identity: '',
  property: '',
  expansions: new Map(),
  rdf: {
    people: {
      prefixes: { p: 'http://example.com/people/' },
      prefix_rules: { id: 'p', properties: ['p', ['name', 'n?ck'], 'unknown', ['lost'], '_', ['**']] },
    },
  },
}

describe('uri-expand', () => {
  it('expands identity and names by the rules of the section', () => {
    const source = { _id: 'ann', _dataset: 'people', name: 'Ann', nick: 'A', born: 1990, lost: 1, _hash: 'x' }
    expect(evaluate(['uri-expand', '_S.'], source, { namespaces })).toEqual({
      _id: '<http://example.com/people/ann>',
      _dataset: 'people',
      '<http://example.com/people/name>': 'Ann',
      '<http://example.com/people/nick>': 'A',
      '<http://example.org/born>': 1990,
      lost: 1,
      _hash: 'x',
    })
  })

  it('finds the section by the function, and leaves out what has none', () => {
    const source = { _id: 'ann', _dataset: 'other', kind: 'people', __proto__: 1 }
    const ids = ['path', '_id', ['uri-expand', '_.kind', ['list', '_S.', { _id: 'bo' }, 5]]]
    expect(evaluate(ids, source, { namespaces })).toEqual(['<http://example.com/people/ann>'])
    expect(evaluate(['uri-expand', { _id: 'bo' }], {}, { namespaces })).toBeNull()
  })
})

describe('reference', () => {
  it('quotes both parts, so that lookup can take them apart', () => {
    expect(evaluate(['reference', 'a b', '_S.id'], { id: 'x/y%' })).toEqual(new URI('sesam:a%20b/x%2Fy%25'))
    expect(evaluate(['lookup', ['reference', 'a b', '_S.id']], { id: 'x/y%' })).toBeNull()
  })
})
