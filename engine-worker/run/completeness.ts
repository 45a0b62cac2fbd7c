/**
 * Completeness: up to which moment everything upstream has been taken into a dataset. A pipe hands on the least value of
 * the datasets that it reads and joins; a pipe from outside starts with the moment of its run. Kept in the dataset's
 * meta as `{dataset: nanoseconds}`. See features/completeness-feature.rst.
 */

import { textListSetting } from '../config/model/setting.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { toNanos } from '../entity/datetime.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { DateTime, isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { DatasetInfo, DatasetStore, DatasetWrite } from '../storage/store.ts'
import { clockTime, type PipeRunContext } from './context.ts'
import type { Settings } from './settings.ts'

const KEY = 'completeness'

/** What a dataset knows of the completeness of a dataset (of itself: its own). */
export function completenessOf(via: DatasetInfo | undefined, dataset: string): DateTime | null {
  const known = via && get(via.meta, KEY)
  const value = isObject(known) ? get(known, dataset) : undefined
  return typeof value === 'string' ? clockTime(value) : null
}

/** The meta of a sink dataset after a successful run that began at `started`. */
export async function inherited(
  pipe: RunnablePipe,
  settings: Settings,
  store: DatasetStore,
  started: bigint,
): Promise<JsonObject> {
  if (pipe.sink.writes !== 'dataset') return {}
  const { dataset } = pipe.sink
  const sources = pipe.source.reads === 'datasets' ? pipe.source.datasets : []
  const joined = pipe.stages.flatMap(({ hops }) => hops.map((hop) => hop.dataset))
  const all = settings.includeCompleteness ?? [...sources, ...joined]
  const from = [...new Set(all)].filter((name) => name !== dataset && !settings.excludeCompleteness.includes(name))
  const known: JsonObject = {}
  let least: bigint | null = null
  for (const name of from) {
    const info = await store.info(name)
    const inherited = info && get(info.meta, KEY)
    if (!isObject(inherited)) continue
    for (const [other, value] of Object.entries(inherited)) {
      const before = get(known, other)
      if (typeof value !== 'string') continue
      if (typeof before !== 'string' || BigInt(value) < BigInt(before)) defineOwnProperty(known, other, value)
    }
    const own = get(inherited, name)
    if (typeof own === 'string' && (least === null || BigInt(own) < least)) least = BigInt(own)
  }
  if (least !== null) defineOwnProperty(known, dataset, String(least))
  else if (from.length === 0) defineOwnProperty(known, dataset, String(started))
  const before = (await store.info(dataset))?.meta ?? {}
  return { ...before, [KEY]: known }
}

/** Whether two metas say the same of completeness. */
export function sameMeta(a: Readonly<Record<string, Json>>, b: Readonly<Record<string, Json>>): boolean {
  return printJson(get(a, KEY) ?? null) === printJson(get(b, KEY) ?? null)
}

/** Whether any pipe waits for completeness. */
export function waitsForCompleteness(pipes: readonly RunnablePipe[]): boolean {
  return pipes.some(({ source: { config } }) => {
    const wanted = get(config, 'completeness')
    return (
      (wanted !== undefined && wanted !== false && wanted !== null) ||
      (textListSetting(config, 'initial_completeness') ?? []).length > 0
    )
  })
}

/**
 * Says of what comes from outside that it is complete up to now: datasets that no pipe fills, and those of inbound pipes
 * that have run. A node comes to the same by running its inbound pipes again and again.
 */
export async function refreshCompleteness(
  pipes: readonly RunnablePipe[],
  store: DatasetStore,
  now: bigint,
): Promise<readonly DatasetWrite[]> {
  const filled = new Set<string>()
  const outside = new Set<string>()
  for (const { source, sink, stages } of pipes) {
    const read = source.reads === 'datasets' ? source.datasets : []
    for (const name of [...read, ...stages.flatMap(({ hops }) => hops.map(({ dataset }) => dataset))]) outside.add(name)
    if (sink.writes === 'dataset' && read.length > 0) filled.add(sink.dataset)
    else if (sink.writes === 'dataset') outside.add(sink.dataset)
  }
  const writes: DatasetWrite[] = []
  for (const dataset of outside) {
    const info = filled.has(dataset) ? null : await store.info(dataset)
    if (!info) continue
    const known: JsonObject = {}
    defineOwnProperty(known, dataset, String(now))
    writes.push({ dataset, entities: [], meta: { ...info.meta, [KEY]: known } })
  }
  return writes
}

function defineOwnProperty(object: JsonObject, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
}

/** The latest `_ts` (microseconds) that the dataset source may give, or null where nothing is held back. */
export async function heldBack(
  pipe: RunnablePipe,
  infos: ReadonlyMap<string, DatasetInfo>,
  running: PipeRunContext,
): Promise<number | null> {
  if (pipe.source.reads !== 'datasets') return null
  const { config, datasets } = pipe.source
  for (const dataset of textListSetting(config, 'initial_completeness') ?? []) {
    if (!completenessOf(infos.get(dataset), dataset)) return 0
  }
  const completeness = get(config, 'completeness')
  if (isObject(completeness)) {
    const value = pipe.source.expression(get(completeness, 'expression') ?? null)(running.context)
    return value instanceof DateTime ? microseconds(value) : 0
  }
  if (completeness !== true && !Array.isArray(completeness)) return null
  const names = Array.isArray(completeness) ? (textListSetting(config, 'completeness') ?? []) : datasets
  let least: number | null = null
  for (const name of names) {
    const value = completenessOf(infos.get(name), name)
    const limit = value ? microseconds(value) : 0
    if (least === null || limit < least) least = limit
  }
  return least
}

function microseconds(value: DateTime): number {
  return Number(toNanos(value) / 1000n)
}
