/**
 * YAML as JSON values, with the place of what is wrong. `yaml` reads with positions, without generated code, and with
 * limits on aliases.
 */
import { type Document, isNode, LineCounter, parseDocument, visit } from 'yaml'
import { float, type Json } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { reasonOf, type Where } from '../problem.ts'

/** A text of YAML as a value, or why it has none. */
type YamlReading =
  | {
      readonly json: Json
      /** Line and column of the innermost part of a path that is in the text; of a path into nothing, the beginning. */
      readonly place: (path: JsonPath) => Where
    }
  | { readonly reason: string; readonly where: Where }

/** Reads YAML with merge keys (`<<`). What contains itself, is nested too deep or repeats itself too often is refused. */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter()
  try {
    const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, merge: true })
    const [error] = parsed.errors
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0])
      const deep = /call stack/i.test(error.message) ? tooDeepReason : error.message
      return { reason: yamlReasons[error.code] ?? deep, where: { line, column: col } }
    }
    const alias = unresolvedAlias(parsed, lines)
    if (alias !== null) return alias
    // An alias gives the same object again, so that only what is made of it here can grow without end.
    const json = asJson(parsed.toJS({ maxAliasCount: -1 }), 0, { left: MAX_VALUES })
    return { json, place: (path) => placeOf(parsed, lines, path) }
  } catch (error) {
    // What cannot become a value ends the reading of the library with an exception.
    if (error instanceof TooManyValues) return { reason: error.message, where: startPosition }
    if (error instanceof RangeError) return { reason: tooDeepReason, where: startPosition }
    return { reason: reasonOf(error), where: startPosition }
  }
}

const tooDeepReason = 'it is nested too deep'

/** What is wrong by the code of the library, in words of our own; codes that are not here say it in theirs. */
const yamlReasons: Readonly<Record<string, string>> = {
  BAD_INDENT: 'this line is indented otherwise than those that it belongs to',
  BAD_SCALAR_START: 'a text that begins with this sign must be in quotes',
  DUPLICATE_KEY: 'this key stands in the same object twice',
  MULTIPLE_DOCS: 'it holds more than one document',
  TAB_AS_INDENT: 'lines are indented with blanks, not with tabs',
  BLOCK_AS_IMPLICIT_KEY: 'there is more than one colon in a line, or the line before is not complete',
  MISSING_CHAR: 'a quote, bracket or colon is missing here',
}

/** A value that is larger than any real file. */
class TooManyValues extends Error {}

const startPosition: Where = { line: 1, column: 1 }

/** The first alias that names nothing which stands before it; null where there is none. */
function unresolvedAlias(parsed: Document, lines: LineCounter): { reason: string; where: Where } | null {
  const anchors = new Set<string>()
  let found: { reason: string; where: Where } | null = null
  visit(parsed, {
    Value: (_, { anchor }) => void (anchor === undefined || anchors.add(anchor)),
    Alias: (_, { source, range }) => {
      if (anchors.has(source)) return undefined
      const { line, col } = lines.linePos(range?.[0] ?? 0)
      found = { reason: `the alias ${source} names nothing that stands before it`, where: { line, column: col } }
      return visit.BREAK
    },
  })
  return found
}

/** The position of the innermost part of a path that is in the file. */
function placeOf(parsed: Document, lines: LineCounter, path: JsonPath): Where {
  for (let length = path.length; length > 0; length--) {
    const node = parsed.getIn(path.slice(0, length), true)
    if (!isNode(node) || !node.range) continue
    const { line, col } = lines.linePos(node.range[0])
    return { line, column: col }
  }
  return startPosition
}

/** Deeper nesting is refused: real files do not have it, and a value that contains itself never ends. */
const MAX_DEPTH = 200

/** More values than these are refused: aliases of aliases can stand for any number of them. */
const MAX_VALUES = 2_000_000

function asJson(value: unknown, depth: number, count: { left: number }): Json {
  if (depth > MAX_DEPTH) throw new TooManyValues(tooDeepReason)
  if (--count.left < 0) throw new TooManyValues('it has more than two million values, those of its aliases included')
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isInteger(value) ? value : float(value)
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map((each) => asJson(each, depth + 1, count))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asJson(each, depth + 1, count)]))
}
