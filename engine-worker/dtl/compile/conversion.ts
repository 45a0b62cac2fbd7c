/** Conversions that functions declare, compiled once. */
import type { Json } from '../../entity/value.ts'
import { fillConversion } from '../syntax.ts'
import { type CompiledAlone, compileAlone } from './compile.ts'

const compiledConversions = new Map<Json, CompiledAlone>()

/** The conversion of a template as an expression over `{value}`. Templates are those of declarations: few, and never changed. */
export function compiledConversion(template: Json): CompiledAlone {
  const known = compiledConversions.get(template)
  if (known) return known
  const { expression } = compileAlone(fillConversion(template, '_S.value'))
  compiledConversions.set(template, expression)
  return expression
}
