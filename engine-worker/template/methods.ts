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

const ofText = routinesByName(textMethods)
const ofMarkup = routinesByName([...textMethods, ...markupMethods])
const ofList = routinesByName(listMethods)
const ofTuple = routinesByName(tupleMethods)
const ofRange = routinesByName(rangeMethods)
const ofDict = routinesByName(dictMethods)
const ofInteger = routinesByName(integerMethods)
const ofFloat = routinesByName(floatMethods)
const ofBytes = routinesByName(bytesMethods)

/** The methods of a value, or undefined where its type has none. */
export function methodsOf(value: JinjaValue): ReadonlyMap<string, Routine> | undefined {
  if (value instanceof Markup) return ofMarkup
  if (stringOf(value) !== undefined) return ofText
  if (value instanceof PyDict) return ofDict
  if (value instanceof PyList) return ofList
  if (value instanceof PyTuple) return ofTuple
  if (value instanceof PyRange) return ofRange
  if (isIntegral(value)) return ofInteger
  if (isFloating(value)) return ofFloat
  return value instanceof Bytes ? ofBytes : undefined
}
