/** Adds, removes and moves transforms of a pipe. */
import type { Json, JsonObject } from '../../engine-worker/index.ts'
import { valueAtPath, withInserted, withMoved, withValueAt } from './json-edits.ts'
import { objectOr } from './stages.ts'

/** The pipe with a transform inserted before the n-th; one transform stays an object where it was written as one. */
export function insertTransform(pipe: JsonObject, index: number, config: JsonObject): JsonObject {
  const transform = valueAtPath(pipe, ['transform'])
  if (transform === undefined || transform === null) return objectOr(withValueAt(pipe, ['transform'], config), pipe)
  const listed = Array.isArray(transform) ? pipe : objectOr(withValueAt(pipe, ['transform'], [transform]), pipe)
  return objectOr(withInserted(listed, ['transform', index], config), pipe)
}

/** The pipe without its n-th transform; a list stays a list while it has two, and goes with its last. */
export function removeTransform(pipe: JsonObject, index: number): JsonObject {
  const transform = valueAtPath(pipe, ['transform'])
  if (!Array.isArray(transform)) return objectOr(withValueAt(pipe, ['transform'], undefined), pipe)
  const left = transform.filter((_, each) => each !== index)
  const value: Json | undefined = left.length === 0 ? undefined : left
  return objectOr(withValueAt(pipe, ['transform'], value), pipe)
}

/** The pipe with its n-th transform before the m-th. */
export function moveTransform(pipe: JsonObject, from: number, to: number): JsonObject {
  if (!Array.isArray(valueAtPath(pipe, ['transform']))) return pipe
  return objectOr(withMoved(pipe, ['transform', from], ['transform', to]).root, pipe)
}
