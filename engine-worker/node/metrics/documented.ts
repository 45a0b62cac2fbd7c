/**
 * The documented metrics of a node (features/metrics-api.rst), declared once: name, type, labels, words, and how each is
 * read. A counter is named without the `_total` that it is written with.
 */
import type { PumpCounters } from './counters.ts'
import type { Family } from './exposition.ts'
import type { DatasetCounts, PipeFigures } from './figures.ts'

/** States of what is healthy or not; `unknown` before there was anything to tell by. */
export const healthStates = ['healthy', 'unhealthy', 'unknown'] as const
export type HealthState = (typeof healthStates)[number]

/** What is known of the service when metrics are asked for. */
export interface ServiceFigures {
  readonly health: HealthState
  readonly backups: HealthState
  readonly restarts: number
}

interface MetricDeclaration<Read> {
  readonly name: string
  readonly type: Family['type']
  readonly help: string
  /** Null: nothing is known, and nothing is written. */
  readonly value: Read
}

type ServiceMetric = MetricDeclaration<(figures: ServiceFigures) => number | HealthState>

/** Metrics without labels; those of type `stateset` have one with the name of the metric. */
export const serviceMetrics: readonly ServiceMetric[] = [
  {
    name: 'sesam_health',
    type: 'stateset',
    help: 'Is the API up, and can the store be written to?',
    value: ({ health }) => health,
  },
  {
    name: 'sesam_backup_health',
    type: 'stateset',
    help: 'Have the last backups succeeded?',
    value: ({ backups }) => backups,
  },
  {
    name: 'sesam_service_restarts',
    type: 'gauge',
    help: 'Restarts since the last upgrade.',
    value: ({ restarts }) => restarts,
  },
]

interface PipeMetric extends MetricDeclaration<(figures: PipeFigures) => number | null> {
  /** Labels besides `pipe`. */
  readonly labels?: Readonly<Record<string, (figures: PipeFigures) => string>>
}

const countNames: readonly (readonly [string, keyof DatasetCounts, string])[] = [
  ['count_index_exists', 'indexExists', 'Number of entities in the index of the %s that are not deleted.'],
  ['count_index_deleted', 'indexDeleted', 'Number of entities in the index of the %s that are deleted.'],
  ['count_log_exists', 'logExists', 'Number of versions in the log of the %s that are no deletions.'],
  ['count_log_deleted', 'logDeleted', 'Number of versions in the log of the %s that are deletions.'],
]

function countMetrics(dataset: 'sink' | 'deadLetters', name: string, words: string): readonly PipeMetric[] {
  return countNames.map(([ending, key, help]) => ({
    name: `sesam_pipe_${name}_${ending}`,
    type: 'gauge',
    help: help.replace('%s', words),
    value: (figures: PipeFigures) => figures[dataset]?.[key] ?? null,
  }))
}

/** Metrics of each pipe, with the label `pipe`. */
export const pipeMetrics: readonly PipeMetric[] = [
  {
    name: 'sesam_pipe_enabled',
    type: 'gauge',
    help: 'Whether the pipe is enabled.',
    value: ({ enabled }) => (enabled ? 1 : 0),
  },
  {
    name: 'sesam_pipe_config',
    type: 'gauge',
    help: 'Whether the configuration of the pipe is valid.',
    value: ({ valid }) => (valid ? 1 : 0),
    labels: { config_group: ({ group }) => group, leaf: ({ leaf }) => (leaf ? '1' : '0') },
  },
  {
    name: 'sesam_pipe_usage',
    type: 'gauge',
    help: 'Storage of the sink dataset, the dead letters and the execution log of the pipe, in bytes.',
    value: ({ usage }) => usage,
  },
  {
    name: 'sesam_pipe_queue_source',
    type: 'gauge',
    help: 'Number of source entities in the queue of the pipe.',
    value: ({ queue }) => queue.source,
  },
  {
    name: 'sesam_pipe_queue_tracking',
    type: 'gauge',
    help: 'Number of entities whose dependents have not been found yet.',
    value: ({ queue }) => queue.dependencies,
  },
  {
    name: 'sesam_pipe_queue_replicas',
    type: 'gauge',
    help: 'Number of entities in the replica queues of the pipe; there are no replicas on one machine.',
    value: () => 0,
  },
  ...countMetrics('sink', 'sink_dataset', 'sink dataset'),
  ...countMetrics('deadLetters', 'dead_letter_dataset', 'dead letter dataset'),
  {
    name: 'sesam_pipe_circuit_breaker_tripped',
    type: 'gauge',
    help: 'Whether the circuit breaker of the sink dataset has tripped.',
    value: ({ tripped }) => (tripped ? 1 : 0),
  },
]

/** `now`: seconds since 1970. */
type PumpMetric = MetricDeclaration<(counters: PumpCounters, now: number) => number | null>

/** A time that is known, or nothing. */
function known(time: number): number | null {
  return time > 0 ? time : null
}

/** Metrics of each pump, with the label `pipe`. */
export const pumpMetrics: readonly PumpMetric[] = [
  {
    name: 'sesam_pump_total_time',
    type: 'gauge',
    help: 'Time that the last run took, in seconds.',
    value: ({ totalTime }) => totalTime,
  },
  {
    name: 'sesam_pump_successful',
    type: 'gauge',
    help: 'Whether the last run succeeded (1) or failed (-1); 0 before the first one.',
    value: ({ success }) => success,
  },
  { name: 'sesam_pump_started', type: 'counter', help: 'Runs that were started.', value: ({ started }) => started },
  {
    name: 'sesam_pump_completed',
    type: 'counter',
    help: 'Runs that came to their end.',
    value: ({ completed }) => completed,
  },
  { name: 'sesam_pump_failed', type: 'counter', help: 'Runs that failed.', value: ({ failed }) => failed },
  {
    name: 'sesam_pump_interrupted',
    type: 'counter',
    help: 'Runs that were stopped.',
    value: ({ interrupted }) => interrupted,
  },
  {
    name: 'sesam_pump_entities_changes',
    type: 'counter',
    help: 'Changes that runs have written.',
    value: ({ changes }) => changes,
  },
  {
    name: 'sesam_pump_entities_seen',
    type: 'counter',
    help: 'Source entities that runs have read.',
    value: ({ seen }) => seen,
  },
  {
    name: 'sesam_pump_entities_retryable',
    type: 'gauge',
    help: 'Entities that are tried again by the next runs.',
    value: ({ retryable }) => retryable,
  },
  {
    name: 'sesam_pump_entities_compacted',
    type: 'counter',
    help: 'Versions that compaction has removed.',
    value: ({ compacted }) => compacted,
  },
  {
    name: 'sesam_pump_entities_deletion_tracked',
    type: 'counter',
    help: 'Entities that deletion tracking has deleted.',
    value: ({ deletionTracked }) => deletionTracked,
  },
  {
    name: 'sesam_pump_scrape_time',
    type: 'gauge',
    help: 'When this was asked for, in seconds since 1970.',
    value: (_, now) => now,
  },
  {
    name: 'sesam_pump_last_completed_time',
    type: 'gauge',
    help: 'When the last run ended, in seconds since 1970.',
    value: ({ lastCompleted }) => known(lastCompleted),
  },
  {
    name: 'sesam_pump_scheduled_time',
    type: 'gauge',
    help: 'When the next run is scheduled, in seconds since 1970.',
    value: ({ scheduled }) => known(scheduled),
  },
  {
    name: 'sesam_pump_previous_scheduled_time',
    type: 'gauge',
    help: 'When the run before the next one was scheduled, in seconds since 1970.',
    value: ({ previousScheduled }) => known(previousScheduled),
  },
]
