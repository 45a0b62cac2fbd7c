/**
 * The dependency tracked joins of a DTL transform, read from its rules as they are written. It decides where a chain has
 * to be cut (cuts.ts), so it errs on the safe side: a join key that it cannot follow counts as unknown.
 *
 * See "Dependency tracking" (features/dependency-tracking.rst) and "Caveats" (dtl/caveats.rst).
 */
import { get } from '../entity/dict.ts'
import { entriesOf } from '../entity/entries.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'

/** One tracked `hops` or `apply-hops`. */
export interface TrackedJoin {
  /** Place below the transform. */
  readonly path: readonly (string | number)[]
  readonly datasets: readonly string[]
  /** Properties of the transform's source entity that the join looks at; null where that cannot be known. */
  readonly keys: readonly (string | null)[]
}

type Path = readonly (string | number)[]

/** The tracked joins that the transform can reach from its default rule (in every alternative of a conditional one). */
export function trackedJoins(transform: JsonObject): TrackedJoin[] {
  const found: TrackedJoin[] = []
  for (const { dtl, path } of dtlTransforms(transform)) {
    const rules = get(dtl, 'rules')
    if (isObject(rules)) new Search(rules, [...path, 'rules'], found).rule('default', true)
  }
  return found
}

/** The DTL transforms in a transform: itself, the members of a chained one, the alternatives of a conditional one. */
export function dtlTransforms(transform: JsonObject, path: Path = []): { dtl: JsonObject; path: Path }[] {
  if (get(transform, 'type') === 'dtl') return [{ dtl: transform, path }]
  return membersOf(transform).flatMap((member) => dtlTransforms(member.transform, [...path, ...member.path]))
}

/** The transforms inside a conditional or chained transform. */
export function membersOf(transform: JsonObject): { transform: JsonObject; path: Path }[] {
  const within = (json: Json | undefined, path: Path): { transform: JsonObject; path: Path }[] => {
    if (Array.isArray(json)) return json.flatMap((item, index) => within(item, [...path, index]))
    return isObject(json) ? [{ transform: json, path }] : []
  }
  const type = get(transform, 'type')
  if (type === 'chained') return within(get(transform, 'transforms'), ['transforms'])
  const alternatives = get(transform, 'alternatives')
  if (type !== 'conditional' || !isObject(alternatives)) return []
  return entriesOf(alternatives).flatMap(([name, json]) => within(json, ['alternatives', name]))
}

/** Walks the rules that can be reached. */
class Search {
  private readonly visited = new Set<string>()

  constructor(
    private readonly rules: JsonObject,
    private readonly path: Path,
    private readonly found: TrackedJoin[],
  ) {}

  /** `root`: `_S` is the source entity of the transform in this rule. */
  rule(name: string, root: boolean): void {
    const visit = `${root} ${name}`
    if (this.visited.has(visit) || !Object.hasOwn(this.rules, name)) return
    this.visited.add(visit)
    this.expression(this.rules[name] ?? null, [...this.path, name], root)
  }

  private expression(json: Json, path: Path, root: boolean): void {
    if (!Array.isArray(json)) return
    const head = json[0]
    if (head === 'literal' || head === 'comment') return
    if (head === 'hops') this.hops(json.slice(1), path, 1, root)
    else if (head === 'apply-hops') {
      if (typeof json[1] === 'string') this.rule(json[1], false)
      this.hops(json.slice(2), path, 2, root)
    } else {
      if (head === 'apply' && typeof json[1] === 'string') this.rule(json[1], false)
      for (const [index, item] of json.entries()) this.expression(item, [...path, index], root)
    }
  }

  private hops(specs: readonly Json[], path: Path, offset: number, root: boolean): void {
    for (const [index, spec] of specs.entries()) {
      if (!isObject(spec)) continue
      const at = [...path, index + offset]
      for (const part of ['where', 'return']) {
        const json = get(spec, part)
        if (json !== undefined) this.expression(json, [...at, part], root)
      }
      if (get(spec, 'track-dependencies') === false) continue
      const where = get(spec, 'where') ?? null
      // `_S` of a second specification is what the first one found, not the source entity.
      const keys = index === 0 ? sourceKeys(where, root) : []
      this.found.push({ path: at, datasets: datasetsOf(spec), keys: [...new Set(keys)] })
    }
  }
}

function datasetsOf(spec: JsonObject): string[] {
  const names = get(spec, 'datasets')
  if (!Array.isArray(names)) return []
  return names.flatMap((name) => (typeof name === 'string' ? [name.trim().split(/\s+/)[0] ?? ''] : []))
}

/** Properties of the source entity in an expression. */
function sourceKeys(json: Json, root: boolean): (string | null)[] {
  if (Array.isArray(json)) return json.flatMap((item) => sourceKeys(item, root))
  if (typeof json !== 'string') return []
  const path = /^(_R\._S|_S|_T|_P|_R|_B|_)\.(.*)$/s.exec(json)
  if (!path) return []
  const [, variable, rest = ''] = path
  if (variable === '_B') return []
  if (variable === '_S' && !root) return []
  if (variable !== '_S' && variable !== '_R._S') return [null]
  return [firstSegment(rest)]
}

/** The first segment of a path; null for the whole entity. */
export function firstSegment(path: string): string | null {
  if (path === '') return null
  const quoted = /^'((?:[^']|'')*)'(?:\.|$)/.exec(path)
  if (quoted) return (quoted[1] ?? '').replaceAll("''", "'")
  return path.split('.')[0] ?? null
}
