/**
 * Which answers of a HAR file count: browsers ask the same more than once, are sent on to other addresses, and have answers
 * in their cache. A file of answers has one for each request.
 */
import { get } from '../entity/dict.ts'
import { isObject, type JsonObject } from '../entity/value.ts'

const MAX_REDIRECTS = 20

/** The records in their order: of equal requests the best one, and for a redirect what it led to, where that is there. */
export function usedRecords(records: readonly JsonObject[]): readonly JsonObject[] {
  const best = new Map<string, JsonObject>()
  for (const record of records) {
    const key = keyOf(record)
    const before = best.get(key)
    if (before === undefined || rankOf(record) >= rankOf(before)) best.set(key, record)
  }
  return [...best.values()].map((record) => withRedirectAnswer(record, best))
}

function keyOf(record: JsonObject): string {
  return JSON.stringify([get(record, 'method'), get(record, 'url'), get(record, 'body')])
}

/** A success counts more than a refusal, and either more than the word that nothing has changed; of equal ones the last. */
function rankOf(record: JsonObject): number {
  const status = statusOf(record)
  if (status === 304) return 0
  return status < 300 ? 2 : 1
}

function statusOf(record: JsonObject): number {
  const status = get(record, 'status')
  return typeof status === 'number' ? status : 200
}

/** The record with the answer that its redirects end at. */
function withRedirectAnswer(record: JsonObject, known: ReadonlyMap<string, JsonObject>): JsonObject {
  let at = record
  for (let hop = 0; hop < MAX_REDIRECTS; hop++) {
    const location = locationOf(at)
    if (location === null) break
    const method = statusOf(at) >= 307 ? get(at, 'method') : 'GET'
    const next =
      known.get(JSON.stringify([method, location, undefined])) ??
      [...known.values()].find((each) => get(each, 'method') === method && get(each, 'url') === location)
    if (next === undefined) return record
    at = next
  }
  const { url, method, body } = record
  const { url: _, method: __, body: ___, ...answer } = at
  return { url: url ?? '', method: method ?? 'GET', ...(body === undefined ? {} : { body }), ...answer }
}

/** Where a redirect leads, as a whole address; null for other answers. */
function locationOf(record: JsonObject): string | null {
  if (![301, 302, 303, 307, 308].includes(statusOf(record))) return null
  const headers = get(record, 'headers')
  const location = isObject(headers) ? get(headers, 'location') : undefined
  const from = String(get(record, 'url'))
  return typeof location === 'string' && location !== '' && URL.canParse(location, from)
    ? new URL(location, from).href
    : null
}
