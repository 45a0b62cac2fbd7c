/** Models as OSI-mapping files of version 1.0, where they can say it; what they cannot is listed. */
import { stringify } from 'yaml'
import { Float, isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { type Problem, problem } from '../../problem.ts'
import type { Concept, Model, ModelExpression, ModelMapping, Modified, PropertyMapping } from '../model.ts'
import { osiDatatype } from './read.ts'

const notInOsi = problem<{ what: string }>({
  code: 'model-not-in-osi',
  severity: 'warning',
  says: ({ what }) => `A mapping file cannot express ${what}; it is left out.`,
})

/** The text of a mapping file, and what it does not say. */
export function writeOsi(model: Model): { readonly text: string; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const reportLeftOut = (what: string, path: JsonPath): undefined => {
    problems.push(notInOsi({ what }, { path }))
    return undefined
  }
  const writer = new Writer(model, reportLeftOut)
  return { text: stringify(plain(writer.file()), { lineWidth: 120 }), problems }
}

type ReportLeftOut = (what: string, path: JsonPath) => undefined

function plain(json: Json): unknown {
  if (json instanceof Float) return json.value
  if (Array.isArray(json)) return json.map(plain)
  if (!isObject(json)) return json
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, plain(value)]))
}

function definedParts(all: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
}

const strategyByRule = {
  key: 'identity',
  priority: 'coalesce',
  latest: 'last_modified',
  all: 'collect',
  any: 'bool_or',
  every: 'bool_and',
  expression: 'expression',
} as const
const sqlTypes = { text: 'text', number: 'numeric', boolean: 'boolean', date: 'date', json: 'jsonb' } as const
const directions = { both: 'bidirectional', in: 'forward_only', out: 'reverse_only' } as const

class Writer {
  constructor(
    private readonly model: Model,
    private readonly leave: ReportLeftOut,
  ) {}

  file(): JsonObject {
    const { model } = this
    const sources = Object.entries(model.systems).flatMap(([system, { datatypes, config }]) => {
      if (config !== undefined) this.leave('how a system is reached', ['systems', system, 'config'])
      return Object.entries(datatypes).map(([datatype, { key, types, source, sink, path }]) => {
        if (source !== undefined || sink !== undefined || path !== undefined)
          this.leave('how a datatype is read and written', ['systems', system, 'datatypes', datatype])
        const fields =
          types && Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type: sqlTypes[type] }]))
        return [
          sourceName(system, datatype),
          definedParts({ primary_key: key.length === 1 ? (key[0] ?? '') : [...key], fields }),
        ] as const
      })
    })
    const targets = Object.entries(model.concepts).map(([name, concept]) => [name, this.target(name, concept)] as const)
    return definedParts({
      version: '1.0',
      description: model.description,
      sources: Object.fromEntries(sources),
      targets: Object.fromEntries(targets),
      mappings: model.mappings.map((mapping, index) => this.mapping(mapping, ['mappings', index])),
      tests: model.tests?.map(({ description, input, expected, golden }) =>
        definedParts({
          description,
          input: this.sourceNames(input),
          expected: this.sourceNames(expected),
          analytics: golden && this.sourceNames(golden),
        }),
      ),
    })
  }

  private sourceNames(all: Readonly<Record<string, unknown>>): JsonObject {
    const names = new Map<string, string>(
      Object.entries(this.model.systems).flatMap(([system, { datatypes }]) =>
        Object.keys(datatypes).map((datatype) => [`${system}.${datatype}`, sourceName(system, datatype)] as const),
      ),
    )
    const entries = Object.entries(all).map(([name, value]) => [names.get(name) ?? name, asJson(value)] as const)
    return Object.fromEntries(entries)
  }

  private target(name: string, { description, members, properties, keys = [], limit, overrides }: Concept): JsonObject {
    const at = ['concepts', name]
    if (overrides !== undefined) this.leave('what people decided', [...at, 'overrides'])
    if (limit !== undefined) this.leave('how many records may be one', [...at, 'limit'])
    const elements = { all: 'collect', priority: 'coalesce', latest: 'last_modified' } as const
    const fields = Object.entries(properties).map(([property, declared]) => {
      const path = [...at, 'properties', property]
      const propertyKeys = keys.filter((key) => key.includes(property))
      if (propertyKeys.length > 1) this.leave(`that ${property} is part of several keys`, path)
      const joint =
        propertyKeys[0] !== undefined && propertyKeys[0].length > 1
          ? `key_${keys.indexOf(propertyKeys[0]) + 1}`
          : undefined
      for (const key of ['nulls', 'blank'] as const)
        if (declared[key] !== undefined) this.leave(`${key} of ${property}`, [...path, key])
      if (declared.rule === 'complete') this.leave('that the most complete record wins', [...path, 'rule'])
      const isKey = propertyKeys.length > 0 || declared.rule === 'key'
      if (propertyKeys.length > 0 && declared.rule !== 'key')
        this.leave(`that the key ${property} takes its value by ${declared.rule}`, path)
      const field = definedParts({
        strategy: isKey ? 'identity' : declared.rule === 'complete' ? 'coalesce' : strategyByRule[declared.rule],
        description: declared.description,
        type: declared.type && sqlTypes[declared.type],
        references: declared.references,
        group: declared.group,
        link_group: joint,
        expression: this.sql(declared.expression, [...path, 'expression']),
        default: declared.default,
        default_expression: this.sql(declared.default_expression, [...path, 'default_expression']),
      })
      return [property, field] as const
    })
    return definedParts({ description, elements: members && elements[members], fields: Object.fromEntries(fields) })
  }

  private sql(expression: ModelExpression | undefined, path: JsonPath): string | undefined {
    if (expression === undefined) return undefined
    const { sql } = isObject(asJson(expression))
      ? { sql: undefined, ...(expression as JsonObject) }
      : { sql: undefined }
    return typeof sql === 'string' ? sql : this.leave('an expression in DTL', path)
  }

  private time(modified: Modified | undefined, path: JsonPath): Json | undefined {
    if (modified === undefined || typeof modified === 'string') return modified
    const expression = this.sql(modified.expression, path)
    return expression === undefined ? undefined : { expression }
  }

  private mapping(mapping: ModelMapping, at: JsonPath): JsonObject {
    const { list, lift, share, links, members, written, deletion, parent } = mapping
    for (const what of ['insert', 'update', 'delete'] as const)
      if (share?.[what] === false) this.leave(`that a system gets no ${what}`, [...at, 'share', what])
    if (share?.since !== undefined) this.leave('from when on a system gets records', [...at, 'share', 'since'])
    if (mapping.gone !== undefined) this.leave('what it means that a record is gone', [...at, 'gone'])
    const strategy = { time: 'timestamp', deleted: 'deleted_flag', active: 'active_flag' } as const
    const path = list?.join('.')
    return definedParts({
      name: mapping.name,
      description: mapping.description,
      source: parent === undefined ? sourceName(mapping.system, mapping.datatype) : undefined,
      target: mapping.concept,
      parent,
      array: list?.length === 1 ? path : undefined,
      array_path: list !== undefined && list.length > 1 ? path : undefined,
      parent_fields:
        lift &&
        Object.fromEntries(
          Object.entries(lift).map(([alias, { property, path: inside }]) => [
            alias,
            inside === undefined ? property : { path: inside, field: property },
          ]),
        ),
      priority: mapping.priority,
      last_modified: this.time(mapping.modified, [...at, 'modified']),
      filter: this.sql(mapping.filter, [...at, 'filter']),
      reverse_filter: this.sql(mapping.share_filter, [...at, 'share_filter']),
      fields: mapping.properties.map((each, index) => this.field(each, [...at, 'properties', index])),
      link_key: links === undefined ? undefined : mapping.cluster,
      cluster_field: links === undefined ? mapping.cluster : undefined,
      links: links?.map(({ properties, keys, references }) => {
        const pairs =
          keys && Object.fromEntries(properties.map((property, index) => [property, keys[index] ?? property]))
        return { field: pairs ?? (properties.length === 1 ? (properties[0] ?? '') : [...properties]), references }
      }),
      cluster_members:
        members && definedParts({ table: members.table, cluster_id: members.cluster, source_key: members.key }),
      written_state:
        written &&
        definedParts({
          table: written.table,
          cluster_id: written.cluster,
          written: written.values,
          written_at: written.at,
          written_ts: written.times,
        }),
      derive_noop: mapping.compare_written,
      derive_timestamps: mapping.written_times,
      derive_tombstones: mapping.absent,
      passthrough: mapping.carry && [...mapping.carry],
      soft_delete:
        deletion &&
        definedParts({
          field: deletion.property,
          strategy: deletion.means && strategy[deletion.means],
          target: deletion.to,
        }),
      sort: mapping.sort?.map(({ property, descending }) =>
        definedParts({ field: property, direction: descending === true ? 'desc' : undefined }),
      ),
    })
  }

  private field(each: PropertyMapping, at: JsonPath): JsonObject {
    const words = vocabularySql(each)
    if (each.values !== undefined && words === null) this.leave('a vocabulary', [...at, 'values'])
    return definedParts({
      source: each.from,
      source_path: each.path === undefined ? undefined : pathText(each.path),
      scalar: each.element,
      target: each.to,
      description: each.description,
      direction: each.direction && directions[each.direction],
      expression: words?.in ?? this.sql(each.in, [...at, 'in']),
      reverse_expression: words?.out ?? this.sql(each.out, [...at, 'out']),
      reverse_required: each.required,
      priority: each.priority,
      last_modified: this.time(each.modified, [...at, 'modified']),
      references: each.references,
      references_field: each.returns,
      order: each.position === 'index' ? true : undefined,
      order_prev: each.position === 'previous' ? true : undefined,
      order_next: each.position === 'next' ? true : undefined,
      normalize: this.sql(each.compare, [...at, 'compare']),
    })
  }
}

/** A vocabulary as the expressions of both ways; null where there is none, or one that SQL cannot say. */
function vocabularySql({ values, from, to, in: way, out }: PropertyMapping): { in: string; out: string } | null {
  if (values === undefined || from === undefined || to === undefined || way !== undefined || out !== undefined)
    return null
  const pairs = values.map(({ here, there }) => [sqlLiteral(here), sqlLiteral(there)] as const)
  const cases = (column: string, side: 0 | 1): string | null => {
    const whens = pairs.map((pair) => [pair[side], pair[1 - side]] as const)
    if (whens.some((texts) => texts.includes(null))) return null
    const name = `"${column.replaceAll('"', '""')}"`
    return `CASE ${name} ${whens.map(([when, then]) => `WHEN ${when} THEN ${then}`).join(' ')} ELSE ${name} END`
  }
  const [inward, outward] = [cases(from, 0), cases(to, 1)]
  return inward === null || outward === null ? null : { in: inward, out: outward }
}

/** A value in SQL; null for one that is no text, number, true or false. */
function sqlLiteral(value: Json): string | null {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** The name of a datatype as a source: the system alone where it was imported. */
function sourceName(system: string, datatype: string): string {
  const name = datatype === osiDatatype ? system : `${system}_${datatype}`
  return datatype === osiDatatype ? name : name.toLowerCase().replace(/[^a-z0-9_]/g, '_')
}

function pathText(path: readonly Json[]): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`
      const text = String(key)
      if (index === 0) return text
      return /^[^.[\]']+$/.test(text) ? `.${text}` : `.['${text}']`
    })
    .join('')
}

/** Anything that a shape has read is JSON. */
function asJson(value: unknown): Json {
  return value as Json
}
