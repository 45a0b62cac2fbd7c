/**
 * How files belong together: columns whose values meet. Where both name each row once the files are about the same things
 * and can be merged; where one repeats them it refers to the other and can be joined. Counts are of the rows at hand.
 */
import type { Environment } from '../environment.ts'
import { textRows } from './file-report.ts'
import { foldTexts, keyForms } from './key-forms.ts'
import type { FileTable } from './table.ts'

/** A column of a file. */
interface ColumnRef {
  readonly file: string
  readonly column: string
}

/** Two columns that have values in common. */
interface Relation {
  /** The side that is referred to; of a merge, the file that came first. */
  readonly one: ColumnRef
  /** The side that refers; of a merge, the other file. */
  readonly many: ColumnRef
  readonly kind: 'merge' | 'join'
  /** The key form in which they match: 0 is unchanged. */
  readonly form: number
  /** Rows of `many` whose value is found in `one`, of those of the file; and without any form. */
  readonly matched: number
  readonly of: number
  readonly exact: number
  /** Rows of `one` without a match in `many`. */
  readonly alone: number
  /** The most rows of `many` that meet one row of `one`. */
  readonly most: number
  /** Whether it is the best between the two files. */
  readonly best: boolean
}

/** A file whose relations are looked for. */
interface RelatedFile {
  readonly id: string
  readonly table: FileTable
}

/** Rows of each file that are looked at. */
const MAX_ROWS = 20_000
/** A tenth of the values must meet. */
const MIN_SHARE = 0.1
const MAX_RELATIONS = 12

interface Column extends ColumnRef {
  readonly texts: readonly string[]
  readonly filled: number
  /** Different values, as they are, and with nothing but their letters and digits. */
  readonly values: ReadonlySet<string>
  readonly bare: ReadonlySet<string>
  /** The texts in each key form, made when first asked for. */
  readonly forms: Map<number, readonly string[]>
}

/** The relations between files, the best first. */
export async function relationsOf(
  files: readonly RelatedFile[],
  environment: Environment,
): Promise<readonly Relation[]> {
  const columns = files.map((file) => columnsOf(file))
  const found: Relation[] = []
  for (const [at, ones] of columns.entries()) {
    for (const others of columns.slice(at + 1)) {
      const between: Relation[] = []
      for (const one of ones) for (const other of others) between.push(...(await relate(one, other, environment)))
      between.sort((a, b) => scoreOf(b) - scoreOf(a))
      found.push(...between.slice(0, 2).map((relation, place) => ({ ...relation, best: place === 0 })))
    }
  }
  return found.sort((a, b) => Number(b.best) - Number(a.best) || scoreOf(b) - scoreOf(a)).slice(0, MAX_RELATIONS)
}

function scoreOf({ matched, of, one, many, kind }: Relation): number {
  return (
    matched / Math.max(1, of) + (haveSimilarNames(one.column, many.column) ? 0.2 : 0) + (kind === 'merge' ? 0.01 : 0)
  )
}

/** Columns that may identify something: texts and numbers that differ. */
function columnsOf({ id, table }: RelatedFile): readonly Column[] {
  const rows = textRows(table.rows.slice(0, MAX_ROWS))
  return table.columns.flatMap((column, place) => {
    const texts = rows.map((row) => row[place] ?? '')
    const given = texts.filter((text) => text !== '')
    const values = new Set(given)
    // Values that repeat in every other row identify nothing.
    if (values.size < 2 || (values.size < 5 && values.size * 2 < given.length)) return []
    if (given.some((text) => text.length > 200)) return []
    const bare = new Set([...values].map((text) => text.toLowerCase().replace(/[^\p{L}\d]/gu, '')))
    return [{ file: id, column, texts, filled: given.length, values, bare, forms: new Map() }]
  })
}

async function relate(a: Column, b: Column, environment: Environment): Promise<readonly Relation[]> {
  if (!mayMatch(a, b)) return []
  const meetings = []
  for (const form of keyForms.keys()) {
    const left = await valuesInForm(a, form, environment)
    const right = await valuesInForm(b, form, environment)
    meetings.push({ form, left, right, both: countIn(right, new Set(left.filter(Boolean))) })
  }
  const most = Math.max(...meetings.map(({ both }) => both))
  // A form that finds hardly more matches is not used.
  const best = meetings.find(({ both }) => both * 100 >= most * 98)
  const [exact] = meetings
  if (!best || !exact || most < 2) return []
  const { form, left, right } = best
  const [uniqueLeft, uniqueRight] = [isUnique(left), isUnique(right)]
  if (!uniqueLeft && !uniqueRight) return []
  const merge = uniqueLeft && uniqueRight
  // The side whose values are each there once is referred to.
  const swap = !merge && !uniqueLeft
  const [one, many] = swap ? [b, a] : [a, b]
  const [ones, manys] = swap ? [right, left] : [left, right]
  const matched = countIn(manys, new Set(ones.filter(Boolean)))
  if (matched < Math.max(2, MIN_SHARE * Math.min(one.values.size, many.filled))) return []
  return [
    {
      one: { file: one.file, column: one.column },
      many: { file: many.file, column: many.column },
      kind: merge ? 'merge' : 'join',
      form,
      matched,
      of: many.texts.length,
      exact: countIn(swap ? exact.left : exact.right, new Set((swap ? exact.right : exact.left).filter(Boolean))),
      alone: ones.length - countIn(ones, new Set(manys.filter(Boolean))),
      most: mostOf(manys, new Set(ones)),
      best: false,
    },
  ]
}

async function valuesInForm(
  { texts, forms }: Column,
  form: number,
  environment: Environment,
): Promise<readonly string[]> {
  const known = forms.get(form) ?? (await foldTexts(keyForms[form] ?? '_.', texts, environment))
  forms.set(form, known)
  return known
}

/** Small numbers meet by chance: then the names have to say the same. */
function mayMatch(a: Column, b: Column): boolean {
  const isSmall = ({ values }: Column) => [...values].every((text) => /^[\d.,\s-]{1,5}$/.test(text))
  if (!haveSimilarNames(a.column, b.column) && (isSmall(a) || isSmall(b))) return false
  const [few, many] = a.bare.size < b.bare.size ? [a.bare, b.bare] : [b.bare, a.bare]
  let common = 0
  for (const text of few) if (text !== '' && many.has(text) && ++common > 1) return true
  return false
}

/** Whether two names of columns share a word of three letters or more, or the beginning of one. */
function haveSimilarNames(a: string, b: string): boolean {
  const words = (name: string) =>
    name
      .toLowerCase()
      .split(/[^\p{L}\d]+/u)
      .filter((word) => word.length > 2)
  return words(a).some((word) =>
    words(b).some(
      (other) => other === word || other.startsWith(word.slice(0, 5)) || word.startsWith(other.slice(0, 5)),
    ),
  )
}

function countIn(texts: readonly string[], values: ReadonlySet<string>): number {
  return texts.reduce((sum, text) => sum + (text !== '' && values.has(text) ? 1 : 0), 0)
}

/** Nearly every value is there once: a person may be twice in a list of persons. */
function isUnique(texts: readonly string[]): boolean {
  const given = texts.filter((text) => text !== '')
  return given.length > 0 && new Set(given).size >= given.length * 0.95
}

function mostOf(texts: readonly string[], values: ReadonlySet<string>): number {
  const counts = new Map<string, number>()
  for (const text of texts) if (text !== '' && values.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}
