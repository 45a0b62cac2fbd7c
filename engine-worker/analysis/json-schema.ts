/**
 * What a stream of entities looks like as JSON schema, in the form that Sesam's inferred schemas have: the type of JSON,
 * and behind a string the `subtype` of Sesam (features/schema-inference.rst).
 */
import { put } from '../entity/dict.ts'
import type { JsonObject, Kind } from '../entity/value.ts'
import { collectSchema, type PropertySchema, type Schema } from './schema.ts'

/** Collects entities; `schema()` gives a JSON schema of them, `{}` while there are none. */
interface JsonSchemaCollector {
  readonly add: (entity: Parameters<ReturnType<typeof collectSchema>['add']>[0]) => void
  readonly schema: () => JsonObject
}

/** Starts the schema of some entities. What the store says of an entity (`_updated`, …) is no property of it. */
export function collectJsonSchema(): JsonSchemaCollector {
  const collector = collectSchema()
  return { add: collector.add, schema: () => jsonSchemaOf(collector.schema()) }
}

/** An inferred schema as JSON schema, `{}` where no entity was seen. */
export function jsonSchemaOf({ entities, properties }: Pick<Schema, 'entities' | 'properties'>): JsonObject {
  return entities === 0 ? {} : objectSchema(properties.filter(({ name }) => isOwn(name)))
}

/** What the store says of an entity is no property of it. */
function isOwn(name: string): boolean {
  return name === '_id' || !name.startsWith('_')
}

function objectSchema(properties: readonly PropertySchema[]): JsonObject {
  const schemas: JsonObject = {}
  const sorted = [...properties].sort(({ name: a }, { name: b }) => (a < b ? -1 : a > b ? 1 : 0))
  for (const property of sorted) put(schemas, property.name, anyOf(property.types, property))
  return { type: 'object', properties: schemas }
}

/** @param isItem whether the types are those of the items of a list; of a list in a list no more than that is known */
function anyOf(types: PropertySchema['types'], property: PropertySchema, isItem = false): JsonObject {
  const schemas = types.map(({ kind }) => (isItem && kind === 'list' ? { type: 'array' } : kindSchema(kind, property)))
  const [only] = schemas
  return schemas.length === 1 && only ? only : { anyOf: schemas }
}

function kindSchema(kind: Kind, property: PropertySchema): JsonObject {
  switch (kind) {
    case 'dict':
      return objectSchema(property.properties)
    case 'list':
      return { type: 'array', ...(property.items.length === 0 ? {} : { items: anyOf(property.items, property, true) }) }
    case 'float':
      return { type: 'number' }
    case 'null':
    case 'boolean':
    case 'integer':
    case 'string':
      return { type: kind }
    default:
      return { type: 'string', subtype: kind }
  }
}
