/** The filter `pprint`: lists and dicts over several lines where they are long, with the keys of dicts in order. */
import { compareValues } from './compare.ts'
import { TemplateError } from './error.ts'
import { inspect, print } from './print.ts'
import type { RenderState } from './state.ts'
import { linesOf } from './text.ts'
import { type JinjaValue, PyDict, PyList, PyTuple, typeName } from './values.ts'

const MAX_WIDTH = 80

/** The text of a value in lines of at most 80 characters, as far as it can be broken. */
export function prettyPrint(value: JinjaValue, state: RenderState): string {
  const text = printLayout(value, 0, 0, state)
  state.spendText(text.length)
  return text
}

/** A value on one line, with its dicts in order. */
function flatText(value: JinjaValue, state: RenderState): string {
  if (value instanceof PyList) return `[${flatItems(value.items, state)}]`
  if (value instanceof PyTuple)
    return value.items.length === 1 ? `(${flatItems(value.items, state)},)` : `(${flatItems(value.items, state)})`
  if (!(value instanceof PyDict)) return inspect(value, state)
  return state.nested(
    () =>
      `{${orderedPairs(value, state)
        .map(([key, item]) => `${flatText(key, state)}: ${flatText(item, state)}`)
        .join(', ')}}`,
  )
}

function flatItems(items: readonly JinjaValue[], state: RenderState): string {
  return state.nested(() => items.map((item) => flatText(item, state)).join(', '))
}

/** Keys that cannot be compared are ordered by the names of their types. */
function orderedPairs(dict: PyDict, state: RenderState): (readonly [JinjaValue, JinjaValue])[] {
  return dict.pairs().sort(([a], [b]) => {
    try {
      return compareValues(a, b, state)
    } catch (error) {
      if (!(error instanceof TemplateError) || error.kind !== 'TypeError') throw error
      return typeName(a) < typeName(b) ? -1 : 1
    }
  })
}

/** `indent` columns stand before the value, `allowance` after it on its last line. */
function printLayout(value: JinjaValue, indent: number, allowance: number, state: RenderState): string {
  const short = flatText(value, state)
  if (short.length <= MAX_WIDTH - indent - allowance) return short
  const printEach = (item: JinjaValue, last: boolean) =>
    state.nested(() => printLayout(item, indent + 1, last ? allowance + 1 : 1, state))
  const between = `,\n${' '.repeat(indent + 1)}`
  if (value instanceof PyDict) {
    if (value.length() === 0) return short
    const pairs = orderedPairs(value, state)
    const lines = pairs.map(([key, item], index) => {
      const name = inspect(key, state)
      const after = index === pairs.length - 1 ? allowance + 1 : 1
      return `${name}: ${state.nested(() => printLayout(item, indent + name.length + 3, after, state))}`
    })
    return `{${lines.join(between)}}`
  }
  if (value instanceof PyList)
    return `[${value.items.map((item, index) => printEach(item, index === value.items.length - 1)).join(between)}]`
  if (value instanceof PyTuple) {
    const end = value.items.length === 1 ? ',)' : ')'
    return `(${value.items.map((item, index) => printEach(item, index === value.items.length - 1)).join(between)}${end}`
  }
  return typeof value === 'string' ? printTextLayout(value, indent, allowance, state) : short
}

/** A long text as several texts below each other, broken between words. */
function printTextLayout(text: string, indent: number, allowance: number, state: RenderState): string {
  const outermost = indent === 0
  const column = outermost ? 1 : indent
  const after = outermost ? allowance + 1 : allowance
  const width = MAX_WIDTH - column
  const lines = linesOf(text, true)
  const chunks: string[] = []
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1
    const whole = inspect(line, state)
    if (whole.length <= (isLast ? width - after : width)) {
      chunks.push(whole)
      continue
    }
    const words = line.match(/\S*\s*/g)?.filter((word) => word !== '') ?? []
    let current = ''
    for (const [at, word] of words.entries()) {
      const most = at === words.length - 1 && isLast ? width - after : width
      if (inspect(current + word, state).length > most) {
        if (current !== '') chunks.push(inspect(current, state))
        current = word
      } else current += word
    }
    if (current !== '') chunks.push(inspect(current, state))
  }
  if (chunks.length <= 1) return chunks[0] ?? print(text, state)
  const joined = chunks.join(`\n${' '.repeat(column)}`)
  return outermost ? `(${joined})` : joined
}
