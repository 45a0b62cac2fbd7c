/** What an evaluation case comes to, whatever kind of case it is. */
import type { Entity, Value } from '../../entity/value.ts'
import { type Problem, problem } from '../../problem.ts'

export const badCase = problem<{ reason: string }>({
  code: 'eval-case',
  severity: 'error',
  says: (f) => `The case ${f.reason}.`,
  fix: () => 'A case has an "id" and one member that holds its question, such as "expr" or "rules".',
})

/** What a case came to. */
export type CaseResult =
  | { readonly value: Value }
  | { readonly entities: readonly Entity[] }
  | { readonly problem: Problem }
  /** A problem whose path is printed as a JSON pointer into the question. */
  | { readonly problem: Problem; readonly pointer: string }
