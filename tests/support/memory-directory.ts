import type { DirectoryHandle } from '../../engine-worker/storage/copy/folder.ts'

/** A directory of the File System API in memory, with what the engine uses of it. */
export function memoryDirectory(name = ''): DirectoryHandle {
  const folders = new Map<string, DirectoryHandle>()
  const files = new Map<string, Blob>()
  const notFoundError = () => Object.assign(new Error('not found'), { name: 'NotFoundError' })
  return {
    name,
    getDirectoryHandle: async (child, { create = false } = {}) => {
      const found = folders.get(child) ?? (create ? memoryDirectory(child) : null)
      if (!found) throw notFoundError()
      folders.set(child, found)
      return found
    },
    getFileHandle: async (child, { create = false } = {}) => {
      if (!files.has(child) && !create) throw notFoundError()
      files.set(child, files.get(child) ?? new Blob())
      return {
        getFile: async () => files.get(child) ?? new Blob(),
        createWritable: async () => {
          const parts: Uint8Array<ArrayBuffer>[] = []
          return {
            write: async (bytes) => void parts.push(bytes),
            close: async () => void files.set(child, new Blob(parts)),
            abort: async () => undefined,
          }
        },
      }
    },
    removeEntry: async (child) => {
      if (!files.delete(child) && !folders.delete(child)) throw notFoundError()
    },
    entries: async function* () {
      for (const child of folders.keys()) yield [child, { kind: 'directory' }] as const
      for (const child of files.keys()) yield [child, { kind: 'file' }] as const
    },
  }
}
