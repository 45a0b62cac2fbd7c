/** Where properties come from and go to. */
import { lineageOf, propertiesOf } from '../analysis/lineage.ts'
import { capability } from './capability.ts'
import type { EngineHost } from './host.ts'

/** A property of a dataset. */
interface LineageRequest {
  readonly dataset: string
  readonly property: string
}

/** What a property of a dataset is made of, and what is made of it. */
export const lineage = capability('lineage', 'draft', ({ dataset, property }: LineageRequest, { host }) =>
  lineageOf(lineageInput(host), dataset, property),
)

/** The properties of a dataset: those in its entities, and those that rules write to it. */
export const properties = capability('properties', 'draft', (dataset: string, { host }) =>
  propertiesOf(lineageInput(host), dataset),
)

function lineageInput(host: EngineHost): Parameters<typeof lineageOf>[0] {
  const { session, windows } = host.current()
  const pipes = session.pipes().map(({ effective }) => effective)
  return { pipes, columns: (dataset) => windows.columns(dataset) }
}
