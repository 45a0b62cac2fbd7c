/** CSV and other separated text: its character set, separator, quotes and header are found out. */
// papaparse: see connectors/sources/csv.ts.
import Papa from 'papaparse'
import { charsetOf, decodeAs, decodeBytes } from '../../entity/charset.ts'
import { defineFormat } from '../format.ts'
import { columnNames } from '../table.ts'

const delimiters = [';', ',', '\t', '|'] as const
/** Lines that are looked at to find the separator. */
const EXAMINED_ROWS = 200

export const csvFormat = defineFormat({
  kind: 'csv',
  endings: ['csv', 'tsv', 'tab', 'txt'],
  partial: true,
  read: async (bytes, settings, complete) => {
    const { text, charset } = textOf(bytes, settings.encoding)
    const whole = complete ? text : text.slice(0, text.lastIndexOf('\n') + 1)
    const delimiter = settings.delimiter ?? delimiterOf(whole)
    const { data } = Papa.parse<string[]>(whole, { delimiter, skipEmptyLines: true })
    const header = settings.header ?? hasHeader(data)
    const first = data[0] ?? []
    const width = Math.max(0, ...data.slice(0, EXAMINED_ROWS).map((row) => row.length))
    const named = header ? first : first.map(() => '')
    const columns = columnNames([...named, ...Array.from({ length: Math.max(0, width - named.length) }, () => '')])
    const rows = header ? data.slice(1) : data
    const regular = rows.filter((row) => row.length === columns.length).length
    const quoted = /(?:^|[;,\t|\n])"/.test(whole.slice(0, 100_000))
    const isNamed = header && columns.every((name, place) => name === first[place])
    return { columns, rows, complete, form: { delimiter, encoding: charset, header, named: isNamed, regular, quoted } }
  },
})

function textOf(bytes: Uint8Array, encoding: string | undefined): { text: string; charset: string } {
  const named = encoding === undefined ? null : charsetOf(encoding)
  if (named === null) return decodeBytes(bytes)
  const text = decodeAs(bytes, named, false)
  return { text: text.startsWith('\ufeff') ? text.slice(1) : text, charset: named }
}

/** The separator that cuts most lines into the same number of fields, more than one; a comma where none does. */
function delimiterOf(text: string): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const { data } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: true, preview: EXAMINED_ROWS })
    const counts = new Map<number, number>()
    for (const row of data) if (row.length > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
    const [fields, lines] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0]
    // As many lines as possible; of equal ones the separator that cuts more.
    const score = lines / Math.max(1, data.length) + Math.min(fields, 50) / 1000
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** Whether the first row reads as names: none is empty, twice there, or a number or date. */
function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = []] = rows
  const names = first.map((name) => name.trim())
  return (
    names.length > 0 &&
    names.every((name) => name === '' || !/^[\d\s.,:/+-]+$/.test(name)) &&
    !names.some((name) => name.includes('@')) &&
    names.filter(Boolean).length * 2 > names.length
  )
}
