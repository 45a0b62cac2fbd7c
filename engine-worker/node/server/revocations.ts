/**
 * Tokens that are no longer valid, in a file of the store: single ones by `api_token_id`, and all tokens that a user got
 * before some time. A running server sees a change within a second.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { get, put } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import { readPrivate, writePrivate } from './private-file.ts'

const FILE = 'revoked'
/** Milliseconds between two looks at the file. */
const EVERY = 1000

/** Revokes one token. */
export async function revokeToken(store: string, token: string): Promise<void> {
  await change(store, 'tokens', token)
}

/** Revokes all tokens that a user has. */
export async function revokeUser(store: string, user: string): Promise<void> {
  await change(store, 'users', user)
}

/** Notes the time, in seconds since 1970, under a name. */
async function change(store: string, kind: 'tokens' | 'users', name: string): Promise<void> {
  const kept = await readPrivate(join(store, FILE))
  const before = get(kept, kind)
  const names: JsonObject = isObject(before) ? before : {}
  put(names, name, Math.floor(Date.now() / 1000))
  put(kept, kind, names)
  await writePrivate(join(store, FILE), printJson(kept))
}

/** What a server knows of revoked tokens. */
export class Revocations {
  private kept: JsonObject = {}
  private looked = Number.NEGATIVE_INFINITY
  private changed = -1

  constructor(private readonly store: string) {}

  /** Reads the file again where it has changed. `now`: milliseconds since 1970. */
  async refresh(now: number): Promise<void> {
    if (now - this.looked < EVERY && now >= this.looked) return
    this.looked = now
    const path = join(this.store, FILE)
    const stamp = await stat(path).catch(() => null)
    if ((stamp?.mtimeMs ?? -1) === this.changed) return
    this.changed = stamp?.mtimeMs ?? -1
    this.kept = await readPrivate(path)
  }

  /** Whether a token is revoked. `issued`: seconds since 1970. */
  has(token: string, user: string, issued: number): boolean {
    if (this.of('tokens', token) !== null) return true
    const since = this.of('users', user)
    return since !== null && issued <= since
  }

  private of(kind: 'tokens' | 'users', name: string): number | null {
    const names = get(this.kept, kind)
    const time = isObject(names) ? get(names, name) : undefined
    return typeof time === 'number' ? time : null
  }
}
