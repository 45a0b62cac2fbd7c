/**
 * Tokens that are no longer valid, in a file of the store: single ones by `api_token_id`, and all that a user has got so
 * far. A running server sees a change within a second.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { get, put } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import { readPrivate, writePrivate } from './private-file.ts'
import type { Caller } from './token.ts'

const REVOCATIONS_FILE = 'revoked'
/** Milliseconds between two looks at the file. */
const CHECK_INTERVAL = 1000

/** Revokes one token. */
export async function revokeToken(store: string, token: string): Promise<void> {
  await change(store, (kept) => note(kept, 'tokens', token, Math.floor(Date.now() / 1000)))
}

/** Revokes all tokens that a user has. */
export async function revokeUser(store: string, user: string): Promise<void> {
  await change(store, (kept) => {
    note(kept, 'users', user, Math.floor(Date.now() / 1000))
    note(kept, 'counts', user, (noted(kept, 'counts', user) ?? 0) + 1)
  })
}

/** How often the tokens of a user have been revoked; those that are issued from now on say so. */
export async function revocationsOf(store: string, user: string): Promise<number> {
  return noted(await readPrivate(join(store, REVOCATIONS_FILE)), 'counts', user) ?? 0
}

async function change(store: string, edit: (kept: JsonObject) => void): Promise<void> {
  const kept = await readPrivate(join(store, REVOCATIONS_FILE))
  edit(kept)
  await writePrivate(join(store, REVOCATIONS_FILE), printJson(kept))
}

type NoteKind = 'tokens' | 'users' | 'counts'

function note(kept: JsonObject, kind: NoteKind, name: string, value: number): void {
  const before = get(kept, kind)
  const names: JsonObject = isObject(before) ? before : {}
  put(names, name, value)
  put(kept, kind, names)
}

function noted(kept: JsonObject, kind: NoteKind, name: string): number | null {
  const names = get(kept, kind)
  const value = isObject(names) ? get(names, name) : undefined
  return typeof value === 'number' ? value : null
}

/** What a server knows of revoked tokens. */
export class Revocations {
  private revocations: JsonObject = {}
  private lastCheckAt = Number.NEGATIVE_INFINITY
  private lastModified = -1

  constructor(private readonly store: string) {}

  /** Reads the file again where it has changed. `now`: milliseconds since 1970. */
  async refresh(now: number): Promise<void> {
    if (now - this.lastCheckAt < CHECK_INTERVAL && now >= this.lastCheckAt) return
    this.lastCheckAt = now
    const path = join(this.store, REVOCATIONS_FILE)
    const stamp = await stat(path).catch(() => null)
    if ((stamp?.mtimeMs ?? -1) === this.lastModified) return
    this.lastModified = stamp?.mtimeMs ?? -1
    this.revocations = await readPrivate(path)
  }

  /**
   * Whether a token is revoked. Which tokens of a user are older than a revocation is told by counting: a clock may have
   * been set back between the two. Tokens of older versions know their time alone.
   */
  has({ token, user, issued, revocations }: Caller): boolean {
    if (noted(this.revocations, 'tokens', token) !== null) return true
    if (revocations !== null) return revocations < (noted(this.revocations, 'counts', user) ?? 0)
    const since = noted(this.revocations, 'users', user)
    return since !== null && issued <= since
  }
}
