/** Where entities are not what the entity types of explicit models say of them. */
import { schemaModelsFile } from '../config/project/own-files.ts'
import { get } from '../entity/dict.ts'
import { isObject, type JsonObject } from '../entity/value.ts'
import { type Problem, problem } from '../problem.ts'

const propertyUnseen = problem<{ model: string; type: string; property: string }>({
  code: 'schema-model-property-unseen',
  severity: 'warning',
  says: ({ model, type, property }) => `The model ${model} describes ${property} of ${type}, which no entity has.`,
  fix: () => 'Run the pipe, correct the name of the property, or remove it from the model.',
})
const typeDiffers = problem<{ model: string; type: string; property: string; declared: string; seen: string }>({
  code: 'schema-model-type-differs',
  severity: 'warning',
  says: ({ model, type, property, declared, seen }) =>
    `The model ${model} says that ${property} of ${type} is ${declared}; entities have ${seen}.`,
  fix: () => 'Correct the type in the model, or the rules of the pipe.',
})
const propertyMissing = problem<{ model: string; type: string; property: string; entities: number }>({
  code: 'schema-model-required-missing',
  severity: 'warning',
  says: ({ model, type, property, entities }) =>
    `The model ${model} requires ${property} of ${type}; ${entities} entities have none.`,
  fix: () => 'Take the property out of "required", or have the pipe write it.',
})

/** The names of the types that a JSON schema allows: JSON's, and Sesam's behind a string; null where it says nothing. */
function typeNames(schema: JsonObject): ReadonlySet<string> | null {
  const anyOf = get(schema, 'anyOf')
  if (Array.isArray(anyOf)) {
    const each = anyOf.map((one) => (isObject(one) ? typeNames(one) : null))
    return each.some((names) => names === null) ? null : new Set(each.flatMap((names) => [...(names ?? [])]))
  }
  const subtype = get(schema, 'subtype')
  if (typeof subtype === 'string') return new Set([subtype])
  const type = get(schema, 'type')
  const names = Array.isArray(type) ? type : [type]
  const texts = names.filter((name) => typeof name === 'string')
  return texts.length === 0 ? null : new Set(texts)
}

/** An entity type as a model writes it, and what its entities are. */
interface ComparedType {
  readonly model: string
  readonly type: string
  readonly declared: JsonObject
  /** Inferred from `entities` entities (json-schema.ts). */
  readonly seen: JsonObject
  readonly entities: number
  /** How many entities have each property. */
  readonly present: ReadonlyMap<string, number>
}

/** The differences between what a model says of an entity type and its entities; nothing where there are no entities. */
export function modelDifferences({ model, type, declared, seen, entities, present }: ComparedType): readonly Problem[] {
  const found: Problem[] = []
  const where = { file: schemaModelsFile }
  if (entities === 0) return found
  const compare = (declaredSchema: JsonObject, is: JsonObject, path: string) => {
    const [properties, known] = [get(declaredSchema, 'properties'), get(is, 'properties')]
    if (!isObject(properties)) return
    for (const [name, schema] of Object.entries(properties)) {
      const property = path + name
      const there = isObject(known) ? get(known, name) : undefined
      if (!isObject(schema)) continue
      if (!isObject(there)) {
        found.push(propertyUnseen({ model, type, property }, where))
        continue
      }
      const [allowed, has] = [typeNames(schema), typeNames(there)]
      if (allowed !== null && has !== null && [...has].some((each) => !allowsType(allowed, each)))
        found.push(typeDiffers({ model, type, property, declared: listText(allowed), seen: listText(has) }, where))
      compare(schema, there, `${property}.`)
    }
  }
  compare(declared, seen, '')
  const required = get(declared, 'required')
  for (const name of Array.isArray(required) ? required : []) {
    if (typeof name !== 'string') continue
    const without = entities - (present.get(name) ?? 0)
    if (without > 0) found.push(propertyMissing({ model, type, property: name, entities: without }, where))
  }
  return found
}

/** An integer is a number, and each of Sesam's types is a string of JSON. */
function allowsType(allowed: ReadonlySet<string>, type: string): boolean {
  if (allowed.has(type)) return true
  if (type === 'integer') return allowed.has('number')
  return allowed.has('string') && !jsonTypes.has(type)
}

const jsonTypes = new Set(['object', 'array', 'number', 'integer', 'boolean', 'null', 'string'])

function listText(names: ReadonlySet<string>): string {
  return [...names].sort().join(' | ')
}
