/** The formats of data files, and which of them a file is in. */
import { Fault, problem, reasonOf } from '../problem.ts'
import type { FileFormat, FileKind } from './format.ts'
import { csvFormat } from './formats/csv.ts'
import { excelFormat } from './formats/excel.ts'
import { jsonFormat, ndjsonFormat } from './formats/json.ts'
import { parquetFormat } from './formats/parquet.ts'
import { rdfFormat } from './formats/rdf.ts'
import { xmlFormat } from './formats/xml.ts'
import type { FileBytes, FileTable, ReadSettings } from './table.ts'

const formats: readonly FileFormat[] = [
  csvFormat,
  jsonFormat,
  ndjsonFormat,
  excelFormat,
  xmlFormat,
  parquetFormat,
  rdfFormat,
]

const fileUnreadable = problem<{ file: string; reason: string }>({
  code: 'file-unreadable',
  severity: 'error',
  says: ({ file, reason }) => `${file} could not be read: ${reason}.`,
  fix: () => 'Check that the file is complete, and what its ending says it is.',
})

const fileTooLarge = problem<{ file: string; megabytes: number; limit: number }>({
  code: 'file-too-large',
  severity: 'error',
  says: ({ file, megabytes, limit }) =>
    `${file} has ${megabytes} MB; files of this kind are read as a whole, up to ${limit} MB.`,
  fix: () => 'Save it as CSV or NDJSON, or in several files.',
})

/** Only the beginning of larger files is read, where their format allows it. */
const LARGE_FILE_BYTES = 8_000_000
const FIRST_BYTES = 4_000_000
/** Files that are read as a whole may be so large. */
const MAX_FILE_BYTES = 100_000_000

/** Bytes that tell a format. */
const DETECTION_BYTES = 4096

/** Reads further: gives at least this number of bytes of the file in all, or the whole file. */
async function bytesOf(
  pieces: ReadableStreamDefaultReader<Uint8Array>,
  before: Uint8Array,
  atLeast: number,
): Promise<Uint8Array> {
  const parts = [before]
  let length = before.length
  while (length < atLeast) {
    const { done, value } = await pieces.read()
    if (done) break
    parts.push(value)
    length += value.length
  }
  if (parts.length === 1) return before
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The format of a file: by the ending of its name, otherwise by its first bytes; CSV where nothing tells. */
function formatOf(name: string, bytes: Uint8Array): FileFormat {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const named = formats.find(({ endings }) => endings.includes(ending))
  // RDF is often written as plain XML, and Excel writes its name on what is none.
  const binaryFormat = [rdfFormat, parquetFormat].find(({ begins }) => begins?.(bytes))
  if (binaryFormat && (named === undefined || named === xmlFormat)) return binaryFormat
  return named ?? formats.find(({ begins }) => begins?.(bytes)) ?? csvFormat
}

/** Reads a file as a table. Throws a Fault where it cannot be read, or is too large for what it is. */
export async function readTable(
  name: string,
  file: FileBytes,
  settings: ReadSettings,
): Promise<{ readonly kind: FileKind; readonly table: FileTable }> {
  try {
    const pieces = file.stream().getReader()
    const begin = await bytesOf(pieces, new Uint8Array(), DETECTION_BYTES)
    const format = formatOf(name, begin)
    const limit = format.partial ? LARGE_FILE_BYTES : MAX_FILE_BYTES
    const bytes = await bytesOf(pieces, begin, limit + 1)
    await pieces.cancel()
    const complete = bytes.length <= limit
    if (!complete && !format.partial) {
      const megabytes = Math.round(Math.max(file.size, bytes.length) / 1e6)
      throw new Fault(fileTooLarge({ file: name, megabytes, limit: MAX_FILE_BYTES / 1e6 }))
    }
    const table = await format.read(complete ? bytes : bytes.subarray(0, FIRST_BYTES), settings, complete, name)
    return { kind: format.kind, table }
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.problem.code === fileTooLarge.code) throw thrown
    throw new Fault(fileUnreadable({ file: name, reason: placedReason(thrown) }))
  }
}

/** Why something could not be read, with the line where that is known. */
function placedReason(thrown: unknown): string {
  const reason = reasonOf(thrown).replace(/\.$/, '')
  const line = thrown instanceof Fault ? thrown.problem.where.line : undefined
  return line === undefined ? reason : `line ${line}: ${reason}`
}
