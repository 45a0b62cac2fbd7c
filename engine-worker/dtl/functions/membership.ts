/** Testing many values against the same few: a look-up instead of a comparison with each. */
import { canonical, equal } from '../../entity/order.ts'
import type { Value } from '../../entity/value.ts'

/** Up to this many values it is faster to compare with each. */
const MAX_ITEMS_TO_SCAN = 4

/** Tells of any value whether it equals one of `values`. */
export function membershipTest(values: readonly Value[]): (value: Value) => boolean {
  if (values.length > MAX_ITEMS_TO_SCAN) {
    const keys = new Set<string>()
    for (const value of values) keys.add(canonical(value))
    return (value) => keys.has(canonical(value))
  }
  return (value) => {
    for (const member of values) if (equal(member, value)) return true
    return false
  }
}
