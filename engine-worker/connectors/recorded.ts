/**
 * Recorded answers of services, for pipes that would ask the network: `testdata/<pipe id>.answers.json`, a list of
 * `{"url"?, "method"?, "entity"?, "answer", "status"?, "headers"?}`. The first record whose given parts all fit counts;
 * `answer` is JSON or a text.
 */

import { contentText } from '../config/project/read.ts'
import { get } from '../entity/dict.ts'
import { printJson, readJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { OpenContext } from './open-context.ts'

/** A request, as far as records can name it. */
interface RecordedRequest {
  readonly url: string
  readonly method?: string
  /** The `_id`s of the entities it is about. */
  readonly entities: readonly string[]
}

/** A recorded answer. */
interface Recorded {
  readonly status: number
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

/** Whether answers were recorded for the pipe at all. */
export function hasRecorded(context: OpenContext): boolean {
  return recordsOf(context).length > 0
}

/** The text of the recorded answer to a request, or null. */
export function answerFor(context: OpenContext, asked: RecordedRequest): string | null {
  return recordedFor(context, asked)?.text ?? null
}

/** The recorded answer to a request with status and headers, or null. */
export function recordedFor(context: OpenContext, asked: RecordedRequest): Recorded | null {
  const record = recordsOf(context).find((candidate) => fits(candidate, asked))
  if (!record) return null
  const answer = get(record, 'answer') ?? null
  const status = get(record, 'status')
  const headers: Record<string, string> = {
    'content-type': typeof answer === 'string' ? 'text/plain' : 'application/json',
  }
  const given = get(record, 'headers')
  if (isObject(given)) for (const [name, value] of Object.entries(given)) headers[name.toLowerCase()] = String(value)
  return {
    status: typeof status === 'number' ? status : 200,
    text: typeof answer === 'string' ? answer : printJson(answer),
    headers,
  }
}

function fits(record: JsonObject, asked: RecordedRequest): boolean {
  const url = get(record, 'url')
  const method = get(record, 'method')
  const entity = get(record, 'entity')
  if (typeof url === 'string' && asked.url !== url && !asked.url.endsWith(url)) return false
  if (typeof method === 'string' && (asked.method ?? 'GET') !== method) return false
  return typeof entity !== 'string' || asked.entities.includes(entity)
}

const known = new WeakMap<OpenContext['project'], Map<string, readonly JsonObject[]>>()

function recordsOf(context: OpenContext): readonly JsonObject[] {
  const byPipe = known.get(context.project) ?? new Map<string, readonly JsonObject[]>()
  known.set(context.project, byPipe)
  const id = context.pipe.id
  const before = byPipe.get(id)
  if (before) return before
  const file = context.project.testdata.get(`${id}.answers`)
  const json: Json = file ? readJson(contentText(file.content, file.file), { file: file.file }) : []
  const records = Array.isArray(json) ? json.filter(isObject) : []
  byPipe.set(id, records)
  return records
}
