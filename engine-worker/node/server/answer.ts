/** What a route answers, and the errors that become answers. */
import { printJson } from '../../entity/json.ts'
import type { Json } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'

/** An answer before it is sent; text in pieces is sent as it comes. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>
}

/** An error of the caller, or one that the caller can do nothing about, as status and words. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Sent in the place of `{"message"}`. */
    readonly body?: Json,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'HttpError'
  }
}

/** JSON, whose numbers stay as they are. The type has no character set: Sesam's client compares it as a whole. */
export function jsonAnswer(json: Json, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: `${printJson(json)}\n` }
}

/** Texts of JSON values as one array, sent as they come. */
export function listAnswer(items: AsyncIterable<string>, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, headers: { 'Content-Type': 'application/json', ...headers }, body: jsonList(items) }
}

/** Pieces of some length, since each is a write of its own. */
const PIECE_CHARACTERS = 64 * 1024

async function* jsonList(items: AsyncIterable<string>): AsyncIterable<string> {
  let text = '['
  let separator = ''
  for await (const item of items) {
    text += separator + item
    separator = ',\n'
    if (text.length < PIECE_CHARACTERS) continue
    yield text
    text = ''
  }
  yield `${text}]\n`
}

/** The answer with the first piece of its body read. */
export async function streamStart(answer: Answer): Promise<Answer> {
  const { body } = answer
  return typeof body === 'string' || body instanceof Uint8Array ? answer : { ...answer, body: await startReading(body) }
}

/** The first piece is read before an answer begins, so that what fails at once is an error and not a broken answer. */
async function startReading<T>(pieces: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = pieces[Symbol.asyncIterator]()
  const first = await iterator.next()
  return {
    async *[Symbol.asyncIterator]() {
      try {
        for (let next = first; !next.done; next = await iterator.next()) yield next.value
      } finally {
        await iterator.return?.()
      }
    },
  }
}

/** The answer for an error: what the caller did wrong, or that something here failed. */
export function errorAnswer(error: HttpError): Answer {
  return jsonAnswer(error.body ?? { message: error.message }, error.status, error.headers)
}

/** A problem of the configuration or of the data, as an error of the caller. */
export function badRequest(error: unknown): HttpError {
  if (error instanceof HttpError) return error
  if (error instanceof Fault) return new HttpError(400, error.problem.message)
  throw error
}

/** What has to be there; without it the answer is 404. */
export function foundOr404<T>(value: T | null | undefined, what: string, id: string): T {
  if (value === null || value === undefined) throw new HttpError(404, `There is no ${what} "${id}".`)
  return value
}
