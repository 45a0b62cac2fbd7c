/** What an edit changes: the output of two configurations on the same entities, compared by `_id`. */

export interface EntityChange {
  readonly id: string
  /** Transit text; null where there was, or is, no such entity. */
  readonly before: string | null
  readonly after: string | null
}

export interface OutputChange {
  readonly changed: readonly EntityChange[]
  /** Entities that come out of either. */
  readonly of: number
}

/** The entities that differ between two outputs. Of several with one `_id` the last counts, as in a dataset. */
export function outputChange(before: readonly string[], after: readonly string[]): OutputChange {
  const old = textsById(before)
  const now = textsById(after)
  const ids = new Set([...old.keys(), ...now.keys()])
  const changed: EntityChange[] = []
  for (const id of ids) {
    const before = old.get(id) ?? null
    const is = now.get(id) ?? null
    if (before !== is) changed.push({ id, before, after: is })
  }
  return { changed, of: ids.size }
}

function textsById(entities: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [place, text] of entities.entries()) {
    const entity: unknown = JSON.parse(text)
    const id = typeof entity === 'object' && entity !== null && '_id' in entity ? entity._id : undefined
    found.set(typeof id === 'string' ? id : `#${place}`, text)
  }
  return found
}
