/** Secrets of an instance: global ones and those of single systems. Values are encrypted in the store and never answered. */
import type { DatasetStore, StateWrite } from '../../storage/store.ts'
import { decryptSecret, encryptSecret } from './vault.ts'

const KEY_PREFIX = 'server/secret/'

/** Whose secrets: those of a system, or (null) the global ones. */
export type SecretScope = string | null

/** Changes give the states to commit; what they mean counts from the call on. */
export class SecretStore {
  private readonly values = new Map<string, Map<string, string>>()
  /** All values under the names that may stand for them; another object after each change. */
  private cachedSecrets: { readonly global: Record<string, string>; readonly hidden: Record<string, string> } | null =
    null

  private constructor(private readonly key: Uint8Array) {}

  static async load(store: DatasetStore, key: Uint8Array): Promise<SecretStore> {
    const secrets = new SecretStore(key)
    await secrets.readAgain(store)
    return secrets
  }

  /** Forgets changes that were not stored. */
  async readAgain(store: DatasetStore): Promise<void> {
    this.cachedSecrets = null
    this.values.clear()
    for await (const { key: path, value } of store.states(KEY_PREFIX)) {
      const [scope = '', name = ''] = path.slice(KEY_PREFIX.length).split('/').map(decodeURIComponent)
      const text = typeof value === 'string' ? decryptSecret(this.key, path, value) : null
      if (text !== null) this.valuesOf(scope).set(name, text)
    }
  }

  private valuesOf(scope: string): Map<string, string> {
    const found = this.values.get(scope) ?? new Map<string, string>()
    this.values.set(scope, found)
    return found
  }

  names(scope: SecretScope): readonly string[] {
    return [...(this.values.get(scope ?? '')?.keys() ?? [])].sort()
  }

  value(scope: SecretScope, name: string): string | null {
    return this.values.get(scope ?? '')?.get(name) ?? null
  }

  /** The global secrets, and every value besides them, for a project's options. */
  options(): { readonly secrets: Record<string, string>; readonly hidden: Record<string, string> } {
    this.cachedSecrets ??= {
      global: Object.fromEntries(this.values.get('') ?? []),
      hidden: Object.fromEntries(
        [...this.values].flatMap(([scope, values]) => [...values].map(([name, value]) => [`${scope}/${name}`, value])),
      ),
    }
    return { secrets: this.cachedSecrets.global, hidden: this.cachedSecrets.hidden }
  }

  set(scope: SecretScope, values: Readonly<Record<string, string>>): StateWrite[] {
    this.cachedSecrets = null
    return Object.entries(values).map(([name, value]) => {
      const key = stateKey(scope, name)
      this.valuesOf(scope ?? '').set(name, value)
      return { key, value: encryptSecret(this.key, key, value) }
    })
  }

  delete(scope: SecretScope, names: readonly string[]): StateWrite[] {
    this.cachedSecrets = null
    for (const name of names) this.values.get(scope ?? '')?.delete(name)
    return names.map((name) => ({ key: stateKey(scope, name), value: null }))
  }
}

function stateKey(scope: SecretScope, name: string): string {
  return `${KEY_PREFIX}${encodeURIComponent(scope ?? '')}/${encodeURIComponent(name)}`
}
