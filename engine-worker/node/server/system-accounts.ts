/**
 * Accounts of the systems of an instance, and tokens that systems got by their configuration: encrypted in the store like
 * secrets, bound to the name of the system, and never answered.
 */
import {
  noAccounts,
  readAccounts,
  type SystemAccounts,
  tokensOfSystem,
  withTokens,
} from '../../connectors/auth/accounts.ts'
import { type KeptTokens, type TokenStore, withTokensOf } from '../../connectors/auth/tokens.ts'
import { readJson } from '../../entity/json.ts'
import type { CommitStates, DatasetStore, StateWrite } from '../../storage/store.ts'
import { decryptSecret, encryptSecret } from './vault.ts'

const PREFIX = 'server/account/'

export class SystemAccountStore implements TokenStore {
  private readonly kept = new Map<string, SystemAccounts>()

  /** `commit` resolves when the states are safe. */
  constructor(
    private readonly key: Uint8Array,
    private readonly commit: CommitStates,
  ) {}

  /** What was encrypted with another key is left out, as if nobody had signed in. */
  async load(store: DatasetStore): Promise<void> {
    this.kept.clear()
    for await (const { key: path, value } of store.states(PREFIX)) {
      const text = typeof value === 'string' ? decryptSecret(this.key, path, value) : null
      if (text !== null) this.kept.set(decodeURIComponent(path.slice(PREFIX.length)), readAccounts(readJson(text)))
    }
  }

  /** The systems that have something. */
  systems(): readonly string[] {
    return [...this.kept.keys()].sort()
  }

  of(system: string): SystemAccounts {
    return this.kept.get(system) ?? noAccounts
  }

  /** Changes the accounts of a system, while no request renews their tokens. */
  change(system: string, edit: (before: SystemAccounts) => Promise<SystemAccounts> | SystemAccounts): Promise<void> {
    return withTokensOf(this, system, async () => this.replace(system, await edit(this.of(system))))
  }

  /** Without the accounts of a system that goes: the states to commit. */
  forget(system: string): StateWrite[] {
    return this.kept.delete(system) ? [{ key: stateKey(system), value: null }] : []
  }

  async read(system: string): Promise<KeptTokens | null> {
    return tokensOfSystem(this.of(system))
  }

  /** Called in the turn that {@link withTokensOf} gives, so that the account is still the one that was read. */
  async write(system: string, tokens: KeptTokens): Promise<void> {
    await this.replace(system, withTokens(this.of(system), tokens))
  }

  private async replace(system: string, accounts: SystemAccounts): Promise<void> {
    const key = stateKey(system)
    const isEmpty = accounts.accounts.length === 0 && accounts.configured === undefined
    await this.commit([{ key, value: isEmpty ? null : encryptSecret(this.key, key, JSON.stringify(accounts)) }])
    if (isEmpty) this.kept.delete(system)
    else this.kept.set(system, accounts)
  }
}

function stateKey(system: string): string {
  return `${PREFIX}${encodeURIComponent(system)}`
}
