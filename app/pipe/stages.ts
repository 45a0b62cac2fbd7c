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
import { at, insert, move, putAt } from './json-edits.ts'

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
  const transform = at(pipe, ['transform'])
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
  const value = at(pipe, [role])
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

/** The pipe with a transform inserted before the n-th; one transform stays an object where it was written as one. */
export function insertTransform(pipe: JsonObject, index: number, config: JsonObject): JsonObject {
  const transform = at(pipe, ['transform'])
  if (transform === undefined || transform === null) return object(putAt(pipe, ['transform'], config), pipe)
  const listed = Array.isArray(transform) ? pipe : object(putAt(pipe, ['transform'], [transform]), pipe)
  return object(insert(listed, ['transform', index], config), pipe)
}

/** The pipe without its n-th transform; a list stays a list while it has two, and goes with its last. */
export function removeTransform(pipe: JsonObject, index: number): JsonObject {
  const transform = at(pipe, ['transform'])
  if (!Array.isArray(transform)) return object(putAt(pipe, ['transform'], undefined), pipe)
  const left = transform.filter((_, each) => each !== index)
  const value: Json | undefined = left.length === 0 ? undefined : left
  return object(putAt(pipe, ['transform'], value), pipe)
}

/** The pipe with its n-th transform before the m-th. */
export function moveTransform(pipe: JsonObject, from: number, to: number): JsonObject {
  if (!Array.isArray(at(pipe, ['transform']))) return pipe
  return object(move(pipe, ['transform', from], ['transform', to]).root, pipe)
}

function object(value: Json, otherwise: JsonObject): JsonObject {
  return isObject(value) ? value : otherwise
}
