/** The audit log: one line of JSON for every request that may have changed something, or was turned away. */
import { createWriteStream, type WriteStream } from 'node:fs'

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
  private readonly file: WriteStream

  constructor(path: string, say: (words: string) => void) {
    this.file = createWriteStream(path, { flags: 'a', mode: 0o600 })
    this.file.on('error', (error) => say(`The audit log cannot be written: ${error.message}`))
  }

  write(entry: AuditEntry): void {
    this.file.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`)
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.file.end(resolve))
  }
}
