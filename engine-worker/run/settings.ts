/** What a pipe's configuration says about running, read once: sink, pump and pipe properties with their defaults. */

import { declaredKind } from '../config/model/declared.ts'
import { flagSetting, numberSetting, textListSetting, textSetting } from '../config/model/setting.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { get } from '../entity/dict.ts'
import { contentHash } from '../entity/hash.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type JsonObject } from '../entity/value.ts'

/** The settings of one pipe, named as in the documentation but in one place and with defaults filled in. */
export interface Settings {
  /** configuration-sinks-dataset.rst */
  readonly deletionTracking: boolean
  readonly changeTracking: boolean
  /** configuration-sinks-replicated-dataset.rst: offsets and order of the source are kept. */
  readonly replicated: boolean
  readonly markDeletionTracked: boolean
  readonly trackChildren: boolean
  readonly setInitialOffset: string
  readonly breakerCount: number | null
  readonly breakerFactor: number | null
  readonly preventVersions: boolean | 'ignore'
  readonly optimisticLocking: boolean
  readonly maxEntityBytes: number | undefined
  /** configuration-pump.rst */
  readonly mode: string
  readonly maxRetriesPerEntity: number
  readonly maxConsecutiveWriteErrors: number
  readonly maxWriteErrorsInRetryDataset: number
  readonly fallbackToSingle: boolean
  readonly batchRetries: number
  readonly deadLetterDataset: string | null
  readonly trackDeadLetters: boolean
  /** Entities a batch, where their number shows. */
  readonly batchSize: number
  /**
   * Whether a transform looks up what the pipe itself writes (data-synchronization/insert-pattern.rst): then a batch sees
   * what the batches before it have written, and is not larger than `batch_size`.
   */
  readonly seesOwnOutput: boolean
  /** Seconds that the transforms may take for an entity, on the average of a batch. */
  readonly maxSecondsPerEntity: number | null
  readonly rescanRunCount: number | null
  /** Whether rescans go on beside the incremental runs ("Rescans"). */
  readonly backgroundRescan: boolean
  readonly partialRescanRunCount: number | null
  readonly partialRescanDelta: number | null
  /** configuration-sources.rst and the sources' own pages */
  readonly failIfEmpty: boolean
  readonly requirePopulated: readonly string[] | null
  /** The datasets that make the source a populated one, where not all of them do. */
  readonly initialDatasets: readonly string[] | null
  readonly ignoreMissingInitial: boolean
  /** configuration-sources-http.rst: whether an inbox counts as populated before anything has arrived. */
  readonly autoPopulate: boolean
  readonly excludeCompleteness: readonly string[]
  readonly includeCompleteness: readonly string[] | null
  /** features/automatic-reprocessing.rst */
  readonly reprocess: boolean
  /** Thresholds of dependency tracking count only where they are set: what is tracked here is not held in memory twice. */
  readonly warnAt: number
  readonly failAt: number
  /** Whether a rule may trip the circuit breaker (`trip!`). */
  readonly trips: boolean
  /** Changes with everything that shapes what comes out. */
  readonly fingerprint: string
}

const settingsByPipe = new WeakMap<RunnablePipe, Settings>()

/** The settings of a pipe. */
export function settingsOf(pipe: RunnablePipe): Settings {
  const before = settingsByPipe.get(pipe)
  if (before) return before
  const settings = readSettings(pipe)
  settingsByPipe.set(pipe, settings)
  return settings
}

function readSettings(pipe: RunnablePipe): Settings {
  const { config, defaults, pump } = pipe.effective
  const replicated = declaredKind('sink', pipe.effective.sink.type)?.writesDataset === 'given-offsets'
  const sink = pipe.sink.config
  const source = pipe.source.config
  const ownOrNodeSetting = (key: string, own: JsonObject) => get(own, key) ?? get(defaults, key)
  const listed = textListSetting(source, 'initial_datasets') ?? []
  const initial = listed.length > 0 ? listed : null
  const sources = pipe.source.reads === 'datasets' ? pipe.source.datasets : []
  const ownLimits = get(config, 'dependency_tracking')
  const nodeLimits = get(pipe.effective.node, 'dependency_tracking')
  const limits = { ...(isObject(nodeLimits) ? nodeLimits : {}), ...(isObject(ownLimits) ? ownLimits : {}) }
  const breaker = numberSetting(sink, 'circuit_breaker_threshold_count') ?? null
  const prevent = get(sink, 'prevent_multiple_versions')
  const deadLetters = get(pump.config, 'dead_letter_dataset')
  return {
    replicated,
    deletionTracking: !replicated && flagSetting(sink, 'deletion_tracking') !== false,
    changeTracking: flagSetting(sink, 'change_tracking') !== false,
    markDeletionTracked: flagSetting(sink, 'mark_deletion_tracked') === true,
    trackChildren: flagSetting(sink, 'track_children') ?? pipe.stages.some((stage) => stage.createsChildren),
    setInitialOffset:
      textSetting(sink, 'set_initial_offset') ?? textSetting(sink, 'set-initial-offset') ?? 'if-source-populated',
    breakerCount: replicated ? null : breaker,
    breakerFactor: replicated ? null : (numberSetting(sink, 'circuit_breaker_threshold_factor') ?? null),
    preventVersions: prevent === 'ignore' ? 'ignore' : prevent === true,
    optimisticLocking: flagSetting(sink, 'enable_optimistic_locking') === true,
    maxEntityBytes: numberSetting(sink, 'max_entity_bytes_size') ?? numberSetting(defaults, 'max_entity_bytes_size'),
    mode: textSetting(pump.config, 'mode') ?? 'scheduled',
    maxRetriesPerEntity: numberSetting(pump.config, 'max_retries_per_entity', 5),
    maxConsecutiveWriteErrors: numberSetting(pump.config, 'max_consecutive_write_errors', 1),
    maxWriteErrorsInRetryDataset: numberSetting(pump.config, 'max_write_errors_in_retry_dataset', 0),
    fallbackToSingle: flagSetting(pump.config, 'fallback_to_single_entities_on_batch_fail') !== false,
    batchRetries: numberSetting(pump.config, 'batch_retries', 3),
    deadLetterDataset:
      typeof deadLetters === 'string'
        ? deadLetters
        : flagSetting(pump.config, 'use_dead_letter_dataset') === true
          ? `system:dead-letter:${pipe.id}`
          : null,
    trackDeadLetters: flagSetting(pump.config, 'track_dead_letters') === true,
    batchSize: Math.max(1, numberSetting(config, 'batch_size', 100)),
    seesOwnOutput: seesOwnOutput(pipe),
    maxSecondsPerEntity: numberSetting(pump.config, 'max_seconds_per_entity') ?? null,
    backgroundRescan: rescansBehind(pipe, replicated, ownOrNodeSetting('enable_background_rescan', config) === true),
    rescanRunCount: numberSetting(pump.config, 'rescan_run_count') ?? null,
    partialRescanRunCount: numberSetting(pump.config, 'partial_rescan_run_count') ?? null,
    partialRescanDelta: numberSetting(pump.config, 'partial_rescan_delta') ?? null,
    failIfEmpty: ownOrNodeSetting('if_source_empty', source) === 'fail',
    requirePopulated: ownOrNodeSetting('require_populated_input', source) === true ? (initial ?? sources) : null,
    initialDatasets: initial,
    ignoreMissingInitial: flagSetting(source, 'ignore_non_existent_datasets') !== false,
    autoPopulate: flagSetting(source, 'auto_populate_dataset') !== false,
    excludeCompleteness: textListSetting(config, 'exclude_completeness') ?? [],
    includeCompleteness: textListSetting(config, 'include_completeness') ?? null,
    reprocess:
      ownOrNodeSetting('reprocessing_policy', config) === 'automatic' ||
      ownOrNodeSetting('rescan_when_config_changes', config) === true,
    warnAt: numberSetting(limits, 'dependency_warning_threshold', Number.POSITIVE_INFINITY),
    failAt: numberSetting(limits, 'dependency_error_threshold', Number.POSITIVE_INFINITY),
    fingerprint: fingerprintOf(pipe),
    trips: !replicated && pipe.stages.some(({ trips }) => trips === true),
  }
}

/**
 * Only a plain dataset sink can tell what an incremental run has written since. What a circuit breaker withholds is not in
 * it yet, so that a rescan takes its turn there.
 */
function rescansBehind({ sink, stages }: RunnablePipe, replicated: boolean, isAsked: boolean): boolean {
  const breakers = ['circuit_breaker_threshold_count', 'circuit_breaker_threshold_factor']
  const breaks =
    breakers.some((key) => numberSetting(sink.config, key) !== undefined) || stages.some(({ trips }) => trips)
  return isAsked && sink.writes === 'dataset' && !replicated && !breaks
}

function seesOwnOutput({ sink, stages }: RunnablePipe): boolean {
  return sink.writes === 'dataset' && stages.some(({ hops }) => hops.some(({ dataset }) => dataset === sink.dataset))
}

/** Hashes of the source and of the rest, apart: what a merge source remembers depends on its rules. */
function fingerprintOf({ effective }: RunnablePipe): string {
  const { source, transforms, sink, namespaces, addNamespaces, removeNamespaces } = effective
  const rest = [...transforms.map(({ config }) => config), sink.config].map((part) => printJson(part))
  const names = [namespaces.enabled, namespaces.identity, namespaces.property, addNamespaces, removeNamespaces]
  const hashes = [
    contentHash({ source: printJson(source.config) }),
    contentHash({ rest: [...rest, ...names.map(String)] }),
  ]
  return hashes.join(' ')
}
