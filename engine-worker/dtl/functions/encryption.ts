/** Encrypting values by password: Fernet (AES-128 and HMAC-SHA256) with a key derived from the password. */
import type Forge from 'node-forge'
import { decodeBase64, encodeBase64 } from '../../entity/base64.ts'
import { printValue, readValue } from '../../entity/transit.ts'
import { Bytes, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { each, one } from '../argument.ts'
import { expression } from '../define.ts'
import type { Context } from '../evaluation.ts'
import { lazily } from '../lazy.ts'
import { withSecrets } from './secret.ts'

const doc = 'dtl/dtl-functions-encryption.rst'
const utf8 = new TextEncoder()
const text = new TextDecoder()

export const cannotDecrypt = problem<{ function: string }>({
  code: 'dtl-cannot-decrypt',
  severity: 'error',
  says: (f) => `“${f.function}” cannot decrypt this value: the key does not fit, or the value was changed.`,
  fix: () => 'Use the key that belongs to the one it was encrypted with.',
})

/** RSA and AES without waiting, in plain JavaScript; 280 KB, so only loaded when needed. Web Crypto is asynchronous. */
export const loadForge = lazily('node-forge', async () => (await import('node-forge')).default)

/** A password made into a key. The salt is random once for each password and travels with what is encrypted. */
interface Key {
  readonly salt: string
  /** 16 bytes that sign, 16 bytes that encrypt. */
  readonly bytes: string
}
const KDF_ROUNDS = 200_000
const derivedKeys = new Map<string, Key>()
const currentKeys = new Map<string, Key>()

async function deriveKey(password: string, salt: string): Promise<Key> {
  const saltBytes = decodeBase64(salt)
  if (saltBytes === null) throw new Error('a salt that is no base64')
  const base = await crypto.subtle.importKey('raw', utf8.encode(password), 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', iterations: KDF_ROUNDS, salt: new Uint8Array(saltBytes) }
  const key = { salt, bytes: binary(new Uint8Array(await crypto.subtle.deriveBits(algorithm, base, 256))) }
  if (derivedKeys.size >= 100) derivedKeys.clear()
  derivedKeys.set(`${salt} ${password}`, key)
  return key
}

function keyOf(password: string, salt: string, ctx: Context): Key {
  const name = `${salt} ${password}`
  return derivedKeys.get(name) ?? ctx.wait(`derive ${name}`, () => deriveKey(password, salt))
}

function currentKey(password: string, ctx: Context): Key {
  const known = currentKeys.get(password)
  if (known !== undefined) return known
  const key = keyOf(password, encodeBase64(ctx.randomBytes(16)), ctx)
  if (currentKeys.size >= 100) currentKeys.clear()
  currentKeys.set(password, key)
  return key
}

/** Bytes as node-forge wants them: one character a byte. */
export function binary(bytes: Uint8Array): string {
  let result = ''
  for (const byte of bytes) result += String.fromCharCode(byte)
  return result
}

/** The bytes of such a text. */
export function unbinary(value: string): Uint8Array {
  return Uint8Array.from(value, (char) => char.charCodeAt(0))
}

function bigEndian(seconds: number): string {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(seconds))
  return binary(bytes)
}

function signature(library: typeof Forge, key: Key, message: string): string {
  const hmac = library.hmac.create()
  hmac.start('sha256', key.bytes.slice(0, 16))
  hmac.update(message)
  return hmac.digest().getBytes()
}

/** A Fernet token: version, time, initialisation vector, cipher text, signature. */
function encryptText(library: typeof Forge, key: Key, content: string, ctx: Context): string {
  const vector = binary(ctx.randomBytes(16))
  const cipher = library.cipher.createCipher('AES-CBC', key.bytes.slice(16))
  cipher.start({ iv: vector })
  cipher.update(library.util.createBuffer(content))
  cipher.finish()
  const message = `\x80${bigEndian(Math.max(0, ctx.now().seconds))}${vector}${cipher.output.getBytes()}`
  return message + signature(library, key, message)
}

function decryptText(library: typeof Forge, key: Key, token: string): string {
  const message = token.slice(0, -32)
  if (token.length < 73 || token.charCodeAt(0) !== 0x80 || signature(library, key, message) !== token.slice(-32))
    throw new Fault(cannotDecrypt({ function: 'decrypt' }))
  const cipher = library.cipher.createDecipher('AES-CBC', key.bytes.slice(16))
  cipher.start({ iv: message.slice(9, 25) })
  cipher.update(library.util.createBuffer(message.slice(25)))
  if (!cipher.finish()) throw new Fault(cannotDecrypt({ function: 'decrypt' }))
  return cipher.output.getBytes()
}

const SALT_LENGTH = 24

export const passwordFunctions = [
  expression({
    name: 'encrypt',
    async: true,
    group: 'encryption',
    doc,
    says: 'Encrypts a value with a password.',
    more:
      'The value is encrypted as one, lists too, and `decrypt` gives it back with its types. Each evaluation gives other ' +
      'bytes. Write the password as $SECRET(name), so that it does not stand in the configuration. What this software ' +
      'encrypts, a Sesam node cannot decrypt, nor the other way round: how a node makes keys is not published.',
    sentence: '{values} encrypted with {key}',
    deterministic: false,
    takes: [
      one('key', 'string', { says: 'The password.', names: 'secret', placeholder: '$SECRET(password)' }),
      one('values', 'any', { says: 'The value to encrypt.' }),
    ],
    gives: 'bytes',
    examples: [
      { dtl: ['encrypt', 'correct horse', '_S.ssn'], source: { ssn: '17051412345' }, satisfies: 'is-bytes' },
      {
        dtl: ['decrypt', '$SECRET(key)', ['encrypt', '$SECRET(key)', '_S.ssn']],
        source: { ssn: '17051412345' },
        secrets: { key: 'correct horse' },
        gives: '17051412345',
      },
    ],
    run: (password, value, ctx) => {
      if (value === null) return null
      const key = currentKey(withSecrets(password, ctx), ctx)
      const token = encryptText(loadForge(ctx), key, binary(utf8.encode(printValue([value]))), ctx)
      return new Bytes(utf8.encode(key.salt + encodeBase64(unbinary(token))))
    },
  }),

  expression({
    name: 'decrypt',
    async: true,
    group: 'encryption',
    doc,
    says: 'Decrypts values that `encrypt` made with the same password.',
    more: 'Fails when the password does not fit. Values that are not bytes are left out.',
    sentence: '{values} decrypted with {key}',
    takes: [
      one('key', 'string', { says: 'The password.', names: 'secret', placeholder: '$SECRET(password)' }),
      each('values', 'bytes', { says: 'Encrypted bytes, or a list of them.' }),
    ],
    gives: 'any',
    examples: [
      {
        dtl: ['decrypt', 'pw', ['encrypt', 'pw', ['list', '~f1.50', '~t2021-05-17', null]]],
        gives: ['~f1.50', '~t2021-05-17', null],
      },
      { dtl: ['decrypt', 'pw', 'not encrypted'], gives: null },
    ],
    run: (password, { data }, ctx) => {
      const sealed = text.decode(data)
      const salt = sealed.slice(0, SALT_LENGTH)
      const token = decodeBase64(sealed.slice(SALT_LENGTH))
      if (token === null || decodeBase64(salt)?.length !== 16) throw new Fault(cannotDecrypt({ function: 'decrypt' }))
      const key = keyOf(withSecrets(password, ctx), salt, ctx)
      const content = text.decode(unbinary(decryptText(loadForge(ctx), key, binary(token))))
      const [value] = readValue(content) as Value[]
      return value
    },
  }),
]
