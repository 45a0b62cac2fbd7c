/**
 * Access lists that were set by `/permissions/…`, by the path of what they protect: `pipe/<id>`, `system/<id>`,
 * `dataset/<id>`, `<kind>_prototype` for all of a kind that have none of their own, `<kind>_collection` for the list of a
 * kind.
 */
import type { Json } from '../../entity/value.ts'
import type { CommitStates, DatasetStore, StateWrite } from '../../storage/store.ts'

const KEY_PREFIX = 'server/acl/'

const guardedKinds = ['pipe', 'system', 'dataset'] as const
/** What can be protected. */
export type ProtectedKind = (typeof guardedKinds)[number]

export class AccessLists {
  private readonly lists = new Map<string, Json>()

  static async load(store: DatasetStore): Promise<AccessLists> {
    const lists = new AccessLists()
    await lists.readAgain(store)
    return lists
  }

  /** Forgets changes that were not stored. */
  async readAgain(store: DatasetStore): Promise<void> {
    this.lists.clear()
    for await (const { key, value } of store.states(KEY_PREFIX)) {
      if (Array.isArray(value)) this.lists.set(key.slice(KEY_PREFIX.length), value)
    }
  }

  /** Whether no list was set. */
  get isEmpty(): boolean {
    return this.lists.size === 0
  }

  /** The list of a path, or null where none was set. */
  at(path: string): Json | null {
    return this.lists.get(path) ?? null
  }

  /** The list that counts for one thing. */
  of(kind: ProtectedKind, id: string): Json | undefined {
    return this.at(`${kind}/${id}`) ?? this.at(`${kind}_prototype`) ?? undefined
  }

  /** Sets a list, which counts once it is committed. */
  async set(path: string, list: Json, commit: CommitStates): Promise<void> {
    await commit([{ key: KEY_PREFIX + path, value: list }])
    this.lists.set(path, list)
  }

  /** Forgets the list of something that is gone; what is given has to be committed. */
  forget(kind: ProtectedKind, id: string): StateWrite[] {
    const path = `${kind}/${id}`
    return this.lists.delete(path) ? [{ key: KEY_PREFIX + path, value: null }] : []
  }
}

/** What a path protects: one thing of a kind, or (`id` null) all of them; null for other paths. */
export function guardedBy(path: string): { readonly kind: ProtectedKind; readonly id: string | null } | null {
  const [, word, rest] = /^([a-z]+)(?:_collection|_prototype|\/(.+))$/.exec(path) ?? []
  const kind = guardedKinds.find((each) => each === word)
  return kind ? { kind, id: rest ?? null } : null
}
