/** The text of a token: its parts in base64url, and its signature. */
import { createHmac } from 'node:crypto'
import { get } from '../../entity/dict.ts'
import { readJson } from '../../entity/json.ts'
import { isObject } from '../../entity/value.ts'

/** The algorithm that the head of a token names. */
export function tokenAlgorithm(head: string): unknown {
  const json = decodedTokenPart(head)
  return isObject(json) ? get(json, 'alg') : null
}

/** A part of a token as text. */
export function encodedTokenPart(json: object): string {
  return Buffer.from(JSON.stringify(json)).toString('base64url')
}

/** A part of a token as it was before it became text. */
export function decodedTokenPart(part: string) {
  try {
    return readJson(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** The signature of the first two parts of a token. */
export function tokenSignature(text: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}
