/** Filters by property in a query: what they say, and what stays text. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitQuery } from '../../../engine-worker/search/property-filters.ts'

const filters = (query: string) => splitQuery(query).filters.map(({ property, how, value }) => [property, how, value])

describe('splitQuery', () => {
  it('takes filters out of a query and leaves the documented signs', () => {
    expect(filters('@email:ada*')).toEqual([['email', 'begins', 'ada']])
    expect(filters('@crm-person:email:ada')).toEqual([['crm-person:email', 'contains', 'ada']])
    expect(filters('@"crm:email" @url:"http://x"')).toEqual([
      ['crm:email', 'present', ''],
      ['url', 'contains', 'http://x'],
    ])
    expect(filters('@name:"Ada L"')).toEqual([['name', 'contains', 'Ada L']])
    expect(filters(String.raw`@name:"the \"quoted\"" @path="C:\\x"`)).toEqual([
      ['name', 'contains', 'the "quoted"'],
      ['path', 'is', String.raw`C:\x`],
    ])
    expect(filters('@amount>1000 @amount<2000')).toEqual([
      ['amount', 'greater', '1000'],
      ['amount', 'less', '2000'],
    ])
    expect(filters('@city=Oslo @city!=Bergen @email -@phone')).toEqual([
      ['city', 'is', 'Oslo'],
      ['city', 'is-not', 'Bergen'],
      ['email', 'present', ''],
      ['phone', 'missing', ''],
    ])
    expect(filters('@amount>=1000 @amount<=2000 @_updated>2026-11-01T12:30:00Z @ref=crm:7')).toEqual([
      ['amount', 'at-least', '1000'],
      ['amount', 'at-most', '2000'],
      ['_updated', 'greater', '2026-11-01T12:30:00Z'],
      ['ref', 'is', 'crm:7'],
    ])
    expect(splitQuery('-@email:ada* -@age>70').filters.map(({ how, isNegated }) => [how, isNegated])).toEqual([
      ['begins', true],
      ['greater', true],
    ])
    expect(splitQuery('(ada | "b c"~2) @email -@x').text).toBe('(ada | "b c"~2)')
  })

  it('take the longest name of a property that there is', () => {
    const names = new Set(['crm', 'crm:email', 'crm:email:home', '_id'])
    const filtersIn = (query: string) =>
      splitQuery(query, (name) => names.has(name)).filters.map(({ property, how, value }) => [property, how, value])
    expect(filtersIn('@crm:email')).toEqual([['crm:email', 'present', '']])
    expect(filtersIn('-@crm:email')).toEqual([['crm:email', 'missing', '']])
    expect(filtersIn('@crm:email:ada*')).toEqual([['crm:email', 'begins', 'ada']])
    expect(filtersIn('@crm:email:home:ada')).toEqual([['crm:email:home', 'contains', 'ada']])
    expect(filtersIn('@_id:crm:1')).toEqual([['_id', 'contains', 'crm:1']])
    expect(filtersIn('@crm:oslo')).toEqual([['crm', 'contains', 'oslo']])
    expect(filtersIn('@crm:"email"')).toEqual([['crm', 'contains', 'email']])
    expect(filtersIn('@erp:email')).toEqual([['erp', 'contains', 'email']])
  })

  it('leaves what is no whole filter as text', () => {
    for (const query of ['ada@example.org', '@', '@email:', '@email>', 'x@email:y', '\\@email', '@email>>7'])
      expect(splitQuery(query), query).toEqual({ text: query, filters: [] })
  })

  it('says where each filter stands, and reads any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('@', 'a', ':', '"', ' ', '-', '>', '*', '=') }), (query) => {
        for (const { from, to, property } of splitQuery(query).filters) {
          expect(query.slice(from, to)).toMatch(/^-?@/)
          expect(query.slice(from, to)).toContain(property)
        }
      }),
    )
    expect(filters(`${'@a'.repeat(50_000)} @b`)).toContainEqual(['b', 'present', ''])
  })
})
