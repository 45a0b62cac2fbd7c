/** Transforms that bring all properties of dicts to the target: merge and merge-union. */
import { get, has, put } from '../../entity/dict.ts'
import { canonical } from '../../entity/order.ts'
import { type Dict, isDict, type Value } from '../../entity/value.ts'
import { one } from '../argument.ts'
import { listOf } from '../coerce.ts'
import { type Call, transform } from '../define.ts'
import type { Eval, Step } from '../evaluation.ts'

const doc = 'dtl/dtl-functions-transforms.rst'
const values = one('values', 'any', { says: 'A dictionary or a list of them.' })

type MergeInto = (target: Dict, name: string, value: Value) => void

/** `start` gives what merges one property after the other during one call. */
function compileMerge(start: () => MergeInto): (call: Call) => Step {
  return (call) => {
    const evaluate: Eval = call.eval('values')
    return (frame) => {
      const mergeInto = start()
      for (const value of listOf(evaluate(frame))) {
        if (!isDict(value)) continue
        for (const name of Object.keys(value))
          if (!name.startsWith('_')) mergeInto(frame.T, name, get(value, name) ?? null)
      }
      return true
    }
  }
}

/** Collects the values of properties without repetitions; what was seen is kept from one dict to the next. */
function mergeUnion(): MergeInto {
  const collected = new Map<string, { readonly values: Value[]; readonly seen: Set<string> }>()
  return (target, name, value) => {
    if (!has(target, name)) {
      put(target, name, value)
      return
    }
    let union = collected.get(name)
    if (union === undefined) {
      union = { values: [], seen: new Set() }
      addNew(union, get(target, name) ?? null)
      collected.set(name, union)
      put(target, name, union.values)
    }
    addNew(union, value)
  }
}

function addNew({ values, seen }: { values: Value[]; seen: Set<string> }, value: Value): void {
  for (const each of listOf(value)) {
    const key = canonical(each)
    if (seen.has(key)) continue
    seen.add(key)
    values.push(each)
  }
}

export const mergingFunctions = [
  transform({
    name: 'merge',
    group: 'transforms',
    doc,
    says: 'Copies all properties of dictionaries to the target; later ones win.',
    more: 'Properties of the dictionaries that begin with “_” are left out, so “_id” stays as it is.',
    sentence: 'merge {values}',
    common: 7,
    writes: { is: 'merges', values: 'values' },
    recipes: [{ does: 'unnest', fits: 'object', dtl: ['merge', '{value}'] }],
    takes: [values],
    examples: [
      {
        dtl: ['merge', '_S.address'],
        source: { address: { street: 'Storgata 1', city: 'Oslo' } },
        gives: { street: 'Storgata 1', city: 'Oslo' },
      },
      { dtl: ['merge', ['list', { a: 1, b: 1 }, { b: 2, _c: 3 }]], gives: { a: 1, b: 2 } },
    ],
    compile: compileMerge(() => put),
  }),
  transform({
    name: 'merge-union',
    group: 'transforms',
    doc,
    says: 'Copies all properties of dictionaries to the target; where a property is already there, the values become a list.',
    more: 'Equal values are kept once. Properties of the dictionaries that begin with “_” are left out.',
    sentence: 'merge {values}, keeping all values',
    writes: { is: 'merges', values: 'values' },
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
    compile: compileMerge(mergeUnion),
  }),
]
