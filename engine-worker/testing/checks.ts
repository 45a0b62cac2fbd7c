/**
 * Checks of what a dataset holds: expectations such as "email is always there and unique", kept in `checks.json` beside the
 * configuration and run with the tests. Sesam's client does not read that file.
 */

import { identityOf } from '../analysis/identity.ts'
import { characterShape } from '../analysis/value-shape.ts'
import { get } from '../entity/dict.ts'
import { printJson, readJson } from '../entity/json.ts'
import { compare } from '../entity/order.ts'
import { encodeTransit, readValue } from '../entity/transit.ts'
import { type Entity, isObject, type Json, type JsonObject, kindOf, type Value } from '../entity/value.ts'
import { Fault, type Problem, problem } from '../problem.ts'
import type { DatasetStore } from '../storage/store.ts'
import type { Difference } from './compare.ts'

/** The file with the checks of a project. */
export const checksFile = 'checks.json'

/** What a check expects of a property of every entity; all but `present` leave entities alone that do not have it. */
export type Expectation =
  | { readonly is: 'present' }
  | { readonly is: 'unique' }
  | { readonly is: 'type'; readonly types: readonly string[] }
  /** Least and most as values of entities in JSON (`"~t2024-01-01T00:00:00Z"`). */
  | { readonly is: 'range'; readonly least: Json; readonly most: Json }
  | { readonly is: 'values'; readonly values: readonly Json[] }
  /** Shapes of texts (analysis/value-shape.ts). */
  | { readonly is: 'shape'; readonly shapes: readonly string[] }

/** One check. */
export type Check = { readonly dataset: string; readonly property: string } & Expectation

const invalid = problem<{ reason: string }>({
  code: 'check-invalid',
  severity: 'error',
  says: ({ reason }) => `${checksFile}: ${reason}`,
})

/** Reads `checks.json`; a check that cannot be read is a problem, and the others count. */
export function readChecks(
  text: string,
  file: string,
): { readonly checks: readonly Check[]; readonly problems: Problem[] } {
  let json: Json
  try {
    json = readJson(text, { file })
  } catch (error) {
    if (error instanceof Fault) return { checks: [], problems: [error.problem] }
    throw error
  }
  if (!Array.isArray(json))
    return { checks: [], problems: [invalid({ reason: 'a list of checks is expected.' }, { file })] }
  const problems: Problem[] = []
  const checks = json.flatMap((each, at) => {
    const check = isObject(each) ? checkOf(each) : 'each check is an object.'
    if (typeof check !== 'string') return [check]
    problems.push(invalid({ reason: check }, { file, path: [at] }))
    return []
  })
  return { checks, problems }
}

/** The check that an object is, or what is wrong with it. */
function checkOf(json: JsonObject): Check | string {
  const [dataset, property, is] = [get(json, 'dataset'), get(json, 'property'), get(json, 'is')]
  if (typeof dataset !== 'string' || typeof property !== 'string') return 'a check names its "dataset" and "property".'
  const place = { dataset, property }
  switch (is) {
    case 'present':
    case 'unique':
      return { ...place, is }
    case 'type':
    case 'shape': {
      const name = is === 'type' ? 'types' : 'shapes'
      const texts = get(json, name)
      if (!Array.isArray(texts)) return `"${name}" of a check is a list of texts.`
      return is === 'type' ? { ...place, is, types: texts.map(String) } : { ...place, is, shapes: texts.map(String) }
    }
    case 'values': {
      const values = get(json, 'values')
      return Array.isArray(values) ? { ...place, is, values } : '"values" of a check is a list.'
    }
    case 'range': {
      const [least, most] = [get(json, 'least'), get(json, 'most')]
      if (least === undefined || most === undefined) return 'a range has "least" and "most".'
      return { ...place, is, least, most }
    }
    default:
      return '"is" of a check is present, unique, type, range, values or shape.'
  }
}

/** A check as it stands in the file. */
export function checkJson(check: Check): JsonObject {
  const { dataset, property, is } = check
  const place: JsonObject = { dataset, property, is }
  switch (check.is) {
    case 'type':
      return { ...place, types: [...check.types] }
    case 'shape':
      return { ...place, shapes: [...check.shapes] }
    case 'values':
      return { ...place, values: [...check.values] }
    case 'range':
      return { ...place, least: check.least, most: check.most }
    default:
      return place
  }
}

/** What a check calls itself in results. */
export function checkName({ dataset, property, is }: Check): string {
  return `${dataset}: ${property} ${is}`
}

/** The most entities that are named for a check that they break. */
const MAX_NAMED = 20

/** Runs the checks of one dataset in one pass over its live entities; gives the differences of each, in their order. */
export async function runChecks(
  store: DatasetStore,
  dataset: string,
  checks: readonly Check[],
): Promise<readonly (readonly Difference[])[]> {
  if ((await store.info(dataset)) === null) return checks.map(() => [{ says: `There is no dataset ${dataset}.` }])
  const running = checks.map((check) => new RunningCheck(check))
  for await (const batch of store.scan(dataset, { live: true })) {
    for (const entity of batch) for (const each of running) each.add(entity)
  }
  return running.map((each) => each.differences())
}

class RunningCheck {
  private brokenCount = 0
  private readonly namedDifferences: Difference[] = []
  private readonly seen = new Map<string, Value>()
  private readonly reasonNotHeld: (value: Value, id: Value) => string | null

  constructor(private readonly check: Check) {
    this.reasonNotHeld = this.expectationTest()
  }

  add(entity: Entity): void {
    const value = get(entity, this.check.property)
    const id = get(entity, '_id') ?? null
    const says =
      value === undefined || value === null
        ? this.check.is === 'present'
          ? `${this.check.property} is missing`
          : null
        : this.reasonNotHeld(value, id)
    if (says === null) return
    this.brokenCount++
    if (this.namedDifferences.length >= MAX_NAMED) return
    const actual = value === undefined || value === null ? {} : { actual: encodeTransit(value) }
    this.namedDifferences.push({ _id: encodeTransit(id), says, ...actual })
  }

  differences(): readonly Difference[] {
    const { brokenCount: broken, namedDifferences: named } = this
    return broken > named.length ? [...named, { says: `${broken} entities break this check` }] : named
  }

  private expectationTest(): (value: Value, id: Value) => string | null {
    const { check } = this
    const { property } = check
    switch (check.is) {
      case 'present':
        return () => null
      case 'unique':
        return (value, id) => {
          const identity = identityOf(value)
          const before = this.seen.get(identity)
          this.seen.set(identity, before ?? id)
          return before === undefined ? null : `${property} is the same as that of ${String(before)}`
        }
      case 'type':
        return (value) => (check.types.includes(kindOf(value)) ? null : `${property} is ${kindOf(value)}`)
      case 'range': {
        const [least, most] = [entityValue(check.least), entityValue(check.most)]
        return (value) => (compare(value, least) < 0 || compare(value, most) > 0 ? `${property} is out of range` : null)
      }
      case 'values': {
        const known = new Set(check.values.map((each) => identityOf(entityValue(each))))
        return (value) => (known.has(identityOf(value)) ? null : `${property} is none of the expected values`)
      }
      case 'shape':
        return (value) => {
          if (typeof value !== 'string') return `${property} is no text`
          return check.shapes.includes(characterShape(value)) ? null : `${property} has another shape`
        }
    }
  }
}

function entityValue(json: Json): Value {
  return readValue(printJson(json))
}
