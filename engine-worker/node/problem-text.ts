/** Problems as the lines that the command line prints. */
import type { Problem } from '../problem.ts'

/** A problem on one line, with its place: `pipes/a.conf.json:3:12 transform/rules: …`. */
export function problemText({ message, fix, where }: Problem): string {
  const { file, pipe, system, path, entity, line, column } = where
  const position = line === undefined ? '' : `:${line}:${column ?? 1}`
  const place = [`${file ?? pipe ?? system ?? ''}${position}`, path?.join('/'), entity].filter((part) => part)
  return printable(`${place.length > 0 ? `${place.join(' ')}: ` : ''}${message}${fix ? ` ${fix}` : ''}`)
}

/** A text on one line that does nothing to a terminal: control characters, and those that turn its direction, are escaped. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
