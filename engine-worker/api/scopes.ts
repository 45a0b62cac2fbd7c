/** Where each capability is asked. */
import { type CapabilityScope, capability } from './capability.ts'

/** The scope of each capability by its name, for a page that has its project on a server. */
export const scopes = capability(
  'scopes',
  'page',
  async (_: null, { capabilities }): Promise<Readonly<Record<string, CapabilityScope>>> =>
    Object.fromEntries(capabilities.map(({ name, scope }) => [name, scope])),
)
