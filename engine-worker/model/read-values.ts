/** The values that rules of a global pipe name: properties of the merged records, and their identifiers. */
import type { Json } from '../entity/value.ts'
import { call } from './calls.ts'
import { plainProperty } from './read-hops.ts'
import type { ProjectPipes } from './read-pipes.ts'
import type { Recognised, RecognisedValue } from './read-recognised.ts'
import { normalisingFunctions, sourceColumns, withPaths } from './read-steps.ts'

const [toText, toIdentifier, idOf] = [call.string(), call.ni(), call.niId()].map(([name]) => name ?? null)

/** What the rules of one global pipe can name. */
export interface MergedRecords {
  readonly pipes: ProjectPipes
  /** The mappings of the concept. */
  readonly mappings: readonly Recognised[]
  /** The datasets by the names that they have in the rules. */
  readonly aliases: ReadonlyMap<string, string>
}

/**
 * The values that an expression is, of each mapping that has it: `_S.crm-person:email`, `c.email`, `_S.email` of all that
 * have one, an identifier, or a call around it that writes values alike. Empty where it is anything else.
 */
export function valuesIn(expression: Json, records: MergedRecords): readonly RecognisedValue[] {
  if (Array.isArray(expression)) {
    const [name = null, only = null] = expression
    const inside = expression.length === 2 ? valuesIn(only, records) : []
    if (name === toText || (name === toIdentifier && inside.every(isIdentifier))) return inside
    if (name === idOf && inside.every(isIdentifier)) return inside.map((value) => ({ ...value, identifies: '' }))
    const way = normalisingFunctions.find(([each]) => each === name)
    return way === undefined ? [] : inside.map((value) => ({ ...value, normalise: [...value.normalise, way[1]] }))
  }
  if (typeof expression !== 'string') return []
  const [variable = '', ...keys] = expression.trim().split('.')
  const path = keys.map(plainProperty)
  if (path.length === 0 || path.includes('')) return []
  const found = mappingsNamed(variable, keys, records)
  return found.flatMap((mapping) => valueAt(mapping, path, records))
}

function isIdentifier({ identifies }: RecognisedValue): boolean {
  return identifies !== undefined
}

/** The mappings whose records a path is of. */
function mappingsNamed(variable: string, keys: readonly string[], { mappings, aliases, pipes }: MergedRecords) {
  if (variable !== '_S') return mappings.filter(({ pipe }) => aliases.get(variable) === pipe)
  const [first = ''] = keys
  if (first.startsWith('$') || first.startsWith('_')) return []
  if (first.includes(':')) return mappings.filter(({ namespace }) => first.startsWith(`${namespace}:`))
  const isKnown = ({ pipe, properties }: Recognised): boolean =>
    pipes.columns(pipe).has(first) ||
    pipes.expressionFor(pipe, first) !== null ||
    [...properties.values()].some(({ path }) => path[0] === first)
  const having = mappings.filter(isKnown)
  return having.length === 0 && mappings.length === 1 ? mappings : having
}

function valueAt(mapping: Recognised, path: readonly string[], { pipes }: MergedRecords): RecognisedValue[] {
  const { pipe } = mapping
  const [name = ''] = path
  if (path.length === 1 && (name === '_id' || name === '$ids')) {
    const key = pipes.keyOf(pipe)
    return key.length === 1 ? [{ mapping, path: key, normalise: [], identifies: pipes.identity(pipe) }] : []
  }
  const reference = path.length === 1 ? pipes.references(pipe).find(({ property }) => property === name) : undefined
  if (reference !== undefined)
    return [{ mapping, path: [reference.column], normalise: [], identifies: reference.namespace }]
  if (path.some((key) => key.startsWith('$') || key.startsWith('_'))) return []
  const made = path.length === 1 ? pipes.expressionFor(pipe, name) : null
  const columns = made === null ? null : sourceColumns(made)
  if (made === null || columns === null) return [{ mapping, path, normalise: [] }]
  return [{ mapping, path: columns.slice(0, 1), normalise: [], in: made }]
}

/** An expression over the records of one mapping, in that mapping's own words; null where it reads anything else. */
export function expressionIn(expression: Json, records: MergedRecords): RecognisedValue | null {
  let owner: RecognisedValue | null = null
  const own = withPaths(expression, (path) => {
    const [value, ...others] = valuesIn(path, records)
    if (value === undefined || others.length > 0 || value.in !== undefined || value.identifies !== undefined)
      return null
    if (owner !== null && owner.mapping !== value.mapping) return null
    owner ??= value
    return `_S.${value.path.join('.')}`
  })
  const first = owner as RecognisedValue | null
  return own === null || first === null ? null : { ...first, in: own }
}
