/** How records name each other, as texts that can be read from the records themselves: for dry runs of parts of the data. */
import type { Json } from '../../entity/value.ts'
import { call } from '../calls.ts'
import type { DirectExpressions } from './enrich.ts'
import { recordAddress } from './keys.ts'
import { addressedProperties, addressName, isRead, type Plan, type PlannedMapping, referenceOf } from './plan.ts'

/** Texts by which records are addressed, and texts that address others; an equal text means a record that may be meant. */
interface RecordLinks {
  readonly addresses: readonly Json[]
  readonly references: readonly Json[]
}

/** The links of a mapping of whole records, as expressions over a record. */
export function recordLinks(plan: Plan, planned: PlannedMapping, { values }: DirectExpressions): RecordLinks {
  const { slug, concept, mapping } = planned
  const addressPrefix = (names: readonly string[]): string => `${concept.slug}-${addressName(names)}|`
  const addressed = addressedProperties(plan, concept).filter((names) => names.every((name) => values.has(name)))
  const byValue = addressed.map((names) =>
    prefixedText(addressPrefix(names), recordAddress(names.map((name) => values.get(name) ?? null))),
  )
  const references = mapping.properties.filter(isRead).flatMap((each) => {
    const target = referenceOf(plan, planned, each)
    if (target === null) return []
    const text = call.string(values.get(each.to ?? '') ?? null)
    const named = target.by.map((name) => prefixedText(`${target.concept.slug}-${addressName([name])}|`, text))
    const own = target.by.length === 0 && target.mapping !== null ? [prefixedText(`${target.mapping.slug}|`, text)] : []
    return [...named, ...own]
  })
  return { addresses: [prefixedText(`${slug}|`, '_S._id'), ...byValue], references }
}

function prefixedText(place: string, text: Json): Json {
  return call.if(call.isNotNull(text), call.concat(place, text))
}
