/** The decision about a server that a request waits for. */
import { capability } from './capability.ts'

/** The decision about a server that a request waits for. */
interface HostAnswer {
  readonly question: number
  readonly allowed: boolean
}

/** Lets a waiting request go, or refuses it. */
export const decideHost = capability('decideHost', 'page', async ({ question, allowed }: HostAnswer, { host }) => {
  host.decideHost(question, allowed)
})
