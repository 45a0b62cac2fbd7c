/**
 * Texts of the values of a column, as filters compare them: in lower case, a line each. What is compared in another way,
 * is long or would take more than a line is not kept; to know it, the entity is read.
 */
import { plainText } from '../../connectors/to-text.ts'
import { isNumeric } from '../../entity/decimal.ts'
import { isDict, type Value } from '../../entity/value.ts'

/** Stands for the text of a value that is not kept. */
export const NO_TEXT = '\0'
/** Characters of the longest text that is kept. */
const MAX_LENGTH = 200
/** A line break, and half of a pair of surrogates, which bytes cannot hold. */
const NOT_A_LINE = /[\n\p{Surrogate}]/u
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text by which a filter compares a value; {@link NO_TEXT} where it is compared in another way, or is not kept. */
export function textOfValue(value: Value): string {
  if (value === null || isNumeric(value) || Array.isArray(value) || isDict(value)) return NO_TEXT
  const text = plainText(value).toLowerCase()
  return text.length > MAX_LENGTH || NOT_A_LINE.test(text) ? NO_TEXT : text
}

/** The texts of a column by the numbers of its values, as bytes. */
export function textsBytes(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  return encoder.encode(texts.join('\n'))
}

/** The texts again, a line each. */
export function textsOfBytes(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}
