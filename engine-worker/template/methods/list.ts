/** The methods of Python's `list`, `tuple` and `range`. */
import { equalValues, sortedBy, truth } from '../compare.ts'
import { TemplateError, valueError } from '../error.ts'
import { itemsOf } from '../iterate.ts'
import { asIndex } from '../numbers.ts'
import { PyRange } from '../objects.ts'
import { type Routine, requiredArgument, routine } from '../routine.ts'
import { type JinjaValue, noArguments, PyFunction, PyList, PyTuple } from '../values.ts'
import { indexOr } from './arguments.ts'

function itemsFrom(value: JinjaValue): readonly JinjaValue[] {
  if (value instanceof PyList || value instanceof PyTuple) return value.items
  return value instanceof PyRange ? [...value.iterate()] : []
}

function listItems(value: JinjaValue): JinjaValue[] {
  return value instanceof PyList ? value.items : []
}

const countRoutine = routine({
  name: 'count',
  takes: { value: requiredArgument },
  run: (state, value, item = null) => itemsFrom(value).filter((each) => equalValues(each, item, state)).length,
})

const indexRoutine = routine({
  name: 'index',
  takes: { value: requiredArgument, start: 0, stop: null },
  run: (state, value, item = null, start = 0, stop = null) => {
    const items = itemsFrom(value)
    const clamp = (at: number) => Math.max(0, at < 0 ? at + items.length : at)
    const end = Math.min(items.length, clamp(indexOr(stop, items.length)))
    for (let at = clamp(asIndex(start)); at < end; at++) if (equalValues(items[at] ?? null, item, state)) return at
    throw valueError('the value is not in the list')
  },
})

export const tupleMethods: readonly Routine[] = [countRoutine, indexRoutine]
export const rangeMethods: readonly Routine[] = [countRoutine, indexRoutine]

export const listMethods: readonly Routine[] = [
  countRoutine,
  indexRoutine,
  routine({
    name: 'append',
    takes: { object: requiredArgument },
    run: (state, value, item = null) => {
      state.spend(1)
      listItems(value).push(item)
      return null
    },
  }),
  routine({
    name: 'extend',
    takes: { iterable: requiredArgument },
    run: (state, value, more = null) => {
      for (const item of itemsOf(more, state)) listItems(value).push(item)
      return null
    },
  }),
  routine({
    name: 'insert',
    takes: { index: requiredArgument, object: requiredArgument },
    run: (state, value, at = 0, item = null) => {
      state.spend(1)
      listItems(value).splice(asIndex(at), 0, item)
      return null
    },
  }),
  routine({
    name: 'pop',
    takes: { index: -1 },
    run: (_, value, at = -1) => {
      const items = listItems(value)
      const place = asIndex(at) < 0 ? asIndex(at) + items.length : asIndex(at)
      const item = items[place]
      if (item === undefined)
        throw new TemplateError('IndexError', items.length === 0 ? 'pop from empty list' : 'pop index out of range')
      items.splice(place, 1)
      return item
    },
  }),
  routine({
    name: 'remove',
    takes: { value: requiredArgument },
    run: (state, value, item = null) => {
      const items = listItems(value)
      const at = items.findIndex((each) => equalValues(each, item, state))
      if (at < 0) throw valueError('list.remove(x): x not in list')
      items.splice(at, 1)
      return null
    },
  }),
  routine({
    name: 'reverse',
    takes: {},
    run: (_, value) => {
      listItems(value).reverse()
      return null
    },
  }),
  routine({
    name: 'sort',
    takes: { key: null, reverse: false },
    run: (state, value, key = null, reverse = false) => {
      const items = listItems(value)
      const keyOf = (item: JinjaValue) =>
        key instanceof PyFunction ? key.call({ ...noArguments, positional: [item] }) : item
      items.splice(0, items.length, ...sortedBy(items, keyOf, truth(reverse), state))
      return null
    },
  }),
  routine({
    name: 'clear',
    takes: {},
    run: (_, value) => {
      listItems(value).length = 0
      return null
    },
  }),
  routine({
    name: 'copy',
    takes: {},
    run: (state, value) => {
      state.spend(listItems(value).length)
      return new PyList([...listItems(value)])
    },
  }),
]
