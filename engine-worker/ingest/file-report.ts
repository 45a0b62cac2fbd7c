/** What a person sees of a data file before a pipe is made of it: how it is written, its key, its columns, its first rows. */
import { keysOfRows, type TableKeys } from '../connectors/table-key.ts'
import { plainText } from '../connectors/to-text.ts'
import type { ColumnReading, ColumnShape } from '../dtl/signature.ts'
import { printValue } from '../entity/transit.ts'
import { type Kind, kindOf, type Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import type { FileKind } from './format.ts'
import { type RecognisedColumn, recognise } from './recognise.ts'
import type { FileTable, TextForm } from './table.ts'

/** Rows that are shown. */
const SHOWN_VALUES = 50
/** Values that could not be read and are shown. */
const MAX_UNREAD = 5

/** What a column is, without any conversion. */
type ColumnAppearance =
  /** Texts; `width` where all have the same number of digits. */
  | { readonly is: 'text' }
  | { readonly is: 'digits'; readonly width: number | null; readonly zeros: boolean }
  | { readonly is: 'e-mail' }
  | { readonly is: 'web' }
  | { readonly is: 'empty' }
  /** Values that have a type in the file. */
  | { readonly is: 'typed'; readonly kind: Kind }
  | { readonly is: 'mixed' }

/** A conversion that is offered for a column. */
interface ColumnConversion {
  readonly shape: ColumnShape
  readonly format?: string
  readonly read: number
  readonly of: number
  /** Texts that it cannot read, which stay as they are. */
  readonly unread: readonly string[]
  /** Whether it is right unless somebody says otherwise. */
  readonly suggested: boolean
}

/** A column of a file. */
export interface ColumnReport {
  readonly name: string
  readonly look: ColumnAppearance
  readonly filled: number
  readonly distinct: number
  /** A value, and what the conversion makes of it, as transit text. */
  readonly example: string | null
  readonly becomes: string | null
  readonly conversion: ColumnConversion | null
  /** The values of the first rows, and what the conversion makes of them, as transit texts; null where there is none. */
  readonly first: readonly (string | null)[]
  readonly firstConverted: readonly (string | null)[]
}

/** A file that was read. */
export interface FileReport {
  readonly kind: FileKind
  readonly rows: number
  readonly complete: boolean
  readonly form: TextForm | null
  /**
   * How a value with letters beyond ASCII would read in the other character set; null where no value has such letters.
   */
  readonly otherwise: { readonly encoding: string; readonly text: string } | null
  readonly sheets: readonly string[]
  readonly sheet: string | null
  /** The row of a sheet that names the columns, from 1; 0: none; null where the file is no workbook. */
  readonly headRow: number | null
  readonly keys: TableKeys
  readonly columns: readonly ColumnReport[]
}

/** How a column is read when its conversion is on. */
export interface AppliedReading {
  readonly reading: ColumnReading
  /** Whether it reads every value. */
  readonly readsAll: boolean
}

/** Describes a table; `readings` are the conversions of its columns, by name. */
export async function reportOf(
  kind: FileKind,
  table: FileTable,
  environment: Environment,
): Promise<{ readonly report: FileReport; readonly readings: ReadonlyMap<string, AppliedReading> }> {
  const { columns, rows } = table
  const keys = keysOfRows(columns, textRows(rows))
  const [key] = keys.single
  const reports: ColumnReport[] = []
  const readings = new Map<string, AppliedReading>()
  for (const [place, name] of columns.entries()) {
    const values = rows.map((row) => row[place] ?? null)
    const recognised = await recognise(name, values, environment)
    if (recognised)
      readings.set(name, { reading: recognised.reading, readsAll: recognised.read === recognised.of && table.complete })
    reports.push(columnReport(name, values, recognised, name === key))
  }
  const report = {
    kind,
    rows: rows.length,
    complete: table.complete,
    form: table.form ?? null,
    otherwise: table.form ? readOtherwise(rows, table.form.encoding) : null,
    sheets: table.sheets ?? [],
    sheet: table.sheet ?? null,
    headRow: table.headRow ?? null,
    keys,
    columns: reports,
  }
  return { report, readings }
}

/** The rows of a table as texts, to be compared. */
export function textRows(rows: FileTable['rows']): readonly (readonly string[])[] {
  return rows.map((row) =>
    row.map((value) => (typeof value === 'string' ? value : value === null ? '' : plainText(value))),
  )
}

function columnReport(
  name: string,
  values: readonly Value[],
  found: RecognisedColumn | null,
  isKey: boolean,
): ColumnReport {
  const filled = values.filter((value) => value !== null && value !== '')
  const distinct = new Set(filled.map((value) => (typeof value === 'string' ? value : printValue(value))))
  const example = found ? [...found.results].find(([, value]) => value !== null) : undefined
  return {
    name,
    look: appearanceOf(filled),
    filled: filled.length,
    distinct: distinct.size,
    example: example ? printValue(example[0]) : printedValue(filled[0] ?? null),
    becomes: example ? printedValue(example[1]) : null,
    conversion: found ? conversionOf(name, found, isKey) : null,
    first: values.slice(0, SHOWN_VALUES).map(printedValue),
    firstConverted: values.slice(0, SHOWN_VALUES).map((value) => printedValue(convertedValue(found, value))),
  }
}

function convertedValue(found: RecognisedColumn | null, value: Value): Value {
  return (typeof value === 'string' ? found?.results.get(value) : null) ?? value
}

function printedValue(value: Value): string | null {
  return value === null || value === '' ? null : printValue(value)
}

/** Names of columns whose numbers are identifiers, which are not added up. */
const identifierName =
  /^_?id$|(?:^|[_\s-])(?:id|no|nr|number|key|code|kode|nummer)$|[a-z]I[dD]$|(?:nr|nummer|kode|post|zip)/i

function conversionOf(
  name: string,
  { reading, results, read, of }: RecognisedColumn,
  isKey: boolean,
): ColumnConversion {
  const { shape, format, offered } = reading
  const unread = [...results].flatMap(([text, value]) => (value === null ? [text] : [])).slice(0, MAX_UNREAD)
  const isName = shape === 'integer' && (isKey || identifierName.test(name))
  return {
    shape,
    ...(format === undefined ? {} : { format }),
    read,
    of,
    unread,
    suggested: offered !== true && !isName && !(isKey && shape !== 'outer-spaces'),
  }
}

function appearanceOf(values: readonly Value[]): ColumnAppearance {
  const [first] = values
  if (first === undefined) return { is: 'empty' }
  const kinds = new Set(values.map(kindOf))
  if (kinds.size > 1) return { is: 'mixed' }
  if (typeof first !== 'string') return { is: 'typed', kind: kindOf(first) }
  const texts = values.filter((value) => typeof value === 'string')
  if (texts.every((text) => /^\d+$/.test(text))) {
    const width = texts.every((text) => text.length === first.length) ? first.length : null
    return { is: 'digits', width, zeros: texts.some((text) => text.length > 1 && text.startsWith('0')) }
  }
  const matchesMost = (pattern: RegExp) => texts.filter((text) => pattern.test(text.trim())).length * 2 > texts.length
  if (matchesMost(/^[^@\s]+@[^@\s]+\.[^@\s]+$/)) return { is: 'e-mail' }
  return matchesMost(/^https?:\/\//i) ? { is: 'web' } : { is: 'text' }
}

/** The first text with letters beyond ASCII, as it would read if the file were in the other usual character set. */
function readOtherwise(rows: FileTable['rows'], encoding: string): FileReport['otherwise'] {
  for (const row of rows) {
    for (const value of row) {
      if (typeof value !== 'string') continue
      const word = /\S*[\u0080-\uffff]\S*/.exec(value)?.[0]
      if (word === undefined) continue
      const isUtf8 = encoding === 'utf-8'
      const other = isUtf8 ? 'windows-1252' : 'utf-8'
      const text = isUtf8
        ? new TextDecoder('latin1').decode(new TextEncoder().encode(word))
        : word.replace(/[\u0080-\uffff]/g, '\ufffd')
      return { encoding: other, text: text.slice(0, 30) }
    }
  }
  return null
}
