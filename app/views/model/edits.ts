/** Changes of a model, each a function from a model to another one. */
import type {
  Concept,
  Datatype,
  Json,
  JsonPath,
  Model,
  ModelMapping,
  ModelSuggestion,
  Normalisation,
  Property,
  PropertyMapping,
} from '../../../engine-worker/index.ts'
import { withValueAt } from '../../pipe/json-edits.ts'

/** The object without a key. */
function withoutKey<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}

/** The name, with a number where it is taken. */
function unusedName(wish: string, taken: readonly string[]): string {
  if (!taken.includes(wish)) return wish
  for (let number = 2; ; number++) if (!taken.includes(`${wish}-${number}`)) return `${wish}-${number}`
}

/** A text as names in a model are written. */
export function modelName(text: string): string {
  const plain = text
    .trim()
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .replace(/[åÅ]/g, 'a')
    .normalize('NFD')
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .replace(/^[-\d]+|-+$/g, '')
  return plain
}

/** Adds a system, or leaves the one that is there. */
export function addSystem(model: Model, name: string, config?: Model['systems'][string]['config']): Model {
  if (Object.hasOwn(model.systems, name)) return model
  return {
    ...model,
    systems: { ...model.systems, [name]: { datatypes: {}, ...(config === undefined ? {} : { config }) } },
  }
}

/** Adds a datatype to a system, or replaces it. */
export function putDatatype(model: Model, system: string, name: string, datatype: Datatype): Model {
  const before = model.systems[system] ?? { datatypes: {} }
  return {
    ...model,
    systems: { ...model.systems, [system]: { ...before, datatypes: { ...before.datatypes, [name]: datatype } } },
  }
}

/** Removes a datatype with its mappings, and the system where nothing is left in it. */
export function removeDatatype(model: Model, system: string, name: string): Model {
  const before = model.systems[system]
  if (before === undefined) return model
  const datatypes = withoutKey(before.datatypes, name)
  const isEmpty = Object.keys(datatypes).length === 0
  const systems = isEmpty ? withoutKey(model.systems, system) : { ...model.systems, [system]: { ...before, datatypes } }
  const gone = model.mappings.filter((each) => each.system === system && each.datatype === name)
  return gone.reduce((rest, { name: mapping }) => removeMapping(rest, mapping), { ...model, systems })
}

/** Adds a concept without properties. */
export function addConcept(model: Model, name: string): Model {
  if (Object.hasOwn(model.concepts, name)) return model
  return { ...model, concepts: { ...model.concepts, [name]: { properties: {} } } }
}

/** Removes a concept with its mappings; what refers to it refers to nothing then. */
export function removeConcept(model: Model, name: string): Model {
  const gone = model.mappings.filter(({ concept }) => concept === name).map((each) => each.name)
  const concepts = Object.fromEntries(
    Object.entries(withoutKey(model.concepts, name)).map(([other, concept]) => [
      other,
      {
        ...concept,
        properties: mapValues(concept.properties, (each) =>
          each.references === name ? withoutProperty(each, 'references') : each,
        ),
      },
    ]),
  )
  return gone.reduce((rest, mapping) => removeMapping(rest, mapping), { ...model, concepts })
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T, key: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))
}

function withoutProperty<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value
  return rest
}

/** Gives a concept another name, wherever it is named. */
export function renameConcept(model: Model, from: string, to: string): Model {
  if (from === to || Object.hasOwn(model.concepts, to)) return model
  const newNameOf = (name: string | undefined): string | undefined => (name === from ? to : name)
  return {
    ...model,
    concepts: Object.fromEntries(
      Object.entries(model.concepts).map(([name, concept]) => [
        newNameOf(name) ?? name,
        {
          ...concept,
          properties: mapValues(concept.properties, (each) =>
            each.references === from ? { ...each, references: to } : each,
          ),
        },
      ]),
    ),
    mappings: model.mappings.map((mapping) => ({
      ...mapping,
      concept: newNameOf(mapping.concept) ?? mapping.concept,
      properties: mapping.properties.map((each) => (each.references === from ? { ...each, references: to } : each)),
    })),
  }
}

/** Makes a datatype part of a concept, as the data suggests. */
export function linkDatatype(
  model: Model,
  system: string,
  datatype: string,
  concept: string,
  { properties, keys }: ModelSuggestion,
): Model {
  const before = model.concepts[concept] ?? { properties: {} }
  const added = properties.filter(({ to }) => !Object.hasOwn(before.properties, to))
  const declared: Record<string, Property> = {
    ...before.properties,
    ...Object.fromEntries(
      added.map(({ to, references }): [string, Property] => [
        to,
        { rule: 'priority', ...(references === null ? {} : { references }) },
      ]),
    ),
  }
  const [key] = keys
  const known = before.keys ?? []
  const isNew = key !== undefined && !known.some((each) => each.length === 1 && each[0] === key.property)
  const declaredProperty = key && declared[key.property]
  if (key && declaredProperty && isNew && declaredProperty.normalise === undefined && key.normalise.length > 0)
    declared[key.property] = { ...declaredProperty, normalise: key.normalise }
  const mapping: ModelMapping = {
    name: unusedName(
      `${system}-${datatype}`,
      model.mappings.map(({ name }) => name),
    ),
    system,
    datatype,
    concept,
    // Deletions are sent only where a person has said so.
    share: { delete: false },
    properties: properties.map(({ from, to, references }) => ({
      from,
      to,
      ...(references !== null && declared[to]?.references === undefined ? { references } : {}),
    })),
  }
  const keyed = isNew && key ? { keys: [...known, [key.property]] } : {}
  return {
    ...model,
    concepts: { ...model.concepts, [concept]: { ...before, properties: declared, ...keyed } },
    mappings: [...model.mappings, mapping],
  }
}

/** Removes a mapping, those of lists inside it, and what refers to it. */
export function removeMapping(model: Model, name: string): Model {
  const gone = new Set([name])
  for (let size = 0; size < gone.size; ) {
    size = gone.size
    for (const { name: child, parent } of model.mappings) if (parent !== undefined && gone.has(parent)) gone.add(child)
  }
  return {
    ...model,
    mappings: model.mappings
      .filter((mapping) => !gone.has(mapping.name))
      .map((mapping) => ({
        ...mapping,
        properties: mapping.properties.map((each) =>
          each.references !== undefined && gone.has(each.references) ? withoutProperty(each, 'references') : each,
        ),
      })),
  }
}

/** Changes a concept. */
export function changeConcept(model: Model, name: string, change: (concept: Concept) => Concept): Model {
  const before = model.concepts[name]
  return before === undefined ? model : { ...model, concepts: { ...model.concepts, [name]: change(before) } }
}

/** Changes a property of a concept. */
export function changeProperty(
  model: Model,
  concept: string,
  name: string,
  change: (property: Property) => Property,
): Model {
  return changeConcept(model, concept, (before) => {
    const property = before.properties[name]
    return property === undefined
      ? before
      : { ...before, properties: { ...before.properties, [name]: change(property) } }
  })
}

/** Changes a datatype. */
export function changeDatatype(
  model: Model,
  system: string,
  name: string,
  change: (datatype: Datatype) => Datatype,
): Model {
  const before = model.systems[system]
  const datatype = before?.datatypes[name]
  if (before === undefined || datatype === undefined) return model
  const datatypes = { ...before.datatypes, [name]: change(datatype) }
  return { ...model, systems: { ...model.systems, [system]: { ...before, datatypes } } }
}

/** A part of a model with a setting that the engine has declared; undefined takes it away. */
export function withSetting<T extends object>(part: T, key: string, value: Json | undefined): T {
  const { [key]: _, ...rest } = part as T & Record<string, unknown>
  // The settings of a part are optional, and the form gives values of the kinds that are declared.
  return (value === undefined ? rest : { ...part, [key]: value }) as T
}

/** Changes a mapping. */
export function changeMapping(model: Model, name: string, change: (mapping: ModelMapping) => ModelMapping): Model {
  return { ...model, mappings: model.mappings.map((each) => (each.name === name ? change(each) : each)) }
}

/** Changes how a mapping fills a property of the concept. */
export function changeMapped(
  model: Model,
  mapping: string,
  to: string,
  change: (mapped: PropertyMapping) => PropertyMapping,
): Model {
  return changeMapping(model, mapping, (before) => ({
    ...before,
    properties: before.properties.map((each) => (each.to === to ? change(each) : each)),
  }))
}

/** Maps a property of the record to one of the concept; null takes it away. */
export function mapProperty(model: Model, mapping: string, to: string, from: string | null): Model {
  return changeMapping(model, mapping, (before) => {
    const others = before.properties.filter((each) => each.to !== to)
    if (from === null) return { ...before, properties: others }
    const known = before.properties.find((each) => each.to === to)
    const next: PropertyMapping =
      known === undefined ? { from, to } : { ...withoutProperty(withoutProperty(known, 'path'), 'in'), from, to }
    return known === undefined
      ? { ...before, properties: [...before.properties, next] }
      : { ...before, properties: before.properties.map((each) => (each === known ? next : each)) }
  })
}

/** Adds a property to a concept. */
export function addProperty(model: Model, concept: string, name: string): Model {
  return changeConcept(model, concept, (before) =>
    Object.hasOwn(before.properties, name)
      ? before
      : { ...before, properties: { ...before.properties, [name]: { rule: 'priority' } } },
  )
}

/** Removes a property of a concept, from keys and mappings too. */
export function removeProperty(model: Model, concept: string, name: string): Model {
  const fewer = changeConcept(model, concept, (before) => ({
    ...before,
    properties: withoutKey(before.properties, name),
    ...(before.keys === undefined ? {} : { keys: before.keys.filter((key) => !key.includes(name)) }),
  }))
  return {
    ...fewer,
    mappings: fewer.mappings.map((mapping) =>
      mapping.concept === concept
        ? { ...mapping, properties: mapping.properties.filter(({ to }) => to !== name) }
        : mapping,
    ),
  }
}

/** The mappings that fill a property, the one that counts most first. */
export function mappingsByPriority(model: Model, concept: string, property: string): readonly ModelMapping[] {
  const rankOf = (mapping: ModelMapping): number => {
    const each = mapping.properties.find(({ to }) => to === property)
    return each?.priority ?? mapping.priority ?? Number.POSITIVE_INFINITY
  }
  return model.mappings
    .filter((mapping) => mapping.concept === concept && readsProperty(mapping, property))
    .toSorted((a, b) => compare(rankOf(a), rankOf(b)))
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other
}

/** Whether a mapping reads a property of its concept. */
export function readsProperty(mapping: ModelMapping, property: string): boolean {
  return mapping.properties.some(({ to, direction }) => to === property && direction !== 'out')
}

/** Puts a mapping at a place among those that fill a property; the others keep their order. */
export function placePriority(model: Model, concept: string, property: string, mapping: string, place: number): Model {
  const order = mappingsByPriority(model, concept, property).map(({ name }) => name)
  const at = order.indexOf(mapping)
  const to = Math.max(0, Math.min(order.length - 1, place))
  if (at < 0 || at === to) return model
  order.splice(at, 1)
  order.splice(to, 0, mapping)
  return order.reduce(
    (before, name, index) => changeMapped(before, name, property, (each) => ({ ...each, priority: index + 1 })),
    model,
  )
}

/** Sets the ways in which values of a property are written alike; none takes them away. */
export function setNormalise(model: Model, concept: string, property: string, ways: readonly Normalisation[]): Model {
  return changeProperty(model, concept, property, (before) =>
    ways.length === 0 ? withoutProperty(before, 'normalise') : { ...before, normalise: ways },
  )
}

/** What a mapping may send; what is not said is allowed. */
export function setShare(
  model: Model,
  mapping: string,
  what: 'insert' | 'update' | 'delete',
  isAllowed: boolean,
): Model {
  return changeMapping(model, mapping, (before) => ({ ...before, share: { ...before.share, [what]: isAllowed } }))
}

/** The object with a part, or without it where that is undefined. */
export function withPart<T extends object, K extends keyof T>(value: T, key: K, part: T[K] | undefined): T {
  if (part !== undefined) return { ...value, [key]: part }
  const { [key]: _, ...rest } = value
  // All parts that are taken away are optional ones.
  return rest as T
}

/** The model with values at places, as the engine names them; undefined takes one away. */
export function withModelValues(
  model: Model,
  edits: readonly { readonly path: JsonPath; readonly value: Json | undefined }[],
): Model {
  // The engine names only places that models have.
  return edits.reduce<Json>(
    (json, { path, value }) => withValueAt(json, path, value),
    model as unknown as Json,
  ) as unknown as Model
}
