/** Mappings as they are recognised in pipes that people wrote, and as parts of a model. */
import type { Json, JsonObject } from '../entity/value.ts'
import type { Normalisation } from './normalise.ts'

/** A value of one of the merged datasets. */
export interface RecognisedValue {
  readonly mapping: Recognised
  readonly path: readonly string[]
  readonly normalise: readonly Normalisation[]
  /** How it is made of the record, where it is not just read. */
  readonly in?: Json
  /** The namespace of the identifiers that it stands for, where it is one; empty where they have none. */
  readonly identifies?: string
}

/** A mapping of an existing project that takes shape. */
export interface Recognised {
  readonly name: string
  readonly namespace: string
  readonly pipe: string
  readonly system: string
  readonly datatype: string
  readonly concept: string
  /** What is read, by the names of the concept. */
  readonly properties: Map<string, RecognisedProperty>
  /** The properties of the system that are written, by the names of the concept. */
  readonly written: Map<string, WrittenProperty>
  /** What goes back as it came. */
  readonly carried: Set<string>
  filter?: Json
  /** Whether the system gets nothing but changes of its own records. */
  onlyOwn?: boolean
  shareFilter?: Json
}

/** A concept that takes shape. */
export interface RecognisedConcept {
  readonly keys: string[][]
  readonly properties: Map<string, Record<string, Json>>
}

/** What the system gets: where, and of which record where it is a reference. */
type WrittenProperty = Readonly<Partial<Record<'references' | 'returns', string>>> & { readonly from: string }

interface RecognisedProperty {
  readonly path: readonly string[]
  readonly priority?: number
  readonly references?: string
  /** How its value is made of the record, where it is not just read. */
  readonly in?: Json
}

/** A recognised mapping as a part of a model. */
export function mappingJson(mapping: Recognised): Json {
  const { name, system, datatype, concept, properties, written, carried, filter, shareFilter, onlyOwn } = mapping
  const read = [...properties].map(([to, { path, priority, references, in: made }]): JsonObject => {
    const out = written.get(to)
    const isWritten = made === undefined && path.length === 1 && out?.from === path[0]
    return {
      ...(path.length === 1 ? { from: path[0] ?? '' } : { path: [...path] }),
      to,
      ...(isWritten ? {} : { direction: 'in' }),
      ...(made === undefined ? {} : { in: made }),
      ...(priority === undefined ? {} : { priority }),
      ...(references === undefined ? {} : { references }),
      ...(isWritten ? out : {}),
    }
  })
  const bothWays = new Set(read.flatMap(({ to, direction }) => (direction === undefined ? [to] : [])))
  const sentProperties = [...written].flatMap(([to, out]) =>
    bothWays.has(to) ? [] : [{ ...out, to, direction: 'out' }],
  )
  const conditions = {
    ...(filter === undefined ? {} : { filter }),
    ...(shareFilter === undefined ? {} : { share_filter: shareFilter }),
    ...(onlyOwn === true ? { share: { insert: false } } : {}),
    ...(carried.size === 0 ? {} : { carry: [...carried] }),
  }
  return { name, system, datatype, concept, ...conditions, properties: [...read, ...sentProperties] }
}
