import {
  advanced,
  charsetField,
  choiceField,
  flagField,
  inSesam,
  textField,
  textList,
  textOrList,
} from '../../config/model/field.ts'
import { flagSetting, textListSetting, textSetting } from '../../config/model/setting.ts'
import { comment, continuation, ifSourceEmpty, system } from '../../config/model/shared-fields.ts'
import type { Part } from '../../config/project/effective.ts'
import type { Encoding } from '../../config/project/read.ts'
import { CsvReader, guessDelimiter } from '../../entity/csv.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, type Problem, problem } from '../../problem.ts'
import { RepeatedKeys, type Scratch } from '../../storage/index/repeated-keys.ts'
import { LONGEST_VALUE } from '../../storage/ingest/json-values.ts'
import { suppliedBroken } from '../../storage/ingest/row.ts'
import { kind } from '../kind.ts'
import type { DataFile } from '../open-context.ts'
import { entityReader } from './csv-entities.ts'
import { textsOfFile } from './data-file.ts'
import { fetchDocument, openOutside } from './supply.ts'

const quoteOpen = problem<{ row: number }>({
  code: 'csv-quote-open',
  severity: 'warning',
  says: ({ row }) =>
    `A quote in row ${row} is never closed: everything after it, to the end of the file, is read as one field.`,
  fix: () => 'Correct the row, or choose the dialect that the file is written in.',
})

const fieldsWithoutColumn = problem<{ rows: number; columns: number; row: number }>({
  code: 'csv-fields-without-column',
  severity: 'warning',
  says: ({ rows, columns, row }) =>
    `${rows} ${rows === 1 ? 'row has' : 'rows have'} more fields than there are columns (${columns}); the first is row ${row}. The fields after the last column are left out.`,
  fix: () => 'Correct the rows, the delimiter or field_names.',
})

const columnTwice = problem<{ columns: string }>({
  code: 'csv-column-twice',
  severity: 'warning',
  says: ({ columns }) => `The header names ${columns} more than once. Only the last of the columns is kept.`,
  fix: () => 'Give each column a name of its own, in the file or by field_names.',
})

const rowsCollide = problem<{ rows: number; columns: string; lost: number; line: number }>({
  code: 'csv-rows-collide',
  severity: 'warning',
  says: ({ rows, columns, lost, line }) =>
    `${lost} of ${rows} rows have the same ${columns} as a later row (the first is row ${line}). Only the last row of each value is kept.`,
  fix: () => 'Set primary_key to a column, or a list of columns, that is different in every row.',
})

/** configuration-sources-csv.rst */
export const csvSource = kind({
  role: 'source',
  type: 'csv',
  label: 'CSV file',
  icon: 'file-spreadsheet',
  says: 'Makes an entity of each row of a CSV file.',
  group: 'files',
  runs: 'supplied',
  readsTables: true,
  namespaced: true,
  fields: [
    system(['system:url', 'system:microservice']),
    textField('url', 'The address of the file, relative to the system.', { required: true }),
    textOrList('primary_key', 'The column or columns whose values make the _id.', { aim: 'identity', required: true }),
    flagField('has_header', 'Whether the first row names the columns.', true, { aim: 'format' }),
    textList('field_names', 'Names of the columns; they take precedence over the header of the file.', {
      aim: 'format',
    }),
    textField('delimiter', 'The character that separates fields.', { aim: 'format', default: ',' }),
    flagField('auto_dialect', 'Guess how the file is written. Has no effect when a dialect is chosen.', true, {
      ...advanced,
      aim: 'format',
    }),
    choiceField('dialect', ['excel', 'excel_tab', 'unix_dialect'], 'A named CSV dialect.', undefined, advanced),
    charsetField('encoding', 'The character set of the file.', { aim: 'format', default: 'UTF-8', advanced: true }),
    choiceField(
      'decode_error_strategy',
      ['strict', 'replace'],
      'What to do with bytes that are not valid in the character set: fail, or use the replacement character.',
      'strict',
      { ...advanced, aim: 'format' },
    ),
    textList('whitelist', 'Columns to take; all when absent.'),
    textList('blacklist', 'Columns to leave out.'),
    flagField('preserve_empty_strings', 'Keep empty fields as empty texts instead of leaving them out.', false, {
      aim: 'format',
    }),
    inSesam(
      flagField('escape_null_bytes', 'Make null characters harmless before reading.', false, {
        ...advanced,
        aim: 'format',
      }),
    ),
    ifSourceEmpty,
    ...continuation(false, true, false),
    comment,
  ],
  template: { type: 'csv', system: '', url: '', primary_key: 'id' },
  example: {
    config: { type: 'csv', system: 'crm', url: 'customers.csv', primary_key: 'number' },
    system: { _id: 'crm', type: 'system:url', url_pattern: 'https://crm.example.org/%s' },
    reads: ['number,name,city\n7,Ada Lovelace,Oslo\n'],
    gives: [{ _id: '7', number: '7', name: 'Ada Lovelace', city: 'Oslo' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-csv.rst',
  /** Reads a supplied file or one over the network. */
  open: (part, context) => {
    let warnings: readonly Problem[] = []
    const parse = async (text: string) => {
      const table = tableOf(text, part)
      warnings = [...openQuoteOf(table, part), ...(await lossProblems(table, part))]
      return entitiesOf(table, part)
    }
    const parseFile = (file: DataFile) =>
      csvFile(file, part, (found) => {
        warnings = found
      })
    const { runtime, needs } = openOutside(part, context, {
      parse,
      parseFile,
      encoding: encodingOf,
      fetch: fetchDocument(parse, (part) => ({ encoding: encodingOf(part) })),
    })
    return { runtime: { ...runtime, warnings: () => warnings }, needs }
  },
})

function encodingOf({ config }: Part): Encoding {
  const strict = textSetting(config, 'decode_error_strategy', 'strict') === 'strict'
  return { name: textSetting(config, 'encoding', 'utf-8'), strict }
}

/** The entities of a CSV text by the source's settings. */
export function parseCsv(source: string, part: Part): Iterable<Entity> {
  return entitiesOf(tableOf(source, part), part)
}

/** The entities of a CSV file by the source's settings, piece by piece. */
export function parseCsvFile(file: DataFile, part: Part): AsyncIterable<readonly Entity[]> {
  return csvFile(file, part, () => {})
}

/** The same; `warn` is called at the end with the rows that collide. */
async function* csvFile(file: DataFile, part: Part, warn: (problems: readonly Problem[]) => void) {
  const reader = new TableReader(part)
  const losses = new LossCounter(part, file.scratch)
  let entityOf: ((row: readonly string[]) => Entity) | null = null
  const entitiesOfRows = (rows: readonly (readonly string[])[]) => {
    const read: Entity[] = []
    for (const row of rows) {
      if (entityOf === null) {
        const header = flagSetting(part.config, 'has_header', true) ? row : undefined
        const columns = columnsOf(part, header)
        entityOf = entityReader(columns, header, part)
        losses.begin(columns, header)
        if (header) continue
      }
      read.push(entityOf(row))
      losses.add(row)
    }
    return read
  }
  try {
    for await (const piece of textsOfFile(file, encodingOf(part))) {
      yield entitiesOfRows(reader.push(piece, false))
      await losses.relieve()
    }
    yield entitiesOfRows(reader.push('', true))
    // A file without rows has no columns either, which is a mistake where a key is wanted.
    if (entityOf === null) entityReader(columnsOf(part, undefined), undefined, part)
    warn([...openQuoteOf(reader, part), ...(await losses.problems())])
  } finally {
    await losses.close()
  }
}

/** A CSV text taken apart by the source's settings. */
interface CsvTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Whether the first row of the text names the columns; it is not among `rows`. */
  readonly header: readonly string[] | undefined
  readonly delimiter: string
  /** The row whose quote is never closed, counted from 1 with the header; null when all are. */
  readonly openRow: number | null
}

/** Takes a CSV text apart into rows of texts. */
export function tableOf(source: string, part: Part): CsvTable {
  const delimiter = delimiterOf(part, source)
  const reader = new TableReader(part)
  const rows = reader.push(source, true)
  const header = flagSetting(part.config, 'has_header', true) ? rows.shift() : undefined
  return { columns: columnsOf(part, header), rows, header, delimiter, openRow: reader.openRow }
}

function columnsOf({ config }: Part, header: readonly string[] | undefined): readonly string[] {
  return textListSetting(config, 'field_names') ?? header ?? []
}

/** How many characters of a file are examined to detect its dialect. */
const FIRST_READ_CHARACTERS = 65_536

/** Takes apart CSV that comes in pieces by the settings of a source; empty lines are no rows. */
class TableReader {
  private start = ''
  private reader: CsvReader | null = null
  private rows = 0

  constructor(private readonly part: Part) {}

  /** The rows that another piece completes; `last` when no more will come. */
  push(text: string, last: boolean): string[][] {
    if (this.reader === null) {
      this.start += text
      if (!last && this.start.length < FIRST_READ_CHARACTERS) return []
      this.reader = new CsvReader(delimiterOf(this.part, this.start))
    }
    const { reader } = this
    const rows = reader.push(this.start === '' ? text : this.start, last)
    this.start = ''
    if (reader.pending > LONGEST_VALUE) throw new Fault(suppliedBroken({ reason: 'it is too long' }))
    const filled = rows.filter((row) => row.length > 1 || row[0] !== '')
    this.rows += filled.length
    return filled
  }

  /** The row whose quote is never closed, counted from 1; null when all are. */
  get openRow(): number | null {
    return this.reader?.endsInQuotes ? this.rows : null
  }
}

function openQuoteOf({ openRow }: Pick<CsvTable, 'openRow'>, { path }: Part): readonly Problem[] {
  return openRow === null ? [] : [quoteOpen({ row: openRow }, { path })]
}

/** Separates the values of several key columns; it cannot be confused with `:` inside a value when rows are compared. */
const SEPARATOR = '\u0000'

/** Warnings where rows or fields of a table are lost. */
async function lossProblems({ columns, rows, header }: CsvTable, part: Part): Promise<readonly Problem[]> {
  const losses = new LossCounter(part)
  losses.begin(columns, header)
  for (const row of rows) losses.add(row)
  return losses.problems()
}

/** Counts the rows that are replaced by later ones with the same primary key, and those with fields that have no column. */
class LossCounter {
  private readonly keys: readonly string[]
  private readonly repeated: RepeatedKeys
  private places: readonly number[] = []
  private isHeaded = false
  private rows = 0
  private columns: readonly string[] = []
  private tooLong = 0
  /** The first of them. */
  private firstTooLong = 0

  constructor(
    private readonly part: Part,
    scratch?: () => Promise<Scratch>,
  ) {
    this.keys = textListSetting(part.config, 'primary_key') ?? []
    this.repeated = new RepeatedKeys(scratch)
  }

  begin(columns: readonly string[], header: readonly string[] | undefined): void {
    this.columns = columns
    const places = this.keys.map((key) => columns.indexOf(key))
    this.places = places.includes(-1) ? [] : places
    this.isHeaded = header !== undefined
  }

  add(row: readonly string[]): void {
    this.rows++
    if (row.length > this.columns.length && row.slice(this.columns.length).some((field) => field !== '')) {
      this.tooLong++
      if (this.tooLong === 1) this.firstTooLong = this.rows
    }
    if (this.places.length > 0) this.repeated.add(this.places.map((place) => row[place] ?? '').join(SEPARATOR))
  }

  /** To be awaited every few thousand rows: see RepeatedKeys. */
  relieve(): Promise<void> {
    return this.repeated.relieve()
  }

  close(): Promise<void> {
    return this.repeated.close()
  }

  async problems(): Promise<readonly Problem[]> {
    const { rows, keys, part, tooLong, columns } = this
    const { count: lost, first } = await this.repeated.end()
    const header = this.isHeaded ? 1 : 0
    const found: Problem[] = []
    const twice = columns.filter((name, place) => name !== '' && columns.indexOf(name) < place)
    if (twice.length > 0) found.push(columnTwice({ columns: [...new Set(twice)].join(', ') }, { path: part.path }))
    if (tooLong > 0) {
      const facts = { rows: tooLong, columns: columns.length, row: this.firstTooLong + header }
      found.push(fieldsWithoutColumn(facts, { path: part.path }))
    }
    if (lost > 0) {
      const facts = { rows, columns: keys.join(' + '), lost, line: first + header }
      found.push(rowsCollide(facts, { path: [...part.path, 'primary_key'] }))
    }
    return found
  }
}

function* entitiesOf({ columns, rows, header }: CsvTable, part: Part): Iterable<Entity> {
  const entityOf = entityReader(columns, header, part)
  for (const row of rows) yield entityOf(row)
}

/** The delimiter as set, by the dialect, or guessed. */
function delimiterOf(part: Part, source: string): string {
  const dialect = textSetting(part.config, 'dialect')
  const set = textSetting(part.config, 'delimiter')
  if (set) return set
  if (dialect !== undefined) return dialect === 'excel_tab' ? '\t' : ','
  if (!flagSetting(part.config, 'auto_dialect', true)) return ','
  const first = source.slice(0, source.search(/[\r\n]|$/))
  return /[,;\t|]/.test(first) ? guessDelimiter(source) : ','
}
