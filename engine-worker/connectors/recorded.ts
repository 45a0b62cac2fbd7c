/**
 * Recorded answers of services, for pipes that would ask the network: `testdata/<pipe id>.answers.json`, a list of
 * `{"url"?, "method"?, "body"?, "entity"?, "answer", "status"?, "headers"?}`. The first record whose given parts all fit
 * counts; `answer` is JSON or a text. `testdata/<pipe id>.har`, as browsers save it, is read in the same way after it. Where
 * an address or a body has `$SECRET(name)` in the place of a value, any value fits.
 */
import { contentText } from '../config/project/read.ts'
import { get } from '../entity/dict.ts'
import { printJson, readJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { asksService } from './asked-services.ts'
import { answersOfHar } from './har.ts'
import type { OpenContext } from './open-context.ts'
import { answersRequest, type RecordedRequest } from './recorded-request.ts'

/** A recorded answer. */
interface RecordedResponse {
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
export function recordedFor(context: OpenContext, asked: RecordedRequest): RecordedResponse | null {
  if (asksService(context)) return null
  const record = recordsOf(context).find((candidate) => answersRequest(candidate, asked))
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

const recordsByProject = new WeakMap<OpenContext['project'], Map<string, readonly JsonObject[]>>()

function recordsOf(context: OpenContext): readonly JsonObject[] {
  const byPipe = recordsByProject.get(context.project) ?? new Map<string, readonly JsonObject[]>()
  recordsByProject.set(context.project, byPipe)
  const id = context.pipe.id
  const before = byPipe.get(id)
  if (before) return before
  const file = context.project.testdata.get(`${id}.answers`)
  const json: Json = file ? readJson(contentText(file.content, file.file), { file: file.file }) : []
  const har = context.project.testdata.get(`${id}.har`)
  const records = [
    ...(Array.isArray(json) ? json.filter(isObject) : []),
    ...(har ? answersOfHar(contentText(har.content, har.file)).records : []),
  ]
  byPipe.set(id, records)
  return records
}
