/**
 * Where the values of a JSON text stand, without reading them: enough to replace one component of an array file and
 * leave every other byte alone. Only for text that the reader (entity/json.ts) has accepted.
 */
import { skipSpace, stringEnd, valueEnd } from './json-ends.ts'

export interface Span {
  readonly from: number
  readonly to: number
}

/** The span of the value that a text holds, without the white space and byte order mark around it. */
export function valueSpan(text: string): Span {
  const from = skipSpace(text, 0)
  return { from, to: valueEnd(text, from) }
}

/** The spans of the elements of the array at `from`. */
export function elementSpans(text: string, from: number): Span[] {
  const spans: Span[] = []
  let at = skipSpace(text, from + 1)
  while (at < text.length && text[at] !== ']') {
    const to = valueEnd(text, at)
    spans.push({ from: at, to })
    at = skipSpace(text, to)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return spans
}

/** A member of an object in its text. */
interface MemberSpan {
  /** As it is read, without quotes and escapes. */
  readonly key: string
  /** The key with its quotes. */
  readonly keySpan: Span
  /** The value. */
  readonly span: Span
}

/** The members of the object at `from`, in the order of the text; a key that occurs twice is there twice. */
export function memberSpans(text: string, from: number): MemberSpan[] {
  const members: MemberSpan[] = []
  let at = skipSpace(text, from + 1)
  while (at < text.length && text[at] !== '}') {
    const keyEnd = stringEnd(text, at)
    const keySpan = { from: at, to: keyEnd }
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1)
    const to = valueEnd(text, value)
    members.push({ key: String(JSON.parse(text.slice(at, keyEnd))), keySpan, span: { from: value, to } })
    at = skipSpace(text, to)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return members
}

/** The span of the value at a path; null where there is none. */
export function spanAt(text: string, path: readonly (string | number)[]): Span | null {
  let span: Span | undefined = valueSpan(text)
  for (const key of path) {
    const open = span && text[span.from]
    if (!span) return null
    if (open === '[') span = elementSpans(text, span.from)[Number(key)]
    else if (open === '{') span = memberSpans(text, span.from).findLast((member) => member.key === key)?.span
    else return null
  }
  return span ?? null
}
