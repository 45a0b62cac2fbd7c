/**
 * OSI-mapping files (YAML, versions 1.0 and 2.0) as models. Everything that the two schemas declare has a place in the
 * model; SQL expressions stay as they are and are translated when pipes are generated.
 */
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject, objectOrEmpty } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { locate, type Problem, problem, type Where } from '../../problem.ts'
import { readYaml } from '../../text/yaml.ts'
import { osiShape } from './format.ts'
import { undeclaredSources } from './undeclared.ts'

const brokenYaml = problem<{ reason: string }>({
  code: 'model-yaml-broken',
  severity: 'error',
  says: ({ reason }) => `The file is not readable YAML: ${reason}.`,
})
const notOsi = problem<{ version: string }>({
  code: 'model-osi-version',
  severity: 'error',
  says: ({ version }) =>
    version === ''
      ? 'This is not a mapping file: it does not say that its version is "1.0" or "2.0".'
      : `The version of a mapping file is "1.0" or "2.0", not ${version}.`,
})

const tooLarge = problem<{ megabytes: number; most: number }>({
  code: 'model-osi-too-large',
  severity: 'error',
  says: ({ megabytes, most }) =>
    `The file has ${megabytes} million characters; a mapping file may have ${most} million.`,
  fix: () => 'Put the records of its tests into the systems, or divide the file.',
})

const unknownPart = problem<{ what: string; key: string; suggestion: string }>({
  code: 'model-osi-part-unknown',
  severity: 'warning',
  says: ({ what, key }) => `${what} has ${key}, which no version of mapping files defines; it is left out.`,
  fix: ({ key, suggestion }) =>
    suggestion === '' ? `Remove ${key}, or correct its name.` : `Did you mean ${suggestion}?`,
})

/** Millions of characters of a mapping file: real ones have a tenth of one. */
const MAX_MILLIONS = 5

/** The place of a source in the model: OSI knows no systems, so each source is one with one datatype. */
export const osiDatatype = 'row'

/** An imported file: the model as JSON, to be read by its shape, or why not. */
interface OsiReading {
  readonly model: JsonObject | null
  readonly problems: readonly Problem[]
  /** Where in the file a part of the model stands. */
  readonly place: (path: JsonPath) => Where
}

/** Reads a mapping file; `file` is its name in problems. */
export function readOsi(text: string, file: string): OsiReading {
  const unknownPlace = (): Where => ({})
  const refusedReading = (problems: readonly Problem[]): OsiReading => ({ model: null, problems, place: unknownPlace })
  const brokenYamlReading = (reason: string, where: Where = {}): OsiReading =>
    refusedReading([brokenYaml({ reason }, { file, ...where })])
  if (text.length > MAX_MILLIONS * 1_000_000)
    return refusedReading([
      tooLarge({ megabytes: Math.ceil(text.length / 1_000_000), most: MAX_MILLIONS }, { file, line: 1, column: 1 }),
    ])
  const read = readYaml(text)
  if ('reason' in read) return brokenYamlReading(read.reason, read.where)
  const { json: given, place } = read
  const written = isObject(given) ? get(given, 'version') : undefined
  const version = versionOf(written)
  if (!isObject(given) || version === null) {
    const versionText = typeof written === 'string' || typeof written === 'number' ? String(written) : ''
    return refusedReading([notOsi({ version: versionText }, { file, ...place(['version']) })])
  }
  const json = { ...given, version }
  const problems: Problem[] = []
  osiShape.read(json, {
    at: [],
    report: (found) => {
      const { path = [] } = found.where
      const key = String(path.at(-1) ?? '')
      const what = path.slice(0, -1).join('.') || 'The file'
      const suggestion = String(found.facts.suggestion ?? '')
      const reported = found.code === 'model-part-unknown' ? unknownPart({ what, key, suggestion }, found.where) : found
      problems.push(locate(reported, { file, ...place(path) }))
    },
  })
  problems.push(
    ...undeclaredSources(json).map((each) => locate(each.problem, { file, path: each.path, ...place(each.path) })),
  )
  const model = problems.some(({ severity }) => severity === 'error') ? null : modelOf(json, version)
  return { model, problems, place: (path) => place(path.map(osiKey)) }
}

/** The version that is written; YAML reads one without quotes as a number. Null where there is no such version. */
function versionOf(written: Json | undefined): '1.0' | '2.0' | null {
  if (written === '1.0' || written === 1) return '1.0'
  return written === '2.0' || written === 2 ? '2.0' : null
}

/** Names of parts of the model that have other names in mapping files. */
const osiNames: Readonly<Record<string, string>> = {
  systems: 'sources',
  concepts: 'targets',
  properties: 'fields',
  keys: 'identity',
  in: 'expression',
  out: 'reverse_expression',
  compare: 'normalize',
  share_filter: 'reverse_filter',
  concept: 'target',
  system: 'source',
  from: 'source',
  to: 'target',
}

function osiKey(key: string | number): string | number {
  return typeof key === 'string' && Object.hasOwn(osiNames, key) ? (osiNames[key] ?? key) : key
}

function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : []
}

/** An object without the parts that are undefined. */
function definedParts(all: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
}

function modelOf(osi: JsonObject, version: '1.0' | '2.0'): JsonObject {
  const mappings = listOf(get(osi, 'mappings')).filter(isObject)
  const sources = objectOrEmpty(get(osi, 'sources'))
  const systems = Object.entries(sources).map(([name, source]) => [name, systemOf(objectOrEmpty(source))] as const)
  // Sources that no section declares are those that mappings name.
  const named = mappings.flatMap((mapping) => {
    const source = get(mapping, 'source')
    return typeof source === 'string' && !Object.hasOwn(sources, source) ? [source] : []
  })
  const unknown = [...new Set(named)].map((name) => [name, systemOf({})] as const)
  const concepts = Object.entries(objectOrEmpty(get(osi, 'targets'))).map(
    ([name, target]) => [name, conceptOf(objectOrEmpty(target), version)] as const,
  )
  return definedParts({
    version: 1,
    description: get(osi, 'description'),
    systems: Object.fromEntries([...systems, ...unknown]),
    concepts: Object.fromEntries(concepts),
    mappings: mappings.map((mapping) => mappingOf(mapping, mappings)),
    tests:
      get(osi, 'tests') === undefined
        ? undefined
        : listOf(get(osi, 'tests'))
            .filter(isObject)
            .map((test) => testOf(test, sources)),
  })
}

function systemOf(source: JsonObject): JsonObject {
  const key = get(source, 'primary_key') ?? 'id'
  const fields = Object.entries(objectOrEmpty(get(source, 'fields'))).flatMap(([name, field]) => {
    const type = typeOf(get(objectOrEmpty(field), 'type'))
    return type === undefined ? [] : [[name, type] as const]
  })
  const types = fields.length === 0 ? undefined : Object.fromEntries(fields)
  const datatype = definedParts({ description: get(source, 'table'), key: Array.isArray(key) ? key : [key], types })
  return { datatypes: { [osiDatatype]: datatype } }
}

/** The type of the model for a SQL type; text has none. */
function typeOf(type: Json | undefined): string | undefined {
  if (typeof type !== 'string') return undefined
  if (/^(numeric|decimal|int|integer|bigint|smallint|real|double|float)/i.test(type)) return 'number'
  if (/^bool/i.test(type)) return 'boolean'
  if (/^jsonb?/i.test(type)) return 'json'
  if (/^(date|time)/i.test(type)) return 'date'
  return 'text'
}

const ruleByStrategy: Readonly<Record<string, string>> = {
  identity: 'key',
  coalesce: 'priority',
  last_modified: 'latest',
  collect: 'all',
  bool_or: 'any',
  bool_and: 'every',
  expression: 'expression',
}

function conceptOf(target: JsonObject, version: '1.0' | '2.0'): JsonObject {
  const fields = Object.entries(objectOrEmpty(get(target, 'fields'))).map(
    ([name, field]) => [name, typeof field === 'string' ? { strategy: field } : objectOrEmpty(field)] as const,
  )
  const elements = get(target, 'elements')
  const members = { collect: 'all', coalesce: 'priority', last_modified: 'latest' } as const
  const keys =
    version === '2.0'
      ? listOf(get(target, 'identity')).map((key) => (Array.isArray(key) ? key : [key]))
      : keysOf(fields)
  return definedParts({
    description: get(target, 'description'),
    keys: keys.length === 0 ? undefined : keys,
    properties: Object.fromEntries(fields.map(([name, field]) => [name, targetProperty(field)])),
    members:
      elements === 'collect' || elements === 'coalesce' || elements === 'last_modified' ? members[elements] : undefined,
  })
}

/** Each identity field is a key, those of one link group are one key together. */
function keysOf(fields: readonly (readonly [string, JsonObject])[]): Json[][] {
  const groups = new Map<Json, Json[]>()
  for (const [name, field] of fields) {
    if (get(field, 'strategy') !== 'identity') continue
    const group = get(field, 'link_group')
    const id = group === undefined ? `field ${name}` : `group ${String(group)}`
    groups.set(id, [...(groups.get(id) ?? []), name])
  }
  return [...groups.values()]
}

function sqlOf(json: Json | undefined): Json | undefined {
  return json === undefined ? undefined : { sql: typeof json === 'string' ? json.trim() : String(json) }
}

function targetProperty(field: JsonObject): JsonObject {
  const strategy = get(field, 'strategy')
  return definedParts({
    description: get(field, 'description'),
    rule: typeof strategy === 'string' ? (ruleByStrategy[strategy] ?? strategy) : (strategy ?? null),
    type: typeOf(get(field, 'type')),
    references: get(field, 'references'),
    group: get(field, 'group'),
    expression: sqlOf(get(field, 'expression')),
    default: get(field, 'default'),
    default_expression: sqlOf(get(field, 'default_expression')),
  })
}

function modifiedOf(json: Json | undefined): Json | undefined {
  if (!isObject(json)) return json
  const expression = get(json, 'expression')
  return expression === undefined ? get(json, 'field') : { expression: sqlOf(expression) ?? null }
}

function sourceOf(mapping: JsonObject, all: readonly JsonObject[], depth = 0): Json {
  const source = get(mapping, 'source')
  if (typeof source === 'string') return source
  const parent = all.find((each) => get(each, 'name') === get(mapping, 'parent'))
  return parent === undefined || depth > all.length ? '' : sourceOf(parent, all, depth + 1)
}

function mappingOf(mapping: JsonObject, all: readonly JsonObject[]): JsonObject {
  const array = get(mapping, 'array') ?? get(mapping, 'array_path')
  const lifts = Object.entries(objectOrEmpty(get(mapping, 'parent_fields'))).map(
    ([alias, field]) =>
      [
        alias,
        isObject(field)
          ? definedParts({ property: get(field, 'field'), path: get(field, 'path') })
          : { property: field },
      ] as const,
  )
  return definedParts({
    name: get(mapping, 'name'),
    description: get(mapping, 'description'),
    system: sourceOf(mapping, all),
    datatype: osiDatatype,
    concept: get(mapping, 'target'),
    parent: get(mapping, 'parent'),
    list: typeof array === 'string' ? array.split('.') : undefined,
    // A list in another order than the one that is written is an update there.
    ordered: typeof array === 'string' ? true : undefined,
    lift: lifts.length === 0 ? undefined : Object.fromEntries(lifts),
    priority: get(mapping, 'priority'),
    modified: modifiedOf(get(mapping, 'last_modified')),
    filter: sqlOf(get(mapping, 'filter')),
    share_filter: sqlOf(get(mapping, 'reverse_filter')),
    // Records without a key are inserted there.
    share: { without_key: true },
    properties: listOf(get(mapping, 'fields')).filter(isObject).map(fieldOf),
    carry: get(mapping, 'passthrough'),
    deletion: deletionOf(get(mapping, 'soft_delete')),
    absent: get(mapping, 'derive_tombstones'),
    links: get(mapping, 'links') === undefined ? undefined : listOf(get(mapping, 'links')).filter(isObject).map(linkOf),
    cluster: get(mapping, 'cluster_field') ?? get(mapping, 'link_key'),
    members: membersOf(mapping),
    written: writtenOf(mapping),
    compare_written: get(mapping, 'derive_noop'),
    written_times: get(mapping, 'derive_timestamps'),
    sort: get(mapping, 'sort') === undefined ? undefined : listOf(get(mapping, 'sort')).filter(isObject).map(sortOf),
  })
}

function sortOf(key: JsonObject): JsonObject {
  return definedParts({ property: get(key, 'field'), descending: get(key, 'direction') === 'desc' ? true : undefined })
}

const directionNames: Readonly<Record<string, string>> = {
  bidirectional: 'both',
  forward_only: 'in',
  reverse_only: 'out',
}

function fieldOf(field: JsonObject): JsonObject {
  const direction = get(field, 'direction')
  const path = get(field, 'source_path')
  const position = (['order', 'order_prev', 'order_next'] as const).find((each) => get(field, each) === true)
  return definedParts({
    description: get(field, 'description'),
    from: get(field, 'source'),
    path: typeof path === 'string' ? pathOf(path) : undefined,
    element: get(field, 'scalar') === true ? true : undefined,
    to: get(field, 'target'),
    direction: typeof direction === 'string' ? (directionNames[direction] ?? direction) : undefined,
    in: sqlOf(get(field, 'expression')),
    out: sqlOf(get(field, 'reverse_expression')),
    required: get(field, 'reverse_required'),
    priority: get(field, 'priority'),
    modified: modifiedOf(get(field, 'last_modified')),
    references: get(field, 'references'),
    returns: get(field, 'references_field'),
    position: position && { order: 'index', order_prev: 'previous', order_next: 'next' }[position],
    compare: sqlOf(get(field, 'normalize')),
  })
}

/** `metadata.address`, `a.['b.c']`, `contacts[0].phone` as keys and indexes. */
function pathOf(path: string): Json[] {
  const keys: Json[] = []
  for (const [, quoted, index, key] of path.matchAll(/\[\s*'((?:[^'])*)'\s*\]|\[\s*(\d+)\s*\]|([^.[\]]+)/g)) {
    if (quoted !== undefined) keys.push(quoted)
    else if (index !== undefined) keys.push(Number(index))
    else if (key !== undefined) keys.push(key)
  }
  return keys
}

function deletionOf(json: Json | undefined): Json | undefined {
  if (json === undefined) return undefined
  if (!isObject(json)) return { property: json }
  const means = { timestamp: 'time', deleted_flag: 'deleted', active_flag: 'active' } as const
  const strategy = get(json, 'strategy')
  const known = strategy === 'timestamp' || strategy === 'deleted_flag' || strategy === 'active_flag'
  return definedParts({
    property: get(json, 'field'),
    means: known ? means[strategy] : undefined,
    to: get(json, 'target'),
  })
}

function linkOf(link: JsonObject): JsonObject {
  const field = get(link, 'field')
  const pairs = isObject(field) ? Object.entries(field) : null
  const properties = pairs ? pairs.map(([column]) => column) : Array.isArray(field) ? field : [field ?? '']
  return definedParts({ properties, keys: pairs?.map(([, key]) => key), references: get(link, 'references') })
}

function membersOf(mapping: JsonObject): Json | undefined {
  const given = get(mapping, 'cluster_members')
  if (given === undefined || given === false) return undefined
  const config = objectOrEmpty(given)
  const table = get(config, 'table') ?? `_cluster_members_${String(get(mapping, 'name'))}`
  return definedParts({ table, cluster: get(config, 'cluster_id'), key: get(config, 'source_key') })
}

function writtenOf(mapping: JsonObject): Json | undefined {
  const given = get(mapping, 'written_state')
  if (given === undefined || given === false) return undefined
  const config = objectOrEmpty(given)
  return definedParts({
    table: get(config, 'table') ?? `_written_${String(get(mapping, 'name'))}`,
    cluster: get(config, 'cluster_id'),
    values: get(config, 'written'),
    at: get(config, 'written_at'),
    times: get(config, 'written_ts'),
  })
}

function testOf(test: JsonObject, sources: JsonObject): JsonObject {
  const renamedTables = (all: Json | undefined): JsonObject =>
    Object.fromEntries(
      Object.entries(objectOrEmpty(all)).map(([name, value]) => [
        Object.hasOwn(sources, name) ? `${name}.${osiDatatype}` : name,
        value,
      ]),
    )
  return definedParts({
    description: get(test, 'description'),
    input: renamedTables(get(test, 'input')),
    expected: Object.fromEntries(
      Object.entries(renamedTables(get(test, 'expected'))).map(([name, value]) => [name, objectOrEmpty(value)]),
    ),
    golden: get(test, 'analytics'),
  })
}
