/**
 * Keys and secrets of a server. The key is made with the store and readable by its owner alone; values of secrets are kept
 * encrypted (AES-256-GCM), bound to their names, so that neither the store nor a backup of it shows them.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, syncFolder } from '../files.ts'

const KEY_FILE = 'key'
const KEY_BYTES = 32

/** The keys of a server, all derived from one file. */
interface ServerKeys {
  readonly tokens: Uint8Array
  readonly secrets: Uint8Array
}

/** Reads the key of a store, or makes it. */
export async function serverKeys(store: string): Promise<ServerKeys> {
  await makeFolder(store)
  const path = join(store, KEY_FILE)
  let text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) {
    text = `${randomBytes(KEY_BYTES).toString('hex')}\n`
    // When two processes make it at the same time, the first one counts.
    const isCreated = await writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
        throw error
      },
    )
    if (isCreated) await chmod(path, 0o600)
    else text = await readFile(path, 'utf8')
    await syncFolder(store)
  }
  const key = Buffer.from(text.trim(), 'hex')
  const derivedKey = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', key, '', `pipewright ${purpose}`, KEY_BYTES))
  return { tokens: derivedKey('tokens'), secrets: derivedKey('secrets') }
}

/** A value as it is kept: initialisation vector, tag and ciphertext as base64. */
export function encryptSecret(key: Uint8Array, name: string, value: string): string {
  const vector = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, vector).setAAD(Buffer.from(name))
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return Buffer.concat([vector, cipher.getAuthTag(), body]).toString('base64')
}

/** The value, or null where it was encrypted with another key or under another name. */
export function decryptSecret(key: Uint8Array, name: string, kept: string): string | null {
  const bytes = Buffer.from(kept, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(name))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
