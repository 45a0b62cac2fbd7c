/** What the metrics of one pipe are made of: read from its configuration, its datasets and its states. */
import { datasetsJoined, datasetsRead, datasetWritten, pipeFacts } from '../../config/project/facts.ts'
import { executionLog } from '../../config/project/system-datasets.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import { functionTable } from '../../dtl/registry.ts'
import { get } from '../../entity/dict.ts'
import { type PipeQueue, queueOf } from '../../run/queues.ts'
import { settingsOf } from '../../run/settings.ts'
import { readState } from '../../run/state.ts'
import type { DatasetInfo, DatasetStore } from '../../storage/store.ts'
import type { Counters } from './counters.ts'
import type { LogCounts } from './log-counts.ts'

/** What the metrics of pipes are read from. */
export interface MetricsContext {
  readonly store: DatasetStore
  readonly pipes: readonly OpenPipe[]
  readonly counters: Counters
  readonly logCounts: LogCounts
  /** Seconds since 1970. */
  readonly now: number
  readonly isDisabled: (pipe: string) => boolean
  readonly isValid: (pipe: string) => boolean
  /** The config group of a pipe. */
  readonly groupOf: (pipe: OpenPipe) => string
}

/** How one dataset stands, for four metrics. */
export interface DatasetCounts {
  readonly indexExists: number
  readonly indexDeleted: number
  readonly logExists: number
  readonly logDeleted: number
}

/** What is known of one pipe when metrics are asked for. */
export interface PipeFigures {
  readonly pipe: OpenPipe
  readonly enabled: boolean
  readonly valid: boolean
  readonly group: string
  /** No other pipe reads or joins its dataset. */
  readonly leaf: boolean
  readonly usage: number
  readonly queue: PipeQueue
  /** The counts of its dataset; null where it writes none. */
  readonly sink: DatasetCounts | null
  readonly deadLetters: DatasetCounts | null
  readonly tripped: boolean
}

/** Reads the figures of one pipe. */
export async function figuresOf(context: MetricsContext, pipe: OpenPipe): Promise<PipeFigures> {
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
    group: groupOf(pipe),
    leaf: dataset === null || !pipes.some((other) => other !== pipe && readsFrom(other, dataset)),
    usage: (sink?.bytes ?? 0) + (letters?.bytes ?? 0) + (log?.bytes ?? 0),
    queue: await queueOf(store, pipeFacts(effective, null, functionTable)),
    sink: dataset === null ? null : await countsOf(context, dataset, sink),
    deadLetters: deadLetterDataset === null ? null : await countsOf(context, deadLetterDataset, letters),
    // A run with a circuit breaker withholds what it writes whether the breaker trips or not.
    tripped: (await readState(store, id))?.tripped != null,
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
