/** What is known of the properties of some entities, and what is evidence that two of them hold the same. */
import { printValue } from '../entity/transit.ts'
import { type Dict, type Kind, kindOf, type Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { nameLikeness } from '../ingest/column-names.ts'
import { type RecognisedColumn, recognise } from '../ingest/recognise.ts'

/** A property: its values, and how its texts can be read. */
export interface ColumnEvidence {
  readonly name: string
  /** Those that are there, one for each entity that has one. */
  readonly values: readonly Value[]
  /** The different values by their letters and digits alone, as they are and as they are read. */
  readonly folded: ReadonlySet<string>
  readonly read: RecognisedColumn | null
}

/** Why two properties seem to hold the same. */
export interface ColumnLikeness {
  readonly why: 'name' | 'values' | 'shape'
  /** From 0 to 2. */
  readonly score: number
  /** Different values of the first that the other has too, of so many; null where there are none to compare. */
  readonly agree: { readonly some: number; readonly of: number } | null
}

/** The properties of entities by their names, without those of the log. */
export async function columnEvidence(
  entities: readonly Dict[],
  environment: Environment,
): Promise<ReadonlyMap<string, ColumnEvidence>> {
  const values = new Map<string, Value[]>()
  for (const entity of entities)
    for (const [name, value] of Object.entries(entity)) {
      if (!hasValue(value) || /^\$|^_(?!id$)/.test(name)) continue
      const known = values.get(name)
      if (known) known.push(value)
      else values.set(name, [value])
    }
  const found = new Map<string, ColumnEvidence>()
  for (const [name, given] of values) found.set(name, await evidenceOf(name, given, environment))
  return found
}

/** A property with some values. */
export async function evidenceOf(
  name: string,
  values: readonly Value[],
  environment: Environment,
): Promise<ColumnEvidence> {
  const isText = values.some((value) => typeof value === 'string')
  const read = isText ? await recognise(name, values, environment) : null
  const readValues = [...(read?.results.values() ?? [])]
  return { name, values, folded: new Set([...values, ...readValues].flatMap(foldedTexts)), read }
}

/** Shapes of which a record seldom has several; a common shape is evidence. */
const distinctiveShapes = new Set(['phone', 'organisation-number', 'e-mail'])
/** With fewer different values than this, agreement is chance. */
const MIN_VALUES = 3

/** Evidence that two properties hold the same; null where there is none. */
export function likenessOf(column: ColumnEvidence, other: ColumnEvidence): ColumnLikeness | null {
  const named = nameLikeness(column.name, other.name)
  const own = new Set(column.values.flatMap(foldedTexts))
  const shared = [...own].filter((text) => other.folded.has(text)).length
  const read = new Set([...(column.read?.results.values() ?? [])].flatMap(foldedTexts))
  const sharedRead = [...read].filter((text) => other.folded.has(text)).length
  const bestShared = Math.max(shared, sharedRead)
  const agree = other.values.length === 0 || own.size === 0 ? null : { some: bestShared, of: own.size }
  const share = agree !== null && own.size >= MIN_VALUES && bestShared >= 2 ? bestShared / own.size : 0
  // A few common values are not enough evidence when the names differ.
  if (share >= 0.3) return { why: 'values', score: 0.5 + share / 2 + named, agree }
  if (named > 0) return { why: 'name', score: named + share, agree }
  const shape = column.read?.reading.shape
  const same = shape !== undefined && distinctiveShapes.has(shape) && shape === other.read?.reading.shape
  return same ? { why: 'shape', score: 0.4 + share, agree } : null
}

/** The kind that most of some values have; null where there are none. */
export function usualKind(values: readonly Value[]): Kind | null {
  const counts = new Map<Kind, number>()
  for (const value of values) counts.set(kindOf(value), (counts.get(kindOf(value)) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

/** Whether a value carries information. */
export function hasValue(value: Value | undefined): value is Value {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}

/** A value by its letters and digits; of a list each of its values. Booleans are left out. */
function foldedTexts(value: Value): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(foldedTexts)
  if (value === null || typeof value === 'boolean' || kindOf(value) === 'dict') return []
  const text = typeof value === 'string' ? value : printValue(value).replace(/^"(?:~.)?(.*)"$/s, '$1')
  const bare = text.toLowerCase().replace(/[^\p{L}\d]/gu, '')
  return bare === '' ? [] : [bare]
}
