/** Whether a system of an open project can be reached; asked by the page and by the command line. */
import { effectiveSystem } from '../config/project/effective.ts'
import { askConnection, type ConnectionResult } from '../connectors/connection-test.ts'
import type { Environment } from '../environment.ts'
import { Fault, problem } from '../problem.ts'
import { Lookups, PipeRunContext } from './context.ts'
import { componentOf, type Session } from './session.ts'

const noSystem = problem<{ system: string }>({
  code: 'no-such-system',
  severity: 'error',
  says: ({ system }) => `There is no system ${system}.`,
})

/** What the request needs of the place where it is sent. */
interface ConnectionPlace {
  readonly environment: Environment
  /** Asks a person about servers, or is limited to those that were named. */
  readonly fetch: typeof globalThis.fetch | null
  readonly signal: AbortSignal
}

/** Asks the system once, with a path below its address (empty: the declared one). An unknown system is a Fault. */
export async function connectionOf(
  session: Session,
  id: string,
  path: string,
  { environment, fetch, signal }: ConnectionPlace,
): Promise<ConnectionResult> {
  const system = effectiveSystem(session.project, id)
  const component = componentOf({ _id: id, type: 'pipe' })
  if (!system || !component) throw new Fault(noSystem({ system: id }, { system: id }))
  const lookups = new Lookups(session.runner.store, null)
  const running = new PipeRunContext(session.runnable(component), environment, lookups, signal, fetch)
  return askConnection(system, path, session.requestInputs(id), running)
}
