/** How the schema of a dataset changed, from the versions in its log. */
import { type Entity, type Kind, kindOf } from '../entity/value.ts'

/** A change of a schema. */
export interface SchemaChange {
  /** A property came, a type of it came, or the property is in no entity any more. */
  readonly is: 'added' | 'typed' | 'removed'
  readonly property: string
  /** The types before, and with the change. */
  readonly before: readonly Kind[]
  readonly after: readonly Kind[]
  /** The version that made the change, and when it was written (milliseconds since 1970). */
  readonly updated: number
  readonly at: number
}

interface SeenProperty {
  readonly kinds: Set<Kind>
  /** The last version that had it. */
  last: { readonly updated: number; readonly at: number }
}

interface SchemaHistory {
  readonly add: (version: Entity) => void
  /** The changes, oldest first. `present`: the properties that live entities have now. */
  readonly changes: (present: ReadonlySet<string>) => readonly SchemaChange[]
}

/** Microseconds of a millisecond. */
const MICROSECONDS = 1000
/** Where no run is known, a run ends after this many milliseconds without a write. */
const PAUSE_VERSIONS = 60_000
const MAX_PROPERTIES = 2000

/** Collects the versions of a log, oldest first. `runAt`: the run of a moment, where it is known. */
export function collectSchemaHistory(runAt: (at: number) => number | null): SchemaHistory {
  const seenProperties = new Map<string, SeenProperty>()
  const changes: SchemaChange[] = []
  let first: number | null = null
  /** What the first run wrote is the beginning and no change. */
  let isBeginning = true
  let before = 0
  return {
    add: (version) => {
      const updated = Number(version._updated ?? 0)
      const at = Number(version._ts ?? 0) / MICROSECONDS
      first ??= at
      const isLater =
        version._previous !== null || at - Math.max(first, before) > PAUSE_VERSIONS || runAt(at) !== runAt(first)
      if (isBeginning && isLater) isBeginning = false
      before = at
      if (version._deleted === true) return
      for (const name of Object.keys(version)) {
        if (name.startsWith('_')) continue
        const kind = kindOf(version[name] ?? null)
        const known = seenProperties.get(name)
        if (!known) {
          if (seenProperties.size >= MAX_PROPERTIES) continue
          seenProperties.set(name, { kinds: new Set([kind]), last: { updated, at } })
          if (!isBeginning) changes.push({ is: 'added', property: name, before: [], after: [kind], updated, at })
          continue
        }
        known.last = { updated, at }
        if (known.kinds.has(kind)) continue
        const kinds = [...known.kinds]
        known.kinds.add(kind)
        if (!isBeginning) {
          changes.push({ is: 'typed', property: name, before: kinds, after: [...known.kinds], updated, at })
        }
      }
    },
    changes: (present) => {
      const removed = [...seenProperties].flatMap(([property, { kinds, last }]): SchemaChange[] =>
        present.has(property) ? [] : [{ is: 'removed', property, before: [...kinds], after: [], ...last }],
      )
      return [...changes, ...removed].sort((a, b) => a.updated - b.updated)
    },
  }
}
