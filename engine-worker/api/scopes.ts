/** Where the capabilities of the engine are asked when a project is on a server. */
import type { CapabilityName } from './list.ts'

/**
 * `page`: in the page, since it needs no project or is about the page itself; `draft`: on the server, about the project
 * as it is being edited; `deployed`: on the server, about the configuration that runs there, since it changes data.
 */
type CapabilityScope = 'page' | 'draft' | 'deployed'

/** The scope of each capability. */
export const capabilityScopes: { readonly [N in CapabilityName]: CapabilityScope } = {
  ping: 'page',
  open: 'draft',
  update: 'draft',
  destroy: 'page',
  catalogue: 'page',
  hosts: 'draft',
  permit: 'page',
  decideHost: 'page',
  facts: 'draft',
  queues: 'draft',
  run: 'deployed',
  schedule: 'page',
  resetBreaker: 'deployed',
  datasets: 'draft',
  rows: 'draft',
  versions: 'draft',
  reset: 'deployed',
  preview: 'draft',
  overlaps: 'draft',
  byExample: 'draft',
  suggestedSteps: 'draft',
  suggestedJoins: 'draft',
  properties: 'draft',
  lineage: 'draft',
  provenance: 'draft',
  supply: 'deployed',
  recordAnswers: 'page',
  recording: 'deployed',
  supplied: 'draft',
  receive: 'deployed',
  push: 'deployed',
  tableKeys: 'draft',
  addKeyColumn: 'deployed',
  inspectFile: 'page',
  relateFiles: 'page',
  planFiles: 'page',
  fileData: 'page',
  forgetFiles: 'page',
  tests: 'draft',
  expected: 'draft',
  effect: 'draft',
  example: 'page',
  modelCheck: 'draft',
  modelSuggestions: 'draft',
  modelMatching: 'draft',
  modelGolden: 'draft',
  modelMastering: 'draft',
  modelPipes: 'draft',
  modelChanges: 'draft',
  modelSharing: 'draft',
}
