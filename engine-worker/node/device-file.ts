/** Output that goes to a device, a pipe or standard output, which can only be written to, never replaced. */
import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { BufferedFile, createFile, type PendingFile, stampOf } from './files.ts'

/** What this process has open itself: behind it may be any file. */
const OPEN_FILES = /^\/(?:dev\/(?:fd\/|std(?:in|out|err)$)|proc\/)/

/** Starts the file of a path that a person gave: what is a file is replaced as a whole, anything else is written to. */
export async function createOutput(path: string): Promise<PendingFile> {
  if (!OPEN_FILES.test(resolve(path))) {
    const there = await stat(path).catch(() => null)
    if (there === null || there.isFile() || there.isDirectory()) return createFile(path)
  }
  const file = await open(path, 'w')
  const pending = new BufferedFile(file, path)
  return {
    write: (chunk) => pending.write(chunk),
    commit: async (before) => {
      await pending.end()
      const stamp = stampOf(await file.stat())
      await file.close()
      await before?.(stamp)
      return stamp
    },
    discard: async () => {
      await pending.settle()
      await file.close().catch(() => undefined)
    },
  }
}

/** Whether a path is the standard output of this process. */
export function isStandardOutput(path: string): boolean {
  return /^\/(?:dev\/(?:fd\/1|stdout)|proc\/self\/fd\/1)$/.test(resolve(path))
}
