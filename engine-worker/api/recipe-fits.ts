/** What a value of an entity is good for: which kinds of recipes fit it, and what stands for the names in their templates. */
import type { RecipeFit } from '../dtl/signature.ts'
import { fillConversion } from '../dtl/syntax.ts'
import { segmentText } from '../dtl/tree/path.ts'
import { printValue } from '../entity/transit.ts'
import { type Dict, isDict, type Json, kindOf, type Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { recognise } from '../ingest/recognise.ts'

/** A way in which a value fits. */
export interface RecipeMatch {
  readonly fits: RecipeFit
  /** The property of the objects in a list that it is about. */
  readonly key?: string
  /** What `{value}` and `{key}` stand for. */
  readonly filled: Readonly<Record<string, Json>>
  /** What there is now, to be shown beside what it becomes. */
  readonly from: Value
}

/** A property of an entity, where it stands, and the same of further entities. */
interface FitContext {
  readonly name: string
  readonly path: string
  readonly value: Value
  readonly samples: readonly Dict[]
  readonly environment: Environment
}

/** Every way in which a value fits. */
export async function recipeMatchesOf(place: FitContext): Promise<readonly RecipeMatch[]> {
  const { path, value } = place
  const filled = { value: path }
  if (value === null || value === '') return value === null ? missingProperties(place) : []
  if (isDict(value)) return [{ fits: 'object', filled, from: value }]
  if (!Array.isArray(value) || value.length === 0) return []
  const objects = value.filter((item) => isDict(item))
  if (objects.length === value.length)
    return [{ fits: 'objects', filled, from: value }, ...(await fitsInObjects(place, objects))]
  return [
    ...(value.some((item) => Array.isArray(item)) ? [{ fits: 'lists' as const, filled, from: value }] : []),
    ...(hasEqualValues(value) ? [{ fits: 'repeated' as const, filled, from: value }] : []),
  ]
}

/** Where others have a value: the one that most of them have. */
function missingProperties({ name, path, samples }: FitContext): readonly RecipeMatch[] {
  const counts = new Map<string, { value: Value; count: number }>()
  for (const sample of samples) {
    const value = sample[name] ?? null
    if (!['string', 'boolean', 'integer'].includes(kindOf(value)) || value === '') continue
    const text = printValue(value)
    counts.set(text, { value, count: (counts.get(text)?.count ?? 0) + 1 })
  }
  const [first] = [...counts.values()].sort((a, b) => b.count - a.count)
  const { value } = first ?? {}
  // A value that only one entity has is not offered for others.
  const common = first !== undefined && first.count > 1 && isPlain(value) ? value : ''
  return [{ fits: 'missing', filled: { value: path, key: common }, from: null }]
}

/** A constant that is no path. */
function isPlain(value: Value | undefined): value is string | boolean | number | bigint {
  if (typeof value === 'string') return !value.startsWith('_')
  return typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint'
}

async function fitsInObjects({ path, value, environment }: FitContext, objects: readonly Dict[]) {
  const found: RecipeMatch[] = []
  for (const key of namesOf(objects)) {
    const inner = objects.map((item) => item[key] ?? null)
    const given = inner.filter((each) => each !== null)
    const each = `_.${segmentText(key)}`
    const all = `${path}.${segmentText(key)}`
    const kinds = new Set(given.map(kindOf))
    const reading = kinds.has('string') ? ((await recognise(key, given, environment))?.reading ?? null) : null
    const readAt = (at: string): Json => (reading ? fillConversion(reading.dtl, at) : at)
    const isNumber = [...kinds].every((kind) => ['integer', 'float', 'decimal'].includes(kind))
    if (isNumber || reading?.shape === 'decimal-comma' || reading?.shape === 'decimal-point')
      found.push({ fits: 'numbers', key, filled: { value: readAt(all) }, from: given })
    const isMoment = kinds.size === 1 && kinds.has('datetime')
    if (isMoment || reading?.shape === 'date' || reading?.shape === 'time')
      found.push({ fits: 'moments', key, filled: { value: path, key: readAt(each) }, from: value })
    if (kinds.size === 1 && kinds.has('string') && reading === null && hasEqualValues(given))
      found.push({ fits: 'groups', key, filled: { value: path, key: each }, from: value })
  }
  return found
}

function namesOf(objects: readonly Dict[]): readonly string[] {
  return [...new Set(objects.flatMap((item) => Object.keys(item)))].filter((name) => !/^[_$]/.test(name))
}

function hasEqualValues(values: readonly Value[]): boolean {
  return new Set(values.map((value) => printValue(value))).size < values.length
}
