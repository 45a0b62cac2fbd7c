/**
 * A pipe as a row of stages: its source, each transform, its sink. The configuration writes one transform as an object
 * and several as a list; a stage's path follows what is written.
 */
import {
  DEFAULT_SINK,
  DEFAULT_SOURCE,
  DEFAULT_TRANSFORM,
  declaredKind,
  isObject,
  type Json,
  type JsonObject,
  type JsonPath,
  rulesProperty,
} from '../../engine-worker/index.ts'
import { valueAtPath } from './json-edits.ts'

export interface Stage {
  /** `source`, `transform/<n>` or `sink`, as the engine's preview names stages. */
  readonly id: string
  readonly role: 'source' | 'transform' | 'sink'
  readonly type: string
  readonly config: JsonObject
  /** Where the stage's object stands in the pipe, or would stand. */
  readonly path: JsonPath
  /** The pipe says nothing of it: a missing sink is the dataset named as the pipe. */
  readonly implied: boolean
}

/** The stages of a pipe, first to last. */
export function stagesOf(pipe: JsonObject): readonly Stage[] {
  return [endOf(pipe, 'source'), ...transformsOf(pipe), endOf(pipe, 'sink')]
}

function transformsOf(pipe: JsonObject): readonly Stage[] {
  const transform = valueAtPath(pipe, ['transform'])
  const listed = Array.isArray(transform)
  const all = listed ? transform : transform === undefined || transform === null ? [] : [transform]
  return all.map((value, index) => {
    const config = isObject(value) ? value : {}
    return {
      id: `transform/${index}`,
      role: 'transform',
      type: typeOf(config, DEFAULT_TRANSFORM),
      config,
      path: listed ? ['transform', index] : ['transform'],
      implied: false,
    }
  })
}

function endOf(pipe: JsonObject, role: 'source' | 'sink'): Stage {
  const value = valueAtPath(pipe, [role])
  const config = isObject(value) ? value : {}
  const type = typeOf(config, role === 'source' ? DEFAULT_SOURCE : DEFAULT_SINK)
  return { id: role, role, type, config, path: [role], implied: value === undefined }
}

function typeOf(config: JsonObject, otherwise: string): string {
  const type = Object.hasOwn(config, 'type') ? config.type : undefined
  return typeof type === 'string' ? type : otherwise
}

/** Whether a stage holds DTL rules. */
export function hasRules({ role, type }: Stage): boolean {
  return role === 'transform' && rulesProperty({ type }) !== null
}

/** Whether a stage merges the entities of several datasets. */
export function isMerge({ role, type }: Stage): boolean {
  return role === 'source' && declaredKind('source', type)?.readsDatasets === 'merge'
}

/** A value as an object, or the other one where it is not an object. */
export function objectOr(value: Json, otherwise: JsonObject): JsonObject {
  return isObject(value) ? value : otherwise
}
