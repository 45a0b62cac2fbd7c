import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expressionShape } from '../../../app/forms/expression.ts'
import { pathsOf } from '../../../app/forms/paths.ts'
import { isPath, propertyOf } from '../../../app/pipe/paths.ts'
import { parsePath } from '../../../engine-worker/dtl/tree/path.ts'

describe('paths to properties', () => {
  it('are paths for the form and for the engine, whatever the names are', () => {
    const reserved = ['_updated', '_previous', '_hash', '_ts', '_deleted', '__proto__']
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('', '.', "'", "a'b.c", 'first name'),
    )
    fc.assert(
      fc.property(
        name.filter((each) => !reserved.includes(each)),
        (each) => {
          const [fact] = pathsOf([JSON.stringify({ [each]: 1 })], '_S')
          const path = fact?.path ?? ''
          expect(expressionShape(path, [])).toBe('property')
          expect(parsePath(path)).toMatchObject({ segments: [each] })
        },
      ),
    )
  })

  it('begin with a variable or a known alias', () => {
    expect(isPath('o.total', ['o'])).toBe(true)
    expect(isPath('o.total', [])).toBe(false)
    expect(isPath('no path', [])).toBe(false)
  })

  it('end in a property, without quotes and namespace', () => {
    expect(['_S.a.first name', "_S.'x.y'", '_S.crm:name', '_S.'].map(propertyOf)).toEqual([
      'first name',
      'x.y',
      'name',
      '',
    ])
  })
})
