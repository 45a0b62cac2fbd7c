/** The servers that a project would send requests to. */
import { hostsNamed } from '../connectors/hosts.ts'
import { capability } from './capability.ts'

/** The servers that the project's configuration names; templates, data and secrets may lead to others. */
export const hosts = capability('hosts', 'draft', async (_: null, { host }) =>
  hostsNamed(host.current().session.project),
)
