/**
 * The audit log: one line of JSON for every request that may have changed something, or was turned away. A file that has
 * become large is put aside as `audit.log.1`, the one before as `audit.log.2`, and so on; the oldest one goes.
 */
import { closeSync, existsSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

/** Bytes of one file, and how many are kept beside the one that is written. */
const MAX_FILE_BYTES = 20_000_000
const MAX_OLD_FILES = 9

interface AuditEntry {
  readonly configuration: string
  readonly user: string
  readonly token: string
  readonly method: string
  /** Without its query, which may hold data. */
  readonly path: string
  readonly status: number
}

export class Audit {
  private fileNumber: number
  private size: number

  /** `largest`: bytes of one file. Throws where the file cannot be written. */
  constructor(
    private readonly path: string,
    private readonly say: (words: string) => void,
    private readonly largest = MAX_FILE_BYTES,
  ) {
    this.fileNumber = openSync(path, 'a', 0o600)
    this.size = fstatSync(this.fileNumber).size
  }

  write(entry: AuditEntry): void {
    const line = Buffer.from(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`)
    try {
      if (this.size > 0 && this.size + line.length > this.largest) this.rotate()
      this.size += writeSync(this.fileNumber, line)
    } catch (error) {
      this.say(`The audit log cannot be written: ${error instanceof Error ? error.message : error}`)
    }
  }

  close(): void {
    closeSync(this.fileNumber)
  }

  private rotate(): void {
    rmSync(`${this.path}.${MAX_OLD_FILES}`, { force: true })
    for (let at = MAX_OLD_FILES - 1; at > 0; at--)
      if (existsSync(`${this.path}.${at}`)) renameSync(`${this.path}.${at}`, `${this.path}.${at + 1}`)
    renameSync(this.path, `${this.path}.1`)
    const before = this.fileNumber
    this.fileNumber = openSync(this.path, 'a', 0o600)
    this.size = 0
    closeSync(before)
  }
}
