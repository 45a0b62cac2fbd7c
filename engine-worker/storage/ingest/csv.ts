/** CSV that comes in pieces: the first row names the columns, every other is an entity of texts. */
// papaparse: the field-proven CSV reader of the browser world; guesses delimiters and quotes, can go on where it stopped.
import Papa from 'papaparse'
import { put } from '../../entity/dict.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { type Row, type RowReader, suppliedBroken } from './row.ts'

export class CsvRows implements RowReader {
  private readonly delimiter: string
  private readonly newline: '\n' | '\r\n' | '\r'
  private columns: readonly string[] | null = null
  private rest = ''
  private line = 1

  /** Guesses delimiter and line breaks from the beginning of the text. */
  constructor(start: string) {
    const { meta } = Papa.parse(start.slice(0, 65_536), { preview: 20 })
    this.delimiter = meta.delimiter || ','
    this.newline = lineBreakOf(start)
  }

  *push(text: string, last: boolean): Iterable<Row> {
    this.rest += text
    if (this.rest === '') return
    const parser = new Papa.Parser({ delimiter: this.delimiter, newline: this.newline })
    // Not the last row while more may come: it may be half of one.
    const { data, meta } = parser.parse(this.rest, 0, !last)
    this.rest = this.rest.slice(meta.cursor)
    for (const row of data as string[][]) {
      const { line } = this
      this.line += 1 + row.reduce((breaks, field) => breaks + lineBreaks(field), 0)
      if (row.length === 1 && row[0]?.trim() === '') continue
      if (this.columns === null) this.columns = row.map((name) => name.trim())
      else yield { line, read: () => this.entity(row) }
    }
  }

  private entity(row: readonly string[]): Entity {
    const columns = this.columns ?? []
    if (row.length > columns.length) {
      const reason = `it has ${row.length} fields, but there are only ${columns.length} columns`
      throw new Fault(suppliedBroken({ reason }))
    }
    const entity: Entity = {}
    for (const [at, field] of row.entries()) {
      const name = columns[at]
      if (name && field !== '') put(entity, name, field)
    }
    return entity
  }
}

/** What ends the first line. */
function lineBreakOf(text: string): '\n' | '\r\n' | '\r' {
  const end = text.indexOf('\n')
  if (end < 0) return text.includes('\r') ? '\r' : '\n'
  return text[end - 1] === '\r' ? '\r\n' : '\n'
}

function lineBreaks(field: string): number {
  return field.includes('\n') ? field.split('\n').length - 1 : 0
}
