/** What services have answered, as a HAR file. */
import { harOf } from '../connectors/har.ts'
import { maskOf } from '../connectors/mask.ts'
import { capability } from './capability.ts'

/** What services have answered since the project was opened, as the text of a HAR file without secrets. */
export const recording = capability('recording', 'deployed', async (_: null, { host }) => {
  const { session } = host.current()
  const exchanges = session.exchanges()
  const now = new Date(Number(host.platform.environment.now() / 1_000_000n)).toISOString()
  return { text: harOf(exchanges, maskOf(session.project.hidden), now), count: exchanges.length }
})
