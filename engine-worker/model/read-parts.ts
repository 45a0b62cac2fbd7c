/** The parts of a model that generated components carry, and parts put together as one model. */
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { objectIn } from './read-steps.ts'
import { partOfModel } from './regenerate.ts'

/** The parts of a model. */
export type ModelParts = { systems: JsonObject; concepts: JsonObject; mappings: Json[]; pipes?: Json }

/** A model of two: what is known exactly stands before what was recognised. */
export function mergedParts(exact: ModelParts, recognised: ModelParts): JsonObject {
  const datatypesOf = (system: Json | undefined): JsonObject => objectIn(isObject(system) ? system : {}, 'datatypes')
  const systems: Record<string, Json> = { ...recognised.systems }
  for (const [name, system] of Object.entries(exact.systems)) {
    const datatypes = { ...datatypesOf(systems[name]), ...datatypesOf(system) }
    systems[name] = { ...(isObject(system) ? system : {}), datatypes }
  }
  return {
    version: 1,
    ...(exact.pipes === undefined ? {} : { pipes: exact.pipes }),
    systems,
    concepts: { ...recognised.concepts, ...exact.concepts },
    mappings: [...exact.mappings, ...recognised.mappings],
  }
}

/** The parts that generated components carry. */
export function exactParts(configs: readonly JsonObject[]): ModelParts {
  const systems: Record<string, Record<string, Json>> = {}
  const concepts: Record<string, Json> = {}
  const mappings: { at: number; mapping: Json }[] = []
  let pipes: Json | undefined
  for (const config of configs) {
    const metadata = objectIn(config, 'metadata')
    const part = get(metadata, 'model_part')
    const [kind, name = '', , datatype = ''] = partOfModel(config)
    if (part === undefined) continue
    if (kind === 'pipes') pipes = part
    else if (kind === 'concepts') concepts[name] = part
    else if (kind === 'mappings') mappings.push({ at: Number(get(metadata, 'model_place') ?? 0), mapping: part })
    else if (kind === 'systems' && datatype !== '') {
      const system = systems[name] ?? {}
      const datatypes = isObject(system.datatypes) ? system.datatypes : {}
      systems[name] = { ...system, datatypes: { ...datatypes, [datatype]: part } }
    } else if (kind === 'systems' && isObject(part)) systems[name] = { ...part, ...(systems[name] ?? {}) }
  }
  const inOrder = mappings.sort((a, b) => a.at - b.at).map(({ mapping }) => mapping)
  return { systems, concepts, mappings: inOrder, ...(pipes === undefined ? {} : { pipes }) }
}
