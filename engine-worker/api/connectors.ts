/** Connectors in the open project: what is there, and what adding, changing or removing one would do. */
import type { FileContent } from '../config/project/read.ts'
import type { ConnectorFacts } from '../extensions/facts.ts'
import type { ConnectorComponent, LinkedConnector } from '../extensions/link.ts'
import { formatComponent } from '../text/format.ts'
import type { MergeSide } from '../text/merge.ts'
import { engineChanges, projectOf } from '../text/project.ts'
import { capability } from './capability.ts'

/** A component that a connector makes, with its canonical text. */
interface PlannedComponent extends Omit<ConnectorComponent, 'config'> {
  readonly text: string
}

interface ConnectorRequest {
  readonly folder: string
  /** The files of the connector; null for those that the project has. */
  readonly files: Readonly<Record<string, string>> | null
  readonly system: string
  /** Null removes the connector. */
  readonly datatypes: readonly string[] | null
  /** Whether runs ask the service although example answers are there; as before where nothing is said. */
  readonly asks?: boolean
  /** Which side counts, by the keys of conflicts. */
  readonly choices?: Readonly<Record<string, MergeSide>>
}

interface ConnectorPlan {
  readonly components: readonly PlannedComponent[]
  /** The files of the project that become others; null: they are gone. */
  readonly files: Readonly<Record<string, FileContent | null>>
}

/** What a connector offers and asks for, without a project. */
export const connectorOffer = capability(
  'connectorOffer',
  'page',
  async ({ files }: { readonly files: Readonly<Record<string, string>> }): Promise<ConnectorFacts> => {
    const { connectorFacts } = await import('../extensions/facts.ts')
    return connectorFacts(files)
  },
)

/** The connectors of the open project. */
export const connectors = capability(
  'connectors',
  'draft',
  async (_: null, { host }): Promise<readonly LinkedConnector[]> => {
    const { linkedConnectors } = await import('../extensions/link.ts')
    return linkedConnectors(host.current().session.contents)
  },
)

/** What becomes of the project when a connector is added, changed or removed. A connector that is broken is a Fault. */
export const connectorPlan = capability(
  'connectorPlan',
  'draft',
  async (request: ConnectorRequest, { host }): Promise<ConnectorPlan> => {
    const { linkedConnectors, withConnector } = await import('../extensions/link.ts')
    const { folder, files, system, datatypes, choices = {} } = request
    const { contents } = host.current().session
    const before = linkedConnectors(contents).find((each) => each.folder === folder) ?? null
    const own = files ?? before?.files ?? {}
    const asks = request.asks ?? before?.asks ?? false
    const after = datatypes === null ? null : { folder, files: own, system, datatypes, asks }
    const entries = Object.entries(contents).map(([path, content]) => ({ path, content }))
    const project = projectOf(entries).value
    const changed = withConnector(project, before, after, choices)
    return {
      components: changed.components.map(({ config, ...each }) => ({ ...each, text: formatComponent(config) })),
      files: engineChanges(project, changed.project),
    }
  },
)
