/**
 * Shareable links: addresses by which anybody may read what one pipe publishes, until they expire or are removed. The
 * secret in an address is a signature, so that the store holds none.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { get } from '../../entity/dict.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import type { CommitStates, DatasetStore, StateWrite } from '../../storage/store.ts'

const KEY_PREFIX = 'server/link/'
/** The parameter of an address that holds its secret. */
export const LINK_PARAMETER = 'shareable_link'

/** A link without its addresses; a type, since interfaces are no JSON objects. */
export type ShareableLink = {
  readonly id: string
  readonly description: string
  /** Seconds since 1970. */
  readonly exp: number
  /** Nanoseconds since 1970, as a text. */
  readonly created_ts: string
}

export class ShareableLinks {
  /** By pipe and id. */
  private readonly links = new Map<string, ShareableLink>()

  private constructor(private readonly key: Uint8Array) {}

  static async load(store: DatasetStore, key: Uint8Array): Promise<ShareableLinks> {
    const links = new ShareableLinks(key)
    await links.readAgain(store)
    return links
  }

  /** Forgets changes that were not stored. */
  async readAgain(store: DatasetStore): Promise<void> {
    this.links.clear()
    for await (const { key: path, value } of store.states(KEY_PREFIX)) {
      if (value instanceof Uint8Array || !isObject(value)) continue
      const [id, description] = [String(get(value, 'id')), String(get(value, 'description') ?? '')]
      const created_ts = String(get(value, 'created_ts') ?? '')
      this.links.set(path, { id, description, exp: Number(get(value, 'exp')), created_ts })
    }
  }

  /** The links of a pipe, the oldest first. */
  of(pipe: string): readonly ShareableLink[] {
    const own = [...this.links].filter(([path]) => path.startsWith(prefixOf(pipe)))
    return own.map(([, link]) => link).sort((a, b) => (a.created_ts < b.created_ts ? -1 : 1))
  }

  /** Makes a link, which opens something once it is committed. `created_ts`: nanoseconds since 1970. */
  async add(pipe: string, about: Omit<ShareableLink, 'id'>, commit: CommitStates): Promise<ShareableLink> {
    const link: ShareableLink = { id: randomUUID(), ...about }
    const key = prefixOf(pipe) + link.id
    const value: JsonObject = { ...link }
    await commit([{ key, value }])
    this.links.set(key, link)
    return link
  }

  /** Removes a link, which opens nothing once that is committed; false where there is none. */
  async remove(pipe: string, id: string, commit: CommitStates): Promise<boolean> {
    const key = prefixOf(pipe) + id
    if (!this.links.has(key)) return false
    await commit([{ key, value: null }])
    return this.links.delete(key)
  }

  /** What of an address lets its caller in. */
  secretOf(pipe: string, { id, exp }: ShareableLink): string {
    const signature = createHmac('sha256', this.key)
      .update(JSON.stringify(['link', pipe, id, exp]))
      .digest('base64url')
    return `${id}.${signature}`
  }

  /** Whether a secret opens what a pipe publishes. `now`: milliseconds since 1970. */
  opens(pipe: string, secret: string, now: number): boolean {
    const link = this.links.get(prefixOf(pipe) + (secret.split('.')[0] ?? ''))
    if (!link || link.exp * 1000 <= now) return false
    const [wanted, given] = [Buffer.from(this.secretOf(pipe, link)), Buffer.from(secret)]
    return wanted.length === given.length && timingSafeEqual(wanted, given)
  }

  /** Removes all links of a pipe that is gone; what is given has to be committed. */
  forget(pipe: string): StateWrite[] {
    const keys = this.of(pipe).map(({ id }) => prefixOf(pipe) + id)
    for (const key of keys) this.links.delete(key)
    return keys.map((key) => ({ key, value: null }))
  }
}

/** A text as one part of a path; characters that no address can hold are replaced. */
export function encodedPart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
}

function prefixOf(pipe: string): string {
  return `${KEY_PREFIX}${encodedPart(pipe)}/`
}
