/** Names of the datasets that the engine keeps for a pipe beside its own. */
import { get } from '../../entity/dict.ts'
import { isObject, type Json } from '../../entity/value.ts'

/** The execution log of a pump; operations/pump-execution.rst. */
export const executionLogPrefix = 'system:pump_execution:'
/** The name that many pages of the documentation and older databases have for it. */
const formerLogPrefix = 'system:pump:'

/** The dataset of a pump's execution log. */
export function executionLog(pipe: string): string {
  return executionLogPrefix + pipe
}

/** The name under which a dataset is kept, which may be given with an alias behind it (`orders o`). */
function canonicalDataset(name: string): string {
  const at = name.trimStart()
  return at.startsWith(formerLogPrefix) ? executionLogPrefix + at.slice(formerLogPrefix.length) : name
}

/** A part of a configuration with the datasets that it reads under the names they are kept under. */
export function withCanonicalDatasets(json: Json): Json {
  if (Array.isArray(json)) return withCanonicalLookups(json)
  if (!isObject(json)) return json
  let copy: { [key: string]: Json } | null = null
  for (const key of Object.keys(json)) {
    const value = get(json, key) ?? null
    const named = key === 'dataset' || key === 'datasets' ? withCanonicalNames(value) : withCanonicalDatasets(value)
    if (named === value) continue
    copy ??= { ...json }
    Object.defineProperty(copy, key, { value: named, enumerable: true, writable: true, configurable: true })
  }
  return copy ?? json
}

/** Functions that look entities up name their dataset as the first argument. */
function withCanonicalLookups(json: Json[]): Json {
  const isCall = typeof json[0] === 'string'
  const items = json.map((item, index) =>
    isCall && index === 1 && typeof item === 'string' ? withCanonicalNames(item) : withCanonicalDatasets(item),
  )
  return items.some((item, index) => item !== json[index]) ? items : json
}

function withCanonicalNames(value: Json): Json {
  if (typeof value === 'string') return canonicalDataset(value)
  if (!Array.isArray(value)) return value
  const items = value.map(withCanonicalNames)
  return items.some((item, index) => item !== value[index]) ? items : value
}

/** The execution logs among the names of datasets that are still kept under their former name, with the present one. */
export function formerLogs(names: readonly string[]): readonly { readonly dataset: string; readonly by: string }[] {
  const there = new Set(names)
  return names
    .filter((name) => name.startsWith(formerLogPrefix) && !there.has(canonicalDataset(name)))
    .map((by) => ({ dataset: canonicalDataset(by), by }))
}
