/** Optimistic locking by comparison: of what a system has, only what the payload is about counts. */
import { get, put } from '../../../entity/dict.ts'
import { compare, equal } from '../../../entity/order.ts'
import { type Dict, isDict, type Value } from '../../../entity/value.ts'
import { dictOf, firstItem } from './parts.ts'

/** What a comparison of the three states comes to. */
type StateComparison = 'modified-in-system' | 'changed' | 'unchanged'

/**
 * Compares the payload with what was collected (`basedOn`) and what the system has now, over the keys of the payload at
 * any depth. The order of lists is no difference; the primary key is left out.
 */
export function compareStates(
  payload: Value,
  basedOn: Value,
  current: Value,
  keys: readonly string[],
): StateComparison {
  const pattern = dictOf(firstItem(payload))
  const comparedPart = (value: Value) => withPatternKeys(dictOf(firstItem(value)), pattern, keys)
  const before = comparedPart(basedOn)
  if (!equal(comparedPart(current), before)) return 'modified-in-system'
  return equal(comparedPart(payload), before) ? 'unchanged' : 'changed'
}

/** The part of a value that has the shape of the pattern, with lists in one order; members that are missing are null. */
function withPatternKeys(value: Dict, pattern: Dict, without: readonly string[] = []): Dict {
  const result: Dict = {}
  for (const [name, shape] of Object.entries(pattern)) {
    if (without.includes(name)) continue
    const member = get(value, name) ?? null
    put(result, name, isDict(shape) && isDict(member) ? withPatternKeys(member, shape) : withSortedLists(member))
  }
  return result
}

function withSortedLists(value: Value): Value {
  if (Array.isArray(value)) return value.map(withSortedLists).sort(compare)
  if (!isDict(value)) return value
  const result: Dict = {}
  for (const [name, member] of Object.entries(value)) put(result, name, withSortedLists(member))
  return result
}

/** The system's own state with the payload on top, at any depth of objects; lists and values are replaced. */
export function patched(current: Dict, payload: Dict): Dict {
  const result: Dict = { ...current }
  for (const [name, value] of Object.entries(payload)) {
    const before = get(current, name)
    put(result, name, isDict(value) && before !== undefined && isDict(before) ? patched(before, value) : value)
  }
  return result
}
