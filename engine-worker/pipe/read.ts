/** Reading one file of a project as JSON: byte order marks are dropped, broken text becomes a located problem. */

import type { Json } from '../entity/value.ts'
import { Fault, locate, type Problem, problem } from '../problem.ts'

const brokenJson = problem<{ reason: string; line: number; column: number }>({
  code: 'broken-json',
  severity: 'error',
  says: ({ reason, line, column }) => `The file is not valid JSON: ${reason} at line ${line}, column ${column}.`,
  fix: () => 'Correct the text at this place; the rest of the project can be used meanwhile.',
})

/** The file's JSON, or undefined when it is broken; the reason goes to `report`. */
export function readFile(file: string, text: string, report: (problem: Problem) => void): Json | undefined {
  const bare = withoutMark(text)
  try {
    return JSON.parse(bare)
  } catch (error) {
    if (error instanceof Fault) report(locate(error.problem, { file }))
    else report(brokenJson(position(error, bare), { file, ...at(position(error, bare)) }))
    return undefined
  }
}

/** Text without a byte order mark at its beginning. */
export function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

function at({ line, column }: { line: number; column: number }) {
  return { line, column }
}

function position(error: unknown, text: string): { reason: string; line: number; column: number } {
  const reason = error instanceof Error ? error.message : String(error)
  const offset = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length)
  const before = text.slice(0, offset).split('\n')
  return { reason, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
