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
import { Fault } from '../problem.ts'
import { answersOfHar } from './har.ts'
import type { OpenContext } from './open-context.ts'

/** A request, as far as records can name it. */
interface RecordedRequest {
  readonly url: string
  readonly method?: string
  readonly body?: string | undefined
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
  const body = get(record, 'body')
  if (typeof url === 'string' && !isSameUrl(url, asked.url)) return false
  if (typeof method === 'string' && (asked.method ?? 'GET') !== method) return false
  if (typeof body === 'string' && !isSameBody(body, asked.body ?? '')) return false
  return typeof entity !== 'string' || asked.entities.includes(entity)
}

const SECRET = '$SECRET('

function isSameUrl(recorded: string, asked: string): boolean {
  if (asked === recorded || asked.endsWith(recorded)) return true
  if (!recorded.includes(SECRET) && !asked.includes(SECRET)) return false
  // Parameters one by one: a secret stands for the value of its own.
  const [own, other] = [recorded.split('&'), asked.split('&')]
  return own.length === other.length && own.every((part, at) => isSameText(part, other[at] ?? ''))
}

/** A secret fits any value, whichever side names it. */
function isSameText(one: string, other: string): boolean {
  return one === other || isLike(one, other) || isLike(other, one)
}

/** Whether a text has the pieces of another between its secrets, in their order. */
function isLike(withSecrets: string, text: string): boolean {
  const [first = '', ...rest] = withSecrets.split(/\$SECRET\([^()]*\)/)
  const last = rest.pop()
  if (last === undefined || !text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= text.length - last.length
}

/** JSON is the same in any layout. */
function isSameBody(recorded: string, asked: string): boolean {
  if (isSameText(recorded, asked)) return true
  try {
    return printJson(readJson(recorded)) === printJson(readJson(asked))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return false
  }
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
  const har = context.project.testdata.get(`${id}.har`)
  const records = [
    ...(Array.isArray(json) ? json.filter(isObject) : []),
    ...(har ? answersOfHar(contentText(har.content, har.file)).records : []),
  ]
  byPipe.set(id, records)
  return records
}
