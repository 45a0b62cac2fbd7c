/** The methods of Python's types that templates may call, by the type of the value. */
import { Bytes } from '../entity/value.ts'
import { dictMethods } from './methods/dict.ts'
import { listMethods, rangeMethods, tupleMethods } from './methods/list.ts'
import { markupMethods } from './methods/markup.ts'
import { bytesMethods, floatMethods, integerMethods } from './methods/number.ts'
import { textMethods } from './methods/text.ts'
import { isFloating, isIntegral } from './numbers.ts'
import { PyRange } from './objects.ts'
import { type Routine, routinesByName } from './routine.ts'
import { type JinjaValue, Markup, PyDict, PyList, PyTuple, stringOf } from './values.ts'

const textRoutines = routinesByName(textMethods)
const markupRoutines = routinesByName([...textMethods, ...markupMethods])
const listRoutines = routinesByName(listMethods)
const tupleRoutines = routinesByName(tupleMethods)
const rangeRoutines = routinesByName(rangeMethods)
const dictRoutines = routinesByName(dictMethods)
const integerRoutines = routinesByName(integerMethods)
const floatRoutines = routinesByName(floatMethods)
const bytesRoutines = routinesByName(bytesMethods)

/** The methods of a value, or undefined where its type has none. */
export function methodsOf(value: JinjaValue): ReadonlyMap<string, Routine> | undefined {
  if (value instanceof Markup) return markupRoutines
  if (stringOf(value) !== undefined) return textRoutines
  if (value instanceof PyDict) return dictRoutines
  if (value instanceof PyList) return listRoutines
  if (value instanceof PyTuple) return tupleRoutines
  if (value instanceof PyRange) return rangeRoutines
  if (isIntegral(value)) return integerRoutines
  if (isFloating(value)) return floatRoutines
  return value instanceof Bytes ? bytesRoutines : undefined
}
