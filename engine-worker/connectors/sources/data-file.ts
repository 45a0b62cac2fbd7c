/**
 * Supplied data that is too large for one text: a file that is read piece by piece, as often as it is wanted. JSON with an
 * entity a line, lists of JSON and CSV are read in bounded memory; sources of other formats read the file as a whole.
 */

import type { Part } from '../../config/project/effective.ts'
import { type Encoding, unknownEncoding, withoutMark, wrongEncoding } from '../../config/project/read.ts'
import { lineBlocks } from '../../entity/blocks.ts'
import { charsetOf, decodeAs } from '../../entity/charset.ts'
import type { ReadOptions } from '../../entity/json.ts'
import { entityLines } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { formatOf, readJsonStream } from '../../storage/ingest/supply.ts'
import type { DataFile } from '../open-context.ts'

const tooLargeForSource = problem<{ file: string; type: string; megabytes: number }>({
  code: 'data-too-large-for-source',
  severity: 'error',
  says: ({ file, type, megabytes }) =>
    `${file} is larger than the ${megabytes} MB that a ${type} source can read as a whole.`,
  fix: () => 'Supply the entities as JSON, one per line, which is read piece by piece.',
})

/** The most that is read as one text, in bytes: less than the longest text that JavaScript knows. */
const MAX_TEXT_BYTES = 400_000_000
const utf8: Encoding = { name: 'utf-8', strict: true }

/** The texts of a file in pieces that end with a line. Throws a Fault for bytes that are not in its character set. */
export async function* textsOfFile(file: DataFile, encoding: Encoding = utf8): AsyncGenerator<string, void> {
  const charset = charsetOf(encoding.name)
  if (charset === null) throw new Fault(unknownEncoding({ encoding: encoding.name }))
  const pieces = charset === 'utf-8' ? file.texts?.(encoding.strict) : undefined
  let first = true
  try {
    for await (const piece of pieces ?? decodedPieces(file, charset, encoding.strict)) {
      yield first ? withoutMark(piece) : piece
      first = false
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Fault(wrongEncoding({ url: file.name, encoding: encoding.name }, { file: file.name }))
  }
}

async function* decodedPieces(file: DataFile, charset: string, strict: boolean): AsyncGenerator<string> {
  const decode = decoderOf(charset, strict)
  for await (const block of isLineBased(charset) ? lineBlocks(file.bytes()) : file.bytes()) yield decode(block)
  const end = decode(null)
  if (end !== '') yield end
}

/** Whether a byte of 10 is a line break, whatever stands before it, so that blocks can be decoded on their own. */
function isLineBased(charset: string): boolean {
  return charset === 'utf-8' || charset === 'us-ascii' || /^(iso-8859|windows-125|cp\d)/.test(charset)
}

/** Decodes one block after the other; null is the end. */
function decoderOf(charset: string, strict: boolean): (block: Uint8Array | null) => string {
  if (isLineBased(charset)) {
    const whole = charset === 'utf-8' ? new TextDecoder('utf-8', { fatal: strict, ignoreBOM: true }) : null
    return (block) => (block === null ? '' : whole ? whole.decode(block) : decodeAs(block, charset, strict))
  }
  const decoder = new TextDecoder(charset, { fatal: strict })
  return (block) => (block === null ? decoder.decode() : decoder.decode(block, { stream: true }))
}

/** The whole of a file as one text, for sources that cannot read it in pieces. */
export async function wholeText(file: DataFile, type: string, encoding?: Encoding): Promise<string> {
  if (file.size > MAX_TEXT_BYTES) {
    const megabytes = MAX_TEXT_BYTES / 1_000_000
    throw new Fault(tooLargeForSource({ file: file.name, type, megabytes }, { file: file.name }))
  }
  const pieces: string[] = []
  for await (const piece of textsOfFile(file, encoding)) pieces.push(piece)
  return pieces.join('')
}

/** The entities of a file of JSON in transit form: one a line, a list, or a single one. Throws at what it cannot read. */
export async function* entitiesOfFile(
  file: DataFile,
  _part: Part,
  options: ReadOptions,
): AsyncGenerator<Iterable<Entity>> {
  const texts = textsOfFile(file)
  try {
    let start = ''
    // Enough to tell the format by: a whole line, or a lot of text.
    while (!start.trimStart().includes('\n') && start.length < 65_536) {
      const { done, value } = await texts.next()
      if (done) break
      start += value
    }
    if (start.trim() === '') return
    if (formatOf(start) === 'json') return yield* readJsonStream(start, texts, options)
    const place = { line: 1 }
    yield entityLines(start, place, options)
    for await (const text of texts) yield entityLines(text, place, options)
  } finally {
    await texts.return()
  }
}
