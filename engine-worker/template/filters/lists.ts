/** Filters on lists: choosing, ordering, grouping, adding up. */
import { calculate } from '../arithmetic.ts'
import { compareValues, equalValues, sortedBy, truth } from '../compare.ts'
import { TemplateError, typeError } from '../error.ts'
import { escapeHtml } from '../html.ts'
import { itemsOf, iterate, iteratorOf, sizeOf } from '../iterate.ts'
import { asIndex } from '../numbers.ts'
import { PyIterator, PyRange, PyView } from '../objects.ts'
import { print } from '../print.ts'
import { type Routine, requiredArgument, routine } from '../routine.ts'
import type { RenderState } from '../state.ts'
import { charactersOf } from '../text.ts'
import {
  type CallArguments,
  hashKey,
  type JinjaValue,
  Markup,
  orElse,
  PyDict,
  PyList,
  PyTuple,
  stringOf,
  Undefined,
} from '../values.ts'
import { attributeGetter, attributesGetter, ignoringCase } from './attributes.ts'

/** The items from the last to the first; fails where Python cannot go backwards. */
function reversedItems(value: JinjaValue, state: RenderState): JinjaValue[] {
  const text = stringOf(value)
  if (text !== undefined) return charactersOf(text).reverse()
  const reversible =
    value instanceof PyList || value instanceof PyTuple || value instanceof PyDict || value instanceof PyView
  if (!reversible && !(value instanceof PyRange)) throw typeError('the value cannot be reversed')
  return itemsOf(value, state).reverse()
}

/** `select`, `reject` and their `attr` forms: keeps items by a test, or by their truth. */
function chooser(name: string, keeps: boolean, ofAttribute: boolean): Routine {
  return routine({
    name,
    variadic: (state, value, { positional, named }) => {
      function* chosenItems(): Generator<JinjaValue> {
        if (!truth(value)) return
        const [attribute, ...afterAttribute] = positional
        if (ofAttribute && attribute === undefined)
          throw new TemplateError('TemplateRuntimeError', 'Missing parameter for attribute name')
        const [test, ...rest] = ofAttribute ? afterAttribute : positional
        const subject = ofAttribute ? attributeGetter(state, attribute ?? null) : (item: JinjaValue) => item
        for (const item of iterate(value, state)) {
          const seen = subject(item)
          const passes =
            test === undefined
              ? truth(seen)
              : state.registry.test(state, print(test, state), seen, { positional: rest, named })
          if (passes === keeps) yield item
        }
      }
      return new PyIterator(chosenItems())
    },
  })
}

function extreme(name: 'min' | 'max'): Routine {
  return routine({
    name,
    takes: { case_sensitive: false, attribute: null },
    run: (state, value, caseSensitive = false, attribute = null) => {
      const key = attributeGetter(state, attribute, null, ignoringCase(caseSensitive))
      let best: JinjaValue | undefined
      let bestKey: JinjaValue = null
      for (const item of iterate(value, state)) {
        const itemKey = key(item)
        if (best !== undefined) {
          const order = compareValues(itemKey, bestKey, state, name === 'min' ? '<' : '>')
          if (!(name === 'min' ? order < 0 : order > 0)) continue
        }
        best = item
        bestKey = itemKey
      }
      return orElse(best, () => state.undefined(name, 'No aggregated item, sequence was empty.'))
    },
  })
}

function mapper(state: RenderState, { positional, named }: CallArguments): (item: JinjaValue) => JinjaValue {
  const [name, ...rest] = positional
  if (name === undefined) {
    const attribute = named.get('attribute')
    if (attribute === undefined) throw new TemplateError('TemplateRuntimeError', 'map requires a filter argument')
    const unknown = [...named.keys()].find((key) => key !== 'attribute' && key !== 'default')
    if (unknown !== undefined)
      throw new TemplateError('TemplateRuntimeError', `Unexpected keyword argument '${unknown}'`)
    return attributeGetter(state, attribute, named.get('default') ?? null)
  }
  return (item) => state.registry.filter(state, print(name, state), item, { positional: rest, named })
}

/** Lists with a number of items each; the last is filled up where a value is given. */
function* batches(value: JinjaValue, size: number, fill: JinjaValue, state: RenderState): Generator<JinjaValue> {
  let batch: JinjaValue[] = []
  for (const item of iterate(value, state)) {
    if (batch.length === size) {
      yield new PyList(batch)
      batch = []
    }
    batch.push(item)
  }
  if (batch.length === 0) return
  if (fill !== null) {
    state.spend(Math.max(0, size - batch.length))
    while (batch.length < size) batch.push(fill)
  }
  yield new PyList(batch)
}

/** A number of lists of about the same length. */
function* slices(value: JinjaValue, count: number, fill: JinjaValue, state: RenderState): Generator<JinjaValue> {
  const items = itemsOf(value, state)
  if (count === 0) throw new TemplateError('ZeroDivisionError', 'integer division or modulo by zero')
  const each = Math.floor(items.length / count)
  const longer = items.length - each * count
  let from = 0
  for (let number = 0; number < count; number++) {
    state.spend(1)
    const size = each + (number < longer ? 1 : 0)
    const slice = items.slice(from, from + size)
    from += size
    if (fill !== null && number >= longer) slice.push(fill)
    yield new PyList(slice)
  }
}

function groupItems(
  state: RenderState,
  value: JinjaValue,
  attribute: JinjaValue,
  otherwise: JinjaValue,
  caseSensitive: JinjaValue,
): JinjaValue {
  const key = attributeGetter(state, attribute, otherwise, ignoringCase(caseSensitive))
  const shown = attributeGetter(state, attribute, otherwise)
  const groups: { readonly key: JinjaValue; readonly items: JinjaValue[] }[] = []
  for (const item of sortedBy(itemsOf(value, state), key, false, state)) {
    const last = groups.at(-1)
    if (last && equalValues(last.key, key(item), state)) last.items.push(item)
    else groups.push({ key: key(item), items: [item] })
  }
  const names = ['grouper', 'list']
  return new PyList(
    groups.map((group) => {
      const [first = null] = group.items
      return new PyTuple([truth(caseSensitive) ? group.key : shown(first), new PyList(group.items)], names)
    }),
  )
}

export const listFilters: readonly Routine[] = [
  routine({ name: 'length', alias: ['count'], takes: {}, run: (_, value) => sizeOf(value) }),
  routine({
    name: 'first',
    takes: {},
    run: (state, value) => {
      const next = iteratorOf(value).next()
      return next.done ? state.undefined('first', 'No first item, sequence was empty.') : next.value
    },
  }),
  routine({
    name: 'last',
    takes: {},
    run: (state, value) => {
      if (value instanceof Undefined) value.fail()
      return orElse(reversedItems(value, state)[0], () => state.undefined('last', 'No last item, sequence was empty.'))
    },
  }),
  routine({
    name: 'random',
    takes: {},
    run: (state, value) => {
      const items = itemsOf(value, state)
      const at = Math.floor((state.options.random?.() ?? 0) * items.length)
      return orElse(items[at], () => state.undefined('random', 'No random item, sequence was empty.'))
    },
  }),
  routine({
    name: 'list',
    takes: {},
    run: (state, value) => new PyList(itemsOf(value, state)),
  }),
  routine({
    name: 'items',
    takes: {},
    run: (_, value) => {
      if (value instanceof Undefined) return new PyIterator([])
      if (!(value instanceof PyDict)) throw typeError('Can only get item pairs from a mapping.')
      return new PyIterator(value.pairs().map((pair) => new PyTuple(pair)))
    },
  }),
  routine({
    name: 'reverse',
    takes: {},
    run: (state, value) => {
      const text = stringOf(value)
      if (text !== undefined) {
        const reversed = charactersOf(text).reverse().join('')
        return value instanceof Markup ? new Markup(reversed) : reversed
      }
      if (value instanceof PyIterator) return new PyList(itemsOf(value, state).reverse())
      return new PyIterator(reversedItems(value, state))
    },
  }),
  routine({
    name: 'sort',
    takes: { reverse: false, case_sensitive: false, attribute: null },
    run: (state, value, reverse = false, caseSensitive = false, attribute = null) => {
      const key = attributesGetter(state, attribute, ignoringCase(caseSensitive))
      return new PyList(sortedBy(itemsOf(value, state), key, truth(reverse), state))
    },
  }),
  routine({
    name: 'unique',
    takes: { case_sensitive: false, attribute: null },
    run: (state, value, caseSensitive = false, attribute = null) => {
      function* uniqueItems(): Generator<JinjaValue> {
        const key = attributeGetter(state, attribute, null, ignoringCase(caseSensitive))
        const seen = new Set<string>()
        for (const item of iterate(value, state)) {
          const hash = hashKey(key(item))
          if (seen.has(hash)) continue
          seen.add(hash)
          yield item
        }
      }
      return new PyIterator(uniqueItems())
    },
  }),
  routine({
    name: 'join',
    takes: { d: '', attribute: null },
    run: (state, value, separator = '', attribute = null) => {
      const get = attribute === null ? (item: JinjaValue) => item : attributeGetter(state, attribute)
      const items = [...iterate(value, state)].map(get)
      const safe = state.autoescape && [separator, ...items].some((each) => each instanceof Markup)
      const textOfItem = (each: JinjaValue) => (safe ? escapeHtml(each, state) : print(each, state))
      const between = textOfItem(separator)
      const parts = items.map((item) => {
        const part = textOfItem(item)
        state.spendText(part.length + between.length)
        return part
      })
      return safe ? new Markup(parts.join(between)) : parts.join(between)
    },
  }),
  routine({
    name: 'sum',
    takes: { attribute: null, start: 0 },
    run: (state, value, attribute = null, start = 0) => {
      const get = attribute === null ? (item: JinjaValue) => item : attributeGetter(state, attribute)
      if (stringOf(start) !== undefined) throw typeError("sum() can't sum strings [use ''.join(seq) instead]")
      let total = start
      for (const item of iterate(value, state)) total = calculate('+', total, get(item), state)
      return total
    },
  }),
  extreme('min'),
  extreme('max'),
  chooser('select', true, false),
  chooser('reject', false, false),
  chooser('selectattr', true, true),
  chooser('rejectattr', false, true),
  routine({
    name: 'map',
    variadic: (state, value, args) => {
      function* mappedItems(): Generator<JinjaValue> {
        if (!truth(value)) return
        const map = mapper(state, args)
        for (const item of iterate(value, state)) yield map(item)
      }
      return new PyIterator(mappedItems())
    },
  }),
  routine({
    name: 'batch',
    takes: { linecount: requiredArgument, fill_with: null },
    run: (state, value, size = 1, fill = null) => new PyIterator(batches(value, asIndex(size), fill, state)),
  }),
  routine({
    name: 'slice',
    takes: { slices: requiredArgument, fill_with: null },
    run: (state, value, count = 1, fill = null) => new PyIterator(slices(value, asIndex(count), fill, state)),
  }),
  routine({
    name: 'groupby',
    takes: { attribute: requiredArgument, default: null, case_sensitive: false },
    run: (state, value, attribute = null, otherwise = null, caseSensitive = false) =>
      groupItems(state, value, attribute, otherwise, caseSensitive),
  }),
  routine({
    name: 'dictsort',
    takes: { case_sensitive: false, by: 'key', reverse: false },
    run: (state, value, caseSensitive = false, by = 'key', reverse = false) => {
      if (by !== 'key' && by !== 'value')
        throw new TemplateError('TemplateRuntimeError', 'You can only sort by either "key" or "value"')
      if (value instanceof Undefined) value.fail()
      if (!(value instanceof PyDict)) throw typeError('dictsort needs a mapping')
      const fold = ignoringCase(caseSensitive)
      const pairs = sortedBy(value.pairs(), (pair) => fold(pair[by === 'key' ? 0 : 1]), truth(reverse), state)
      return new PyList(pairs.map((pair) => new PyTuple(pair)))
    },
  }),
]
