/** Whether a recorded request is the one that is asked for; secrets match any text. */
import { get } from '../entity/dict.ts'
import { printJson, readJson } from '../entity/json.ts'
import type { JsonObject } from '../entity/value.ts'
import { Fault } from '../problem.ts'

/** A request, as far as records can name it. */
export interface RecordedRequest {
  readonly url: string
  readonly method?: string
  readonly body?: string | undefined
  /** The `_id`s of the entities it is about. */
  readonly entities: readonly string[]
}

/** Whether a record has the answer to a request. */
export function answersRequest(record: JsonObject, request: RecordedRequest): boolean {
  const url = get(record, 'url')
  const method = get(record, 'method')
  const entity = get(record, 'entity')
  const body = get(record, 'body')
  if (typeof url === 'string' && !isSameUrl(url, request.url)) return false
  if (typeof method === 'string' && (request.method ?? 'GET') !== method) return false
  if (typeof body === 'string' && !isSameBody(body, request.body ?? '')) return false
  return typeof entity !== 'string' || request.entities.includes(entity)
}

const SECRET = '$SECRET('

function isSameUrl(recorded: string, requestedUrl: string): boolean {
  if (requestedUrl === recorded || requestedUrl.endsWith(recorded)) return true
  if (!recorded.includes(SECRET) && !requestedUrl.includes(SECRET)) return false
  // Parameters one by one: a secret stands for the value of its own.
  const [own, other] = [recorded.split('&'), requestedUrl.split('&')]
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
function isSameBody(recorded: string, requestedBody: string): boolean {
  if (isSameText(recorded, requestedBody)) return true
  try {
    return printJson(readJson(recorded)) === printJson(readJson(requestedBody))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return false
  }
}
