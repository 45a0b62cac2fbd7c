/** Runs the tests of a model through its generated pipes: exactly the inserts, updates and deletes that are expected. */
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { keyText } from '../generate/records.ts'
import type { Model, ModelTest } from '../model.ts'
import { dryRun, type SharedChange } from './changes.ts'

/** The result of one test; differences are sentences. */
export interface ModelTestResult {
  readonly name: string
  readonly passed: boolean
  readonly differences: readonly string[]
}

/** Runs all tests of a model. */
export async function testModel(model: Model, environment: Environment): Promise<ModelTestResult[]> {
  const results: ModelTestResult[] = []
  for (const [index, test] of (model.tests ?? []).entries()) {
    const { changes, problems } = await dryRun(model, test.input, environment)
    const failures = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)
    const differences = [...failures, ...differencesOf(model, test, changes)]
    const name = test.description?.trim() ?? `test ${index + 1}`
    results.push({ name, passed: differences.length === 0, differences })
  }
  return results
}

function differencesOf(model: Model, test: ModelTest, changes: readonly SharedChange[]): string[] {
  return Object.entries(test.expected).flatMap(([name, expected]) => {
    const own = changesFor(model, name, changes)
    if (own === null) return [`There is no mapping or datatype ${name}.`]
    const key = keyOf(model, name)
    const changesBy = (operation: SharedChange['operation']): SharedChange[] =>
      own.filter((each) => each.operation === operation)
    return [
      ...matchRows(name, 'insert', expected.inserts ?? [], changesBy('insert'), isInsert),
      ...matchRows(name, 'update', expected.updates ?? [], changesBy('update'), (row, { record }) =>
        sameRow(row, record),
      ),
      ...matchRows(name, 'delete', expected.deletes ?? [], changesBy('delete'), isDelete),
      ...(expected.noops ?? []).flatMap((row) => {
        const text = isObject(row) ? keyText(key, row) : null
        const changed = own.find(({ record, operation }) => operation !== 'none' && keyText(key, record) === text)
        return changed === undefined
          ? []
          : [`${name}: ${text} is unchanged, yet there is the ${changed.operation} ${printJson(changed.record)}.`]
      }),
    ]
  })
}

/** The changes of a datatype, or of a mapping; null where there is neither. */
function changesFor(model: Model, name: string, changes: readonly SharedChange[]): SharedChange[] | null {
  const mappings = model.mappings.filter(
    (each) => `${each.system}.${each.datatype}` === name || (each.name === name && !isDatatype(model, name)),
  )
  if (mappings.length === 0 && !isDatatype(model, name)) return null
  const names = new Set(mappings.map((each) => each.name))
  return changes.filter(({ mapping }) => names.has(mapping))
}

function isDatatype(model: Model, name: string): boolean {
  return Object.entries(model.systems).some(([system, { datatypes }]) =>
    Object.keys(datatypes).some((datatype) => `${system}.${datatype}` === name),
  )
}

function keyOf(model: Model, name: string): readonly string[] {
  const mapping = model.mappings.find((each) => each.name === name || `${each.system}.${each.datatype}` === name)
  return (mapping && model.systems[mapping.system]?.datatypes[mapping.datatype]?.key) ?? []
}

function matchRows(
  name: string,
  what: 'insert' | 'update' | 'delete',
  expected: readonly Json[],
  actual: readonly SharedChange[],
  matches: (row: JsonObject, change: SharedChange) => boolean,
): string[] {
  const left = [...actual]
  const missing: string[] = []
  for (const row of expected) {
    const at = left.findIndex((change) => isObject(row) && matches(row, change))
    if (at >= 0) left.splice(at, 1)
    else missing.push(`${name}: the ${what} ${printJson(row)} is missing.`)
  }
  return [
    ...missing,
    ...left.map(
      ({ record, origins }) =>
        `${name}: the ${what} ${printJson(record)} of ${origins.map(({ mapping, key }) => `${mapping}:${key}`).join(', ')} is not expected.`,
    ),
  ]
}

const seedColumns = ['_cluster_id', '_canonical_id']

function isInsert(row: JsonObject, { record, origins }: SharedChange): boolean {
  const seed = seedColumns.map((each) => get(row, each)).find((each) => typeof each === 'string')
  const rest = Object.fromEntries(Object.entries(row).filter(([column]) => !seedColumns.includes(column)))
  return sameRow(rest, record) && (typeof seed !== 'string' || origins.some((origin) => isSeed(seed, origin)))
}

/** Whether a seed such as `mapping:key` or `mapping:key?property=value` names a record. */
function isSeed(seed: string, { mapping, key, values }: SharedChange['origins'][number]): boolean {
  if (!seed.startsWith(`${mapping}:`)) return false
  const named = seed.slice(mapping.length + 1)
  if (named === key) return true
  const at = named.indexOf('?')
  if (at < 0) return false
  const conditions = named
    .slice(at + 1)
    .split('&')
    .map((each) => each.split('='))
  return (
    key.split('?')[0] === named.slice(0, at) &&
    conditions.every(([property = '', value]) => String(get(values, property) ?? '') === value)
  )
}

/** A delete names the record by some of its properties. */
function isDelete(row: JsonObject, { record, before }: SharedChange): boolean {
  return Object.entries(row).every(([column, value]) => {
    return sameValue(value, get(record, column) ?? null) || sameValue(value, get(before ?? {}, column) ?? null)
  })
}

function sameRow(expected: JsonObject, actual: JsonObject): boolean {
  const columns = new Set([...Object.keys(expected), ...Object.keys(actual)])
  return [...columns].every((column) => sameValue(get(expected, column) ?? null, get(actual, column) ?? null))
}

/** Whether two values are the same; a number or boolean is the same as its text, since columns of a file have no types. */
function sameValue(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => sameValue(each, b[index] ?? null))
  if (isObject(a) && isObject(b)) return sameRow(a, b)
  return scalarText(a) === scalarText(b)
}

/** A scalar as text: null is `null`, and a text is in quotes where it reads as null. */
function scalarText(value: Json): string {
  const text = printJson(value)
  return typeof value === 'string' && value !== 'null' ? value : text
}
