/** Which records refer to which, as far as their values tell. */
import { directExpressions } from '../generate/enrich.ts'
import type { Plan } from '../generate/plan.ts'
import { recordLinks } from '../generate/record-links.ts'
import type { Matcher } from './matching.ts'

/** Everything that is one record of a concept: the mappings and `_id`s of its records. */
export type Unit = readonly (readonly [mapping: string, id: string])[]

/** What the records of a mapping are called by others, and what they refer to, as texts. */
interface LinkTexts {
  readonly mapping: string
  readonly ids: readonly (string | null)[]
  readonly addresses: readonly (readonly (string | null)[])[]
  readonly references: readonly (readonly (string | null)[])[]
}

/** The links of all records; `state` is another text where they are others. */
interface LinksOfRecords {
  readonly state: string
  readonly mappings: readonly LinkTexts[]
}

/** Reads what the records of a model refer to; no mappings where none refers to anything. */
export async function linksOfRecords(plan: Plan, matcher: Matcher): Promise<LinksOfRecords> {
  const all = plan.mappings.flatMap((planned) => {
    const reading = directExpressions(planned)
    return reading === null ? [] : [{ planned, reading, links: recordLinks(plan, planned, reading) }]
  })
  if (all.every(({ links }) => links.references.length === 0)) return { state: '', mappings: [] }
  const mappings: LinkTexts[] = []
  const names: string[] = []
  for (const { planned, reading, links } of all) {
    const wanted = ['_S._id', ...links.addresses, ...links.references]
    const [ids, ...columns] = await matcher.recordTexts(plan.model, planned, reading, wanted)
    const texts = columns.map((column) => column.texts)
    const [addresses, references] = [texts.slice(0, links.addresses.length), texts.slice(links.addresses.length)]
    mappings.push({ mapping: planned.mapping.name, ids: ids?.texts ?? [], addresses, references })
    names.push(planned.mapping.name, ids?.name ?? '', `${links.addresses.length}`, ...columns.map(({ name }) => name))
  }
  return { state: names.join('\n'), mappings }
}

/** For each unit the others that its records may refer to. */
export function linkedUnits(units: readonly Unit[], links: LinksOfRecords): (unit: number) => Iterable<number> {
  if (links.mappings.length === 0) return () => []
  const unitOf = new Map<string, number>()
  for (const [at, unit] of units.entries()) for (const [mapping, id] of unit) unitOf.set(`${mapping} ${id}`, at)
  const addressed = new Map<string, Set<number>>()
  const referring = new Map<number, Set<string>>()
  for (const { mapping, ids, addresses, references } of links.mappings)
    for (const [row, id] of ids.entries()) {
      const unit = unitOf.get(`${mapping} ${id}`)
      if (unit === undefined) continue
      for (const texts of references) addTo(referring, unit, texts[row] ?? null)
      for (const texts of addresses) {
        const text = texts[row] ?? null
        if (text !== null) addTo(addressed, text, unit)
      }
    }
  return function* (unit) {
    for (const text of referring.get(unit) ?? []) yield* addressed.get(text) ?? []
  }
}

function addTo<K, V>(sets: Map<K, Set<V>>, key: K, value: V | null): void {
  if (value === null) return
  const known = sets.get(key)
  if (known === undefined) sets.set(key, new Set([value]))
  else known.add(value)
}
