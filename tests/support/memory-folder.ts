import type { CopyFolder } from '../../engine-worker/storage/copy/folder.ts'

/** A folder of copies in memory. */
export function memoryFolder(): CopyFolder & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>()
  return {
    files,
    list: async () =>
      [...files].map(([name, { length }]) => ({ name, bytes: length })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    write: async (name, parts) => {
      const all: number[] = []
      for await (const part of parts) for (const byte of part) all.push(byte)
      files.set(name, Uint8Array.from(all))
    },
    open: async (name) => {
      const bytes = files.get(name) ?? new Uint8Array()
      return async (at, length) => bytes.slice(at, at + length)
    },
    remove: async (name) => void files.delete(name),
  }
}
