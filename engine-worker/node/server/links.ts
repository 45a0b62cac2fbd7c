/**
 * Shareable links: addresses by which anybody may read what one pipe publishes, until they expire or are removed. The
 * secret in an address is a signature, so that the store holds none.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { get } from '../../entity/dict.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import type { DatasetStore, StateWrite } from '../../storage/store.ts'

const PREFIX = 'server/link/'
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
    for await (const { key: path, value } of store.states(PREFIX)) {
      if (value instanceof Uint8Array || !isObject(value)) continue
      const [id, description] = [String(get(value, 'id')), String(get(value, 'description') ?? '')]
      const created_ts = String(get(value, 'created_ts') ?? '')
      links.links.set(path, { id, description, exp: Number(get(value, 'exp')), created_ts })
    }
    return links
  }

  /** The links of a pipe, the oldest first. */
  of(pipe: string): readonly ShareableLink[] {
    const own = [...this.links].filter(([path]) => path.startsWith(prefixOf(pipe)))
    return own.map(([, link]) => link).sort((a, b) => (a.created_ts < b.created_ts ? -1 : 1))
  }

  /** Makes a link. `now`: nanoseconds since 1970. What is given has to be committed. */
  add(pipe: string, description: string, exp: number, now: bigint): { link: ShareableLink; state: StateWrite } {
    const link: ShareableLink = { id: randomUUID(), description, exp, created_ts: String(now) }
    const key = prefixOf(pipe) + link.id
    this.links.set(key, link)
    const value: JsonObject = { ...link }
    return { link, state: { key, value } }
  }

  /** Removes a link; null where there is none. */
  remove(pipe: string, id: string): StateWrite | null {
    const key = prefixOf(pipe) + id
    return this.links.delete(key) ? { key, value: null } : null
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

  /** Removes all links of a pipe that is gone. */
  forget(pipe: string): StateWrite[] {
    return this.of(pipe).flatMap(({ id }) => this.remove(pipe, id) ?? [])
  }
}

/** A text as one part of a path; characters that no address can hold are replaced. */
export function encodedPart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
}

function prefixOf(pipe: string): string {
  return `${PREFIX}${encodedPart(pipe)}/`
}
