/** Tripped circuit breakers. */
import { capability } from './capability.ts'

/** Which breaker, and what becomes of what it withholds. */
interface ResetBreakerRequest {
  readonly pipe: string
  readonly how: 'commit' | 'rollback'
}

/** Lets out, or takes back, what the tripped circuit breaker of a pipe withholds; then the pipe can run again. */
export const resetBreaker = capability(
  'resetBreaker',
  'deployed-data',
  async ({ pipe, how }: ResetBreakerRequest, { host }) => {
    await host.current().session.resetBreaker(pipe, how)
  },
)
