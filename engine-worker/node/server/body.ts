/** Bodies of requests: read up to a limit, and taken apart as JSON, forms, parts and lines. */
import type { IncomingMessage } from 'node:http'
import { type ReadNumber, readJson } from '../../entity/json.ts'
import { readEntities, readEntityLines } from '../../entity/transit.ts'
import type { Entity, Json } from '../../entity/value.ts'
import { badRequest, HttpError } from './answer.ts'

/** Reads the whole of a body. Throws 413 where it is longer than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLong = () =>
    new HttpError(413, `The body may have at most ${limit} bytes.`, undefined, { Connection: 'close' })
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLong()
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request) {
    if (!Buffer.isBuffer(piece)) continue
    length += piece.length
    if (length > limit) throw tooLong()
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** The text of a body; 400 where it is not UTF-8. */
export function bodyText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new HttpError(400, 'The body is not UTF-8.')
  }
}

/** A body of JSON; 400 where it is not JSON. */
export function bodyJson(bytes: Uint8Array): Json {
  try {
    return readJson(bodyText(bytes))
  } catch (error) {
    throw badRequest(error)
  }
}

/** The fields of a form, URL-encoded or in parts. */
export function formFields(bytes: Uint8Array, contentType: string): ReadonlyMap<string, string> {
  if (/^multipart\/form-data/i.test(contentType)) {
    return new Map(bodyParts(bytes, contentType).map(({ name, content }) => [name, bodyText(content)]))
  }
  return new Map(new URLSearchParams(bodyText(bytes)))
}

/** One part of a multipart body. */
interface BodyPart {
  readonly name: string
  readonly contentType: string
  readonly content: Uint8Array
}

/** The parts of `multipart/form-data` (RFC 7578); 400 where it is damaged. */
export function bodyParts(bytes: Uint8Array, contentType: string): BodyPart[] {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) throw new HttpError(400, 'The multipart body has no boundary.')
  const buffer = Buffer.concat([Buffer.from('\r\n'), bytes])
  const mark = Buffer.from(`\r\n--${boundary}`)
  const parts: BodyPart[] = []
  let at = buffer.indexOf(mark)
  for (;;) {
    if (at < 0) throw new HttpError(400, 'The multipart body is cut off.')
    const from = at + mark.length
    if (buffer.toString('latin1', from, from + 2) === '--') return parts
    const head = buffer.indexOf('\r\n\r\n', from)
    const end = buffer.indexOf(mark, from)
    if (head < 0 || end < 0 || head > end) throw new HttpError(400, 'The multipart body is cut off.')
    const headers = buffer.toString('utf8', from, head)
    parts.push({
      name: /\bname="([^"]*)"/i.exec(headers)?.[1] ?? '',
      contentType: /^content-type:\s*([^\r\n]+)/im.exec(headers)?.[1]?.trim() ?? 'text/plain',
      content: buffer.subarray(head + 4, end),
    })
    at = end
  }
}

/** The entities of a body: a JSON array, one object, or a line each (NDJSON). 400 for anything else. */
export function bodyEntities(
  bytes: Uint8Array,
  contentType: string,
  number?: (literal: string) => ReadNumber,
): readonly Entity[] {
  const text = bodyText(bytes)
  const options = number ? { number } : {}
  try {
    if (/ndjson|jsonl/i.test(contentType)) return readEntityLines(text, 1, options)
    return readEntities(text, options)
  } catch (error) {
    throw badRequest(error)
  }
}
