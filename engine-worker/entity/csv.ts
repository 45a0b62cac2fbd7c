/**
 * CSV text taken apart into rows of fields, in one piece or in many, by the rules of Python's csv module, which Sesam
 * reads with: `\n`, `\r\n` and `\r` all end a row, also when a file mixes them; between quotes they belong to the field.
 */
// papaparse: guesses delimiters. It knows one line end for a whole file, and loses rows of files that mix them, so that
// the rows are read here.
import Papa from 'papaparse'

/** How many characters of a text are examined to guess its delimiter. */
const FIRST_CHARACTERS = 65_536

const QUOTE = '"'

/** The delimiter that a CSV text seems to have. */
export function guessDelimiter(text: string): string {
  const start = text.slice(0, FIRST_CHARACTERS).replace(/\r\n?/g, '\n')
  return Papa.parse(start, { newline: '\n', preview: 20, skipEmptyLines: true }).meta.delimiter || ','
}

/** Reads the rows of CSV text that comes in pieces. Empty lines give a row with one empty field. */
export class CsvReader {
  private pendingText = ''
  /** Whether the text ended inside quotes. */
  private isOpenRow = false

  private readonly delimiter: string

  /** A delimiter that would end rows or quote fields is taken for a comma. */
  constructor(delimiter: string) {
    this.delimiter = delimiter === '' || /[\r\n"\ufeff]/.test(delimiter) ? ',' : delimiter
  }

  /** The rows that another piece completes; `last` when no more will come. */
  push(text: string, last: boolean): string[][] {
    const all = this.pendingText + text
    const { rows, end, open } = readRows(all, this.delimiter, last)
    this.pendingText = all.slice(end)
    this.isOpenRow = open
    return rows
  }

  /** Characters of a row that is not complete yet. */
  get pending(): number {
    return this.pendingText.length
  }

  /** Whether the last row ended with the text, because the quote that begins its last field is never closed. */
  get endsInQuotes(): boolean {
    return this.isOpenRow
  }
}

/** The complete rows of a text, and where the first incomplete one begins. */
function readRows(
  text: string,
  delimiter: string,
  last: boolean,
): { readonly rows: string[][]; readonly end: number; readonly open: boolean } {
  if (!text.includes(QUOTE)) return plainRows(text, delimiter, last)
  const scan = new RowScanner(text, delimiter, last)
  const rows: string[][] = []
  let end = 0
  let open = false
  while (end < text.length) {
    const row = scan.row(end)
    if (row === null) break
    rows.push(row.fields)
    end = row.end
    open = row.open
  }
  return { rows, end, open }
}

/** The same for a text without quotes. */
function plainRows(text: string, delimiter: string, last: boolean) {
  // A line feed that belongs to a carriage return at the end may come with the next piece.
  const known = !last && text.endsWith('\r') ? text.length - 1 : text.length
  const end = last ? text.length : Math.max(text.lastIndexOf('\n', known - 1), text.lastIndexOf('\r', known - 1)) + 1
  if (known === 0 || end === 0) return { rows: [], end: 0, open: false }
  const whole = text.slice(0, end)
  const lines = (whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole).split('\n')
  if (lines.at(-1) === '') lines.pop()
  return { rows: lines.map((line) => line.split(delimiter)), end, open: false }
}

interface ScannedRow {
  readonly fields: string[]
  /** Where the next row begins. */
  readonly end: number
  readonly open: boolean
}

/** A text with the next places of what ends a field, so that each character is looked for once. */
class RowScanner {
  private nextDelimiter = -1
  private nextFeed = -1
  private nextReturn = -1

  constructor(
    private readonly text: string,
    private readonly delimiter: string,
    private readonly last: boolean,
  ) {}

  /** The row that begins at a place; null when its end may still come. */
  row(start: number): ScannedRow | null {
    const { text, delimiter } = this
    const fields: string[] = []
    let at = start
    for (;;) {
      let quoted: string | null = null
      if (text[at] === QUOTE) {
        const close = this.closingQuote(at + 1)
        if (close === null) {
          if (!this.last) return null
          fields.push(unescapedField(text.slice(at + 1)))
          return { fields, end: text.length, open: true }
        }
        quoted = unescapedField(text.slice(at + 1, close))
        at = close + 1
      }
      const feed = this.lineEnd(at)
      const next = this.delimiterAfter(at)
      const stop = Math.min(feed, next)
      const tail = text.slice(at, stop)
      // Blanks behind a closing quote are no part of the field; anything else belongs to it.
      fields.push(quoted === null ? tail : tail.trim() === '' ? quoted : quoted + tail)
      if (next < feed) {
        at = next + delimiter.length
        continue
      }
      if (feed === text.length) return this.last ? { fields, end: feed, open: false } : null
      // A line feed that belongs to the carriage return may come with the next piece.
      if (text[feed] === '\r' && feed + 1 === text.length && !this.last) return null
      const length = text[feed] === '\r' && text[feed + 1] === '\n' ? 2 : 1
      return { fields, end: feed + length, open: false }
    }
  }

  /** The place of the quote that closes a field; null when there is none, or when it may be the first of two. */
  private closingQuote(from: number): number | null {
    const { text } = this
    for (let at = text.indexOf(QUOTE, from); at >= 0; at = text.indexOf(QUOTE, at + 2)) {
      if (at + 1 === text.length && !this.last) return null
      if (text[at + 1] !== QUOTE) return at
    }
    return null
  }

  private delimiterAfter(at: number): number {
    if (this.nextDelimiter < at) this.nextDelimiter = placeOf(this.text, this.delimiter, at)
    return this.nextDelimiter
  }

  private lineEnd(at: number): number {
    if (this.nextFeed < at) this.nextFeed = placeOf(this.text, '\n', at)
    if (this.nextReturn < at) this.nextReturn = placeOf(this.text, '\r', at)
    return Math.min(this.nextFeed, this.nextReturn)
  }
}

/** Where a text comes next; the length where it does not. */
function placeOf(text: string, wanted: string, from: number): number {
  const place = text.indexOf(wanted, from)
  return place < 0 ? text.length : place
}

function unescapedField(field: string): string {
  return field.includes(QUOTE) ? field.replaceAll('""', QUOTE) : field
}
