/**
 * What runs in the second thread of file-thread.ts: it reads and decodes files, encodes and writes texts. It knows nothing
 * of entities, so that it is there quickly and takes little memory.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { lineBlocks } from '../entity/blocks.ts'
import { type TextPiece, textPiece } from '../entity/line-text.ts'

/** Where this module stands, for who starts a thread on it. */
export const address = import.meta.url
/** The data that a thread of this module is started with. */
export const fileWorker = 'pipewright files'

/** What the thread is asked; `id` is chosen by who asks. */
export type FileRequest =
  | { readonly ask: 'read'; readonly id: number; readonly path: string; readonly strict: boolean }
  /** One more piece may be sent. */
  | { readonly ask: 'more'; readonly id: number }
  | { readonly ask: 'stop'; readonly id: number }
  | { readonly ask: 'write'; readonly id: number; readonly file: number; readonly text: string }

/** What it answers: the next piece (null at the end), a text that was written, or an error. */
export type FileAnswer =
  | { readonly id: number; readonly piece: TextPiece | null }
  | { readonly id: number; readonly written: true }
  | { readonly id: number; readonly error: FileError }

/** The first message: the thread is there. */
export interface FilesReady {
  readonly ready: true
}

/** An error of the operating system, or of bytes that are not UTF-8 (without a code). */
export interface FileError {
  readonly message: string
  readonly code?: string
  readonly syscall?: string
  readonly path?: string
}

/** How many pieces are sent before one more is asked for. */
const AHEAD = 8
/** Bytes that are read at once. */
const PIECE = 64 * 1024

interface Reading {
  allowed: number
  /** Called when another piece is allowed, or the reading is given up. */
  wake: () => void
  stopped: boolean
}

function serve(port: NonNullable<typeof parentPort>): void {
  const readings = new Map<number, Reading>()
  const answer = (message: FileAnswer): void => port.postMessage(message)
  const read = async (id: number, path: string, strict: boolean): Promise<void> => {
    const reading: Reading = { allowed: AHEAD, wake: () => undefined, stopped: false }
    readings.set(id, reading)
    const decoder = new TextDecoder('utf-8', { fatal: strict, ignoreBOM: true })
    try {
      for await (const block of lineBlocks(piecesOf(path))) {
        if (reading.allowed === 0) await new Promise<void>((resolve) => Object.assign(reading, { wake: resolve }))
        if (reading.stopped) return
        reading.allowed--
        answer({ id, piece: textPiece(decoder.decode(block)) })
      }
      answer({ id, piece: null })
    } catch (error) {
      answer({ id, error: plainError(error) })
    } finally {
      readings.delete(id)
    }
  }
  const allow = (id: number, stopped: boolean): void => {
    const reading = readings.get(id)
    if (!reading) return
    reading.allowed++
    reading.stopped = stopped
    reading.wake()
  }
  const write = (id: number, file: number, text: string): void => {
    try {
      const bytes = Buffer.from(text, 'utf8')
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      answer({ id, written: true })
    } catch (error) {
      answer({ id, error: plainError(error) })
    }
  }
  port.postMessage({ ready: true } satisfies FilesReady)
  port.on('message', (request: FileRequest) => {
    if (request.ask === 'read') void read(request.id, request.path, request.strict)
    else if (request.ask === 'write') write(request.id, request.file, request.text)
    else allow(request.id, request.ask === 'stop')
  })
}

function* piecesOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const bytes = Buffer.allocUnsafeSlow(PIECE)
      const length = readSync(file, bytes, 0, PIECE, null)
      if (length === 0) return
      yield bytes.subarray(0, length)
    }
  } finally {
    closeSync(file)
  }
}

function plainError(error: unknown): FileError {
  if (!(error instanceof Error)) return { message: String(error) }
  // The decoder's error also has a code, of Node.
  if (error instanceof TypeError) return { message: error.message }
  const read = (key: string) => {
    const value: unknown = Reflect.get(error, key)
    return typeof value === 'string' ? { [key]: value } : {}
  }
  return { message: error.message, ...read('code'), ...read('syscall'), ...read('path') }
}

if (parentPort && workerData === fileWorker) serve(parentPort)
