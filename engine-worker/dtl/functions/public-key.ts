/** Encrypting texts with public keys: RSA for short ones, OpenPGP for any. */
import type Forge from 'node-forge'
import { Bytes, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { each, one } from '../argument.ts'
import { listOf } from '../coerce.ts'
import { expression } from '../define.ts'
import type { Context } from '../evaluation.ts'
import { binary, cannotDecrypt, loadForge, unbinary } from './encryption.ts'
import { exampleKeys } from './example-keys.ts'
import { withSecrets } from './secret.ts'

const doc = 'dtl/dtl-functions-encryption.rst'
const utf8 = new TextEncoder()
const text = new TextDecoder()

const badKey = problem<{ function: string; wanted: string }>({
  code: 'dtl-bad-key',
  severity: 'error',
  says: (f) => `The key given to “${f.function}” cannot be read as ${f.wanted}, or its passphrase is wrong.`,
  fix: (f) => `Give the ${f.wanted} as text, with its BEGIN and END lines; line breaks inside it matter.`,
})
const tooLong = problem<{ longest: number }>({
  code: 'dtl-too-long-to-encrypt',
  severity: 'error',
  says: (f) => `“encrypt-pki” can encrypt at most ${f.longest} bytes with this key.`,
  fix: () => 'Use `encrypt-pgp` for longer texts.',
})

const publicKey = one('public-key', 'string', {
  says: 'The public key as text.',
  placeholder: '-----BEGIN PUBLIC KEY-----',
})
const privateKey = one('private-key', 'string', {
  says: 'The private key as text, best as $SECRET(name).',
  names: 'secret',
  placeholder: '$SECRET(private-key)',
})
const textWords = 'Values that are not text are left out; write others as text first, with `json-transit` for instance.'

/** OAEP with SHA-256, of which RSA keys take this many bytes less than their own length. */
const OAEP_OVERHEAD = 66

function oaep(library: typeof Forge) {
  return { md: library.md.sha256.create(), mgf1: { md: library.md.sha256.create() } }
}

function encryptRsa(pem: string, value: string, ctx: Context): Bytes {
  const library = loadForge(ctx)
  let key: Forge.pki.rsa.PublicKey
  try {
    key = library.pki.publicKeyFromPem(withSecrets(pem, ctx)) as Forge.pki.rsa.PublicKey
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault(badKey({ function: 'encrypt-pki', wanted: 'RSA public key in PEM form' }))
  }
  const data = utf8.encode(value)
  const longest = Math.ceil(key.n.bitLength() / 8) - OAEP_OVERHEAD
  if (data.length > longest) throw new Fault(tooLong({ longest }))
  const seed = binary(ctx.randomBytes(32))
  return new Bytes(unbinary(key.encrypt(binary(data), 'RSA-OAEP', { ...oaep(library), seed })))
}

function decryptRsa(pem: string, data: Uint8Array, ctx: Context): string {
  const library = loadForge(ctx)
  let key: Forge.pki.rsa.PrivateKey
  try {
    key = library.pki.privateKeyFromPem(withSecrets(pem, ctx)) as Forge.pki.rsa.PrivateKey
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault(badKey({ function: 'decrypt-pki', wanted: 'RSA private key in PEM form' }))
  }
  const attempts = [
    () => key.decrypt(binary(data), 'RSA-OAEP', oaep(library)),
    () => key.decrypt(binary(data), 'RSA-OAEP'),
    () => key.decrypt(binary(data), 'RSAES-PKCS1-V1_5'),
  ]
  for (const attempt of attempts) {
    try {
      return text.decode(unbinary(attempt()))
    } catch {
      // other software pads otherwise: the next way is tried
    }
  }
  throw new Fault(cannotDecrypt({ function: 'decrypt-pki' }))
}

/** The reference library of OpenPGP for JavaScript; 400 KB and asynchronous, so only loaded when needed. */
const openpgp = () => import('openpgp')

/** Turns the texts of a value at once, so that an entity waits once for all of them. */
function convertTexts(value: Value, name: string, ctx: Context, turn: (texts: string[]) => Promise<string[]>): Value {
  if (value === null) return null
  const given = listOf(value).filter((item) => typeof item === 'string')
  const turned = given.length === 0 ? [] : ctx.wait(JSON.stringify([name, given]), () => turn(given))
  return Array.isArray(value) ? turned : (turned[0] ?? null)
}

async function encryptPgp(key: string, messages: string[]): Promise<string[]> {
  const library = await openpgp()
  const encryptionKeys = await library.readKey({ armoredKey: key }).catch(() => {
    throw new Fault(badKey({ function: 'encrypt-pgp', wanted: 'PGP public key' }))
  })
  const encrypt = async (message: string) =>
    library.encrypt({ message: await library.createMessage({ text: message }), encryptionKeys })
  return Promise.all(messages.map(encrypt))
}

async function decryptPgp(key: string, passphrase: string, messages: string[]): Promise<string[]> {
  const library = await openpgp()
  const unlock = async () => {
    const locked = await library.readPrivateKey({ armoredKey: key })
    return locked.isDecrypted() ? locked : library.decryptKey({ privateKey: locked, passphrase })
  }
  const decryptionKeys = await unlock().catch(() => {
    throw new Fault(badKey({ function: 'decrypt-pgp', wanted: 'PGP private key' }))
  })
  const decrypt = async (armoredMessage: string) =>
    (await library.decrypt({ message: await library.readMessage({ armoredMessage }), decryptionKeys })).data
  return Promise.all(messages.map(decrypt)).catch(() => {
    throw new Fault(cannotDecrypt({ function: 'decrypt-pgp' }))
  })
}

export const publicKeyFunctions = [
  expression({
    name: 'encrypt-pki',
    async: true,
    group: 'encryption',
    doc,
    says: 'Encrypts short texts with an RSA public key.',
    more: `Only the owner of the private key can read them. Meant for passwords and identifiers: a key of 2048 bits takes at most 190 bytes (OAEP with SHA-256). ${textWords}`,
    sentence: '{values} encrypted with the public key {public-key}',
    deterministic: false,
    takes: [publicKey, { ...each('values', 'string', { says: 'A text, or a list of texts.' }), secrets: true }],
    gives: 'bytes',
    examples: [
      { dtl: ['is-bytes', ['encrypt-pki', '_S.key', 'pin 1234']], source: { key: exampleKeys.rsaPublic }, gives: true },
      {
        dtl: ['decrypt-pki', '$SECRET(key)', ['encrypt-pki', '_S.key', ['list', 'a', 5]]],
        source: { key: exampleKeys.rsaPublic },
        secrets: { key: exampleKeys.rsaPrivate },
        gives: ['a'],
      },
    ],
    run: encryptRsa,
  }),

  expression({
    name: 'decrypt-pki',
    async: true,
    group: 'encryption',
    doc,
    says: 'Decrypts bytes with an RSA private key.',
    more: 'The result is a text; use `json-transit-parse` where it holds other values. Fails when the key does not fit. Values that are not bytes are left out.',
    sentence: '{values} decrypted with the private key {private-key}',
    takes: [privateKey, each('values', 'bytes', { says: 'Encrypted bytes, or a list of them.' })],
    gives: 'string',
    examples: [
      {
        dtl: ['decrypt-pki', '$SECRET(key)', ['encrypt-pki', '_S.key', 'pin 1234']],
        source: { key: exampleKeys.rsaPublic },
        secrets: { key: exampleKeys.rsaPrivate },
        gives: 'pin 1234',
      },
      { dtl: ['decrypt-pki', '$SECRET(key)', 'text'], secrets: { key: exampleKeys.rsaPrivate }, gives: null },
    ],
    run: (pem, { data }, ctx) => decryptRsa(pem, data, ctx),
  }),

  expression({
    name: 'encrypt-pgp',
    async: true,
    group: 'encryption',
    doc,
    says: 'Encrypts texts with a PGP public key.',
    more: `The result is a PGP message as text, of any length. ${textWords}`,
    sentence: '{values} encrypted with the PGP key {public-key}',
    deterministic: false,
    takes: [
      { ...publicKey, placeholder: '-----BEGIN PGP PUBLIC KEY BLOCK-----' },
      one('values', 'any', { says: 'A text, or a list of texts.' }),
    ],
    gives: 'string',
    examples: [
      {
        dtl: ['matches', '-----BEGIN PGP MESSAGE-----*', ['encrypt-pgp', '_S.key', 'hello']],
        source: { key: exampleKeys.pgpPublic },
        gives: true,
      },
      { dtl: ['encrypt-pgp', '_S.key', ['list', 1, 2]], source: { key: exampleKeys.pgpPublic }, gives: [] },
    ],
    run: (key, values, ctx) => {
      const armored = withSecrets(key, ctx)
      return convertTexts(values, `encrypt-pgp ${armored}`, ctx, (messages) => encryptPgp(armored, messages))
    },
  }),

  expression({
    name: 'decrypt-pgp',
    async: true,
    group: 'encryption',
    doc,
    says: 'Decrypts PGP messages with a PGP private key and its passphrase.',
    more: 'Fails when the key or the passphrase does not fit. Values that are not text are left out.',
    sentence: '{values} decrypted with the PGP key {private-key} and the passphrase {passphrase}',
    takes: [
      privateKey,
      one('passphrase', 'string', {
        says: 'The passphrase of the private key, best as $SECRET(name).',
        names: 'secret',
      }),
      one('values', 'any', { says: 'A PGP message, or a list of them.' }),
    ],
    gives: 'string',
    examples: [
      {
        dtl: ['decrypt-pgp', '$SECRET(key)', 'open sesame', ['encrypt-pgp', '_S.key', ['list', 'one', 'two']]],
        source: { key: exampleKeys.pgpPublic },
        secrets: { key: exampleKeys.pgpPrivate },
        gives: ['one', 'two'],
      },
      {
        dtl: ['decrypt-pgp', '$SECRET(key)', 'open sesame', null],
        secrets: { key: exampleKeys.pgpPrivate },
        gives: null,
      },
    ],
    run: (key, passphrase, values, ctx) => {
      const armored = withSecrets(key, ctx)
      const phrase = withSecrets(passphrase, ctx)
      const name = `decrypt-pgp ${armored} ${phrase}`
      return convertTexts(values, name, ctx, (messages) => decryptPgp(armored, phrase, messages))
    },
  }),
]
