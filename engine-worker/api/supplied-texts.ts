/** Texts that were supplied for sources: kept in the store, one a pipe. */
import type { SuppliedText } from '../connectors/open-context.ts'
import { get } from '../entity/dict.ts'
import { isDict, type Json } from '../entity/value.ts'
import type { DatasetStore, StateWrite } from '../storage/store.ts'

const SUPPLIED_PREFIX = 'supplied/'

/** What was supplied for sources, by pipe. */
export async function suppliedTexts(store: DatasetStore): Promise<ReadonlyMap<string, SuppliedText>> {
  const given = new Map<string, SuppliedText>()
  for await (const { key, value } of store.states(SUPPLIED_PREFIX)) {
    const supplied = suppliedOf(value)
    if (supplied) given.set(key.slice(SUPPLIED_PREFIX.length), supplied)
  }
  return given
}

/** What was supplied for a pipe as one text, or null. */
export async function suppliedText(store: DatasetStore, pipe: string): Promise<SuppliedText | null> {
  return suppliedOf(await store.state(SUPPLIED_PREFIX + pipe))
}

/** The write that keeps a text for a pipe, or (null) forgets it. */
export function suppliedState(pipe: string, supplied: SuppliedText | null): StateWrite {
  return { key: SUPPLIED_PREFIX + pipe, value: supplied && { ...supplied } }
}

function suppliedOf(value: Json | Uint8Array | undefined): SuppliedText | null {
  if (value === undefined || value instanceof Uint8Array || !isDict(value)) return null
  const name = get(value, 'name')
  const text = get(value, 'text')
  return typeof name === 'string' && typeof text === 'string' ? { name, text } : null
}
