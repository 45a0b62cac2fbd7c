/** Working through the values of a list one by one: an expression is evaluated for each, with "_" as the value. */
import { has, put } from '../../entity/dict.ts'
import { keepOrder, keysOf } from '../../entity/json.ts'
import { canonical } from '../../entity/order.ts'
import { jsonText } from '../../entity/text.ts'
import { type Dict, integer, isDict, type Value } from '../../entity/value.ts'
import { type FunctionExpression, functionExpression, one, optional, optionalFunctionExpression } from '../argument.ts'
import { listOf, truthy } from '../coerce.ts'
import { expression } from '../define.ts'
import type { Context } from '../evaluation.ts'

const doc = 'dtl/dtl-functions-lists.rst'
const forEachWords = 'Computed for each value, which is "_." in it.'

/** Values under the key that `keyOf` gives for each, keys in the order of their first value. */
function groupItems(
  values: readonly Value[],
  keyOf: FunctionExpression | undefined,
  ctx: Context,
): [key: Value, members: Value[]][] {
  ctx.spend(values.length)
  const groups: [Value, Value[]][] = []
  const byKey = new Map<string, Value[]>()
  for (const value of values) {
    const key = keyOf === undefined ? value : keyOf(value)
    const text = canonical(key)
    const known = byKey.get(text)
    if (known === undefined) {
      const members = [value]
      byKey.set(text, members)
      groups.push([key, members])
    } else known.push(value)
  }
  return groups
}

/** A key for a dict: a string, or a list that holds just one. */
function keyText(key: Value): string | null {
  const single = Array.isArray(key) && key.length === 1 ? key[0] : key
  return typeof single === 'string' ? single : null
}

export const listItemFunctions = [
  expression({
    name: 'map',
    group: 'lists',
    doc,
    says: 'Computes something for each value of a list and gives the list of results.',
    more: 'The result is always a list with as many elements as there were values; null gives an empty list.',
    sentence: '{function} for each of {values}',
    chain: 'each: {function}',
    takes: [
      functionExpression('function', { says: forEachWords }),
      one('values', 'any', { says: 'A list, or a single value.' }),
    ],
    gives: 'list',
    examples: [
      { dtl: ['map', ['concat', '#', '_.'], '_S.tags'], source: { tags: ['red', 'big'] }, gives: ['#red', '#big'] },
      {
        dtl: ['map', ['*', '_.pieces', '_.price'], '_S.lines'],
        source: {
          lines: [
            { pieces: 2, price: 5 },
            { pieces: 1, price: 9 },
          ],
        },
        gives: [10, 9],
      },
      { dtl: ['map', ['upper', '_.'], 'one'], gives: ['ONE'] },
    ],
    run: (each, values) => {
      if (!Array.isArray(values)) return values === null ? [] : [each(values)]
      const result: Value[] = []
      for (const value of values) result.push(each(value))
      return result
    },
  }),

  expression({
    name: 'filter',
    group: 'lists',
    doc,
    says: 'Keeps the values of a list for which a condition is true.',
    more: 'The result is always a list, in the same order; null gives an empty list.',
    sentence: '{values} where {function}',
    chain: 'only those where {function}',
    takes: [
      functionExpression('function', { says: 'The condition on each value, which is "_." in it.' }),
      one('values', 'any', { says: 'A list, or a single value.' }),
    ],
    gives: 'list',
    examples: [
      {
        dtl: ['filter', ['eq', '_.kind', 'home'], '_S.phones'],
        source: {
          phones: [
            { kind: 'work', no: 1 },
            { kind: 'home', no: 2 },
          ],
        },
        gives: [{ kind: 'home', no: 2 }],
      },
      { dtl: ['filter', ['is-not-null', '_.'], ['list', 'a', null, 'b']], gives: ['a', 'b'] },
    ],
    run: (keep, values) => {
      if (!Array.isArray(values)) return values !== null && truthy(keep(values)) ? [values] : []
      const result: Value[] = []
      for (const value of values) if (truthy(keep(value))) result.push(value)
      return result
    },
  }),

  expression({
    name: 'distinct',
    group: 'lists',
    doc,
    says: 'Removes repeated values from a list; the first of equal values is kept.',
    more:
      'With an expression, values are repeated when it gives the same result for them; the values themselves are kept ' +
      'as they are. A single value is given as it is.',
    sentence: 'distinct {values} by {function}',
    chain: 'each once, by {function}',
    recipes: [
      { does: 'deduplicate', fits: 'repeated', dtl: ['distinct', '{value}'] },
      { does: 'one-of-each', fits: 'groups', dtl: ['distinct', '{key}', '{value}'] },
    ],
    takes: [
      optionalFunctionExpression('function', {
        says: 'What must differ, computed for each value, which is "_."; left out: the value itself.',
      }),
      one('values', 'any', { says: 'A list, or a single value.' }),
    ],
    gives: 'same',
    examples: [
      { dtl: ['distinct', '_S.tags'], source: { tags: ['red', 'big', 'red'] }, gives: ['red', 'big'] },
      {
        dtl: ['distinct', ['lower', '_.mail'], '_S.people'],
        source: {
          people: [
            { mail: 'A@x.no', n: 1 },
            { mail: 'a@x.no', n: 2 },
            { mail: 'b@x.no', n: 3 },
          ],
        },
        gives: [
          { mail: 'A@x.no', n: 1 },
          { mail: 'b@x.no', n: 3 },
        ],
      },
    ],
    run: (keyOf, values, ctx) =>
      Array.isArray(values) ? groupItems(values, keyOf, ctx).map(([, members]) => members[0] ?? null) : values,
  }),

  expression({
    name: 'enumerate',
    group: 'lists',
    doc,
    says: 'Numbers values: each becomes a dictionary of its number (key) and itself (value).',
    more: 'Numbers begin at 0 unless a start is given. A list gives a list, a single value a single dictionary.',
    sentence: 'number {values} from {start}',
    chain: 'numbered from {start}',
    takes: [
      optional('start', 'integer', { says: 'The first number; 0 when left out.' }),
      one('values', 'any', { says: 'A list, or a single value.' }),
    ],
    gives: 'dict',
    examples: [
      {
        dtl: ['enumerate', 1, '_S.winners'],
        source: { winners: ['Kari', 'Ola'] },
        gives: [
          { key: 1, value: 'Kari' },
          { key: 2, value: 'Ola' },
        ],
      },
      { dtl: ['enumerate', 'only'], gives: { key: 0, value: 'only' } },
    ],
    run: (start = 0, values, ctx) => {
      if (values === null) return null
      if (Array.isArray(values)) ctx.spend(values.length)
      const numberAt = (i: number) => (typeof start === 'number' ? integer(start + i) : integer(start + BigInt(i)))
      const numberedItem = (value: Value, i: number): Dict => ({ key: numberAt(i), value })
      return Array.isArray(values) ? values.map(numberedItem) : numberedItem(values, 0)
    },
  }),

  expression({
    name: 'group',
    group: 'lists',
    doc,
    says: 'Groups values by a computed key and gives a list of pairs: the key, and the list of what is kept of its values.',
    more: 'Keys may be of any type and come in the order of their first value. `dict` turns pairs with text keys into a dictionary.',
    sentence: 'group {values} by {key-function}: {value-function}',
    chain: 'grouped by {key-function}: {value-function}',
    takes: [
      functionExpression('key-function', { says: 'The key of each value, which is "_." in it.' }),
      functionExpression('value-function', { says: 'What to keep of each value, which is "_." in it.' }),
      one('values', 'any', { says: 'A list, or a single value.' }),
    ],
    gives: 'list',
    examples: [
      {
        dtl: ['group', '_.city', '_.name', '_S.people'],
        source: {
          people: [
            { name: 'Ane', city: 'Oslo' },
            { name: 'Bo', city: 'Moss' },
            { name: 'Cato', city: 'Oslo' },
          ],
        },
        gives: [
          ['Oslo', ['Ane', 'Cato']],
          ['Moss', ['Bo']],
        ],
      },
      {
        dtl: ['group', ['length', '_.'], '_.', ['list', 'a', 'bb', 'c']],
        gives: [
          [1, ['a', 'c']],
          [2, ['bb']],
        ],
      },
    ],
    run: (keyOf, kept, values, ctx) =>
      groupItems(listOf(values), keyOf, ctx).map(([key, members]) => [key, members.map((member) => kept(member))]),
  }),

  expression({
    name: 'group-by',
    group: 'lists',
    doc,
    says: 'Groups values by a computed key and gives a dictionary of lists, one for each key.',
    more:
      'The keys of the dictionary are the JSON text of the computed keys, so the text A becomes "A" with its quotes. ' +
      'A string function makes the keys instead, from the computed key, which is "_." in it; values whose key it does ' +
      'not turn into text are left out. Without a key function equal values are grouped.',
    sentence: 'group {values} by {key-function}, named {string-function}',
    chain: 'grouped by {key-function}, named {string-function}',
    recipes: [{ does: 'pivot', fits: 'groups', dtl: ['group-by', '{key}', ['string', '_.'], '{value}'] }],
    takes: [
      optionalFunctionExpression('key-function', { says: 'The key of each value, which is "_." in it.' }),
      optionalFunctionExpression('string-function', {
        says: 'Turns the key, which is "_." in it, into the text used in the dictionary.',
      }),
      one('values', 'any', { says: 'A list, or a single value.' }),
    ],
    gives: 'dict',
    examples: [
      {
        dtl: ['group-by', '_.year', '_S.invoices'],
        source: {
          invoices: [
            { no: 1, year: 2023 },
            { no: 2, year: 2024 },
            { no: 3, year: 2023 },
          ],
        },
        gives: {
          '2023': [
            { no: 1, year: 2023 },
            { no: 3, year: 2023 },
          ],
          '2024': [{ no: 2, year: 2024 }],
        },
      },
      {
        dtl: ['group-by', ['substring', 0, 1, '_.'], ['list', 'ape', 'bee', 'ant']],
        gives: { '"a"': ['ape', 'ant'], '"b"': ['bee'] },
        says: 'Text keys carry quotes.',
      },
      {
        dtl: ['group-by', ['substring', 0, 1, '_.'], '_.', ['list', 'ape', 'bee', 'ant']],
        gives: { a: ['ape', 'ant'], b: ['bee'] },
      },
    ],
    run: (keyOf, textOf, values, ctx) => {
      const result: Dict = {}
      const names: string[] = []
      for (const [key, members] of groupItems(listOf(values), keyOf, ctx)) {
        const text = textOf === undefined ? jsonText(key, 'transit') : keyText(textOf(key))
        if (text === null) continue
        const known = has(result, text) ? result[text] : undefined
        if (known === undefined) names.push(text)
        put(result, text, Array.isArray(known) ? [...known, ...members] : members)
      }
      keepOrder(result, names)
      return result
    },
  }),

  expression({
    name: 'map-values',
    group: 'lists',
    doc,
    says: 'Computes something for each value inside dictionaries and gives the list of results.',
    more: 'The values of all dictionaries come in one list. What is not a dictionary is left out.',
    sentence: '{value-function} for each value in {values}',
    chain: 'each value: {value-function}',
    takes: [
      functionExpression('value-function', { says: 'Computed for each value of a dictionary, which is "_." in it.' }),
      one('values', 'any', { says: 'A dictionary, or a list of them.' }),
    ],
    gives: 'list',
    examples: [
      { dtl: ['map-values', ['+', '_.', 1], { north: 4, south: 9 }], gives: [5, 10] },
      {
        dtl: ['map-values', ['upper', '_.'], '_S.names'],
        source: { names: [{ en: 'salt', nb: 'salt' }, 'pepper', { en: 'oil' }] },
        gives: ['SALT', 'SALT', 'OIL'],
      },
    ],
    run: (each, values) => {
      const result: Value[] = []
      for (const dict of listOf(values))
        if (isDict(dict)) for (const key of keysOf(dict)) result.push(each(dict[key] ?? null))
      return result
    },
  }),

  expression({
    name: 'map-dict',
    group: 'lists',
    doc,
    says: 'Makes new dictionaries by computing each key and each value anew.',
    more:
      'A pair whose new key is not a text is left out, and so is a dictionary that has no pairs left. One dictionary ' +
      'gives one dictionary, a list gives a list. What is not a dictionary is left out.',
    sentence: '{values} with keys {key-function} and values {value-function}',
    chain: 'keys: {key-function}, values: {value-function}',
    takes: [
      functionExpression('key-function', { says: 'The new key; the old one is "_." in it.' }),
      functionExpression('value-function', { says: 'The new value; the old one is "_." in it.' }),
      one('values', 'any', { says: 'A dictionary, or a list of them.' }),
    ],
    gives: 'dict',
    examples: [
      {
        dtl: ['map-dict', ['replace', ' ', '_', '_.'], '_.', '_S.row'],
        source: { row: { 'first name': 'Eli', age: 30 } },
        gives: { first_name: 'Eli', age: 30 },
      },
      {
        dtl: ['map-dict', ['if', ['neq', '_.', 'id'], '_.'], ['string', '_.'], ['list', { id: 1, a: 2 }, { id: 3 }]],
        gives: [{ a: '2' }],
        says: 'The second dictionary has no pairs left.',
      },
    ],
    run: (newKey, newValue, values) => {
      const mapDict = (dict: Value): Dict | null => {
        if (!isDict(dict)) return null
        const result: Dict = {}
        const names: string[] = []
        for (const key of keysOf(dict)) {
          const text = keyText(newKey(key))
          if (text === null) continue
          if (!has(result, text)) names.push(text)
          put(result, text, newValue(dict[key] ?? null))
        }
        keepOrder(result, names)
        return names.length > 0 ? result : null
      }
      return Array.isArray(values) ? values.map(mapDict).filter((dict) => dict !== null) : mapDict(values)
    },
  }),
]
