/** How a JSON text is laid out, so that what is added to it looks like what is there. */

/** Where new values break into lines. */
type Layout =
  /** As `format` prints (format.ts). */
  | 'canonical'
  /** As Sesam's own tools print (portal.ts). */
  | 'portal'
  /** Each item and member on a line of its own. */
  | 'expanded'
  /** All on one line. */
  | 'line'

/** The style of a text. */
export interface TextStyle {
  readonly layout: Layout
  readonly newline: string
  /** One level of indentation. */
  readonly indent: string
  /** What stands between a key and its value: `: `. */
  readonly colon: string
  /** What stands between two items on one line: `, `. */
  readonly comma: string
  /** Characters beyond ASCII are written as escapes. */
  readonly ascii: boolean
}

/** A text is looked at no further than this. */
const MAX_EXAMINED = 200_000

/** The style of a text; `newline` is the line ending of its file. */
export function styleOf(text: string, newline: string): TextStyle {
  const sample = text.slice(0, MAX_EXAMINED)
  const tokens = tokensOf(sample)
  return {
    layout: layoutOf(sample, tokens),
    newline,
    indent: indentOf(sample),
    colon: tokens.find(({ char }) => char === ':')?.space === false ? ':' : ': ',
    comma: tokens.find(({ char, breaks }) => char === ',' && !breaks)?.space === false ? ',' : ', ',
    ascii: /\\u0[0-9a-f]{3}/i.test(sample.replace(/\\u00[01]./gi, '')) && !/[\u0080-\uffff]/.test(sample),
  }
}

interface Token {
  readonly char: string
  readonly at: number
  /** White space follows. */
  readonly space: boolean
  /** A line break follows. */
  readonly breaks: boolean
}

/** Brackets, commas and colons outside strings. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|([[\]{},:])([ \t\r\n]*)/g)) {
    const [, char, space = ''] = match
    if (char) tokens.push({ char, at: match.index, space: space !== '', breaks: space.includes('\n') })
  }
  return tokens
}

/** The most common step from a line to a deeper one. */
function indentOf(text: string): string {
  const counts = new Map<string, number>()
  let last = ''
  for (const [, space = ''] of text.matchAll(/\n([ \t]*)(?=[^\s])/g)) {
    if (space.length > last.length && space.startsWith(last)) {
      const step = space.slice(last.length)
      counts.set(step, (counts.get(step) ?? 0) + 1)
    }
    last = space
  }
  let [best, most] = ['  ', 0]
  for (const [step, count] of counts) if (count > most) [best, most] = [step, count]
  return best
}

/** Shorter calls inside a call that stand on lines of their own are not there for want of room. */
const SHORT_LINE = 90

function layoutOf(text: string, tokens: readonly Token[]): Layout {
  if (!text.includes('\n')) return 'line'
  let [lists, inline, nestedInline, nestedApart] = [0, 0, 0, 0]
  const open: { readonly at: number; readonly list: boolean; nested: number; readonly call: boolean }[] = []
  for (const [index, { char, at, breaks }] of tokens.entries()) {
    if (char === '[' || char === '{') {
      const outer = open.at(-1)
      const before = tokens[index - 1]
      const list = char === '['
      if (list && outer?.list && before?.char === ',') {
        if (before.breaks) outer.nested++
        else nestedInline++
      }
      const empty = /^[[{]\s*[\]}]/.test(text.slice(at, at + 200))
      if (list && !empty) {
        lists++
        if (!breaks) inline++
      }
      open.push({ at, list, nested: 0, call: list && text[at + 1] === '"' })
    } else if (char === ']' || char === '}') {
      const inner = open.pop()
      if (inner?.call && inner.nested > 0 && text.slice(inner.at, at).replace(/\s+/g, ' ').length < SHORT_LINE)
        nestedApart++
    }
  }
  if (nestedApart > 0 && nestedInline === 0) return 'portal'
  return lists > 0 && inline === 0 ? 'expanded' : 'canonical'
}
