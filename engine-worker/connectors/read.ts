/** Reading one file of a project as JSON: byte order marks are dropped, broken text becomes a located problem. */
import { readJson } from '../entity/json.ts'
import type { Json } from '../entity/value.ts'
import { Fault, locate, type Problem } from '../problem.ts'

/** The file's JSON, or undefined when it is broken; the reason goes to `report`. */
export function readFile(file: string, text: string, report: (problem: Problem) => void): Json | undefined {
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
