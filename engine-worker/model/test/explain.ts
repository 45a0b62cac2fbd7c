/** Why a change is sent: for each property that differs, which records hold the value that wins. */
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import type { Model } from '../model.ts'
import type { SharedChange } from './changes.ts'

/** One property of a change. */
interface Reason {
  readonly property: string
  readonly before: Json
  readonly after: Json
  /** The rule by which the value of the concept won; null for anything that is not a property of the concept. */
  readonly rule: string | null
  /** The records that have the value, as `mapping:key`. */
  readonly from: readonly string[]
}

/** A change with its reasons. */
interface ExplainedChange {
  readonly mapping: string
  readonly operation: SharedChange['operation']
  readonly record: JsonObject
  readonly before: JsonObject | null
  readonly origins: readonly string[]
  readonly why: readonly Reason[]
}

/** Explains a change of a dry run. */
export function changeReasons(model: Model, change: SharedChange): ExplainedChange {
  const { mapping, operation, record, before, origins } = change
  const declared = model.mappings.find(({ name }) => name === mapping)
  const concept = declared && model.concepts[declared.concept]
  const columns = operation === 'delete' ? [] : Object.keys(record)
  const why = columns.flatMap((property): Reason[] => {
    const after = get(record, property) ?? null
    const valueBefore = (before && get(before, property)) ?? null
    const isCarried = before !== null && get(before, property) === undefined
    if (isCarried || printJson(after) === printJson(valueBefore)) return []
    const to = declared?.properties.find(({ from }) => from === property)?.to
    const holders =
      to === undefined ? [] : origins.filter(({ values }) => printJson(get(values, to) ?? null) === printJson(after))
    const from = holders.map(({ mapping: name, key }) => `${name}:${key}`)
    return [{ property, before: valueBefore, after, rule: (to && concept?.properties[to]?.rule) ?? null, from }]
  })
  return { mapping, operation, record, before, origins: origins.map(({ mapping: name, key }) => `${name}:${key}`), why }
}
