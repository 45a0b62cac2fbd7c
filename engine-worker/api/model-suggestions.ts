/**
 * What the data says about a datatype that becomes part of a concept: which of its properties are those of the concept,
 * by name or by values, which of them tell records apart or make them the same, and which name records of other datatypes.
 */
import { NO_NAMESPACES } from '../dtl/compile/compile.ts'
import type { Entity, Value } from '../entity/value.ts'
import { nameLikeness } from '../ingest/column-names.ts'
import type { Model } from '../model/model.ts'
import type { Normalisation } from '../model/normalise.ts'
import { capability } from './capability.ts'
import { soundModel } from './checked-model.ts'
import { keyMatches } from './key-matches.ts'
import { type ModelSession, modelSession } from './model-session.ts'

/** A property of the datatype that is one of the concept; a new one of the concept where it has none like it. */
interface SuggestedProperty {
  readonly from: string
  readonly to: string
  readonly why: 'name' | 'values' | 'new'
  /** Records whose value another mapping has too, of so many; null where nothing was compared. */
  readonly matched: number | null
  readonly of: number
  /** A concept whose records it names. */
  readonly references: string | null
}

/** A property whose values say which records are the same. */
interface SuggestedKey {
  readonly property: string
  readonly normalise: readonly Normalisation[]
  readonly matched: number
  readonly of: number
}

/** What the data suggests for a datatype in a concept. */
export interface ModelSuggestion {
  readonly properties: readonly SuggestedProperty[]
  readonly keys: readonly SuggestedKey[]
}

interface ModelSuggestionsRequest {
  readonly text: string
  readonly system: string
  readonly datatype: string
  /** The concept that it becomes part of; it may be new. */
  readonly concept: string
}

export const modelSuggestions = capability(
  'modelSuggestions',
  'draft',
  async ({ text, system, datatype, concept }: ModelSuggestionsRequest, { host }): Promise<ModelSuggestion> => {
    const model = await soundModel(text)
    const modelCache = await modelSession(host)
    const { entities } = await modelCache.reader.records(model, system, datatype)
    const declared = model.systems[system]?.datatypes[datatype]
    const columns = columnsOf(entities)
    const met = await matchesByValue(host.current().store, modelCache, model, { system, datatype, concept })
    const properties: SuggestedProperty[] = []
    const takenNames = new Set<string>()
    const known = Object.keys(model.concepts[concept]?.properties ?? {})
    const byName = namesMet(columns, known, met)
    for (const column of columns) {
      const byValue = met.find(({ from }) => from === column)
      const named = byName.get(column)
      const isKey = declared?.key.includes(column) === true
      const references = await referenceOf(modelCache, model, { system, datatype, concept }, column, entities)
      const free = propertyName(column, references)
      const unused = takenNames.has(free) ? propertyName(column, null) : free
      const to = byValue?.to ?? (isKey ? null : (named ?? unused))
      if (to === null || takenNames.has(to)) continue
      takenNames.add(to)
      const why = byValue !== undefined ? 'values' : known.includes(to) ? 'name' : 'new'
      const { matched = null, of = entities.length } = byValue ?? {}
      properties.push({ from: column, to, why, matched, of, references })
    }
    const keys = met.flatMap(({ from, to, normalise, matched, of, unique }) =>
      unique && properties.some((each) => each.from === from && each.to === to)
        ? [{ property: to, normalise, matched, of }]
        : [],
    )
    // Names of people and things are the same by chance; an address or a number is not.
    const worded = new Set(properties.filter(({ from }) => isWorded(entities, from)).map(({ to }) => to))
    return {
      properties,
      keys: keys.toSorted((a, b) => Number(worded.has(a.property)) - Number(worded.has(b.property))),
    }
  },
)

/** Less is no evidence that two names say the same: words that they share, and others that they do not. */
const alike = 0.9

/** The property of the concept that is named as each column, in either language: the names that are most alike first. */
function namesMet(
  columns: readonly string[],
  known: readonly string[],
  met: readonly ValueMatch[],
): Map<string, string> {
  const free = columns.filter((column) => !met.some(({ from }) => from === column))
  const pairs = free.flatMap((column) => known.map((name) => ({ column, name, likeness: nameLikeness(column, name) })))
  const found = new Map<string, string>()
  const taken = new Set(met.map(({ to }) => to))
  for (const { column, name, likeness } of pairs.toSorted((a, b) => b.likeness - a.likeness)) {
    if (likeness < alike || found.has(column) || taken.has(name)) continue
    found.set(column, name)
    taken.add(name)
  }
  return found
}

interface DatatypeConcept {
  readonly system: string
  readonly datatype: string
  readonly concept: string
}

interface ValueMatch {
  readonly from: string
  readonly to: string
  readonly normalise: readonly Normalisation[]
  readonly matched: number
  readonly of: number
  /** Whether a value names one record: it may be a key. */
  readonly unique: boolean
}

/** Ways to write values alike, for each of the forms in which values are compared (ingest/key-forms.ts), the plainest first. */
const normalisationForms: readonly (readonly Normalisation[])[] = [
  [],
  ['lower'],
  ['lower', 'no-spaces'],
  ['lower', 'no-signs'],
]

/** Properties whose values the mappings of the concept have too, those that meet most first. */
async function matchesByValue(
  store: Parameters<typeof keyMatches>[0],
  { reader }: ModelSession,
  model: Model,
  { system, datatype, concept }: DatatypeConcept,
): Promise<ValueMatch[]> {
  const datatypeRecords = await reader.records(model, system, datatype)
  const found: ValueMatch[] = []
  for (const mapping of model.mappings) {
    if (mapping.concept !== concept || mapping.parent !== undefined || datatypeRecords.dataset === null) continue
    if (mapping.system === system && mapping.datatype === datatype) continue
    const other = await reader.records(model, mapping.system, mapping.datatype)
    if (other.dataset === null) continue
    const sides = { left: { dataset: datatypeRecords.dataset }, right: { dataset: other.dataset } }
    for (const { pair, form, matched, of, most } of await keyMatches(store, NO_NAMESPACES, { pipe: '', ...sides })) {
      const [from, theirs] = pair.map((side) => columnAt(String(side)))
      const to = mapping.properties.find((each) => each.from === theirs)?.to
      if (from === undefined || to === undefined || from === '_id' || matched * 10 < of) continue
      const unique = most === 1 && isUnique(datatypeRecords.entities, from)
      found.push({ from, to, normalise: normalisationForms[form] ?? [], matched, of, unique })
    }
  }
  const best = found.toSorted((a, b) => b.matched / b.of - a.matched / a.of)
  return best.filter(
    ({ from, to }, at) => !best.slice(0, at).some((earlier) => earlier.from === from || earlier.to === to),
  )
}

/** The concept whose records of the same system a property names, where nearly all values are keys of one. */
async function referenceOf(
  { reader }: ModelSession,
  model: Model,
  { system, datatype, concept }: DatatypeConcept,
  column: string,
  entities: readonly Entity[],
): Promise<string | null> {
  const texts = entities.flatMap((entity) => textOf(entity[column] ?? null) ?? [])
  if (texts.length === 0) return null
  for (const mapping of model.mappings) {
    if (mapping.system !== system || mapping.parent !== undefined) continue
    if (mapping.datatype === datatype || mapping.concept === concept) continue
    const others = await reader.records(model, mapping.system, mapping.datatype)
    const key = model.systems[mapping.system]?.datatypes[mapping.datatype]?.key ?? []
    // Small numbers meet by chance: then the name has to say the same.
    if (!isSameName(column, mapping.concept) && !isSameName(column, mapping.datatype) && !key.includes(column)) continue
    const ids = new Set(others.entities.map(({ _id }) => _id))
    const found = texts.filter((text) => ids.has(text)).length
    if (found * 10 >= texts.length * 8) return mapping.concept
  }
  return null
}

/** Whether the name of a property says that of a concept or datatype: `customer_id`, or `kundenr` of a customer. */
function isSameName(column: string, other: string): boolean {
  const [one, two] = [plainName(column), plainName(other)]
  if (nameLikeness(column, other) > 0) return true
  return two.length > 2 && (one.includes(two) || (two.endsWith('s') && one.includes(two.slice(0, -1))))
}

function columnsOf(entities: readonly Entity[]): string[] {
  const names = new Set<string>()
  for (const entity of entities.slice(0, 2000))
    for (const name of Object.keys(entity)) if (!name.startsWith('_') && !name.startsWith('$')) names.add(name)
  return [...names]
}

function isUnique(entities: readonly Entity[], column: string): boolean {
  const texts = entities.flatMap((entity) => textOf(entity[column] ?? null) ?? [])
  return texts.length > 0 && new Set(texts).size >= texts.length * 0.95
}

/** Whether most values of a column are words with blanks between them. */
function isWorded(entities: readonly Entity[], column: string): boolean {
  const texts = entities.slice(0, 2000).flatMap((entity) => textOf(entity[column] ?? null) ?? [])
  return texts.filter((text) => /\p{L}\s/u.test(text)).length * 2 > texts.length
}

function textOf(value: Value): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null
}

/** The column of a path such as `_S.name` or `_S.'first name'`. */
function columnAt(path: string): string {
  const name = path.replace(/^_S\./, '')
  return name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name
}

/** A name without namespace, capitals and signs, to be compared. */
function plainName(name: string): string {
  return name
    .slice(name.lastIndexOf(':') + 1)
    .toLowerCase()
    .replace(/[^\p{L}\d]/gu, '')
}

/** The name of a new property: that of the referenced concept, or the column in small letters. */
function propertyName(column: string, references: string | null): string {
  if (references !== null) return references
  const bare = column.slice(column.lastIndexOf(':') + 1)
  return (
    bare
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .replace(/[^\p{L}\d]+/gu, '_')
      .replace(/^_|_$/g, '') || column
  )
}
