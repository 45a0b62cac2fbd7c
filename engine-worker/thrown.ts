/** Errors that cross to the page: a Fault brings its problem, so that the page can say it in the chosen language. */
import { Fault, type Problem } from './problem.ts'

/** An error as comlink sends it, with the problem of a Fault. */
interface SentFault {
  readonly isError: true
  readonly value: {
    readonly message: string
    readonly name: string
    readonly stack: string | undefined
    readonly problem: Problem
  }
}

/** What comlink hands over when something was thrown (an object with the error under `value`), if it is a Fault. */
export function sentFault(thrown: unknown): SentFault | null {
  const error = typeof thrown === 'object' && thrown !== null && 'value' in thrown ? thrown.value : null
  if (!(error instanceof Fault)) return null
  const { message, name, stack, problem } = error
  return { isError: true, value: { message, name, stack, problem } }
}
