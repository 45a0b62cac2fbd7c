/**
 * Webhooks: addresses that are called when a dataset has changed (swagger_public.yaml, `webhook` and `token` of
 * OPTIONS). A request with the token is sent to the address; one that answers 404 is forgotten.
 */
import { createHash } from 'node:crypto'
import { get } from '../../entity/dict.ts'
import { isObject } from '../../entity/value.ts'
import type { CommitStates, DatasetStore } from '../../storage/store.ts'
import { HttpError } from './answer.ts'

const KEY_PREFIX = 'server/webhook/'
/** Milliseconds that an address has to answer. */
const TIMEOUT_MILLISECONDS = 30_000
/** The most addresses that one dataset may have. */
const MAX_WEBHOOKS = 20

interface Webhook {
  readonly dataset: string
  readonly url: string
  readonly token: string
  /** A request is on its way; whether another one has to follow. */
  sending: 'no' | 'once' | 'again'
}

/** The webhooks of a configuration. */
export class Webhooks {
  private readonly hooks = new Map<string, Webhook>()

  private constructor(
    private readonly fetch: typeof globalThis.fetch | null,
    private readonly commit: CommitStates,
  ) {}

  static async load(
    store: DatasetStore,
    fetch: typeof globalThis.fetch | null,
    commit: CommitStates,
  ): Promise<Webhooks> {
    const webhooks = new Webhooks(fetch, commit)
    for await (const { key, value } of store.states(KEY_PREFIX)) {
      if (value instanceof Uint8Array || !isObject(value)) continue
      const [dataset, url, token] = ['dataset', 'url', 'token'].map((name) => String(get(value, name) ?? ''))
      if (dataset && url) webhooks.hooks.set(key, { dataset, url, token: token ?? '', sending: 'no' })
    }
    return webhooks
  }

  /** Registers an address; the same one for the same dataset takes the new token. */
  async add(dataset: string, url: string, token: string): Promise<void> {
    const key = KEY_PREFIX + createHash('sha256').update(`${dataset}\u0000${url}`).digest('hex')
    const others = [...this.hooks].filter(([name, hook]) => name !== key && hook.dataset === dataset)
    if (others.length >= MAX_WEBHOOKS) throw new HttpError(400, `${dataset} has ${MAX_WEBHOOKS} webhooks already.`)
    await this.commit([{ key, value: { dataset, url, token } }])
    this.hooks.set(key, { dataset, url, token, sending: 'no' })
  }

  /** Tells who asked for it that datasets have changed; does not wait for the answers. */
  changed(datasets: readonly string[]): void {
    for (const [key, hook] of this.hooks) if (datasets.includes(hook.dataset)) void this.notifyHook(key, hook)
  }

  private async notifyHook(key: string, hook: Webhook): Promise<void> {
    if (hook.sending !== 'no') {
      hook.sending = 'again'
      return
    }
    do {
      hook.sending = 'once'
      const status = await this.send(hook)
      if (status !== 404) continue
      this.hooks.delete(key)
      await this.commit([{ key, value: null }]).catch(() => undefined)
      return
    } while (this.isDue(hook))
    hook.sending = 'no'
  }

  private isDue({ sending }: Webhook): boolean {
    return sending === 'again'
  }

  /** The status of the answer; null where there was none. */
  private async send({ url, token }: Webhook): Promise<number | null> {
    if (!this.fetch) return null
    try {
      const response = await this.fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token }),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      })
      await response.body?.cancel()
      return response.status
    } catch {
      return null
    }
  }
}
