/**
 * Binding of arguments by count. Optional arguments of DTL stand first or in the middle, so which of them a call means
 * depends on how many arguments it has: the required ones always get theirs, what is left fills the optional ones from
 * the left, and a variadic argument takes the rest.
 */
import { problem } from '../../problem.ts'
import type { CallableSignature } from './functions.ts'

export const wrongArity = problem<{ function: string; takes: string; given: number }>({
  code: 'dtl-wrong-argument-count',
  severity: 'error',
  says: (f) => `“${f.function}” takes ${f.takes}, but ${f.given} ${f.given === 1 ? 'is' : 'are'} given.`,
  fix: () => 'Compare with the examples in the function reference.',
})

/** How many arguments a function takes at least and at most. */
function arity(declaration: CallableSignature): { readonly least: number; readonly most: number } {
  let least = 0
  let most = 0
  for (const { quantifier } of declaration.takes) {
    if (quantifier === 'one' || quantifier === 'many') least++
    most += quantifier === 'one' || quantifier === 'optional' ? 1 : Number.POSITIVE_INFINITY
  }
  return { least, most }
}

/** The arity in words: `2 arguments`, `1 to 3 arguments`, `at least 1 argument`. */
export function arityWords(declaration: CallableSignature): string {
  const { least, most } = arity(declaration)
  const argumentWord = (count: number) => (count === 1 ? 'argument' : 'arguments')
  if (most === Number.POSITIVE_INFINITY) return `at least ${least} ${argumentWord(least)}`
  if (most === 0) return 'no arguments'
  return least === most ? `${most} ${argumentWord(most)}` : `${least} to ${most} arguments`
}

/**
 * The places of the given arguments for each declared one: one place, several for a variadic argument, none for an
 * optional argument that is absent. Null when the count does not fit.
 */
export function bind(declaration: CallableSignature, count: number): readonly (readonly number[])[] | null {
  const { least, most } = arity(declaration)
  if (count < least || count > most) return null
  const { takes } = declaration
  let extra = count - least
  const filled = takes.map(({ quantifier }) => {
    if (quantifier === 'one' || quantifier === 'many') return 1
    if (quantifier === 'any-number' || extra === 0) return 0
    extra--
    return 1
  })
  let next = 0
  return takes.map(({ quantifier }, index) => {
    let places = filled[index] ?? 0
    if (quantifier === 'many' || quantifier === 'any-number') {
      places += extra
      extra = 0
    }
    return Array.from({ length: places }, () => next++)
  })
}
