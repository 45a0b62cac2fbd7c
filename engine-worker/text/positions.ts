/** Lines and columns of problems that are known by the JSON path of their place, as editors and terminals want them. */
import type { Configuration } from '../config/project/project.ts'
import type { FileContents } from '../config/project/read.ts'
import type { Problem, Where } from '../problem.ts'
import { spanAt } from './spans.ts'

/** Characters that are looked through for one list of problems; problems after that keep their path alone. */
const MAX_CHARACTERS = 100_000_000

/** The problems with line and column in `where`, as far as their files hold the place. `files` by path as in `where.file`. */
export function withPositions(problems: readonly Problem[], project: Configuration, files: FileContents): Problem[] {
  const breaks = new Map<string, readonly number[]>()
  let read = 0
  return problems.map((found) => {
    const { file, line } = found.where
    const text = file === undefined ? undefined : files[file]
    if (line !== undefined || file === undefined || typeof text !== 'string' || read > MAX_CHARACTERS) return found
    const path = pathInFile(found.where, project)
    if (path === null) return found
    read += text.length
    const lines = breaks.get(file) ?? lineBreaks(text)
    breaks.set(file, lines)
    return { ...found, where: { ...found.where, ...positionOf(lines, offsetOf(text, path)) } }
  })
}

/** The path from the top of the file: that of a component in a list begins with its place there. */
function pathInFile(
  { file, pipe, system, path = [] }: Where,
  project: Configuration,
): readonly (string | number)[] | null {
  const id = pipe ?? system
  if (id === undefined) return path.length > 0 ? path : null
  const component = pipe === undefined ? project.systems.get(id) : project.pipes.get(id)
  if (!component || component.file !== file) return null
  return component.index === null ? path : [component.index, ...path]
}

/** Where the value at a path begins, or the closest value around it that is written in the file. */
function offsetOf(text: string, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const span = spanAt(text, path.slice(0, length))
    if (span) return span.from
  }
  return text.search(/\S/)
}

function lineBreaks(text: string): number[] {
  const found: number[] = []
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) found.push(at)
  return found
}

/** Line and column of an offset, both from 1. */
function positionOf(breaks: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  let [low, high] = [0, breaks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((breaks[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return { line: low + 1, column: offset - (low === 0 ? -1 : (breaks[low - 1] ?? 0)) }
}
