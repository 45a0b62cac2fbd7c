/** What a connector offers, for choosing from it: its datatypes, what they do, and what it asks for. */

import { sourceKind } from '../config/model/nested.ts'
import { addressWithoutSecrets } from '../connectors/har.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { isObject } from '../entity/value.ts'
import { Fault, type Problem } from '../problem.ts'
import { defaultSystem, type ExpandedComponent, expandComponents } from './expand.ts'
import { type ConnectorFiles, readManifest } from './manifest.ts'
import { validateConnector } from './validate.ts'

/** A datatype that can be chosen. */
interface DatatypeFacts {
  readonly name: string
  readonly label: string
  readonly parent: string | null
  readonly reads: boolean
  /** What the model makes is sent back to the service. */
  readonly writes: boolean
  /** The service posts events. */
  readonly receives: boolean
}

export interface ConnectorFacts {
  readonly datatypes: readonly DatatypeFacts[]
  /** How it signs in, as the manifest says. */
  readonly auth: string
  /** Environment variables that have to be given. */
  readonly variables: readonly string[]
  /** Secrets that its systems use. */
  readonly secrets: readonly string[]
  /** Addresses that its systems send requests to, with variables. */
  readonly addresses: readonly string[]
  readonly problems: readonly Problem[]
}

/** The facts of a connector; one that cannot be read has no datatypes, and the problem that says why. */
export function connectorFacts(files: ConnectorFiles): ConnectorFacts {
  const problems = validateConnector(files, defaultSystem)
  try {
    const manifest = readManifest(files)
    const components = expandComponents(files, manifest, defaultSystem)
    const systems = components.filter(({ datatype }) => datatype === null).map(({ config }) => config)
    const variant = get(manifest.json, 'auth_variant')
    const texts = systems.map((system) => printJson(system)).join('\n')
    return {
      datatypes: manifest.datatypes.map(({ name, parent }) => {
        const described = get(manifest.json, 'datatypes')
        const own = isObject(described) ? get(described, name) : undefined
        const label = isObject(own) ? get(own, 'label') : undefined
        const pipes = components.filter(({ datatype, template }) => datatype === name && template !== null)
        return { name, label: typeof label === 'string' ? label : name, parent, ...abilitiesOf(pipes) }
      }),
      auth: [get(manifest.json, 'auth'), variant].filter((each) => typeof each === 'string').join(' '),
      variables: manifest.additionalParameters,
      secrets: [...new Set([...texts.matchAll(/\$SECRET\(([^()]*)\)/g)].map(([, name = '']) => name.trim()))],
      addresses: systems
        .map((system) => get(system, 'url_pattern'))
        .filter((each) => typeof each === 'string')
        .map(addressWithoutSecrets),
      problems,
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { datatypes: [], auth: '', variables: [], secrets: [], addresses: [], problems }
  }
}

function abilitiesOf(pipes: readonly ExpandedComponent[]) {
  const hasPipe = (ends: string) => pipes.some(({ config }) => String(get(config, '_id')).includes(ends))
  return {
    reads: hasPipe('-collect') || hasPipe('-all'),
    writes: hasPipe('-share'),
    receives: pipes.some(({ config }) => sourceKind(config)?.receivesPushes === true),
  }
}
