/** The methods of Python's `dict`. */
import { TemplateError, typeError, valueError } from '../error.ts'
import { itemsOf, iterate } from '../iterate.ts'
import { PyView } from '../objects.ts'
import { type Routine, requiredArgument, routine } from '../routine.ts'
import type { RenderState } from '../state.ts'
import { type CallArguments, type JinjaValue, orElse, PyDict, PyTuple, typeName } from '../values.ts'

function dictOf(value: JinjaValue): PyDict {
  if (value instanceof PyDict) return value
  throw typeError(`a dict is needed, not ${typeName(value)}`)
}

/** Puts the entries of a dict, or pairs, and named values into a dict: what `dict(…)` and `update(…)` take. */
export function fillDict(dict: PyDict, { positional, named }: CallArguments, state: RenderState): void {
  const [from] = positional
  if (positional.length > 1) throw typeError(`expected at most 1 argument, got ${positional.length}`)
  if (from instanceof PyDict) for (const [key, item] of from.pairs()) dict.set(key, item)
  else if (from !== undefined)
    for (const pair of iterate(from, state)) {
      const [key, item, ...rest] = itemsOf(pair, state)
      if (key === undefined || item === undefined || rest.length > 0)
        throw valueError('dictionary update sequence needs pairs')
      dict.set(key, item)
    }
  for (const [key, item] of named) dict.set(key, item)
  state.spend(dict.length())
}

export const dictMethods: readonly Routine[] = [
  routine({
    name: 'get',
    takes: { key: requiredArgument, default: null },
    run: (_, value, key = null, otherwise = null) => orElse(dictOf(value).get(key), () => otherwise),
  }),
  routine({
    name: 'items',
    takes: {},
    run: (_, value) =>
      new PyView('dict_items', () =>
        dictOf(value)
          .pairs()
          .map((pair) => new PyTuple(pair)),
      ),
  }),
  routine({ name: 'keys', takes: {}, run: (_, value) => new PyView('dict_keys', () => dictOf(value).keys()) }),
  routine({ name: 'values', takes: {}, run: (_, value) => new PyView('dict_values', () => dictOf(value).values()) }),
  routine({
    name: 'update',
    variadic: (state, value, args) => {
      fillDict(dictOf(value), args, state)
      return null
    },
  }),
  routine({
    name: 'pop',
    variadic: (_, value, { positional: [key = null, otherwise] }) => {
      const dict = dictOf(value)
      const found = dict.get(key)
      if (found === undefined && otherwise === undefined)
        throw new TemplateError('KeyError', 'the key is not in the dict')
      dict.delete(key)
      return orElse(found, () => otherwise ?? null)
    },
  }),
  routine({
    name: 'popitem',
    takes: {},
    run: (_, value) => {
      const dict = dictOf(value)
      const last = dict.pairs().at(-1)
      if (!last) throw new TemplateError('KeyError', 'popitem(): dictionary is empty')
      dict.delete(last[0])
      return new PyTuple(last)
    },
  }),
  routine({
    name: 'setdefault',
    takes: { key: requiredArgument, default: null },
    run: (_, value, key = null, otherwise = null) => {
      const found = dictOf(value).get(key)
      if (found === undefined) dictOf(value).set(key, otherwise)
      return orElse(found, () => otherwise)
    },
  }),
  routine({
    name: 'copy',
    takes: {},
    run: (state, value) => {
      const copy = new PyDict()
      fillDict(copy, { positional: [value], named: new Map() }, state)
      return copy
    },
  }),
  routine({
    name: 'clear',
    takes: {},
    run: (_, value) => {
      dictOf(value).clear()
      return null
    },
  }),
  routine({
    name: 'fromkeys',
    takes: { iterable: requiredArgument, value: null },
    run: (state, _, keys = null, item = null) => {
      const dict = new PyDict()
      for (const key of iterate(keys, state)) dict.set(key, item)
      return dict
    },
  }),
]
