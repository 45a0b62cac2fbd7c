/**
 * How the parts of a configuration are declared: sources, transforms, sinks, pumps, systems, and the pipe and node
 * metadata themselves. Forms, completion, hover help, validation and the reference are derived from the fields; the
 * behaviour stands beside them (each kind's own file).
 */
import type { Json } from '../../entity/value.ts'
import type { KindExample } from './kind-example.ts'

/** What a field holds; forms choose the control by it. */
export type FieldType =
  | {
      readonly is: 'text'
      readonly multiline?: boolean
      readonly placeholder?: string
      /**
       * What the text has to be: the name of a character set, status codes such as `200-299,404`, the name of a Docker
       * image, a name of a host, a program in JavaScript, or bytes in base64.
       */
      readonly format?: 'charset' | 'status-codes' | 'image' | 'host' | 'javascript' | 'base64'
      /** The most bytes that base64 may stand for. */
      readonly bytes?: number
      /** What is usually meant; other texts are possible. */
      readonly suggestions?: readonly { readonly value: string; readonly says: string }[]
    }
  | { readonly is: 'integer' | 'number'; readonly min?: number; readonly max?: number; readonly unit?: string }
  | { readonly is: 'boolean' }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  /** Names of things in the project; a picker offers those that exist. `aliased`: `name alias` as in merge and hops. */
  | {
      readonly is: 'reference'
      readonly to: 'dataset' | 'pipe' | 'system'
      readonly aliased?: boolean
      readonly systemTypes?: readonly string[]
    }
  | { readonly is: 'property' }
  | { readonly is: 'secret' }
  | { readonly is: 'cron' }
  /** A DTL expression. */
  | { readonly is: 'expression' }
  /** DTL rules: a dict of lists of transforms. */
  | { readonly is: 'rules' }
  /** Entities as JSON. */
  | { readonly is: 'entities' }
  | { readonly is: 'json' }
  | { readonly is: 'list'; readonly of: FieldType }
  /** `keys`: what the keys have to be; `default` is always one. */
  | { readonly is: 'map'; readonly of: FieldType; readonly keys?: 'status-codes' }
  | { readonly is: 'object'; readonly fields: readonly Field[] }
  /** An object whose fields depend on the text of the property `by` beside it; with another text it holds anything. */
  | { readonly is: 'variants'; readonly by: string; readonly of: Readonly<Record<string, readonly Field[]>> }
  /** A nested source, transform, sink or pump. */
  | { readonly is: 'kind'; readonly of: KindRole }
  | { readonly is: 'either'; readonly of: readonly FieldType[] }

/**
 * What one wants to do with a property, in the order in which forms show it; what a stage is about has none. The words
 * stand with the texts of the forms.
 */
export const fieldAims = [
  'connection',
  'sign-in',
  'increments',
  'identity',
  'format',
  'schedule',
  'failures',
  'speed',
  'storage',
  'again',
  'about',
] as const

type FieldAim = (typeof fieldAims)[number]

/** One documented property. */
export interface Field {
  readonly name: string
  readonly type: FieldType
  readonly required?: boolean
  /** Not required where this property holds a whole address. */
  readonly unlessAbsolute?: string
  readonly default?: Json
  /** One or two plain sentences. */
  readonly says: string
  readonly aim?: FieldAim
  /** The page that explains it, with its place on the page, where that is not the page of the kind. */
  readonly doc?: string
  /** Folded away in forms. */
  readonly advanced?: boolean
  /** Every text in it is a Jinja template. */
  readonly template?: boolean
  /** Heeded by Sesam only: nothing that runs here depends on it. */
  readonly sesamOnly?: boolean
  /** Documented as deprecated; the words say what to use. */
  readonly deprecated?: string
  /** For a pipe: which parts of an expanded pipe have it (text/expand.ts); by default the last one. */
  readonly ofParts?: 'first' | 'every'
  /** Shown only when it applies, e.g. `{ strategy: ['compact'] }`. */
  readonly when?: Readonly<Record<string, readonly Json[]>>
}

/** A rule over several properties: how many of them may be set. */
export interface FieldRule {
  readonly of: readonly string[]
  readonly need: 'exactly-one' | 'at-least-one' | 'at-most-one'
}

export type KindRole = 'source' | 'transform' | 'sink' | 'pump' | 'system' | 'pipe' | 'metadata'

/** Where a kind can do its work. */
type Runs =
  /** Entirely inside the engine. */
  | 'here'
  /** On files or entities that the user supplies. */
  | 'supplied'
  /** Over `fetch`, where the server allows it; otherwise on supplied data. */
  | 'fetch'
  /** Produces the payload it would send, as captured output. */
  | 'captured'

/** The log of one dataset or of several, the latest version among several, or components of equal entities. */
type DatasetReading = 'log' | 'latest' | 'merge'

/**
 * What shows that the address and the sign-in of a system work. `http`: a GET of an address that a property holds, or of
 * a fixed one. `port`: a server that speaks another protocol than HTTP, so that only the command line can open a
 * connection to it. `nothing`: nothing outside of Sesam can be asked.
 */
type ConnectionTest =
  | {
      readonly asks: 'http'
      /** Properties that hold the address, or a list of addresses; the first that is set counts. */
      readonly address?: readonly string[]
      /** A whole address with names of properties in braces, for a service that has one address. */
      readonly at?: string
      /** What is asked below the address of the system. */
      readonly path?: string
      /** Properties with the user and the password, where `authentication` does not say how to sign in. */
      readonly login?: { readonly user: string; readonly password: string }
    }
  | { readonly asks: 'port'; readonly host: string; readonly port?: string; readonly defaultPort: number }
  | { readonly asks: 'nothing'; readonly because: 'container' | 'tns' | 'made-up' }

/** A source, transform, sink, pump or system type: all that is known of it without running it. */
export interface KindDeclaration {
  readonly role: KindRole
  /** The `type` in the configuration. */
  readonly type: string
  /** Deprecated or alternative names of the type. */
  readonly alias?: readonly string[]
  readonly label: string
  readonly says: string
  readonly more?: string
  readonly group?: string
  readonly runs: Runs
  /** For a source: how the datasets that it names are read; it has nothing to open then. */
  readonly readsDatasets?: DatasetReading
  /** For a source that reads datasets: entities of several keep the name of theirs in front of their `_id`. */
  readonly prefixesIds?: boolean
  /** For a source: entities are pushed to it, so that its pipe has no pump. */
  readonly receivesPushes?: boolean
  /** For a source: the configuration itself holds its entities. */
  readonly holdsEntities?: boolean
  /** For a source: it reads tables, whose rows columns tell apart. */
  readonly readsTables?: boolean
  /** For a source: it stands for one that is not chosen yet, so that a dataset that is connected replaces it. */
  readonly placeholder?: boolean
  /** For a sink: the dataset that it names is written by the run itself, with new offsets or with those of the source. */
  readonly writesDataset?: 'new-offsets' | 'given-offsets'
  /** Whether the pipe's namespaces are added behind a source, or removed in front of a sink, unless the pipe says. */
  readonly namespaced?: boolean
  /** For a source: Sesam finds the entities to process again through it, when joined ones change (dependency-tracking.rst). */
  readonly dependencyTracking?: boolean
  /** For a transform: it puts out the children of entities in their place. */
  readonly emitsChildren?: boolean
  /** For a transform: an entity goes on as it is, or not at all. */
  readonly preservesEntities?: boolean
  /** The word for a stage of this kind in the names of the parts of an expanded pipe; by default the type. */
  readonly partName?: string
  /** For a transform: it asks a server, so that it is not run only to find something out. */
  readonly sendsRequests?: boolean
  /** For a system: it is a server that takes mail. */
  readonly takesMail?: boolean
  /** For a system: how one finds out whether it can be reached. */
  readonly connectionTest?: ConnectionTest
  /** For a system: it runs an image, which a manifest may describe (config/microservices). */
  readonly runsImage?: boolean
  /** Its picture: one of the names in icons.ts, or a data URI of a checked picture. */
  readonly icon?: string
  readonly fields: readonly Field[]
  readonly rules?: readonly FieldRule[]
  /** Minimal configuration that is valid, for new nodes. */
  readonly template: Json
  /** What it reads, makes or writes, as one case. */
  readonly example: KindExample
  readonly doc: string
}
