/** Names that suggest themselves for a property: by what is written to it. */
import { isObject, type Json } from '../../engine-worker/index.ts'
import { propertyOf } from '../pipe/paths.ts'

/** Names for the property that stands at a place of a step, from the other arguments: `amount`, `sum-amount`. */
export function namesFor(step: readonly Json[], place: number): readonly string[] {
  const value = step.find((_, index) => index > place)
  if (value === undefined) return []
  const read = firstPath(value)
  const last = read === null ? '' : propertyOf(read)
  const outer = Array.isArray(value) && typeof value[0] === 'string' ? value[0] : ''
  const joined = Array.isArray(value) && value.some((part) => isObject(part)) ? datasetIn(value) : null
  const names = [joined ?? '', outer !== '' && last !== '' ? `${outer}-${last}` : '', last]
  return [...new Set(names.filter((name) => name !== ''))]
}

function firstPath(value: Json): string | null {
  if (typeof value === 'string') return /^_[A-Z]?\./.test(value) ? value : null
  if (!Array.isArray(value)) return null
  for (const part of value.slice(1)) {
    const found = firstPath(part)
    if (found !== null) return found
  }
  return null
}

function datasetIn(call: readonly Json[]): string | null {
  const text = /"datasets":\s*\["([^\s"]+)/.exec(
    JSON.stringify(call, (_, each) => (typeof each === 'bigint' ? 0 : each)),
  )
  return text?.[1] ?? null
}
