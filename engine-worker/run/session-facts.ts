/** The facts of the pipes of a session, each found out once. */
import { type PipeFacts, pipeFacts } from '../config/project/facts.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { functionTable } from '../dtl/registry.ts'
import type { Session } from './session.ts'

const factsByPipe = new WeakMap<RunnablePipe, PipeFacts>()

/** The facts of all pipes; those of a pipe are found out once. */
export function factsOfPipes(session: Session): PipeFacts[] {
  return session.pipes().map((pipe) => {
    const found = factsByPipe.get(pipe) ?? pipeFacts(pipe.effective, pipe.needs, functionTable)
    factsByPipe.set(pipe, found)
    return found
  })
}
