/** Problems that several parts of the subscription share. */
import { problem } from '../problem.ts'

export const invalidValue = problem<{ name: string; value: string; allowed: string }>({
  code: 'invalid-value',
  severity: 'error',
  says: ({ name, value }) => `The value ${value} of "${name}" is not allowed.`,
  fix: ({ allowed }) => `Give ${allowed}.`,
})

export const missingValue = problem<{ name: string }>({
  code: 'missing',
  severity: 'error',
  says: ({ name }) => `"${name}" is missing.`,
  fix: ({ name }) => `Give "${name}" a value.`,
})
