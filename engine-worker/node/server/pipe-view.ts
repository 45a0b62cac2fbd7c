/** Pipes, pumps, systems and datasets as the node's API shows them. */

import { effectiveSystem, type Part } from '../../config/project/effective.ts'
import { datasetsJoined, datasetsRead, datasetWritten, pipeFacts } from '../../config/project/facts.ts'
import { executionLog } from '../../config/project/system-datasets.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import { functionTable } from '../../dtl/registry.ts'
import { get, put } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { hasNoPump, readsDatasets } from '../../run/follow.ts'
import { offsetText } from '../../run/log.ts'
import { queueOf } from '../../run/queues.ts'
import { settingsOf } from '../../run/settings.ts'
import { readState } from '../../run/state.ts'
import type { ConfigItem } from './configuration.ts'
import type { Instance } from './instance.ts'
import { hasError } from './validation.ts'

/** A pipe with its configuration and how it stands. */
export async function pipeJson(instance: Instance, item: ConfigItem, pipe: OpenPipe): Promise<JsonObject> {
  return {
    _id: item.id,
    config: { original: item.config, effective: effectiveConfig(pipe, item.madeBy) },
    storage: await storageOf(instance, pipe),
    runtime: {
      ...(await pumpRuntime(instance, item, pipe)),
      state: 'Deployed',
      origin: 'user',
      dependencies: [...new Set(dependenciesOf(pipe))],
    },
  }
}

/** A pump by itself. */
export async function pumpJson(instance: Instance, item: ConfigItem, pipe: OpenPipe): Promise<JsonObject> {
  const { effective } = pipe
  return {
    _id: item.id,
    config: { effective: { ...effective.pump.config }, original: get(item.config, 'pump') ?? {} },
    runtime: await pumpRuntime(instance, item, pipe),
  }
}

async function pumpRuntime(instance: Instance, item: ConfigItem, pipe: OpenPipe): Promise<JsonObject> {
  const { pumps, counters } = instance
  const { id } = item
  const errors = instance.errorsOf(item)
  const counted = counters.of(id)
  const state = await readState(instance.store, id)
  const settings = settingsOf(pipe.runnable)
  return {
    'is-running': pumps.isRunning(id),
    'is-disabled': pumps.isDisabled(id),
    'is-valid-config': !hasError(errors),
    'config-errors': errors.map((error) => ({ ...error })),
    success: counted === null || counted.success === 0 ? null : counted.success > 0,
    'last-started': counted?.lastStarted ? timeText(counted.lastStarted) : null,
    'last-run': counted?.lastCompleted ? timeText(counted.lastCompleted) : null,
    'next-run': counted?.scheduled ? timeText(counted.scheduled) : null,
    'average-process-time': counted?.averageTime ?? 0,
    'last-seen': lastSeenPosition(state?.position ?? null),
    'last-message': counted?.lastMessage ?? '',
    ...(await restoreState(instance, pipe)),
    queues: await queuesOf(instance, pipe),
    'dead-letter-dataset': settings.deadLetterDataset,
    'execution-dataset': executionLog(id),
    'supported-operations': [...operationsOf(pipe)],
  }
}

/** The operations that a pump knows (swagger_public.yaml, /pipes/{pipe_id}/pump). */
export function operationsOf({ effective, runnable }: OpenPipe): readonly string[] {
  const flags = ['enable', 'disable']
  if (hasNoPump(runnable)) return [...flags, 'discard-inferred-schema']
  const started = get(effective.pump.config, 'mode') === 'off' ? [] : ['start', 'start-rescan']
  return [
    ...started,
    'stop',
    ...flags,
    'update-last-seen',
    ...(readsDatasets(runnable) ? ['set-last-seen-to-end'] : []),
    ...(runnable.stages.some(({ hops }) => hops.some(({ tracked }) => tracked)) ? ['reset-tracking'] : []),
    'reset-rescan',
    'discard-retries',
    'discard-inferred-schema',
  ]
}

/** The restores of the datasets that a pipe reads: one as a text, of several by dataset; nothing where there was none. */
async function restoreState(instance: Instance, { runnable: { source } }: OpenPipe): Promise<JsonObject> {
  if (source.reads !== 'datasets') return {}
  const found: JsonObject = {}
  for (const dataset of source.datasets) {
    const restore = (await instance.store.info(dataset))?.meta.restore
    const uuid = isObject(restore) ? get(restore, 'uuid') : undefined
    if (uuid !== undefined) put(found, dataset, uuid)
  }
  const [only] = Object.values(found)
  if (only === undefined) return {}
  return { restore_uuid: source.datasets.length === 1 ? only : found }
}

/** The position as a number for one dataset, otherwise as a text; null before the first run. */
function lastSeenPosition(position: Json | null): Json {
  if (position === null || (isObject(position) && get(position, 'since') === null)) return null
  const text = offsetText(position)
  return /^\d+$/.test(text) ? Number(text) : text === '' || text === '{}' ? null : text
}

async function queuesOf(instance: Instance, pipe: OpenPipe): Promise<JsonObject> {
  const facts = pipeFacts(pipe.effective, null, functionTable)
  const queue = await queueOf(instance.store, facts)
  if (facts.reads.length <= 1)
    return { source: queue.source, dependencies: await waitingByDataset(instance, pipe, facts.hops) }
  const source: JsonObject = {}
  for (const dataset of facts.reads) {
    const one = await queueOf(instance.store, { ...facts, reads: [dataset], hops: [] })
    put(source, dataset, one.source)
  }
  return { source, dependencies: await waitingByDataset(instance, pipe, facts.hops) }
}

async function waitingByDataset(instance: Instance, pipe: OpenPipe, hops: readonly string[]): Promise<JsonObject> {
  const facts = pipeFacts(pipe.effective, null, functionTable)
  const queues: JsonObject = {}
  for (const dataset of hops) {
    const { dependencies } = await queueOf(instance.store, { ...facts, reads: [], hops: [dataset] })
    put(queues, dataset, dependencies)
  }
  return queues
}

function dependenciesOf({ effective }: OpenPipe): readonly string[] {
  return [
    ...datasetsRead(effective.source),
    ...effective.transforms.flatMap((part) => datasetsJoined(part, functionTable)),
  ]
}

/** Bytes of a pipe's dataset, log and dead letters. */
async function storageOf(instance: Instance, { effective, runnable }: OpenPipe): Promise<number> {
  const { deadLetterDataset } = settingsOf(runnable)
  const names = [datasetWritten(effective.sink), deadLetterDataset, executionLog(effective.id)]
  let bytes = 0
  for (const name of names) if (name !== null) bytes += (await instance.store.info(name))?.bytes ?? 0
  return bytes
}

/** A pipe as it runs: variables put in, alternatives chosen, the sink's default written out. */
function effectiveConfig({ effective }: OpenPipe, madeBy: string | null): JsonObject {
  const { config, source, transforms, sink, pump } = effective
  const parts = transforms.map((part) => configWithType(part))
  const [only] = parts
  return {
    ...config,
    source: configWithType(source),
    ...(parts.length === 0 || only === undefined ? {} : { transform: parts.length === 1 ? only : parts }),
    sink: configWithType(sink),
    pump: { ...pump.config },
    ...(madeBy === null ? {} : { principals: [madeBy] }),
  }
}

function configWithType({ type, config }: Part): JsonObject {
  return { ...config, ...(type === '' ? {} : { type }) }
}

/** A system with its configuration. */
export function systemJson(instance: Instance, item: ConfigItem): JsonObject {
  const system = effectiveSystem(instance.session.project, item.id)
  const errors = instance.errorsOf(item)
  return {
    _id: item.id,
    config: { original: item.config, effective: system?.config ?? item.config },
    runtime: {
      'is-valid-config': !hasError(errors),
      'config-errors': errors.map((error) => ({ ...error })),
      origin: 'user',
    },
  }
}

/** Seconds since 1970 as a time in UTC. */
function timeText(seconds: number): string {
  return new Date(1000 * seconds).toISOString()
}
