/** The namespace settings of a pipe; features/namespaces.rst. */
import type { Namespaces } from '../../dtl/evaluation.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'

/** Expansions that always exist unless the node metadata overrides them; configuration-metadata.rst. */
const builtIn: readonly (readonly [string, string])[] = [
  ['_', 'http://example.org/'],
  ['rdf', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['owl', 'http://www.w3.org/2002/07/owl#'],
  ['foaf', 'http://xmlns.com/foaf/0.1/'],
  ['wgs84', 'http://www.w3.org/2003/01/geo/wgs84_pos#'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
  ['dc', 'http://purl.org/dc/elements/1.1/'],
  ['skos', 'http://www.w3.org/2004/02/skos/core#'],
  ['dcterms', 'http://purl.org/dc/terms/'],
  ['gs', 'http://www.opengis.net/ont/geosparql#'],
]

/** What a pipe does with namespaces. */
interface NamespaceSettings {
  readonly namespaces: Namespaces
  /** Added to `_id` and properties before the first transform. */
  readonly add: boolean
  /** Removed from `_id`, properties and NI values after the last transform. */
  readonly remove: boolean
}

/**
 * The settings of a pipe; `pipe` and `metadata` are effective (variables replaced). `adds` and `removes` say what the
 * kinds of its source and its sink do unless the pipe says otherwise.
 */
export function namespaceSettings(
  id: string,
  pipe: JsonObject,
  metadata: JsonObject,
  adds: boolean,
  removes: boolean,
): NamespaceSettings {
  const enabled = (flagOf(pipe, 'namespaced_identifiers') ?? flagOf(metadata, 'namespaced_identifiers')) === true
  const own = get(pipe, 'namespaces')
  const named = (key: string) => {
    const name = isObject(own) ? get(own, key) : undefined
    return typeof name === 'string' ? name : id
  }
  return {
    namespaces: {
      enabled,
      identity: named('identity'),
      property: named('property'),
      expansions: expansionsOf(metadata),
      ...(metadata.rdf === undefined ? {} : { rdf: metadata.rdf }),
    },
    add: flagOf(pipe, 'add_namespaces') ?? (enabled && adds),
    remove: flagOf(pipe, 'remove_namespaces') ?? (enabled && removes),
  }
}

function flagOf(config: JsonObject, key: string): boolean | undefined {
  const value = get(config, key)
  return typeof value === 'boolean' ? value : undefined
}

const expansionsByMetadata = new WeakMap<JsonObject, ReadonlyMap<string, string>>()

function expansionsOf(metadata: JsonObject): ReadonlyMap<string, string> {
  const before = expansionsByMetadata.get(metadata)
  if (before) return before
  const expansions = new Map(builtIn)
  const namespaces = get(metadata, 'namespaces')
  const own = isObject(namespaces) ? get(namespaces, 'default') : undefined
  if (isObject(own)) {
    for (const [prefix, uri] of Object.entries(own)) if (typeof uri === 'string') expansions.set(prefix, uri)
  }
  expansionsByMetadata.set(metadata, expansions)
  return expansions
}

/** A namespaced name as a URI; a name without a known namespace below the default expansion. */
export function expandName(name: string, namespaces: Namespaces): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) return name
  const colon = name.indexOf(':')
  const prefix = colon < 0 ? '_' : name.slice(0, colon)
  const uri = namespaces.expansions.get(prefix) ?? `${namespaces.expansions.get('_') ?? ''}${prefix}/`
  return `${uri}${name.slice(colon + 1)}`
}
