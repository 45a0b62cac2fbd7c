/**
 * Worked cases of kinds, as data: a configuration, what goes in with it, and what comes out. Each kind has one. The tests
 * run it through the kind's own code, so that what pages show is what happens.
 */
import type { Json } from '../../entity/value.ts'

/** Entities in transit form. */
type ExampleEntities = readonly Json[]

interface Configured {
  /** The part as it stands in a pipe; of a system, a pump and the like, the whole of it. */
  readonly config: Json
  /** The system that the part names. */
  readonly system?: Json
  /** Variables of the environment. */
  readonly variables?: Readonly<Record<string, string>>
  /** Datasets that the part reads or looks up, by name. */
  readonly datasets?: Readonly<Record<string, ExampleEntities>>
}

/** What a source reads, and the entities that it makes of it. */
export interface SourceExample extends Configured {
  /** Answers of a service one after the other, or the text of a file or a table. */
  readonly reads?: readonly string[]
  readonly gives: ExampleEntities
}

/** What a transform makes of entities. */
export interface TransformExample extends Configured {
  readonly takes: ExampleEntities
  /** What the service that it asks answers, one answer a request. */
  readonly answers?: readonly string[]
  readonly gives: ExampleEntities
}

/** What a sink makes of entities: what it sends, or the entities of its dataset. */
export interface SinkExample extends Configured {
  readonly takes: ExampleEntities
  /** Requests as method, address, headers and body; messages and files alike; statements as they are. */
  readonly sends?: readonly string[]
  readonly stores?: ExampleEntities
}

/** A system, a pump, a pipe or the metadata as they are configured. */
export interface ConfigExample extends Pick<Configured, 'config'> {
  /** For a database: what a sink sends to it, with the types of its columns. */
  readonly table?: SinkExample
}

export type KindExample = SourceExample | TransformExample | SinkExample | ConfigExample
