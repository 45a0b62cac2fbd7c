/** Transforms that bring all properties of dicts to the target: merge and merge-union. */
import { get, has, put } from '../../entity/dict.ts'
import { canonical } from '../../entity/order.ts'
import { type Dict, isDict, type Value } from '../../entity/value.ts'
import { listOf } from '../coerce.ts'
import { type Call, type Eval, one, type Step, transform } from '../define.ts'

const doc = 'dtl/dtl-functions-transforms.rst'
const values = one('values', 'any', { says: 'A dictionary or a list of them.' })

function merging(mergeInto: (target: Dict, name: string, value: Value) => void): (call: Call) => Step {
  return (call) => {
    const evaluate: Eval = call.eval('values')
    call.note({ is: 'writes', property: null, how: call.declaration.name, type: 'any' })
    return (frame) => {
      for (const value of listOf(evaluate(frame))) {
        if (!isDict(value)) continue
        for (const name of Object.keys(value))
          if (!name.startsWith('_')) mergeInto(frame.T, name, get(value, name) ?? null)
      }
      return true
    }
  }
}

/** Values of both without repetitions. */
function union(a: Value, b: Value): Value[] {
  const seen = new Set<string>()
  return [...listOf(a), ...listOf(b)].filter((value) => {
    const key = canonical(value)
    return seen.has(key) ? false : seen.add(key)
  })
}

export const mergingFunctions = [
  transform({
    name: 'merge',
    group: 'transforms',
    doc,
    says: 'Copies all properties of dictionaries to the target; later ones win.',
    more: 'Properties of the dictionaries that begin with “_” are left out, so “_id” stays as it is.',
    sentence: 'merge {values}',
    takes: [values],
    examples: [
      {
        dtl: ['merge', '_S.address'],
        source: { address: { street: 'Storgata 1', city: 'Oslo' } },
        gives: { street: 'Storgata 1', city: 'Oslo' },
      },
      { dtl: ['merge', ['list', { a: 1, b: 1 }, { b: 2, _c: 3 }]], gives: { a: 1, b: 2 } },
    ],
    compile: merging((target, name, value) => put(target, name, value)),
  }),
  transform({
    name: 'merge-union',
    group: 'transforms',
    doc,
    says: 'Copies all properties of dictionaries to the target; where a property is already there, the values become a list.',
    more: 'Equal values are kept once. Properties of the dictionaries that begin with “_” are left out.',
    sentence: 'merge {values}, keeping all values',
    takes: [values],
    examples: [
      { dtl: ['merge-union', ['list', { tag: 'a' }, { tag: 'b', size: 2 }]], gives: { tag: ['a', 'b'], size: 2 } },
      {
        dtl: ['merge-union', '_S.more'],
        target: { tag: 'a' },
        source: { more: { tag: ['a', 'c'] } },
        gives: { tag: ['a', 'c'] },
      },
    ],
    compile: merging((target, name, value) =>
      put(target, name, has(target, name) ? union(get(target, name) ?? null, value) : value),
    ),
  }),
]
