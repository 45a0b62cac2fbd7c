/** Signatures and hashes without waiting, by a library that is loaded when a template first asks for it. */
import type Forge from 'node-forge'
import { TemplateNeeds } from './needs.ts'

/** Bytes as node-forge wants them: one character a byte. */
function binaryString(data: Uint8Array): string {
  let text = ''
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192))
  return text
}

export type HashName = 'sha256' | 'sha384' | 'sha512'

/** A public RSA key of a key set, in base64url. */
export interface RsaNumbers {
  readonly n: Uint8Array
  readonly e: Uint8Array
}

/** What templates calculate with keys. */
interface Signatures {
  hmac(hash: HashName, key: Uint8Array, message: Uint8Array): Uint8Array
  /** Whether the signature fits; the key is PEM text of a public key or certificate, or its numbers. */
  verifyRsa(hash: HashName, key: string | RsaNumbers, message: Uint8Array, signature: Uint8Array, pss: boolean): boolean
}

let loadedSignatures: Signatures | undefined

/** The calculations; asks for the library first where it is not there yet. */
export function signatures(): Signatures {
  if (loadedSignatures) return loadedSignatures
  throw new TemplateNeeds(async () => {
    // node-forge, as for DTL's encryption: Web Crypto is asynchronous. 280 KB, so only loaded when needed.
    loadedSignatures = withForge((await import('node-forge')).default)
  })
}

function withForge(forge: typeof Forge): Signatures {
  const digest = (hash: HashName) =>
    hash === 'sha256' ? forge.md.sha256 : hash === 'sha384' ? forge.md.sha384 : forge.md.sha512
  const publicKey = (key: string | RsaNumbers): Forge.pki.rsa.PublicKey => {
    if (typeof key === 'string') {
      if (key.includes('BEGIN CERTIFICATE'))
        return forge.pki.certificateFromPem(key).publicKey as Forge.pki.rsa.PublicKey
      return forge.pki.publicKeyFromPem(key) as Forge.pki.rsa.PublicKey
    }
    const number = (data: Uint8Array) => new forge.jsbn.BigInteger(forge.util.bytesToHex(binaryString(data)), 16)
    return forge.pki.setRsaPublicKey(number(key.n), number(key.e))
  }
  return {
    hmac: (hash, key, message) => {
      const hmac = forge.hmac.create()
      hmac.start(hash, binaryString(key))
      hmac.update(binaryString(message))
      return Uint8Array.from(hmac.digest().getBytes(), (sign) => sign.charCodeAt(0))
    },
    verifyRsa: (hash, key, message, signature, pss) => {
      const md = digest(hash).create()
      md.update(binaryString(message))
      const rsa = publicKey(key)
      if (!pss) return rsa.verify(md.digest().getBytes(), binaryString(signature))
      const scheme = forge.pss.create({
        md: digest(hash).create(),
        mgf: forge.mgf.mgf1.create(digest(hash).create()),
        saltLength: digest(hash).create().digestLength,
      })
      return rsa.verify(md.digest().getBytes(), binaryString(signature), scheme)
    },
  }
}
