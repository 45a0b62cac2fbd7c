/** Making lists, taking parts of them, and asking how many values there are. */
import { equal } from '../../entity/order.ts'
import { integer, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { anyNumber, many, one, optional } from '../argument.ts'
import { firstOf, listOf } from '../coerce.ts'
import { expression } from '../define.ts'
import { membershipTest } from './membership.ts'
import { clampPosition, isPosition, positionOf, slicedValues } from './positions.ts'

const doc = 'dtl/dtl-functions-lists.rst'

const stepIsZero = problem<{ function: string }>({
  code: 'dtl-step-is-zero',
  severity: 'error',
  says: (f) => `“${f.function}” cannot go in steps of 0.`,
  fix: () => 'Use a step above 0 to go forwards, below 0 to go backwards.',
})

function isIn(value: Value, items: Value): boolean {
  if (!Array.isArray(items)) return items !== null && equal(value, items)
  for (const item of items) if (equal(value, item)) return true
  return false
}

/** False where there are no values (dtl-functions-lists.rst, in). */
function areAllIn(values: Value, among: (value: Value) => boolean): boolean {
  if (Array.isArray(values)) return values.length > 0 && values.every(among)
  return values !== null && among(values)
}

export const listFunctions = [
  expression({
    name: 'list',
    group: 'lists',
    doc,
    says: 'Makes a list of the values given.',
    more: 'Lists among them become lists inside the list, and null becomes an element; use `combine` to put lists together.',
    sentence: '[{values}]',
    gist: '{n} values{systems}',
    takes: [anyNumber('values', 'any', { says: 'The elements, in order.' })],
    gives: 'list',
    examples: [
      {
        dtl: ['list', '_S.street', '_S.city'],
        source: { street: 'Storgata 1', city: 'Bergen' },
        gives: ['Storgata 1', 'Bergen'],
      },
      { dtl: ['list', 1, ['list', 2, 3]], gives: [1, [2, 3]] },
      { dtl: ['list'], gives: [] },
    ],
    run: (values) => values,
  }),

  expression({
    name: 'combine',
    group: 'lists',
    doc,
    says: 'Puts values and lists together into one list.',
    more: 'Lists are flattened by one level: a list inside a list stays a list. A value that is null adds nothing.',
    sentence: '({values}) in one list',
    takes: [many('values', 'any', { says: 'Single values and lists, in order.' })],
    gives: 'list',
    examples: [
      {
        dtl: ['combine', '_S.phone', '_S.other-phones'],
        source: { phone: '1', 'other-phones': ['2', '3'] },
        gives: ['1', '2', '3'],
      },
      { dtl: ['combine', null, ['list', 'a', ['list', 'b']]], gives: ['a', ['b']] },
    ],
    run: (values, ctx) => {
      const result: Value[] = []
      for (const value of values) {
        if (Array.isArray(value)) for (const item of value) result.push(item)
        else if (value !== null) result.push(value)
      }
      ctx.spend(result.length)
      return result
    },
  }),

  expression({
    name: 'flatten',
    group: 'lists',
    doc,
    says: 'Flattens a list of lists, by one level.',
    more: 'Values that are not lists stay where they are. A single value gives a list of it, null an empty list.',
    sentence: '{values} flattened one level',
    recipes: [{ does: 'flatten', fits: 'lists', dtl: ['flatten', '{value}'] }],
    takes: [one('values', 'any', { says: 'A list that may hold lists.' })],
    gives: 'list',
    examples: [
      { dtl: ['flatten', ['list', ['list', 'a', 'b'], 'c']], gives: ['a', 'b', 'c'] },
      {
        dtl: ['flatten', '_S.rows'],
        source: { rows: [[1, [2]], [3]] },
        gives: [1, [2], 3],
        says: 'Only one level is flattened.',
      },
    ],
    run: (values, ctx) => {
      const result: Value[] = []
      for (const value of listOf(values)) {
        if (Array.isArray(value)) for (const item of value) result.push(item)
        else result.push(value)
      }
      ctx.spend(result.length)
      return result
    },
  }),

  expression({
    name: 'range',
    group: 'lists',
    doc,
    says: 'Gives the list of integers from one up to, but not including, another one.',
    more: 'With a step below 0 it counts downwards. A step of 0 is an error.',
    sentence: 'the numbers from {start} up to {stop} in steps of {step}',
    takes: [
      one('start', 'integer', { says: 'The first number.' }),
      one('stop', 'integer', { says: 'Where to stop; not part of the list.' }),
      optional('step', 'integer', { says: 'The difference from one number to the next; 1 when left out.' }),
    ],
    gives: 'list',
    examples: [
      { dtl: ['range', 1, 5], gives: [1, 2, 3, 4] },
      { dtl: ['range', 0, '_S.weeks', 2], source: { weeks: 7 }, gives: [0, 2, 4, 6] },
      { dtl: ['range', 3, 0, -1], gives: [3, 2, 1] },
    ],
    run: (start, stop, step, ctx) => {
      const by = BigInt(step ?? 1)
      if (by === 0n) throw new Fault(stepIsZero({ function: 'range' }))
      const from = BigInt(start)
      const distance = by > 0n ? BigInt(stop) - from : from - BigInt(stop)
      if (distance <= 0n) return []
      const stride = by > 0n ? by : -by
      const count = Number((distance + stride - 1n) / stride)
      ctx.spend(count)
      const first = Number(from)
      const each = Number(by)
      if (Number.isSafeInteger(first) && Number.isSafeInteger(first + each * count)) {
        return Array.from({ length: count }, (_, i) => first + each * i)
      }
      return Array.from({ length: count }, (_, i) => integer(from + by * BigInt(i)))
    },
  }),

  expression({
    name: 'first',
    group: 'lists',
    doc,
    says: 'Gives the first value of a list.',
    more: 'Null when the list is empty. A value that is not a list is given as it is.',
    sentence: 'the first of {values}',
    chain: 'the first',
    takes: [one('values', 'any', { says: 'A list, or a single value.' })],
    gives: 'same',
    examples: [
      { dtl: ['first', '_S.emails'], source: { emails: ['a@example.com', 'b@example.com'] }, gives: 'a@example.com' },
      { dtl: ['first', ['list']], gives: null },
      { dtl: ['first', 'alone'], gives: 'alone' },
    ],
    run: (values) => firstOf(values),
  }),

  expression({
    name: 'last',
    group: 'lists',
    doc,
    says: 'Gives the last value of a list.',
    more: 'Null when the list is empty. A value that is not a list is given as it is.',
    sentence: 'the last of {values}',
    chain: 'the last',
    takes: [one('values', 'any', { says: 'A list, or a single value.' })],
    gives: 'same',
    examples: [
      { dtl: ['last', ['split', '/', '_S.path']], source: { path: 'docs/2024/plan.txt' }, gives: 'plan.txt' },
      { dtl: ['last', 42], gives: 42 },
    ],
    run: (values) => (Array.isArray(values) ? (values[values.length - 1] ?? null) : values),
  }),

  expression({
    name: 'nth',
    group: 'lists',
    doc,
    says: 'Gives the value at a position in a list, counted from 0.',
    more: 'A position below 0 counts from the end. Outside the list the result is null. A single value has only position 0.',
    sentence: 'value number {index}, counted from 0, of {values}',
    chain: 'number {index}, counted from 0',
    takes: [
      one('index', 'integer', { says: 'The position; 0 is the first value.', placeholder: '0' }),
      one('values', 'any', { says: 'A list, or a single value.' }),
    ],
    gives: 'same',
    examples: [
      { dtl: ['nth', 1, ['split', ' ', '_S.name']], source: { name: 'Ada King Lovelace' }, gives: 'King' },
      { dtl: ['nth', 9, ['list', 'a', 'b']], gives: null },
    ],
    run: (index, values) => {
      const list = Array.isArray(values) ? values : [values]
      const at = positionOf(index)
      return list[at < 0 && Array.isArray(values) ? list.length + at : at] ?? null
    },
  }),

  expression({
    name: 'slice',
    group: 'lists',
    doc,
    says: 'Gives the part of a list from one position up to, but not including, another one.',
    more:
      'Positions count from 0, and from the end when they are below 0; outside the list they mean its beginning or its ' +
      'end. With a stride of 2 every second value is taken, with a stride below 0 the part comes backwards.',
    sentence: 'part of {values} from {start} up to {end} in steps of {stride}',
    chain: 'items from {start} up to {end} in steps of {stride}',
    takes: [
      one('start', 'any', { says: 'Where the part begins; 0 is the first value.', placeholder: '0' }),
      optional('end', 'any', {
        says: 'Where it stops; the value there is not included. Left out: the end of the list.',
      }),
      optional('stride', 'any', { says: 'How many values to move on each time; 1 when left out.' }),
      one('values', 'any', { says: 'The list to cut from.' }),
    ],
    gives: 'list',
    examples: [
      { dtl: ['slice', 1, 3, ['list', 'mon', 'tue', 'wed', 'thu']], gives: ['tue', 'wed'] },
      { dtl: ['slice', -2, '_S.readings'], source: { readings: [3, 5, 8, 13] }, gives: [8, 13] },
      { dtl: ['slice', 0, 5, 2, ['list', 'a', 'b', 'c', 'd', 'e']], gives: ['a', 'c', 'e'] },
    ],
    run: (start, end = null, stride = null, values, ctx) => {
      if (!isPosition(start) || !isPosition(end) || !isPosition(stride)) return null
      const by = stride === null ? 1 : positionOf(stride)
      if (by === 0) throw new Fault(stepIsZero({ function: 'slice' }))
      const list = listOf(values)
      ctx.spend(list.length)
      return slicedValues(list, start === null ? null : positionOf(start), end === null ? null : positionOf(end), by)
    },
  }),

  expression({
    name: 'insert',
    group: 'lists',
    doc,
    says: 'Puts one value into a list in front of a position.',
    more:
      'Positions count from 0, and from the end when they are below 0; beyond the list the value comes first or last. A ' +
      'list that is inserted becomes one element.',
    sentence: '{values} with {object} inserted at {index}',
    takes: [
      one('index', 'integer', { says: 'The position that the new value gets; 0 is the front.', placeholder: '0' }),
      one('values', 'any', { says: 'The list, or a single value.' }),
      one('object', 'any', { says: 'The value to put in.' }),
    ],
    gives: 'list',
    examples: [
      { dtl: ['insert', 0, '_S.tags', 'new'], source: { tags: ['red', 'big'] }, gives: ['new', 'red', 'big'] },
      { dtl: ['insert', -1, ['list', 'a', 'c'], 'b'], gives: ['a', 'b', 'c'] },
    ],
    run: (index, values, object, ctx) => {
      const result = [...listOf(values)]
      ctx.spend(result.length)
      result.splice(clampPosition(positionOf(index), result.length), 0, object)
      return result
    },
  }),

  expression({
    name: 'in',
    group: 'lists',
    doc,
    says: 'Tells whether every one of the values is among the items.',
    more: 'False when there are no values at all. Either side may be a single value instead of a list.',
    sentence: '{values} is one of {items}',
    takes: [
      one('values', 'any', { says: 'The value or values to look for.' }),
      one('items', 'any', { says: 'The items to look among.' }),
    ],
    gives: 'boolean',
    examples: [
      { dtl: ['in', '_S.country', ['list', 'NO', 'SE', 'DK']], source: { country: 'SE' }, gives: true },
      {
        dtl: ['in', '_S.roles', ['list', 'admin', 'editor']],
        source: { roles: ['admin', 'guest'] },
        gives: false,
        says: 'All of them must be there.',
      },
      { dtl: ['in', '_S.roles', ['list', 'admin']], source: {}, gives: false },
    ],
    compile: (call) => {
      const values = call.eval('values')
      const constant = call.constant('items')
      if (constant !== undefined) {
        const among = membershipTest(listOf(constant))
        return (frame) => areAllIn(values(frame), among)
      }
      const items = call.eval('items')
      return (frame) => {
        const wanted = values(frame)
        const among = items(frame)
        if (Array.isArray(among)) frame.ctx.spend(among.length)
        if (!Array.isArray(wanted) || wanted.length === 1) return areAllIn(wanted, (value) => isIn(value, among))
        return areAllIn(wanted, membershipTest(listOf(among)))
      }
    },
  }),

  expression({
    name: 'count',
    group: 'lists',
    doc,
    says: 'Counts the values.',
    more: 'The elements of a list are counted; null counts as none, anything else as one.',
    sentence: 'the number of {values}',
    chain: 'count',
    takes: [one('values', 'any', { says: 'A list, or a single value.' })],
    gives: 'integer',
    examples: [
      { dtl: ['count', '_S.lines'], source: { lines: [{ sku: 'a' }, { sku: 'b' }] }, gives: 2 },
      { dtl: ['count', '_S.lines'], source: {}, gives: 0 },
      { dtl: ['count', 'text'], gives: 1 },
    ],
    run: (values) => listOf(values).length,
  }),

  expression({
    name: 'is-list',
    group: 'lists',
    doc,
    says: 'Tells whether a value is a list.',
    more: 'An empty list and a list of one value are lists too.',
    sentence: '{values} is a list',
    takes: [one('values', 'any', { says: 'The value to look at.' })],
    gives: 'boolean',
    examples: [
      { dtl: ['is-list', '_S.tags'], source: { tags: ['solo'] }, gives: true },
      { dtl: ['is-list', '_S.tags'], source: { tags: 'solo' }, gives: false },
    ],
    run: (values) => Array.isArray(values),
  }),

  expression({
    name: 'is-empty',
    group: 'lists',
    doc,
    says: 'Tells whether there are no values.',
    more: 'True for null and for an empty list. A single value is not empty, not even an empty text.',
    sentence: '{values} is empty',
    takes: [one('values', 'any', { says: 'A list, or a single value.' })],
    gives: 'boolean',
    examples: [
      { dtl: ['is-empty', '_S.complaints'], source: { complaints: [] }, gives: true },
      { dtl: ['is-empty', '_S.complaints'], source: { complaints: 'too late' }, gives: false },
    ],
    run: (values) => values === null || (Array.isArray(values) && values.length === 0),
  }),

  expression({
    name: 'is-not-empty',
    group: 'lists',
    doc,
    says: 'Tells whether there is at least one value.',
    more: 'False for null and for an empty list; the opposite of `is-empty`.',
    sentence: '{values} is not empty',
    takes: [one('values', 'any', { says: 'A list, or a single value.' })],
    gives: 'boolean',
    examples: [
      { dtl: ['is-not-empty', '_S.lines'], source: { lines: [1] }, gives: true },
      { dtl: ['is-not-empty', '_S.lines'], source: {}, gives: false },
    ],
    run: (values) => values !== null && !(Array.isArray(values) && values.length === 0),
  }),
]
