/** The context in which constant calls are evaluated while compiling: it knows the namespaces and nothing else. */
import type { Context, Namespaces } from './define.ts'

/** Thrown when a call turns out to depend on the pipe, the clock or other data, or does too much to do it in advance. */
export class NotConstant extends Error {}

/** Work a constant call may do while compiling. */
const FOLDING_BUDGET = 10_000

export function constantContext(namespaces: Namespaces): Context {
  let left = FOLDING_BUDGET
  const depends = (): never => {
    throw new NotConstant('not constant')
  }
  return {
    namespaces,
    spend: (units) => {
      left -= units
      if (left < 0) depends()
    },
    get pipe(): string {
      return depends()
    },
    get parameters(): never {
      return depends()
    },
    get previous(): never {
      return depends()
    },
    get datasets(): never {
      return depends()
    },
    now: depends,
    random: depends,
    randomBytes: depends,
    secret: depends,
    completeness: depends,
    wait: depends,
    pause: depends,
  }
}
