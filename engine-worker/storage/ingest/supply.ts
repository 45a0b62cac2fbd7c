/**
 * Data that the user brings, as streams of text: NDJSON, JSON (a list, or objects one after the other) and CSV, read to
 * entities batch by batch, so that a file of gigabytes needs the memory of one batch. Rows that cannot be read or have no
 * `_id` are left out and reported with their line; the rest goes on.
 */
import type { ReadOptions } from '../../entity/json.ts'
import { readEntity } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, type Problem, problem } from '../../problem.ts'
import { CsvRows } from './csv.ts'
import { JsonValues, LONGEST_VALUE } from './json-values.ts'
import { type RowReader, type SuppliedRow, suppliedBroken } from './row.ts'

const suppliedWithoutId = problem<{ columns: string }>({
  code: 'supplied-without-id',
  severity: 'error',
  says: ({ columns }) => `This row has no _id; it has ${columns || 'no properties'}.`,
  fix: () => 'Say which property or column is the id.',
})

/** How supplied data is read. */
export interface SupplyOptions {
  /** Found out from the first characters when absent. */
  readonly format?: 'ndjson' | 'json' | 'csv'
  /** The property whose value becomes `_id` (several are joined by `:`), where the data has no `_id` of its own. */
  readonly id?: readonly string[]
  /** Entities without an `_id` are kept as they are; otherwise they are reported. */
  readonly withoutId?: boolean
  /** Entities per batch. */
  readonly batch?: number
  /** Named in problems. */
  readonly file?: string
  /** Reads the numbers of JSON (see ReadOptions). */
  readonly number?: ReadOptions['number']
}

/** Entities that could be read, and the problems of the rows that could not. */
export interface SuppliedBatch {
  readonly entities: readonly Entity[]
  readonly problems: readonly Problem[]
}

const BATCH_SIZE = 5000

/** Reads entities out of a stream of text. */
export async function* readSupply(
  chunks: AsyncIterable<string> | Iterable<string>,
  options: SupplyOptions = {},
): AsyncGenerator<SuppliedBatch> {
  const size = options.batch ?? BATCH_SIZE
  let entities: Entity[] = []
  let problems: Problem[] = []
  for await (const row of rowsOf(chunks, options)) {
    try {
      const entity = row.read()
      entities.push(options.withoutId ? entity : withId(entity, options.id))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      problems.push(withFile(error.problem, row.line, options.file))
    }
    if (entities.length + problems.length < size) continue
    yield { entities, problems }
    entities = []
    problems = []
  }
  if (entities.length + problems.length > 0) yield { entities, problems }
}

/**
 * Reads the entities of a JSON list, or of objects one after the other, from its beginning on and then from further texts.
 * Throws a Fault with its line at the first thing that cannot be read.
 */
export async function* readJsonStream(
  start: string,
  texts: AsyncIterable<string> | Iterable<string>,
  options: ReadOptions = {},
): AsyncGenerator<readonly Entity[], void> {
  const reader = new JsonValues((text) => readEntity(text, options))
  yield readAll(reader.push(start, false))
  for await (const text of texts) yield readAll(reader.push(text, false))
  yield readAll(reader.push('', true))
}

function readAll(rows: Iterable<SuppliedRow>): readonly Entity[] {
  const entities: Entity[] = []
  for (const row of rows) {
    try {
      entities.push(row.read())
    } catch (error) {
      throw error instanceof Fault ? new Fault(withFile(error.problem, row.line, undefined)) : error
    }
  }
  return entities
}

/** A problem in a row, with its place in the whole file. */
function withFile(found: Problem, line: number, file: string | undefined): Problem {
  const where = { ...found.where, line: line + (found.where.line ?? 1) - 1 }
  return { ...found, where: file ? { file, ...where } : where }
}

async function* rowsOf(
  chunks: AsyncIterable<string> | Iterable<string>,
  options: SupplyOptions,
): AsyncGenerator<SuppliedRow> {
  let reader: RowReader | null = null
  let start = ''
  for await (const chunk of chunks) {
    if (reader) yield* reader.push(chunk, false)
    else {
      start = (start + chunk).replace(/^\ufeff/, '')
      // Enough to tell the format by: a whole line, or a lot of text.
      if (!start.trimStart().includes('\n') && start.length < 65_536) continue
      reader = readerOf(start, options)
      yield* reader.push(start, false)
    }
  }
  yield* reader ? reader.push('', true) : readerOf(start, options).push(start, true)
}

function readerOf(start: string, options: SupplyOptions): RowReader {
  const format = options.format ?? formatOf(start)
  if (format === 'csv') return new CsvRows(start)
  const readLine = (text: string) => readEntity(text, options.number ? { number: options.number } : {})
  return format === 'ndjson' ? new Lines(readLine) : new JsonValues(readLine)
}

/** The format that a text begins like. A list or an object that spans lines is JSON, an object a line NDJSON. */
export function formatOf(start: string): 'ndjson' | 'json' | 'csv' {
  const text = start.trimStart()
  if (text.startsWith('[')) return 'json'
  if (!text.startsWith('{')) return 'csv'
  const line = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n')).trimEnd()
  return line.endsWith('}') ? 'ndjson' : 'json'
}

function withId(entity: Entity, id: readonly string[] | undefined): Entity {
  if (typeof entity._id === 'string') return entity
  const parts = (id ?? []).map((name) => (Object.hasOwn(entity, name) ? entity[name] : null))
  if (parts.length === 0 || parts.some((part) => part === null || part === undefined || typeof part === 'object')) {
    throw new Fault(suppliedWithoutId({ columns: Object.keys(entity).slice(0, 20).join(', ') }))
  }
  return { ...entity, _id: parts.map(String).join(':') }
}

/** One JSON object a line. A broken line does not touch the others. */
class Lines implements RowReader {
  /** The beginning of a line whose end has not come yet; never looked through again. */
  private pendingText = ''
  private line = 0
  constructor(private readonly read: (text: string) => Entity) {}
  *push(text: string, last: boolean): Iterable<SuppliedRow> {
    let from = 0
    for (;;) {
      const end = text.indexOf('\n', from)
      if (end < 0 && !last) break
      const line = this.pendingText + text.slice(from, end < 0 ? undefined : end)
      this.pendingText = ''
      this.line++
      if (line.trim() !== '') yield { line: this.line, read: () => this.read(line) }
      if (end < 0) return
      from = end + 1
    }
    this.pendingText += text.slice(from)
    if (this.pendingText.length > LONGEST_VALUE)
      throw new Fault(suppliedBroken({ reason: 'it is too long' }, { line: this.line + 1 }))
  }
}
