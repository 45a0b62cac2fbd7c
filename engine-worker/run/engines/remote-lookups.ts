/**
 * Other datasets for an engine that has none: what is not known yet is asked for in one go while the evaluation waits, and
 * kept until the batch changes.
 */
import type { JoinIndex } from '../../dtl/evaluation.ts'
import { Suspended } from '../../dtl/evaluation.ts'
import { readEntity } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import { byText } from '../../storage/index/key-index.ts'
import { type RecordedLookups, type RunLookups, recordLookup } from '../context.ts'
import type { Address } from './messages.ts'

/** Thrown where something is not here; the chunk is transformed by the engine that has it. */
class NotHere extends Error {}

/** Answers look-ups of the chunk at hand. */
export class RemoteLookups implements RunLookups {
  recording: RecordedLookups | null = null
  joined = { rows: 0, most: 0 }
  onFound: RunLookups['onFound'] = null
  /** Whether something was asked for that only the other engine has, even if a rule went on without it. */
  isNotHere = false
  slots: [string, string | null][] = []
  private readonly slotNumbers = new Map<string, number>()
  private readonly knownEntities = new Map<string, readonly Entity[]>()
  private readonly pendingAddresses = new Map<string, Address>()
  private fetching: Promise<void> | null = null

  constructor(
    private readonly fetch: (addresses: readonly Address[]) => Promise<readonly (readonly string[])[]>,
    /** The indexes that the other engine knows by their ids. */
    private readonly indexes: ReadonlySet<string>,
  ) {}

  /** Begins another chunk; `keeps`: of the same batch. */
  begin(keeps: boolean): void {
    this.recording = null
    this.joined = { rows: 0, most: 0 }
    this.isNotHere = false
    this.slots = []
    this.slotNumbers.clear()
    if (!keeps) this.knownEntities.clear()
  }

  forget(): void {
    this.knownEntities.clear()
  }

  lookup(dataset: string, id: string): Entity | null {
    return this.entityListsAt([[dataset, null, id]])[0]?.[0] ?? null
  }

  join(dataset: string, index: JoinIndex, keys: readonly string[], tracked: boolean): readonly Entity[] {
    if (!this.indexes.has(addressText([dataset, index.id, '']))) throw this.notHere()
    if (tracked && this.recording) {
      const slot = this.slot(dataset, index.id)
      for (const key of keys) recordLookup(this.recording, slot, key)
    }
    const lists = this.entityListsAt(keys.map((key): Address => [dataset, index.id, key]))
    const found = lists.length === 1 ? (lists[0] ?? []) : unionById(lists)
    this.joined.rows += found.length
    if (found.length > this.joined.most) this.joined.most = found.length
    return found
  }

  all(): readonly Entity[] {
    throw this.notHere()
  }

  /** For what else is not here. */
  notHere(): NotHere {
    this.isNotHere = true
    return new NotHere('not here')
  }

  private slot(dataset: string, index: string): number {
    const name = addressText([dataset, index, ''])
    const before = this.slotNumbers.get(name)
    if (before !== undefined) return before
    const number = this.slots.length
    this.slots.push([dataset, index])
    this.slotNumbers.set(name, number)
    return number
  }

  private entityListsAt(addresses: readonly Address[]): readonly (readonly Entity[])[] {
    const lists: (readonly Entity[])[] = []
    let isMissing = false
    for (const address of addresses) {
      const text = addressText(address)
      const list = this.knownEntities.get(text)
      if (list) lists.push(list)
      else {
        isMissing = true
        this.pendingAddresses.set(text, address)
      }
    }
    if (!isMissing) return lists
    this.fetching ??= Promise.resolve().then(() => this.fetchPending())
    throw new Suspended(this.fetching)
  }

  private async fetchPending(): Promise<void> {
    const wanted = [...this.pendingAddresses]
    this.pendingAddresses.clear()
    this.fetching = null
    const lists = await this.fetch(wanted.map(([, address]) => address))
    for (const [at, [text]] of wanted.entries())
      this.knownEntities.set(
        text,
        (lists[at] ?? []).map((entity) => readEntity(entity)),
      )
  }
}

/** One text for an address. */
export function addressText([dataset, index, key]: Address): string {
  return `${dataset}\u0000${index ?? '\u0001'}\u0000${key}`
}

/** Each entity once, by `_id`, as a join over several keys gives them. */
function unionById(lists: readonly (readonly Entity[])[]): readonly Entity[] {
  const byId = new Map<string, Entity>()
  for (const list of lists) for (const entity of list) byId.set(String(entity._id), entity)
  return [...byId].sort(([a], [b]) => byText(a, b)).map(([, entity]) => entity)
}
