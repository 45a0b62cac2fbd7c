/** The filter `wordwrap`: lines of a given width, broken between words as Python's `textwrap` does. */
import { valueError } from './error.ts'
import type { RenderState } from './state.ts'
import { lengthOf, subText } from './text.ts'

/** Where lines may be broken. */
interface WrapOptions {
  readonly width: number
  readonly breakLong: boolean
  readonly breakHyphens: boolean
}

const BLANK = '[\\t\\n\\v\\f\\r ]'
const NOT_BLANK = '[^\\t\\n\\v\\f\\r ]'
const WORD = '[\\p{L}\\p{N}_!"\'&.,?]'
const LETTER = '[\\p{L}_]'
/** Words, runs of blanks, dashes between words, and parts of words that end with a hyphen. */
const chunkPattern = new RegExp(
  `(${BLANK}+|(?<=${WORD})-{2,}(?=[\\p{L}\\p{N}_])|${NOT_BLANK}+?(?:-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${LETTER}-))` +
    `(?=${LETTER}-?${LETTER})|(?=${BLANK}|$)|(?<=${WORD})(?=-{2,}[\\p{L}\\p{N}_])))`,
  'u',
)

/** One line of text as lines of at most the width. */
export function wrapLine(line: string, options: WrapOptions, state: RenderState): string[] {
  const { width, breakLong, breakHyphens } = options
  if (width <= 0) throw valueError(`invalid width ${width} (must be > 0)`)
  state.spend(line.length)
  const parts = line.split(breakHyphens ? chunkPattern : new RegExp(`(${BLANK}+)`)).filter((part) => part !== '')
  const waiting = parts.reverse()
  const lines: string[] = []
  while (waiting.length > 0) {
    const current: string[] = []
    let used = 0
    if (isBlank(waiting.at(-1)) && lines.length > 0) waiting.pop()
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      const length = lengthOf(next)
      if (used + length > width) break
      current.push(next)
      used += length
      waiting.pop()
    }
    const long = waiting.at(-1)
    if (long !== undefined && lengthOf(long) > width) {
      const room = width - used
      if (breakLong) {
        const end = hyphenIn(long, room, breakHyphens)
        current.push(subText(long, 0, end))
        waiting[waiting.length - 1] = subText(long, end, lengthOf(long))
      } else if (current.length === 0) current.push(waiting.pop() ?? '')
    }
    if (isBlank(current.at(-1))) current.pop()
    if (current.length > 0) lines.push(current.join(''))
    state.spend(1)
  }
  return lines
}

function isBlank(chunk: string | undefined): boolean {
  return chunk !== undefined && chunk.trim() === ''
}

/** Where a word that is too long is broken: after its last hyphen that fits, or where the room ends. */
function hyphenIn(word: string, room: number, breakHyphens: boolean): number {
  if (!breakHyphens || lengthOf(word) <= room) return room
  const at = subText(word, 0, room).lastIndexOf('-')
  return at > 0 && /[^-]/.test(word.slice(0, at)) ? at + 1 : room
}
