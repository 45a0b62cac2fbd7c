import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FunctionDeclaration } from '../../../../engine-worker/dtl/define.ts'
import { Suspended } from '../../../../engine-worker/dtl/evaluation.ts'
import { functions } from '../../../../engine-worker/dtl/registry.ts'
import { type Json, kindOf, type Value } from '../../../../engine-worker/entity/value.ts'
import { Fault } from '../../../../engine-worker/problem.ts'
import { anyValue } from '../../entity/arbitrary.ts'
import { evaluate } from './evaluate.ts'

/** Values with a meaning for functions: positions, widths, patterns, formats, and others. */
const argument: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, 0, 1, -1, 3, 10n ** 20n, '', 'a', '*', '-', '%Y', 'murmur3', 'UTC', 'year', '__proto__'),
  anyValue,
  fc.array(anyValue, { maxLength: 4 }),
)

/** A call of the function with a number of values from the source; function expressions read their value. */
function callOf(declaration: FunctionDeclaration, optional: number): { dtl: Json; names: string[] } {
  const dtl: Json[] = [declaration.name]
  const names: string[] = []
  let left = optional
  for (const { mode, quantifier } of declaration.takes) {
    if (quantifier === 'optional' && left-- <= 0) continue
    const times = quantifier === 'any-number' || quantifier === 'many' ? 2 : 1
    for (let i = 0; i < times; i++) {
      if (mode === 'fn') dtl.push('_.')
      else {
        const name = `p${names.length}`
        names.push(name)
        dtl.push(`_S.${name}`)
      }
    }
  }
  return { dtl, names }
}

/** The functions whose arguments are all values. */
const plainFunctions = functions.filter(
  ({ kind, takes }) => kind === 'expression' && takes.every(({ mode }) => mode !== 'json' && mode !== 'transforms'),
)

describe('whatever the values are, a function gives a value or a problem', () => {
  it.each(plainFunctions.map((declaration) => [declaration.name, declaration] as const))('%s', (_, declaration) => {
    fc.assert(
      fc.property(fc.array(argument, { minLength: 8, maxLength: 8 }), fc.nat({ max: 2 }), (values, optional) => {
        const { dtl, names } = callOf(declaration, optional)
        const source = Object.fromEntries(names.map((name, i) => [name, values[i] ?? null]))
        try {
          expect(typeof kindOf(evaluate(dtl, source, { budget: 100_000 }))).toBe('string')
        } catch (error) {
          if (error instanceof Suspended) error.until.catch(() => undefined)
          else if (!(error instanceof Fault)) throw error
        }
      }),
      { numRuns: 60 },
    )
  })
})
