/** The metrics of a node by their documented names (features/metrics-api.rst), each with its words and where it is read. */
import { datasetsJoined, datasetsRead, datasetWritten, pipeFacts } from '../../config/project/facts.ts'
import { executionLog } from '../../config/project/system-datasets.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import { functionTable } from '../../dtl/registry.ts'
import { get } from '../../entity/dict.ts'
import { hasNoPump } from '../../run/follow.ts'
import { type PipeQueue, queueOf } from '../../run/queues.ts'
import { settingsOf } from '../../run/settings.ts'
import type { DatasetInfo, DatasetStore } from '../../storage/store.ts'
import type { Counters, PumpCounters } from './counters.ts'
import type { Family, MetricSample } from './exposition.ts'
import type { LogCounts } from './log-counts.ts'

/** What the metrics of pipes are read from. */
interface MetricsContext {
  readonly store: DatasetStore
  readonly pipes: readonly OpenPipe[]
  readonly counters: Counters
  readonly logCounts: LogCounts
  /** Seconds since 1970. */
  readonly now: number
  readonly isDisabled: (pipe: string) => boolean
  readonly isValid: (pipe: string) => boolean
  readonly groupOf: (pipe: string) => string
}

/** How one dataset stands, for four metrics. */
interface DatasetCounts {
  readonly indexExists: number
  readonly indexDeleted: number
  readonly logExists: number
  readonly logDeleted: number
}

/** What is known of one pipe when metrics are asked for. */
interface PipeFigures {
  readonly pipe: OpenPipe
  readonly enabled: boolean
  readonly valid: boolean
  readonly group: string
  readonly leaf: boolean
  readonly usage: number
  readonly queue: PipeQueue
  readonly sink: DatasetCounts | null
  readonly deadLetters: DatasetCounts | null
  readonly tripped: boolean
}

interface PipeMetric {
  readonly name: string
  readonly help: string
  readonly value: (figures: PipeFigures) => number | null
  readonly labels?: (figures: PipeFigures) => Readonly<Record<string, string>>
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
    help: help.replace('%s', words),
    value: (figures: PipeFigures) => figures[dataset]?.[key] ?? null,
  }))
}

const pipeMetrics: readonly PipeMetric[] = [
  {
    name: 'sesam_pipe_enabled',
    help: 'Whether the pipe is enabled.',
    value: ({ enabled }) => (enabled ? 1 : 0),
  },
  {
    name: 'sesam_pipe_config',
    help: 'Whether the configuration of the pipe is valid.',
    value: ({ valid }) => (valid ? 1 : 0),
    labels: ({ group, leaf }) => ({ config_group: group, leaf: leaf ? '1' : '0' }),
  },
  { name: 'sesam_pipe_usage', help: 'Storage that the pipe takes, in bytes.', value: ({ usage }) => usage },
  {
    name: 'sesam_pipe_queue_source',
    help: 'Number of source entities in the queue of the pipe.',
    value: ({ queue }) => queue.source,
  },
  {
    name: 'sesam_pipe_queue_tracking',
    help: 'Number of entities whose dependents have not been found yet.',
    value: ({ queue }) => queue.dependencies,
  },
  {
    name: 'sesam_pipe_queue_replicas',
    help: 'Number of entities in the replica queues of the pipe; there are no replicas on one machine.',
    value: () => 0,
  },
  ...countMetrics('sink', 'sink_dataset', 'sink dataset'),
  ...countMetrics('deadLetters', 'dead_letter_dataset', 'dead letter dataset'),
  {
    name: 'sesam_pipe_circuit_breaker_tripped',
    help: 'Whether the circuit breaker of the sink dataset has tripped.',
    value: ({ tripped }) => (tripped ? 1 : 0),
  },
]

interface PumpMetric {
  readonly name: string
  readonly type: 'gauge' | 'counter'
  readonly help: string
  readonly value: (counters: PumpCounters, context: MetricsContext) => number | null
}

/** A time that is known, or nothing. */
function known(time: number): number | null {
  return time > 0 ? time : null
}

const pumpMetrics: readonly PumpMetric[] = [
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
    value: (_, { now }) => now,
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

/** The metrics of all pipes and their pumps. */
export async function pipeFamilies(context: MetricsContext): Promise<readonly Family[]> {
  const figures = await Promise.all(context.pipes.map((pipe) => figuresOf(context, pipe)))
  const families: Family[] = pipeMetrics.map(({ name, help, value, labels }) => ({
    name,
    type: 'gauge',
    help,
    samples: figures.flatMap((one): MetricSample[] => {
      const found = value(one)
      const own = { pipe: one.pipe.effective.id, ...labels?.(one) }
      return found === null ? [] : [{ labels: own, value: found }]
    }),
  }))
  const shown = figures.filter(isPumpShown)
  for (const { name, type, help, value } of pumpMetrics) {
    const samples = shown.flatMap(({ pipe }): MetricSample[] => {
      const { id } = pipe.effective
      const counters = context.counters.of(id) ?? context.counters.none(context.now)
      const found = value(counters, context)
      return found === null ? [] : [{ labels: { pipe: id }, value: found, created: counters.created }]
    })
    families.push({ name, type, help, samples })
  }
  return families
}

/** Pumps that are disabled, manual or off are not exposed, nor are pipes that have none. */
function isPumpShown({ pipe, enabled }: PipeFigures): boolean {
  const mode = get(pipe.effective.pump.config, 'mode')
  return enabled && mode !== 'manual' && mode !== 'off' && !hasNoPump(pipe.runnable)
}

async function figuresOf(context: MetricsContext, pipe: OpenPipe): Promise<PipeFigures> {
  const { store, isDisabled, isValid, groupOf, pipes } = context
  const { effective, runnable } = pipe
  const { id } = effective
  const dataset = datasetWritten(effective.sink)
  const { deadLetterDataset } = settingsOf(runnable)
  const sink = dataset === null ? null : await store.info(dataset)
  const letters = deadLetterDataset === null ? null : await store.info(deadLetterDataset)
  const log = await store.info(executionLog(id))
  return {
    pipe,
    enabled: !isDisabled(id) && get(effective.pump.config, 'mode') !== 'off',
    valid: isValid(id),
    group: groupOf(id),
    leaf: dataset === null || !pipes.some((other) => readsFrom(other, dataset)),
    usage: (sink?.bytes ?? 0) + (letters?.bytes ?? 0) + (log?.bytes ?? 0),
    queue: await queueOf(store, pipeFacts(effective, null, functionTable)),
    sink: dataset === null ? null : await countsOf(context, dataset, sink),
    deadLetters: deadLetterDataset === null ? null : await countsOf(context, deadLetterDataset, letters),
    tripped: sink?.pendingSince != null && !hasNoPump(runnable),
  }
}

function readsFrom({ effective }: OpenPipe, dataset: string): boolean {
  const joined = effective.transforms.flatMap((part) => datasetsJoined(part, functionTable))
  return datasetsRead(effective.source).includes(dataset) || joined.includes(dataset)
}

async function countsOf(
  { logCounts }: MetricsContext,
  dataset: string,
  info: DatasetInfo | null,
): Promise<DatasetCounts> {
  const log = await logCounts.of(dataset)
  return {
    indexExists: info?.live ?? 0,
    indexDeleted: info?.deleted ?? 0,
    logExists: log.exists,
    logDeleted: log.deleted,
  }
}

/** A state set: one line a state, 1 for the one that holds. */
export function stateFamily(name: string, help: string, states: readonly string[], now: string): Family {
  const samples = states.map((state) => ({ labels: { [name]: state }, value: state === now ? 1 : 0 }))
  return { name, type: 'stateset', help, samples }
}

/** One number without labels. */
export function gaugeFamily(name: string, help: string, value: number): Family {
  return { name, type: 'gauge', help, samples: [{ labels: {}, value }] }
}
