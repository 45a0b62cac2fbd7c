/**
 * Entity types: what the entities of each pipe look like on its way in and out, and the models that they belong to
 * (hub/features/schema-inference.rst, schema-models.rst; hub/management-studio.rst, Entity types).
 */

import { modelDifferences } from '../analysis/model-differences.ts'
import { collectSchema } from '../analysis/schema.ts'
import {
  entityTypesIn,
  implicitModelsOf,
  modelId,
  readSchemaModels,
  schemaModelName,
  usualModelsOf,
} from '../config/project/schema-models.ts'
import type { OpenPipe } from '../connectors/open.ts'
import { Fault, type Problem } from '../problem.ts'
import { type CallContext, capability } from './capability.ts'
import { type DatasetSchema, schemaOfDataset, shownSchema } from './dataset-schema.ts'
import type { OpenedProject } from './host.ts'
import {
  type EntitySide,
  followedEntities,
  hasShownEntities,
  infersTypes,
  pipePlace,
  placeOfSide,
  type SidePlace,
} from './pipe-sides.ts'

/** One entity type as lists show it. */
interface ListedType {
  readonly pipe: string
  readonly side: EntitySide
  /** The dataset that holds the entities; null where they are known by following the pipe alone. */
  readonly dataset: string | null
  /** Entities of the dataset that are not deleted. */
  readonly entities: number | null
  /** The properties of the first entities, the most common first; null where nothing is known without following. */
  readonly properties: readonly string[] | null
  /** The implicit models, which have the types of sinks alone. */
  readonly models: readonly string[]
  /** Those that it has without `metadata.models`. */
  readonly usualModels: readonly string[]
  /** False where `infer_pipe_entity_types` is off. */
  readonly infers: boolean
}

/** A model with the ids of its entity types. */
interface ListedModel {
  readonly id: string
  readonly name: string
  readonly isImplicit: boolean
  readonly isExplicit: boolean
  /** Ids of entity types; those of pipes are the types of their sinks. */
  readonly types: readonly string[]
}

interface EntityTypes {
  readonly types: readonly ListedType[]
  readonly models: readonly ListedModel[]
}

/** All entity types of the open project, and all models, implicit and explicit ones of the same id as one. */
export const entityTypes = capability(
  'entity-types',
  'draft',
  async (_: null, { host }: CallContext): Promise<EntityTypes> => {
    const opened = host.current()
    const types: ListedType[] = []
    for (const pipe of opened.session.openPipes())
      for (const side of ['sink', 'source'] as const) types.push(await listedType(opened, pipe, side))
    return { types, models: listedModels(opened, types) }
  },
)

async function listedType({ store, windows }: OpenedProject, pipe: OpenPipe, side: EntitySide): Promise<ListedType> {
  const { effective } = pipe
  const infers = infersTypes(pipe)
  const place = placeOfSide(pipe, side)
  const dataset = place.is === 'dataset' ? place.dataset : null
  const info = dataset === null ? null : await store.info(dataset)
  const columns = infers && dataset !== null && info ? await windows.columns(dataset) : null
  return {
    pipe: effective.id,
    side,
    dataset,
    entities: dataset === null ? null : (info?.live ?? 0),
    properties: columns?.filter((name) => name === '_id' || !name.startsWith('_')) ?? null,
    models: side === 'sink' ? implicitModelsOf(effective, pipePlace(pipe)) : [],
    usualModels: side === 'sink' ? usualModelsOf(effective, pipePlace(pipe)) : [],
    infers,
  }
}

function listedModels({ session }: OpenedProject, types: readonly ListedType[]): readonly ListedModel[] {
  const models = new Map<string, ListedModel>()
  for (const { pipe, models: ids } of types) {
    for (const id of ids) {
      const known = models.get(id) ?? { id, name: id, isImplicit: true, isExplicit: false, types: [] }
      models.set(id, { ...known, types: [...known.types, pipe] })
    }
  }
  for (const model of readSchemaModels(session.project.schemaModels).models) {
    const id = modelId(model)
    const known = models.get(id)
    const own = entityTypesIn(model).map(modelId)
    models.set(id, {
      id,
      name: schemaModelName(model),
      isImplicit: known !== undefined,
      isExplicit: true,
      types: [...new Set([...(known?.types ?? []), ...own])],
    })
  }
  return [...models.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The schema of one entity type. */
interface EntityTypeSchema extends DatasetSchema {
  /** Whether it is of all entities; otherwise of the first that come when the pipe is followed. */
  readonly isExact: boolean
  /** Why nothing is known, or null: nothing is inferred, the pipe has not run, or its source cannot be read here. */
  readonly unknown: 'off' | 'not-run' | 'unreadable' | 'pushed' | null
  /** Where entities are not what explicit models say. */
  readonly differences: readonly Problem[]
}

/** The most entities that are looked at when the pipe is followed. */
const MAX_PROFILED_ENTITIES = 10_000

const emptySchema: DatasetSchema = { entities: 0, properties: [], jsonSchema: {}, history: [] }

/** What the entities on one side of a pipe look like, beside what models say of them. */
export const entityType = capability(
  'entity-type',
  'draft',
  async (
    { pipe: id, side }: { readonly pipe: string; readonly side: EntitySide },
    context: CallContext,
  ): Promise<EntityTypeSchema> => {
    const opened = context.host.current()
    const pipe = opened.session.openPipes().find(({ effective }) => effective.id === id)
    const emptyTypeSchema = (unknown: EntityTypeSchema['unknown']) => ({
      ...emptySchema,
      isExact: true,
      unknown,
      differences: [],
    })
    if (!pipe) return emptyTypeSchema('not-run')
    if (!infersTypes(pipe)) return emptyTypeSchema('off')
    const place = placeOfSide(pipe, side)
    if (place.is === 'unknown') return emptyTypeSchema('pushed')
    const isThere = place.is === 'dataset' ? (await opened.store.info(place.dataset)) !== null : null
    if (!(isThere ?? (await hasShownEntities(opened.store, pipe)))) return emptyTypeSchema('not-run')
    const schema = await schemaAt(context, opened, pipe, place)
    if (schema === null) return emptyTypeSchema('unreadable')
    const differences = side === 'sink' ? differencesOf(opened, id, schema) : []
    return {
      ...schema,
      isExact: place.is === 'dataset' || schema.entities < MAX_PROFILED_ENTITIES,
      unknown: null,
      differences,
    }
  },
)

async function schemaAt(
  { host, signal }: CallContext,
  { session, store }: OpenedProject,
  pipe: OpenPipe,
  place: SidePlace,
): Promise<DatasetSchema | null> {
  if (place.is === 'dataset') return schemaOfDataset(store, place.dataset, signal)
  if (place.is === 'unknown') return emptySchema
  const { environment } = host.platform
  const collector = collectSchema()
  const options = { store: session.runner.store, environment, signal }
  try {
    for await (const entity of followedEntities(pipe, options, place.stages, MAX_PROFILED_ENTITIES))
      collector.add(entity)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
  return shownSchema(collector.schema())
}

function differencesOf({ session }: OpenedProject, type: string, seen: DatasetSchema): readonly Problem[] {
  const present = new Map(seen.properties.map(({ name, present: times }) => [name, times]))
  return readSchemaModels(session.project.schemaModels).models.flatMap((model) =>
    entityTypesIn(model)
      .filter((each) => modelId(each) === type)
      .flatMap((declared) =>
        modelDifferences({
          model: modelId(model),
          type,
          declared,
          seen: seen.jsonSchema,
          entities: seen.entities,
          present,
        }),
      ),
  )
}
