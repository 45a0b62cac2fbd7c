/** Files on disk as data for sources: read piece by piece, whatever their size. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { DataFile } from '../connectors/open-context.ts'
import { fileThread, LARGE_FILE } from './file-thread.ts'
import { openScratch } from './storage/scratch.ts'

/** Bytes that are read at once. */
const PIECE = 256 * 1024

/** A file for a source; `name` is how problems call it. Throws the error of the system when there is none. */
export async function openDataFile(path: string, name: string = path): Promise<DataFile> {
  const { size } = await stat(path)
  // It starts while the project is read.
  if (size >= LARGE_FILE) void fileThread()
  return {
    name,
    size,
    bytes: () => createReadStream(path, { highWaterMark: PIECE }),
    scratch: openScratch,
    texts: async (strict) => (size < LARGE_FILE ? null : ((await fileThread())?.texts(path, strict) ?? null)),
  }
}
