/** Another program at an address of this machine, where a Pipewright server is expected. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'

const otherServers: Server[] = []

/** Starts a program that answers with `answer`; it ends with the test. Gives its address. */
export async function otherProgram(answer: RequestListener): Promise<string> {
  const other = createServer(answer)
  otherServers.push(other)
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(other.address() as AddressInfo).port}`
}

/** Ends the programs that were started. */
export function endOtherPrograms(): void {
  for (const each of otherServers.splice(0)) {
    each.close()
    each.closeAllConnections()
  }
}

afterEach(endOtherPrograms)
