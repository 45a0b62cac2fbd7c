/** Addresses of views: every route can be written and read again, whatever names are in it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { href, parseRoute, type Route } from '../../app/route.ts'

const name = fc.string({ minLength: 1, unit: 'binary' })
const optionalName = fc.option(name)
const route: fc.Arbitrary<Route> = fc.oneof(
  fc.constant<Route>({ at: 'projects' }),
  fc.record({ at: fc.constant('dtl' as const), project: fc.constant(null), name: optionalName }),
  fc.record({ at: fc.constantFrom('flow', 'runs', 'tests', 'deploy'), project: name }),
  fc.record({ at: fc.constant('pipe' as const), project: name, pipe: name }),
  fc.record({ at: fc.constant('dtl' as const), project: name, name: optionalName }),
  fc
    .record({ at: fc.constant('data' as const), project: name, dataset: optionalName, entity: optionalName })
    .map((data) => (data.dataset === null ? { ...data, entity: null } : data)),
)

describe('addresses', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(route, (each) => {
        expect(parseRoute(href(each))).toEqual(each)
      }),
    )
  })

  it('may be anything a person types', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseRoute(`#/${text}`)))
    expect(parseRoute('#/p/x/nowhere').at).toBe('unknown')
    expect(parseRoute('#/p/%E0%A4%A/flow').at).toBe('unknown')
    expect(parseRoute('')).toEqual({ at: 'projects' })
    expect(parseRoute('#/p/x')).toEqual({ at: 'flow', project: 'x' })
  })
})
