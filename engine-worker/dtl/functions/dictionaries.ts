/** Making dictionaries, looking into them, and turning them into lists. */
import { has, put } from '../../entity/dict.ts'
import { keepOrder, keysOf } from '../../entity/json.ts'
import { type Dict, isDict, type Value } from '../../entity/value.ts'
import { problem } from '../../problem.ts'
import { anyNumber, one } from '../argument.ts'
import { firstOf, listOf } from '../coerce.ts'
import { type Call, expression } from '../define.ts'
import type { Context, Eval } from '../evaluation.ts'

const doc = 'dtl/dtl-functions-dictionaries.rst'
const dicts = one('dicts', 'any', {
  says: 'A dictionary, or a list of them; anything else is left out.',
  items: 'dict',
})

const keyWithoutValue = problem<{ given: number }>({
  code: 'dtl-dict-without-value',
  severity: 'error',
  says: (f) =>
    `“dict” takes keys and values in pairs, but ${f.given} arguments are given, so the last key has no value.`,
  fix: () => 'Add the missing value, or remove the last key.',
})

/** A key: text, or a list that holds one text. */
function keyOf(value: Value): string | null {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value
  return typeof single === 'string' ? single : null
}

function dictOfItems(items: Value, ctx: Context): Dict {
  const list = listOf(items)
  ctx.spend(list.length)
  const result: Dict = {}
  const keys: string[] = []
  for (const item of list) {
    if (!Array.isArray(item) || item.length !== 2) continue
    const key = keyOf(item[0] ?? null)
    if (key === null) continue
    if (!has(result, key)) keys.push(key)
    put(result, key, item[1] ?? null)
  }
  keepOrder(result, keys)
  return result
}

/** A key known beforehand that JavaScript leaves in its place: it moves numbers to the front. */
function keepsInsertionOrder(key: Value | undefined): boolean {
  return typeof key === 'string' && !/^\d/.test(key)
}

function dictOfPairs(call: Call): Eval {
  const pairs: { readonly key: Eval; readonly value: Eval }[] = []
  for (let at = 0; at + 1 < call.given.length; at += 2) pairs.push({ key: call.eval(at), value: call.eval(at + 1) })
  const natural = pairs.every((_, index) => keepsInsertionOrder(call.constant(2 * index)))
  return (frame) => {
    const result: Dict = {}
    const keys: string[] = []
    for (const pair of pairs) {
      const key = keyOf(pair.key(frame))
      const value = pair.value(frame)
      if (key === null) continue
      if (!natural && !has(result, key)) keys.push(key)
      put(result, key, value)
    }
    if (!natural) keepOrder(result, keys)
    return result
  }
}

/** Collects from each pair of each dict. */
function mapEntries(values: Value, ctx: Context, take: (key: string, value: Value) => Value): Value[] {
  const result: Value[] = []
  for (const dict of listOf(values)) {
    if (isDict(dict)) for (const key of keysOf(dict)) result.push(take(key, dict[key] ?? null))
  }
  ctx.spend(result.length)
  return result
}

export const dictionaryFunctions = [
  expression({
    name: 'dict',
    group: 'dictionaries',
    doc,
    says: 'Makes a dictionary from keys and values.',
    more:
      'Keys and values alternate; or one argument gives a list of pairs, each a list of a key and a value. Where a key ' +
      'comes twice the last value counts. Pairs whose key is not text are left out. Without arguments it is empty.',
    joins: 'pairs',
    sentence: 'dictionary ({pairs})',
    gist: 'dictionary of {n} properties{systems}',
    takes: [anyNumber('pairs', 'any', { says: 'A key, its value, the next key, its value, …; or one list of pairs.' })],
    gives: 'dict',
    examples: [
      {
        dtl: ['dict', 'street', '_S.street', 'zip', '_S.zip'],
        source: { street: 'Kaien 3', zip: '5003' },
        gives: { street: 'Kaien 3', zip: '5003' },
      },
      {
        dtl: ['dict', '_S.prices'],
        source: {
          prices: [
            ['tea', 40],
            ['salt', 12],
            ['tea', 45],
          ],
        },
        gives: { tea: 45, salt: 12 },
      },
      { dtl: ['dict'], gives: {} },
    ],
    compile: (call) => {
      const { length } = call.given
      if (length === 1) {
        const items = call.eval(0)
        return (frame) => dictOfItems(items(frame), frame.ctx)
      }
      if (length % 2 === 1) call.report(keyWithoutValue({ given: length }))
      return dictOfPairs(call)
    },
  }),

  expression({
    name: 'is-dict',
    group: 'dictionaries',
    doc,
    says: 'Tells whether a value is a dictionary.',
    more: 'Only the first value of a list counts. Entities are dictionaries.',
    sentence: '{values} is a dictionary',
    takes: [one('values', 'any', { says: 'The value to look at.' })],
    gives: 'boolean',
    examples: [
      { dtl: ['is-dict', '_S.address'], source: { address: { city: 'Hamar' } }, gives: true },
      { dtl: ['is-dict', '_S.address'], source: { address: 'Hamar' }, gives: false },
    ],
    run: (values) => isDict(firstOf(values)),
  }),

  expression({
    name: 'has-key',
    group: 'dictionaries',
    doc,
    says: 'Tells whether a dictionary has a key, whatever its value.',
    more: 'Null when the value is not a dictionary. Only the first value of a list counts.',
    sentence: '{values} has the key {key}',
    takes: [
      one('key', 'any', { says: 'The key to look for.', names: 'property' }),
      one('values', 'any', { says: 'A dictionary, or a list that begins with one.' }),
    ],
    gives: 'boolean',
    examples: [
      {
        dtl: ['has-key', 'vat', '_S.company'],
        source: { company: { name: 'Acme', vat: null } },
        gives: true,
        says: 'A key whose value is null is there.',
      },
      { dtl: ['has-key', 'fax', '_S.company'], source: { company: { name: 'Acme' } }, gives: false },
      { dtl: ['has-key', 'fax', 'Acme'], gives: null },
    ],
    run: (key, values) => {
      const dict = firstOf(values)
      if (!isDict(dict)) return null
      const name = keyOf(key)
      return name !== null && has(dict, name)
    },
  }),

  expression({
    name: 'keys',
    group: 'dictionaries',
    doc,
    says: 'Gives the keys of dictionaries as a list.',
    more: 'The keys of several dictionaries come one after the other, repeated ones too.',
    sentence: 'the keys of {dicts}',
    chain: 'its keys',
    takes: [dicts],
    gives: 'list',
    examples: [
      { dtl: ['keys', '_S.stock'], source: { stock: { north: 4, south: 9 } }, gives: ['north', 'south'] },
      { dtl: ['keys', ['list', { a: 1 }, 'x', { a: 2, b: 3 }]], gives: ['a', 'a', 'b'] },
    ],
    run: (values, ctx) => mapEntries(values, ctx, (key) => key),
  }),

  expression({
    name: 'values',
    group: 'dictionaries',
    doc,
    says: 'Gives the values of dictionaries as a list.',
    more: 'The values of several dictionaries come one after the other. A value that is a list stays one element.',
    sentence: 'the values of {dicts}',
    chain: 'its values',
    takes: [dicts],
    gives: 'list',
    examples: [
      { dtl: ['sum', ['values', '_S.stock']], source: { stock: { north: 4, south: 9 } }, gives: 13 },
      { dtl: ['values', ['list', { a: 1 }, { b: [2, 3] }]], gives: [1, [2, 3]] },
    ],
    run: (values, ctx) => mapEntries(values, ctx, (_, value) => value),
  }),

  expression({
    name: 'items',
    group: 'dictionaries',
    doc,
    says: 'Gives the pairs of dictionaries as a list of lists: each a key and its value.',
    more: '`dict` makes a dictionary of such a list again. `key-values` names the two parts instead.',
    sentence: 'the pairs in {dicts}',
    chain: 'its pairs',
    takes: [dicts],
    gives: 'list',
    examples: [
      {
        dtl: ['items', '_S.stock'],
        source: { stock: { north: 4, south: 9 } },
        gives: [
          ['north', 4],
          ['south', 9],
        ],
      },
      { dtl: ['dict', ['filter', ['gt', ['last', '_.'], 5], ['items', { north: 4, south: 9 }]]], gives: { south: 9 } },
    ],
    run: (values, ctx) => mapEntries(values, ctx, (key, value) => [key, value]),
  }),

  expression({
    name: 'key-values',
    group: 'dictionaries',
    doc,
    says: 'Gives the pairs of dictionaries as a list of dictionaries with “key” and “value”.',
    more: 'A single dictionary that has just one pair gives that pair alone, not in a list.',
    sentence: 'the pairs in {dicts}, as key and value',
    chain: 'its pairs, as key and value',
    takes: [dicts],
    gives: 'any',
    examples: [
      {
        dtl: ['key-values', '_S.stock'],
        source: { stock: { north: 4, south: 9 } },
        gives: [
          { key: 'north', value: 4 },
          { key: 'south', value: 9 },
        ],
      },
      { dtl: ['key-values', { north: 4 }], gives: { key: 'north', value: 4 } },
      { dtl: ['map', ['concat', '_.key', '=', '_.value'], ['key-values', { a: 'x', b: 'y' }]], gives: ['a=x', 'b=y'] },
    ],
    run: (values, ctx) => {
      const pairs = mapEntries(values, ctx, (key, value) => ({ key, value }))
      const [only] = pairs
      return only !== undefined && pairs.length === 1 && isDict(values) ? only : pairs
    },
  }),
]
