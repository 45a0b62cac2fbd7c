/** Files on disk as data for sources: read piece by piece, whatever their size. */
import { Buffer, isAscii } from 'node:buffer'
import { open, stat } from 'node:fs/promises'
import type { DataFile } from '../connectors/open-context.ts'
import { lineBlocks } from '../entity/blocks.ts'
import { openScratch } from './storage/scratch.ts'

/** Bytes that are read at once. */
const PIECE_BYTES = 256 * 1024

/** A file for a source; `name` is how problems call it. Throws the error of the system when there is none. */
export async function openDataFile(path: string, name: string = path): Promise<DataFile> {
  const found = await stat(path)
  if (found.isDirectory()) throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR', path })
  return {
    name,
    size: found.size,
    bytes: () => bytesOf(path),
    texts: (strict) => textsOf(path, strict),
    scratch: openScratch,
  }
}

/** The bytes of a file. One piece is read while the other is worked on, and overwritten after the next one is given. */
async function* bytesOf(path: string): AsyncGenerator<Uint8Array, void> {
  const file = await open(path, 'r')
  try {
    let [piece, other] = [new Uint8Array(PIECE_BYTES), new Uint8Array(PIECE_BYTES)]
    let reading = file.read(piece, 0, PIECE_BYTES, null)
    for (;;) {
      const { bytesRead } = await reading
      if (bytesRead === 0) return
      reading = file.read(other, 0, PIECE_BYTES, null)
      // It is waited for when its turn comes; a failure must not count as unhandled until then.
      reading.catch(() => {})
      yield piece.subarray(0, bytesRead)
      ;[piece, other] = [other, piece]
    }
  } finally {
    await file.close()
  }
}

/** The texts of a file of UTF-8 in pieces of whole lines. */
async function* textsOf(path: string, strict: boolean): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: strict, ignoreBOM: true })
  for await (const block of lineBlocks(bytesOf(path))) {
    // Most files are ASCII, whose bytes are its characters.
    yield isAscii(block)
      ? Buffer.from(block.buffer, block.byteOffset, block.length).toString('latin1')
      : decoder.decode(block)
  }
}
