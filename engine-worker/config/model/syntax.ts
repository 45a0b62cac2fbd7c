/**
 * The types of parts that configuration rests on without naming them, and the parts that new configuration is made with.
 * Besides the declarations of kinds this is the place that knows types by name.
 */
import type { Json, JsonObject } from '../../entity/value.ts'

/** The source of a pipe that names none. */
export const DEFAULT_SOURCE = 'empty'

/** The sink of a pipe that names none: the dataset that is called as the pipe. */
export const DEFAULT_SINK = 'dataset'

/** The transform of which a new chain is made. */
export const DEFAULT_TRANSFORM = 'dtl'

/** The system of which a model writes the operations. */
export const REST_SYSTEM = 'system:rest'

/** A source that reads one dataset. */
export function sourceOfDataset(dataset: string): JsonObject {
  return { type: 'dataset', dataset }
}

/** A sink that writes one dataset. */
export function sinkToDataset(dataset: string): JsonObject {
  return { type: 'dataset', dataset }
}

/** A transform with DTL rules. */
export function rulesTransform(rules: Json): JsonObject {
  return { type: DEFAULT_TRANSFORM, rules }
}

/** The system of files that lie on this machine. Its address names no server, so that no request is ever meant. */
export const fileSystem = { type: 'system:url', url_pattern: 'file:///%s' } as const
