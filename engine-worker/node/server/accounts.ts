/**
 * Users who sign in with a name and a password (`POST /jwt`, api.rst). Passwords are kept as scrypt hashes in a file of the
 * store that its owner alone can read.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { get, put } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { isObject } from '../../entity/value.ts'
import { readPrivate, writePrivate } from './private-file.ts'

const ACCOUNTS_FILE = 'accounts'
const HASH_BYTES = 32

/** A user without the password. */
interface Account {
  readonly user: string
  readonly roles: readonly string[]
  /** The configuration that the user may use; null for all. */
  readonly configuration: string | null
}

/** Adds a user, or replaces one. */
export async function setAccount(store: string, account: Account, password: string): Promise<void> {
  const accounts = await readPrivate(join(store, ACCOUNTS_FILE))
  const salt = randomBytes(16)
  const { user, roles, configuration } = account
  const hash = await hashOf(password, salt)
  put(accounts, user, { roles: [...roles], configuration, salt: salt.toString('hex'), hash: hash.toString('hex') })
  await writePrivate(join(store, ACCOUNTS_FILE), printJson(accounts))
}

/** The user of a name and a password, or null. Takes as long for names that do not exist. */
export async function accountOf(store: string, user: string, password: string): Promise<Account | null> {
  const kept = get(await readPrivate(join(store, ACCOUNTS_FILE)), user)
  const known = isObject(kept) ? kept : {}
  const wanted = Buffer.from(String(get(known, 'hash') ?? ''), 'hex')
  const given = await hashOf(password, Buffer.from(String(get(known, 'salt') ?? ''), 'hex'))
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return null
  const roles = get(known, 'roles')
  const configuration = get(known, 'configuration')
  return {
    user,
    roles: Array.isArray(roles) ? roles.map(String) : [],
    configuration: typeof configuration === 'string' ? configuration : null,
  }
}

function hashOf(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, (error, hash) => (error ? reject(error) : resolve(hash)))
  })
}
