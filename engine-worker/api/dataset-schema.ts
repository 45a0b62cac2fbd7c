/**
 * The schema of a dataset: its properties with types, counts and examples, as JSON Schema, and how it came to be so: when
 * a property or a type of it came for the first time, and when one was last seen. All of it is read from the log, so that
 * nothing has to be kept; what compaction removed has left no trace.
 */
import { jsonSchemaOf } from '../analysis/json-schema.ts'
import { collectSchema, type PropertySchema, type Schema } from '../analysis/schema.ts'
import { collectSchemaHistory, type SchemaChange } from '../analysis/schema-history.ts'
import { printValue } from '../entity/transit.ts'
import type { JsonObject } from '../entity/value.ts'
import { runsKept } from '../run/history.ts'
import { turn } from '../run/turn.ts'
import type { DatasetStore } from '../storage/store.ts'
import { type CallContext, capability } from './capability.ts'

/** A property as lists show it, its examples as transit texts. */
interface DisplayedProperty extends Omit<PropertySchema, 'examples' | 'properties'> {
  readonly examples: readonly string[]
  readonly properties: readonly DisplayedProperty[]
}

/** A change of the schema, and the number of the run that made it where that is known. */
type DatedChange = SchemaChange & { readonly run: number | null }

/** What entities look like, and how that came to be. */
export interface DatasetSchema {
  readonly entities: number
  readonly properties: readonly DisplayedProperty[]
  readonly jsonSchema: JsonObject
  /** Oldest first; what came with the first run of the dataset is no change. */
  readonly history: readonly DatedChange[]
}

/** The schema of the live entities of a dataset, and its history. */
export const datasetSchema = capability(
  'dataset-schema',
  'draft',
  ({ dataset }: { readonly dataset: string }, { host, signal }: CallContext): Promise<DatasetSchema> =>
    schemaOfDataset(host.current().store, dataset, signal),
)

/** The schema of all live entities of a dataset, and its history. */
export async function schemaOfDataset(
  store: DatasetStore,
  dataset: string,
  signal: AbortSignal,
): Promise<DatasetSchema> {
  const collector = collectSchema()
  for await (const batch of store.scan(dataset, { live: true })) {
    if (signal.aborted) break
    for (const entity of batch) collector.add(entity)
    await turn()
  }
  const runs = await runsKept(store)
  const runAt = (at: number) =>
    runs.find(({ started, milliseconds }) => at >= started - 1 && at <= started + milliseconds + 1)?.number ?? null
  const history = collectSchemaHistory(runAt)
  for await (const batch of store.scan(dataset, { history: true })) {
    if (signal.aborted) break
    for (const entity of batch) history.add(entity)
    await turn()
  }
  const shown = shownSchema(collector.schema())
  const changes = history.changes(new Set(shown.properties.map(({ name }) => name)))
  return { ...shown, history: changes.map((each) => ({ ...each, run: runAt(each.at) })) }
}

/** A schema as it is shown: without what the store says of entities, and without a history. */
export function shownSchema(schema: Schema): DatasetSchema {
  const own = schema.properties.filter(({ name }) => name === '_id' || !name.startsWith('_'))
  return {
    entities: schema.entities,
    properties: own.map(displayedProperty),
    jsonSchema: jsonSchemaOf(schema),
    history: [],
  }
}

function displayedProperty(property: PropertySchema): DisplayedProperty {
  return {
    ...property,
    examples: property.examples.map((value) => printValue(value)),
    properties: property.properties.map(displayedProperty),
  }
}
