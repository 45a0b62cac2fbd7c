/** Each worked example of each declared function gives the stated result. */
import { describe, expect, it } from 'vitest'
import { evaluateExample } from '../../../engine-worker/api/example.ts'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import { cases, environment } from './corpus.ts'

describe.each(functions.map((declaration) => ({ declaration, title: `${declaration.kind} ${declaration.name}` })))(
  '$title',
  ({ declaration }) => {
    it('has words, two examples and a meaning', () => {
      expect(declaration.says).toMatch(/^[A-Z].*\.$/)
      expect(declaration.examples.length).toBeGreaterThanOrEqual(2)
      expect(declaration.run ?? declaration.compile).toBeTypeOf('function')
      expect(declaration.doc).toMatch(/\.rst$/)
    })

    it.each(declaration.examples.map((example, index) => ({ example, index })))(
      'example $index comes out as declared',
      async ({ example }) => {
        const result = await evaluateExample(declaration, example, environment())
        expect(result, `${result.problem?.message ?? ''} ${result.gives}`).toMatchObject({ passes: true })
      },
    )
  },
)

describe('documented functions', () => {
  const documented = cases('functions.json').map(({ name, kind }) => `${kind} ${name}`)
  const declared = new Set(functions.map(({ kind, name }) => `${kind} ${name}`))

  it('are all declared', () => {
    expect(documented.filter((name) => !declared.has(name))).toEqual([])
  })

  it('take as many arguments as documented', () => {
    const wrong: string[] = []
    for (const { name, kind, min_args, max_args } of cases('functions.json')) {
      const declaration = functions.find((each) => each.name === name && each.kind === kind)
      if (declaration === undefined) continue
      const least = declaration.takes.filter(({ quantifier }) => quantifier === 'one' || quantifier === 'many').length
      const many = declaration.takes.some(({ quantifier }) => quantifier === 'many' || quantifier === 'any-number')
      if (max_args === null ? !many : !many && declaration.takes.length !== max_args)
        wrong.push(`${name}: at most ${max_args}`)
      if (typeof min_args === 'number' && least > min_args) wrong.push(`${name}: at least ${min_args}, not ${least}`)
    }
    expect(wrong).toEqual([])
  })
})
