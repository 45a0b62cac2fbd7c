/** A file for bytes that do not fit into memory: it has no name once it is open, and is gone with the process. */
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scratch } from '../../storage/index/repeated-keys.ts'
import { bytesAt, writeAll } from './file-segments.ts'

/** Opens an empty file in the system's folder for temporary files. Throws the errors of the file system. */
export async function openScratch(): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-scratch-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  const file = await open(join(folder, 'bytes'), 'w+')
  // Where a system keeps files that are open, it is removed when it is closed.
  await remove().catch(() => undefined)
  let end = 0
  return {
    append: async (bytes) => {
      await writeAll(file, bytes, end)
      end += bytes.length
    },
    read: (at, length) => bytesAt(file, { at, length }),
    close: async () => {
      await file.close()
      await remove().catch(() => undefined)
    },
  }
}
