/**
 * A second thread for large files: it reads them and decodes their texts, encodes texts and writes them, while this one
 * works on entities. There is one for the whole process, started when it is first wanted. Where none can be started,
 * files are read and written in this thread.
 */
import { Worker } from 'node:worker_threads'
import type { TextPiece } from '../entity/line-text.ts'
import type { FileAnswer, FileError, FileRequest, FilesReady } from './file-worker.ts'

/** Files of fewer bytes are read and written faster without it. */
export const LARGE_FILE = 4_000_000
/** Texts of so many characters may wait to be written. */
const WAITING = 1_000_000

/** The second thread. */
export interface FileThread {
  /** The texts of a file of UTF-8, in pieces of whole lines; a TypeError for other bytes where `strict`. */
  readonly texts: (path: string, strict: boolean) => AsyncIterable<TextPiece>
  /** Adds a text to an open file. Waits while much is to be written; throws what went wrong with earlier texts too. */
  readonly write: (file: number, text: string) => Promise<void>
  /** Waits until everything is written to a file; throws what went wrong. */
  readonly flush: (file: number) => Promise<void>
}

let started: Promise<FileThread | null> | null = null

/** The thread of this process, or null where none can be started. */
export function fileThread(): Promise<FileThread | null> {
  started ??= start()
  return started
}

async function start(): Promise<FileThread | null> {
  const { address, fileWorker } = await import('./file-worker.ts')
  const options = {
    workerData: fileWorker,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
  }
  const worker = address.endsWith('.ts')
    ? new Worker(fromSources(address), { ...options, eval: true })
    : new Worker(new URL(address), options)
  const connection = new Connection(worker)
  return (await connection.isThere) ? connection : null
}

/** In a clone, the sources are run as they are, which the thread has to learn first. */
function fromSources(address: string): string {
  return `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(address)})))`
}

interface Reading {
  readonly pieces: (TextPiece | null)[]
  error: Error | null
  wake: () => void
}

interface Writing {
  /** Characters that wait to be written, by request. */
  readonly waiting: Map<number, number>
  error: Error | null
  wake: () => void
}

/** Requests and answers. It keeps the process alive only while something is awaited. */
class Connection implements FileThread {
  private readonly readings = new Map<number, Reading>()
  private readonly writings = new Map<number, Writing>()
  /** The file that a request writes to. */
  private readonly files = new Map<number, number>()
  private next = 0
  private awaited = 0

  /** Whether the thread has started. */
  readonly isThere: Promise<boolean>

  constructor(private readonly worker: Worker) {
    this.isThere = new Promise((resolve) => {
      worker.on('message', (message: FileAnswer | FilesReady) => {
        if ('id' in message) return this.take(message)
        // Only now: with a listener that is added, the process begins to wait for the thread.
        worker.unref()
        resolve(true)
      })
      worker.on('error', (error: Error) => {
        this.fail(error)
        resolve(false)
      })
      worker.on('exit', () => {
        this.fail(new Error('the thread for files has ended'))
        resolve(false)
      })
    })
  }

  async *texts(path: string, strict: boolean): AsyncGenerator<TextPiece> {
    const id = this.next++
    const reading: Reading = { pieces: [], error: null, wake: () => undefined }
    this.readings.set(id, reading)
    this.ask({ ask: 'read', id, path, strict })
    try {
      for (;;) {
        if (reading.pieces.length === 0 && reading.error === null) await this.wake(reading)
        const piece = reading.pieces.shift()
        if (piece === undefined && reading.error !== null) throw reading.error
        if (piece === null) return
        if (piece === undefined) continue
        this.ask({ ask: 'more', id })
        yield piece
      }
    } finally {
      this.readings.delete(id)
      this.ask({ ask: 'stop', id })
    }
  }

  async write(file: number, text: string): Promise<void> {
    const writing = this.writings.get(file) ?? { waiting: new Map(), error: null, wake: () => undefined }
    this.writings.set(file, writing)
    if (writing.error !== null) throw writing.error
    const id = this.next++
    writing.waiting.set(id, text.length)
    this.files.set(id, file)
    this.ask({ ask: 'write', id, file, text })
    while (lengthOf(writing) > WAITING) await this.wake(writing)
    if (writing.error !== null) throw writing.error
  }

  async flush(file: number): Promise<void> {
    const writing = this.writings.get(file)
    if (!writing) return
    while (writing.waiting.size > 0) await this.wake(writing)
    this.writings.delete(file)
    if (writing.error !== null) throw writing.error
  }

  private ask(request: FileRequest): void {
    this.worker.postMessage(request)
  }

  /** Waits for the next answer. */
  private async wake(waiting: Reading | Writing): Promise<void> {
    if (this.awaited++ === 0) this.worker.ref()
    await new Promise<void>((resolve) => {
      waiting.wake = resolve
    })
    if (--this.awaited === 0) this.worker.unref()
  }

  private take(answer: FileAnswer): void {
    const reading = this.readings.get(answer.id)
    if (reading) {
      if ('piece' in answer) reading.pieces.push(answer.piece)
      else if ('error' in answer) reading.error = errorOf(answer.error)
      reading.wake()
    }
    const file = this.files.get(answer.id)
    const writing = file === undefined ? undefined : this.writings.get(file)
    if (!writing) return
    this.files.delete(answer.id)
    writing.waiting.delete(answer.id)
    if ('error' in answer) writing.error ??= errorOf(answer.error)
    writing.wake()
  }

  /** The thread is no longer there: nothing will be answered. */
  private fail(error: Error): void {
    for (const reading of this.readings.values()) {
      reading.error ??= error
      reading.wake()
    }
    for (const writing of this.writings.values()) {
      writing.error ??= error
      writing.waiting.clear()
      writing.wake()
    }
  }
}

function lengthOf({ waiting }: Writing): number {
  let length = 0
  for (const each of waiting.values()) length += each
  return length
}

function errorOf({ message, code, ...more }: FileError): Error {
  return code === undefined ? new TypeError(message) : Object.assign(new Error(message), { code, ...more })
}
