/**
 * Accounts of the systems of a project on this machine: a file for its owner alone, outside of the project, that is replaced
 * as a whole. With a passphrase in PIPEWRIGHT_PASSPHRASE it is encrypted.
 */
import { createHash, randomBytes, scryptSync } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { textSetting } from '../../config/model/setting.ts'
import {
  noAccounts,
  readAccounts,
  type SystemAccounts,
  tokensOfSystem,
  withTokens,
} from '../../connectors/auth/accounts.ts'
import type { TokenStore } from '../../connectors/auth/tokens.ts'
import { get } from '../../entity/dict.ts'
import { printJson, readJson } from '../../entity/json.ts'
import { isObject, type JsonObject, objectOrEmpty } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { readPrivate, writePrivate } from '../server/private-file.ts'
import { decryptSecret, encryptSecret } from '../server/vault.ts'

const locked = problem<{ file: string }>({
  code: 'accounts-locked',
  severity: 'error',
  says: ({ file }) => `The accounts in ${file} are encrypted, and the passphrase is missing or wrong.`,
  fix: () => 'Set PIPEWRIGHT_PASSPHRASE to the passphrase, or delete the file and sign in again.',
})

/** The accounts of one project. */
export class AccountFile implements TokenStore {
  /** The last change in the queue. */
  private queue: Promise<unknown> = Promise.resolve()

  private constructor(
    readonly path: string,
    private readonly folder: string,
  ) {}

  /** The accounts of the project in a folder; the file is made when there is something to keep. */
  static async of(folder: string): Promise<AccountFile> {
    const whole = await realpath(folder)
    const name = createHash('sha256').update(whole).digest('hex').slice(0, 32)
    const base = process.env.XDG_CONFIG_HOME || join(homedir(), '.config')
    return new AccountFile(join(base, 'pipewright', 'sign-ins', `${name}.json`), whole)
  }

  /** What is kept, by system. */
  async all(): Promise<ReadonlyMap<string, SystemAccounts>> {
    const systems = get(await this.content(), 'systems')
    if (!isObject(systems)) return new Map()
    return new Map(Object.entries(systems).map(([system, kept]) => [system, readAccounts(kept)]))
  }

  async of(system: string): Promise<SystemAccounts> {
    return (await this.all()).get(system) ?? noAccounts
  }

  /** Changes what is kept for a system. */
  change(system: string, edit: (before: SystemAccounts) => SystemAccounts): Promise<void> {
    const turn = this.queue.then(async () => {
      const all = new Map(await this.all())
      all.set(system, edit(all.get(system) ?? noAccounts))
      await this.replace(all)
    })
    this.queue = turn.catch(() => undefined)
    return turn
  }

  async read(system: string) {
    return tokensOfSystem(await this.of(system))
  }

  async write(system: string, tokens: Parameters<TokenStore['write']>[1]): Promise<void> {
    await this.change(system, (before) => withTokens(before, tokens))
  }

  private async content(): Promise<JsonObject> {
    const file = await readPrivate(this.path)
    const encrypted = textSetting(file, 'encrypted')
    if (encrypted === undefined) return file
    const salt = Buffer.from(textSetting(file, 'salt', ''), 'base64')
    const passphrase = process.env.PIPEWRIGHT_PASSPHRASE
    const plain = passphrase ? decryptSecret(keyOf(passphrase, salt), this.folder, encrypted) : null
    if (plain === null) throw new Fault(locked({ file: this.path }))
    return objectOrEmpty(readJson(plain))
  }

  private async replace(systems: ReadonlyMap<string, SystemAccounts>): Promise<void> {
    // What is kept is plain data: texts, numbers and lists of them.
    const content = JSON.stringify({ folder: this.folder, systems: Object.fromEntries(systems) })
    const passphrase = process.env.PIPEWRIGHT_PASSPHRASE
    if (!passphrase) return writePrivate(this.path, `${content}\n`)
    const salt = randomBytes(16)
    const encrypted = encryptSecret(keyOf(passphrase, salt), this.folder, content)
    await writePrivate(this.path, `${printJson({ salt: salt.toString('base64'), encrypted })}\n`)
  }
}

function keyOf(passphrase: string, salt: Uint8Array): Uint8Array {
  return new Uint8Array(scryptSync(passphrase, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 }))
}
