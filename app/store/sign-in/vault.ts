/**
 * Texts encrypted with a passphrase (WebCrypto). The key is made of it by PBKDF2 and cannot be read out, not by this app
 * either: what is on disk is worth nothing without the passphrase, and the tab forgets the key when it is closed.
 */
import type { SealedText } from '../disk/schema.ts'

/** Rounds of PBKDF2 with SHA-256, as OWASP recommends since 2023. */
const ITERATIONS = 600_000

/** A key, and what it was made with. */
export interface VaultKey {
  readonly key: CryptoKey
  readonly salt: Uint8Array<ArrayBuffer>
  readonly iterations: number
}

/** Makes the key of a passphrase; for a text that is sealed already, with what that was made with. */
export async function vaultKey(
  passphrase: string,
  { salt, iterations }: Pick<SealedText, 'salt' | 'iterations'> = newSalt(),
): Promise<VaultKey> {
  const raw = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase), 'PBKDF2', false, ['deriveKey'])
  const key = await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    raw,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
  return { key, salt, iterations }
}

function newSalt(): Pick<SealedText, 'salt' | 'iterations'> {
  return { salt: crypto.getRandomValues(new Uint8Array(16)), iterations: ITERATIONS }
}

/** Encrypts a text for one project: it cannot be read as that of another one. */
export async function seal({ key, salt, iterations }: VaultKey, project: string, text: string): Promise<SealedText> {
  const vector = crypto.getRandomValues(new Uint8Array(12))
  const additionalData = new TextEncoder().encode(project)
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: vector, additionalData },
    key,
    new TextEncoder().encode(text),
  )
  return { salt, iterations, vector, data }
}

/** The text, or null where the key is another one or the data was changed. */
export async function unseal({ key }: VaultKey, project: string, sealed: SealedText): Promise<string | null> {
  const additionalData = new TextEncoder().encode(project)
  try {
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.vector, additionalData }, key, sealed.data)
    return new TextDecoder().decode(text)
  } catch {
    return null
  }
}
