/** CSV that comes in pieces: the first row names the columns, every other is an entity of texts. */
import { CsvReader, guessDelimiter } from '../../entity/csv.ts'
import { put } from '../../entity/dict.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { type RowReader, type SuppliedRow, suppliedBroken } from './row.ts'

export class CsvRows implements RowReader {
  private readonly reader: CsvReader
  private columns: readonly string[] | null = null
  private line = 1

  /** Guesses the delimiter from the beginning of the text. */
  constructor(start: string) {
    this.reader = new CsvReader(guessDelimiter(start))
  }

  *push(text: string, last: boolean): Iterable<SuppliedRow> {
    const rows = this.reader.push(text, last)
    for (const [at, row] of rows.entries()) {
      const { line } = this
      this.line += 1 + row.reduce((breaks, field) => breaks + countLineBreaks(field), 0)
      if (this.reader.endsInQuotes && at === rows.length - 1) {
        yield { line, read: () => brokenRow('a quote in it is never closed') }
        continue
      }
      if (row.length === 1 && row[0]?.trim() === '') continue
      if (this.columns === null) this.columns = row.map((name) => name.trim())
      else yield { line, read: () => this.entityOfRow(row) }
    }
  }

  private entityOfRow(row: readonly string[]): Entity {
    const columns = this.columns ?? []
    if (row.length > columns.length) {
      return brokenRow(`it has ${row.length} fields, but there are only ${columns.length} columns`)
    }
    const entity: Entity = {}
    for (const [at, field] of row.entries()) {
      const name = columns[at]
      if (name && field !== '') put(entity, name, field)
    }
    return entity
  }
}

function brokenRow(reason: string): never {
  throw new Fault(suppliedBroken({ reason }))
}

/** Line breaks inside a field. */
function countLineBreaks(field: string): number {
  return /[\r\n]/.test(field) ? field.split(/\r\n|\n|\r/).length - 1 : 0
}
