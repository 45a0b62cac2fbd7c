/** Whether a system can be reached: one request, after the person has allowed its server. */
import { connectionOf } from '../run/connection.ts'
import { capability } from './capability.ts'

interface ConnectionQuestion {
  readonly system: string
  /** Below the address of the system; empty: what its kind declares. */
  readonly path: string
}

/** Asks the system once. Nothing of it is recorded. */
export const testConnection = capability(
  'testConnection',
  'page',
  ({ system, path }: ConnectionQuestion, { host, signal }) => {
    const { environment, fetch } = host.platform
    return connectionOf(host.current().session, system, path, { environment, fetch, signal })
  },
)
