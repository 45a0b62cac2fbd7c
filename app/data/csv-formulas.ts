/** CSV for spreadsheet programs, which take cells that begin in certain ways for formulas and carry them out. */
// papaparse: CSV as it really is, with quotes and line ends inside cells.
import { parse, unparse } from 'papaparse'

/** What a spreadsheet may take for a formula; plain numbers such as `-1,5` are left alone. */
const formulaPattern = /^\s*(?:[=@|]|[+-](?![\d., ]*$))|^[\t\r]/

/** The separator of the first line: the one that stands there most often outside quotes. */
function delimiterOf(text: string): string {
  const [first = ''] = text.replace(/"[^"]*"/g, '').split(/\r?\n/, 1)
  const counts = [',', ';', '\t', '|'].map((each) => [first.split(each).length, each] as const)
  return counts.reduce((best, each) => (each[0] > best[0] ? each : best))[1]
}

/**
 * CSV text with an apostrophe before each cell that a spreadsheet would take for a formula: it is shown as text then.
 * Separator and line ends stay; quotes are put where they are needed.
 */
export function withoutFormulas(text: string): string {
  const { data, meta } = parse<string[]>(text, { delimiter: delimiterOf(text), skipEmptyLines: false })
  const rows = data.map((row) => row.map((cell) => (formulaPattern.test(cell) ? `'${cell}` : cell)))
  return unparse(rows, { delimiter: meta.delimiter, newline: meta.linebreak })
}

/** Rows as a CSV file for spreadsheet programs, without formulas; the mark lets them know that it is UTF-8. */
export function spreadsheetCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${withoutFormulas(unparse(rows.map((row) => [...row])))}\r\n`
}
