/** Keys of several records of a concept: which values count, and how they are written alike. */
import type { Json } from '../../entity/value.ts'
import { call, conjunction, disjunction, textData } from '../calls.ts'
import type { ModelMapping } from '../model.ts'
import { type Normalisation, normalised } from '../normalise.ts'
import type { PlannedConcept } from './plan.ts'

/** The conditions under which a value of a property counts in a key, and its text there. */
function keyPart(
  { concept }: PlannedConcept,
  name: string,
  value: Json,
  ways: readonly Normalisation[] = concept.properties[name]?.normalise ?? [],
): { readonly text: Json; readonly conditions: readonly Json[] } {
  const text = normalised(value, ways)
  const ignored = concept.properties[name]?.ignore ?? []
  const conditions = [call.isNotNull(value)]
  if (ways.length > 0) conditions.push(call.isNotNull(text), call.neq(text, ''))
  if (ignored.length > 0) conditions.push(call.not(call.in(text, call.list(...ignored.map(textData)))))
  return { text, conditions }
}

/** The text that records with an equal key have in common; null where a part of it is missing or counts for nothing. */
export function matchingKeyText(
  concept: PlannedConcept,
  key: readonly string[],
  value: (name: string) => Json,
  mapping?: ModelMapping,
): Json {
  const parts = key.map((name) => {
    const own = mapping?.properties.find(({ to }) => to === name)
    return keyPart(concept, name, value(name), own?.normalise)
  })
  const texts = parts.flatMap(({ text }, index) => [...(index > 0 ? ['|'] : []), text])
  const text = call.concat(`${key.join('+')}:`, ...texts)
  return call.if(conjunction(...parts.flatMap(({ conditions }) => conditions)), text)
}

/** Whether an entity of a concept has one of its keys. */
export function hasAnyKey(concept: PlannedConcept, value: (name: string) => Json): Json {
  const { keys = [] } = concept.concept
  const each = keys.map((key) => conjunction(...key.flatMap((name) => keyPart(concept, name, value(name)).conditions)))
  return disjunction(...each)
}

/** The text by which a record is addressed: one value, or several together; null where one of them is missing. */
export function recordAddress(values: readonly Json[]): Json {
  const [only = null] = values
  if (values.length === 1) return call.string(only)
  const texts = values.flatMap((value, index) => [...(index > 0 ? ['|'] : []), call.string(value)])
  return call.if(conjunction(...values.map((value) => call.isNotNull(value))), call.concat(...texts))
}
