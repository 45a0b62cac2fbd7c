/** Files of entities of any size. */
import { Fault, problem, reasonOf } from '../problem.ts'
import type { ReceiveOptions, ReceiveResult } from '../run/inbox.ts'
import { type CallContext, capability } from './capability.ts'
import type { EngineHost } from './host.ts'
import { suppliedState } from './supplied-texts.ts'

/** A file as a platform gives it (a File or Blob): read piece by piece, never as a whole. */
interface FileOfEntities {
  readonly size: number
  stream(): ReadableStream<Uint8Array>
}

/** The file that a source takes. */
interface ReceiveRequest {
  readonly pipe: string
  readonly name: string
  readonly file: FileOfEntities
}

/** How far a file has been taken in. */
interface ReceiveProgress {
  /** From 0 to 1. */
  readonly share: number
  readonly entities: number
}

const notUtf8 = problem<{ file: string }>({
  code: 'supplied-not-utf8',
  severity: 'error',
  says: ({ file }) => `${file} is not written in UTF-8, as JSON has to be.`,
  fix: () => 'Save the file as UTF-8 and supply it again.',
})

const unreadable = problem<{ file: string; reason: string }>({
  code: 'supplied-unreadable',
  severity: 'error',
  says: ({ file, reason }) => `${file} could not be read to its end (${reason}). What was there before is unchanged.`,
  fix: () => 'Check that the file is still there and has not been changed, and supply it again.',
})

/**
 * Sets the entities of a source from a file of any size: NDJSON, JSON or CSV with a header. Rows that cannot be read
 * are left out and named by their line. The previous content stays until the whole file is stored, and stays if that
 * fails.
 */
export const receive = capability(
  'receive',
  'deployed-data',
  ({ pipe, name, file }: ReceiveRequest, { host, onEvent }: CallContext<ReceiveProgress>) => {
    let bytes = 0
    const reportProgress = (entities: number) => onEvent({ share: file.size === 0 ? 1 : bytes / file.size, entities })
    const chunks = textsOf(file, name, (length) => {
      bytes += length
    })
    return ingest(host, pipe, chunks, { append: false, file: name, progress: reportProgress })
  },
)

/** Keeps many entities as a dataset that the source of a pipe reads, instead of as a text. */
export async function ingest(
  host: EngineHost,
  pipe: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  options: ReceiveOptions,
): Promise<ReceiveResult> {
  try {
    const states = [suppliedState(pipe, null)]
    return await host.current().session.receive(pipe, chunks, { ...options, states })
  } catch (error) {
    if (error instanceof Fault) return { entities: 0, problems: [error.problem], skipped: 0 }
    throw error
  }
}

/** Characters that are read at once. */
const CHUNK_CHARACTERS = 2_000_000

/** The text of a file in pieces; `read` is called with the number of bytes of each. */
async function* textsOf(file: FileOfEntities, name: string, read: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decodeChunk = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new Fault(notUtf8({ file: name }, { file: name }))
    }
  }
  let text = ''
  const reader = file.stream().getReader()
  const readNext = () =>
    reader.read().catch((error: unknown) => {
      throw new Fault(unreadable({ file: name, reason: reasonOf(error) }, { file: name }))
    })
  for (;;) {
    const { done, value } = await readNext()
    if (value) read(value.length)
    text += decodeChunk(done ? undefined : value)
    if (text.length < CHUNK_CHARACTERS && !done) continue
    yield text
    if (done) return
    text = ''
  }
}
