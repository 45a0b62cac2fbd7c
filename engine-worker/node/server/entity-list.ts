/** Lists of entities of a dataset: what may be asked for, the headers of JSON pull, and the entities as they come. */

import { sourceOfDataset } from '../../config/model/syntax.ts'
import { toNanos } from '../../entity/datetime.ts'
import { get } from '../../entity/dict.ts'
import { printJson, readJson } from '../../entity/json.ts'
import { joinKey } from '../../entity/order.ts'
import { decodeTransit, printEntity } from '../../entity/transit.ts'
import type { Entity, Json } from '../../entity/value.ts'
import { completenessOf } from '../../run/completeness.ts'
import { componentOf } from '../../run/session.ts'
import type { DatasetInfo, ScanOptions } from '../../storage/store.ts'
import { badRequest, HttpError } from './answer.ts'
import type { Instance } from './instance.ts'
import { countParameter, flagParameter, type Parameter, type RouteCall, textParameter } from './route.ts'

/** The parameters of lists of entities; swagger_public.yaml, /datasets/{dataset_id}/entities. */
export const listParameters: Readonly<Record<string, Parameter>> = {
  limit: { type: 'integer', says: 'The most entities to return.' },
  since: { type: 'string', says: 'Only entities after this `_updated`.' },
  history: { type: 'boolean', says: 'All versions (the default), or the latest of each entity.' },
  reverse: { type: 'boolean', says: 'From the end of the log on.' },
  deleted: { type: 'boolean', says: 'Deleted entities too (the default). All versions always include them.' },
}

/** What the parameters of a request ask for. */
export function scanOf(call: RouteCall): ScanOptions & { readonly limit: number } {
  const history = flagParameter(call, 'history', true)
  const since = sinceParameter(call)
  const limit = countParameter(call, 'limit') ?? Number.POSITIVE_INFINITY
  return {
    history,
    reverse: flagParameter(call, 'reverse', false),
    live: !history && !flagParameter(call, 'deleted', true),
    ...(since === undefined ? {} : { since }),
    limit,
    batch: Math.max(1, Math.min(limit, 1000)),
    pending: flagParameter(call, 'uncommitted', false),
  }
}

/** `since` as an `_updated`; 400 where it can be none. */
export function sinceParameter(call: RouteCall): number | undefined {
  const text = textParameter(call, 'since')
  if (text === undefined || text === '') return undefined
  const plain = text.replace(/^"(.*)"$/, '$1')
  if (!/^-?\d{1,15}$/.test(plain)) throw new HttpError(400, `since must be an "_updated" of this dataset.`)
  return Number(plain)
}

/** The texts of a dataset's entities. */
export async function* entityTexts(
  instance: Instance,
  dataset: string,
  { limit, ...scan }: ScanOptions & { readonly limit: number },
  passesFilter: ((entity: Entity) => boolean) | null = null,
): AsyncIterable<string> {
  let remaining = limit
  if (remaining <= 0) return
  if (passesFilter === null) {
    for await (const rows of instance.store.rows(dataset, scan)) {
      for (let at = 0; at < rows.updated.length; at++) {
        yield rows.text(at)
        if (--remaining <= 0) return
      }
    }
    return
  }
  for await (const entities of instance.store.scan(dataset, scan)) {
    for (const entity of entities) {
      if (!passesFilter(entity)) continue
      yield printEntity(entity)
      if (--remaining <= 0) return
    }
  }
}

/** The headers of JSON pull for a dataset (json-pull.rst). */
export function pullHeaders(instance: Instance, info: DatasetInfo, filtered = false): Record<string, string> {
  const completeness = completenessOf(info, info.name)
  const restored = info.meta.restore
  const headers: Record<string, string> = {
    'X-Dataset-Populated': String(info.populated),
    'X-Dataset-Generation': instance.datasets.generationOf(info),
    'X-Dataset-Max-Updated': String(info.lastUpdated),
  }
  if (filtered) headers['X-Dataset-Filtered'] = 'true'
  if (completeness) headers['X-Dataset-Completeness'] = String(toNanos(completeness) / 1000n)
  if (typeof restored === 'object' && restored !== null && 'uuid' in restored && 'offset' in restored) {
    headers['X-Dataset-Restore-Uuid'] = String(restored.uuid)
    headers['X-Dataset-Restore-Offset'] = String(restored.offset)
  }
  return headers
}

/**
 * Whether an entity is in the subset that a request asks for, or null where it asks for none. 404 where no index declares
 * the subset: neither `indexes` of the sink that writes the dataset nor `subset` of a source that reads it.
 */
export function subsetOf(call: RouteCall, dataset: string): ((entity: Entity) => boolean) | null {
  const text = textParameter(call, 'subset')
  if (text === undefined || text === '') return null
  const [expression, value] = readSubset(text)
  const { instance } = call
  if (!subsetsOf(instance, dataset).has(printJson(expression)))
    throw new HttpError(404, `${dataset} has no such subset.`)
  const source = sourceOfDataset(dataset)
  const component = componentOf({ _id: 'system:subset', type: 'pipe', source })
  const runnable = component ? instance.session.runnable(component) : null
  if (runnable?.source.reads !== 'datasets') return null
  const { keysOf } = valueOr400(() =>
    runnable.source.reads === 'datasets' ? runnable.source.index(expression, '_S') : null,
  )
  const key = joinKey(decodeTransit(value))
  return (entity) => key !== null && keysOf(entity).includes(key)
}

function valueOr400<T>(make: () => T | null): T {
  try {
    const value = make()
    if (value !== null) return value
  } catch (error) {
    throw badRequest(error)
  }
  throw new HttpError(400, 'The subset cannot be read.')
}

function readSubset(text: string): [Json, Json] {
  const json = valueOr400(() => readJson(text))
  if (!Array.isArray(json) || json.length !== 3 || typeof json[0] !== 'string')
    throw new HttpError(400, 'subset must be a list: a comparison, an expression and a value.')
  const [, left = null, right = null] = json
  const isPath = (side: Json) => typeof side === 'string' && side.startsWith('_S')
  return isPath(left) || !isPath(right) ? [left, right] : [right, left]
}

/** The expressions by which a dataset is indexed, as JSON texts. */
export function subsetsOf(instance: Instance, dataset: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { effective, runnable } of instance.session.openPipes()) {
    const { sink, source } = runnable
    if (sink.writes === 'dataset' && sink.dataset === dataset) {
      const indexes = get(effective.sink.config, 'indexes')
      for (const index of Array.isArray(indexes) ? indexes : []) found.add(printJson(index))
    }
    const subset = get(source.config, 'subset')
    const reads = source.reads === 'datasets' && source.datasets.includes(dataset)
    if (!reads || !Array.isArray(subset)) continue
    for (const side of subset.slice(1)) found.add(printJson(side))
  }
  return found
}
