/** Reading the arguments of filters and methods. */
import { typeError } from '../error.ts'
import { asIndex } from '../numbers.ts'
import { print } from '../print.ts'
import type { RenderState } from '../state.ts'
import { type JinjaValue, Markup, stringOf, typeName, Undefined } from '../values.ts'

/** A text argument; any other type is an error. */
export function needText(value: JinjaValue, what = 'argument'): string {
  if (value instanceof Undefined) value.fail()
  const text = stringOf(value)
  if (text === undefined) throw typeError(`${what} must be str, not ${typeName(value)}`)
  return text
}

/** A text argument, or null for `none`. */
export function optionalText(value: JinjaValue): string | null {
  return value === null ? null : needText(value)
}

/** An integer argument, or the default for `none`. */
export function indexOr(value: JinjaValue, otherwise: number): number {
  return value === null ? otherwise : asIndex(value)
}

/** The text of any value, and whether it was marked as safe. */
export function anyText(value: JinjaValue, state: RenderState): string {
  return stringOf(value) ?? print(value, state)
}

/** A text made of another: marked as safe where that one was. */
export function likeText(value: JinjaValue, text: string, state: RenderState): JinjaValue {
  state.spendText(text.length)
  return value instanceof Markup ? new Markup(text) : text
}
