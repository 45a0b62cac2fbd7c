/** Where copies and backups are kept: files in one folder, of the browser's own file system or one that a person has picked. */
import type { ReadPart } from './frame.ts'

/** The files of a folder by their names. */
export interface CopyFolder {
  /** Names and sizes in bytes, in the order of the names. */
  list(): Promise<readonly { readonly name: string; readonly bytes: number }[]>
  /** Writes a file; it is durable when it resolves. One that was cut off may stay behind, which its frames tell. */
  write(name: string, parts: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>): Promise<void>
  /** Opens a file for reading. */
  open(name: string): Promise<ReadPart>
  remove(name: string): Promise<void>
}

/** The parts of the File System API that are used; the engine's own types are without any platform. */
export interface DirectoryHandle {
  readonly name: string
  getDirectoryHandle(name: string, options?: { readonly create?: boolean }): Promise<DirectoryHandle>
  getFileHandle(name: string, options?: { readonly create?: boolean }): Promise<FileHandle>
  removeEntry(name: string, options?: { readonly recursive?: boolean }): Promise<void>
  entries(): AsyncIterable<readonly [name: string, handle: { readonly kind: 'file' | 'directory' }]>
  queryPermission?(descriptor: { readonly mode: 'readwrite' }): Promise<string>
}

interface FileHandle {
  getFile(): Promise<ReadableFile>
  createWritable?(): Promise<{
    write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
    close(): Promise<void>
    abort(): Promise<void>
  }>
  /** In workers, for files of the browser's own file system. */
  createSyncAccessHandle?(): Promise<{
    truncate(size: number): void
    write(bytes: Uint8Array, options: { readonly at: number }): number
    flush(): void
    close(): void
  }>
}

/** A file that can be read in parts. */
export interface ReadableFile {
  readonly size: number
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/** Reads a file in parts. */
export function readInParts(file: ReadableFile): ReadPart {
  return async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer())
}

/** The files of a directory of the browser. `isOwn`: of its own file system, which writes through to the disk. */
export function handleFolder(directory: DirectoryHandle, isOwn: boolean): CopyFolder {
  return {
    list: async () => {
      const found: { name: string; bytes: number }[] = []
      for await (const [name, { kind }] of directory.entries()) {
        if (kind !== 'file') continue
        const { size } = await (await directory.getFileHandle(name)).getFile()
        found.push({ name, bytes: size })
      }
      return found.sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    write: async (name, parts) => {
      const file = await directory.getFileHandle(name, { create: true })
      if (isOwn && file.createSyncAccessHandle) {
        const handle = await file.createSyncAccessHandle()
        try {
          handle.truncate(0)
          let at = 0
          for await (const part of parts) {
            handle.write(part, { at })
            at += part.length
          }
          handle.flush()
        } finally {
          handle.close()
        }
        return
      }
      if (!file.createWritable) throw new Error('this browser cannot write into folders')
      const stream = await file.createWritable()
      try {
        for await (const part of parts) await stream.write(part)
        await stream.close()
      } catch (error) {
        await stream.abort().catch(() => undefined)
        throw error
      }
    },
    open: async (name) => readInParts(await (await directory.getFileHandle(name)).getFile()),
    remove: async (name) => directory.removeEntry(name),
  }
}
