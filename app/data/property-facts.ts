/** What properties entities have, from a window of rows: names, types, how often present. */
export interface PropertyFact {
  readonly name: string
  readonly types: readonly string[]
  /** Share of the entities that have it, 0 to 1. */
  readonly present: number
}

const storeFields = new Set(['_id', '_updated', '_previous', '_hash', '_ts', '_deleted'])

/** The properties of entities given as transit text; most common first. */
export function propertyFactsOf(rows: readonly string[]): readonly PropertyFact[] {
  const seen = new Map<string, { count: number; types: Set<string> }>()
  for (const row of rows) {
    const entity: unknown = JSON.parse(row)
    if (typeof entity !== 'object' || entity === null) continue
    for (const [name, value] of Object.entries(entity)) {
      if (storeFields.has(name)) continue
      const known = seen.get(name) ?? { count: 0, types: new Set<string>() }
      known.count += 1
      known.types.add(propertyType(value))
      seen.set(name, known)
    }
  }
  return [...seen]
    .map(([name, { count, types }]) => ({ name, types: [...types], present: count / rows.length }))
    .sort((a, b) => b.present - a.present || (a.name < b.name ? -1 : 1))
}

const typeByTag: Record<string, string> = { ':': 'ni', r: 'uri', t: 'datetime', b: 'bytes', u: 'uuid', f: 'decimal' }

/** The type of a value as transit text has it. */
export function propertyType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) {
    const [only, more] = [...new Set(value.map(propertyType))]
    return only === undefined || more !== undefined ? 'list' : `${only} list`
  }
  if (typeof value === 'string') return (value.startsWith('~') ? typeByTag[value[1] ?? ''] : undefined) ?? 'string'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float'
  return typeof value === 'object' ? 'dict' : typeof value
}
