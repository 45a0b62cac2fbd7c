/**
 * Files that hold many components in one list: where each item stands in the text, and which single item an edit was in.
 * So a keystroke in a file of a megabyte reads one component again, and all others stay the objects that they were.
 */

/** The places of the items of a list, each from its opening brace to behind its closing one. */
type ItemSpans = readonly (readonly [from: number, to: number])[]

/** An edit inside one item. */
interface ItemEdit {
  readonly index: number
  /** The item's text now. */
  readonly text: string
  /** The places of all items now. */
  readonly spans: ItemSpans
}

const [tab, newline, carriageReturn, space] = [9, 10, 13, 32]
const [quote, comma, backslash, mark] = [34, 44, 92, 0xfeff]
const [bracket, closingBracket, brace, closingBrace] = [91, 93, 123, 125]

/** The items of a text that is a list of objects; null for any other text. It need not be read before. */
export function itemSpans(text: string): ItemSpans | null {
  const spans: (readonly [number, number])[] = []
  let at = afterSpace(text, text.charCodeAt(0) === mark ? 1 : 0)
  if (text.charCodeAt(at) !== bracket) return null
  at = afterSpace(text, at + 1)
  while (text.charCodeAt(at) === brace) {
    const end = afterObject(text, at)
    if (end === null) return null
    spans.push([at, end])
    at = afterSpace(text, end)
    if (text.charCodeAt(at) === comma) at = afterSpace(text, at + 1)
    else return text.charCodeAt(at) === closingBracket ? spans : null
  }
  return null
}

/** The one item that two texts differ in; null where they differ elsewhere, or in several items. */
export function editedItem(before: string, spans: ItemSpans, now: string): ItemEdit | null {
  const from = commonLength(before, now)
  const most = Math.min(before.length, now.length) - from
  const same = commonEnd(before, now, most)
  const to = before.length - same
  const index = spans.findIndex(([start, end]) => start < from && to < end)
  const span = spans[index]
  if (!span) return null
  const shift = now.length - before.length
  const moved = spans.map(([start, end], at): readonly [number, number] =>
    at < index ? [start, end] : at === index ? [start, end + shift] : [start + shift, end + shift],
  )
  return { index, text: now.slice(span[0], span[1] + shift), spans: moved }
}

function afterSpace(text: string, from: number): number {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== space && code !== newline && code !== carriageReturn && code !== tab) return at
    at++
  }
}

/** Behind the object that begins here; null where it does not end. Brackets inside texts do not count. */
function afterObject(text: string, from: number): number | null {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      for (at++; at < text.length && text.charCodeAt(at) !== quote; at++) if (text.charCodeAt(at) === backslash) at++
    } else if (code === brace || code === bracket) depth++
    else if (code === closingBrace || code === closingBracket) {
      depth--
      if (depth === 0) return at + 1
    }
  }
  return null
}

/** Characters that are compared at once. */
const PIECE_LENGTH = 4096

function commonLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let at = 0
  while (at + PIECE_LENGTH <= most && a.slice(at, at + PIECE_LENGTH) === b.slice(at, at + PIECE_LENGTH))
    at += PIECE_LENGTH
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

function commonEnd(a: string, b: string, most: number): number {
  let same = 0
  while (
    same + PIECE_LENGTH <= most &&
    a.slice(a.length - same - PIECE_LENGTH, a.length - same) ===
      b.slice(b.length - same - PIECE_LENGTH, b.length - same)
  )
    same += PIECE_LENGTH
  while (same < most && a.charCodeAt(a.length - same - 1) === b.charCodeAt(b.length - same - 1)) same++
  return same
}
