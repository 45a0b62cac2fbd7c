/** How a format of data files is declared: one file in formats/ and a line in formats.ts. */
import type { FileTable, ReadSettings } from './table.ts'

/** The formats that data files come in. */
export type FileKind = 'csv' | 'json' | 'ndjson' | 'excel' | 'xml' | 'parquet' | 'rdf'

/** A format of data files. */
export interface FileFormat {
  readonly kind: FileKind
  /** Endings of file names, without the dot. */
  readonly endings: readonly string[]
  /** Whether the beginning of a file can be read without the rest. */
  readonly partial: boolean
  /** Whether bytes are in this format, where the name does not tell. */
  readonly begins?: (bytes: Uint8Array) => boolean
  /** Reads the bytes of a file. `complete` is false where they are only its beginning. Throws where they are broken. */
  readonly read: (bytes: Uint8Array, settings: ReadSettings, complete: boolean, name: string) => Promise<FileTable>
}

/** Declares a format. */
export function defineFormat(format: FileFormat): FileFormat {
  return format
}
