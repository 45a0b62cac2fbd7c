/** Files of a project as the engine gets them: texts, and bytes where a file is not UTF-8; and reading them as JSON. */
import { charsetOf, decodeAs } from '../../entity/charset.ts'
import { readJson } from '../../entity/json.ts'
import type { Json } from '../../entity/value.ts'
import { Fault, locate, type Problem, problem } from '../../problem.ts'

/** Text where the file is valid UTF-8, bytes otherwise. */
export type FileContent = string | Uint8Array

/** Files by path. */
export type FileContents = Readonly<Record<string, FileContent>>

/** How a file is written; `strict` fails on bytes that are no characters, which are replaced otherwise. */
export interface Encoding {
  readonly name: string
  readonly strict: boolean
}

export const unknownEncoding = problem<{ encoding: string }>({
  code: 'unknown-encoding',
  severity: 'error',
  says: ({ encoding }) => `There is no character set ${encoding}.`,
  fix: () => 'Write a common name such as utf-8 or iso-8859-1.',
})
export const wrongEncoding = problem<{ url: string; encoding: string }>({
  code: 'wrong-encoding',
  severity: 'error',
  says: ({ url, encoding }) => `${url} is not written in ${encoding}.`,
  fix: () => 'Set encoding to the character set of the file, or decode_error_strategy to "replace".',
})

const utf8: Encoding = { name: 'utf-8', strict: true }

/** The text at a path; undefined for files that are not there or no UTF-8. */
export function textAt(files: FileContents, path: string): string | undefined {
  const content = Object.hasOwn(files, path) ? files[path] : undefined
  return typeof content === 'string' ? content : undefined
}

/**
 * The text of bytes in a character set, without a byte order mark; a Fault for unknown sets, and for bytes that are no
 * characters of it when the encoding is strict. `name` is the file's, for the message.
 */
export function decodeFile(bytes: Uint8Array, name: string, encoding: Encoding = utf8): string {
  const charset = charsetOf(encoding.name)
  if (charset === null) throw new Fault(unknownEncoding({ encoding: encoding.name }))
  try {
    return withoutMark(decodeAs(bytes, charset, encoding.strict))
  } catch (error) {
    if (error instanceof TypeError) throw new Fault(wrongEncoding({ url: name, encoding: encoding.name }))
    throw error
  }
}

/** The text of a file in a character set. A text is taken as what it was on disk, UTF-8. */
export function contentText(content: FileContent, name: string, encoding: Encoding = utf8): string {
  if (typeof content !== 'string') return decodeFile(content, name, encoding)
  if (charsetOf(encoding.name) === 'utf-8') return withoutMark(content)
  return decodeFile(new TextEncoder().encode(content), name, encoding)
}

/** The file's JSON, or undefined when it is broken; the reason goes to `report`. */
export function readJsonFile(file: string, text: string, report: (problem: Problem) => void): Json | undefined {
  try {
    return readJson(withoutMark(text), { file, notice: report })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    report(locate(error.problem, { file }))
    return undefined
  }
}

/** Text without a byte order mark at its beginning. */
export function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}
