/** Problems of runs that no single part owns. */
import { type Problem, problem } from '../problem.ts'

export const sourceIsEmpty = problem<{ pipe: string }>({
  code: 'source-empty',
  severity: 'error',
  says: ({ pipe }) => `The source of ${pipe} gave no entities, and if_source_empty is "fail": nothing was deleted.`,
  fix: () => 'Check the source, or set if_source_empty to "accept" if an empty source is correct.',
})

export const transformIsEmpty = problem<{ pipe: string }>({
  code: 'transform-empty',
  severity: 'error',
  says: ({ pipe }) =>
    `The REST transform of ${pipe} gave no entities, and if_transform_empty is "fail": nothing was deleted.`,
  fix: () => 'Look at what the service answers, or set if_transform_empty to "accept" if an empty result is correct.',
})

export const tooSlow = problem<{ pipe: string; seconds: number; limit: number }>({
  code: 'too-slow',
  severity: 'error',
  says: ({ pipe, seconds, limit }) =>
    `The transforms of ${pipe} took ${seconds} seconds per entity; max_seconds_per_entity is ${limit}.`,
  fix: () => 'The entity named is the first of its batch; set batch_size to 1 to find the slow one.',
})

export const dependencyThreshold = problem<{ pipe: string; count: number; limit: number }>({
  code: 'dependency-threshold',
  severity: 'error',
  says: ({ pipe, count, limit }) =>
    `Changes in other datasets affect ${count} source entities of ${pipe}; its dependency_error_threshold is ${limit}.`,
  fix: () => 'Raise the threshold, or reset the pipe so that it runs from the beginning.',
})

export const manyDependencies = problem<{ pipe: string; count: number; limit: number }>({
  code: 'many-dependencies',
  severity: 'warning',
  says: ({ pipe, count, limit }) =>
    `Changes in other datasets affect ${count} source entities of ${pipe}; its dependency_warning_threshold is ${limit}.`,
})

export const partFailed = problem<{ pipe: string; reason: string }>({
  code: 'part-failed',
  severity: 'error',
  says: ({ pipe, reason }) => `The pipe ${pipe} stopped because of an error in Pipewright: ${reason}`,
  fix: () => 'Nothing of the current batch was written. Please report this with the pipe and, if you can, the entity.',
})

/** Problems that concern one entity only: it is reported and left out, and the run goes on. */
export function leavesOut({ code }: Problem): boolean {
  return code === 'dtl-id-required' || code === 'entity-without-id'
}
