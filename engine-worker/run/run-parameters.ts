/**
 * The numbers of one run that notification rules compare, under the names that Sesam's rules have for them: counts of
 * entities, and seconds spent in the parts of the pipe.
 */

const timeParameters = ['source_time', 'transform_time', 'sink_time'] as const
const countParameters = [
  'entities_last_run',
  'changes_last_run',
  'read_errors_last_run',
  'write_errors_last_run',
  'number_of_failed_retries_last_run',
  'number_of_dead_entities_last_run',
  'retry_errors_last_run',
  'retries_succeeded_last_run',
] as const

/** All of their names. */
export const runParameters = [...countParameters, ...timeParameters] as const

/** The values of one run by their names. */
export type RunParameters = { readonly [N in (typeof runParameters)[number]]: number }
