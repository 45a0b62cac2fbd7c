/** What may stand behind `is`: Jinja's tests. Each gives true or false. */

import { Bytes, Decimal } from '../entity/value.ts'
import { calculate } from './arithmetic.ts'
import { compareValues, equalValues, holds } from './compare.ts'
import { optionalIterator, optionalLength } from './iterate.ts'
import { isFloating, isIntegral, isReal } from './numbers.ts'
import { PyRange } from './objects.ts'
import { print } from './print.ts'
import { type Routine, requiredArgument, routine } from './routine.ts'
import type { RenderState } from './state.ts'
import { isCase } from './text.ts'
import { hashKey, type JinjaValue, Markup, PyDict, PyFunction, PyList, PyTuple, stringOf, Undefined } from './values.ts'

/** A test of the value alone. */
function condition(name: string, holdsFor: (value: JinjaValue, state: RenderState) => boolean): Routine {
  return routine({ name, takes: {}, run: (state, value) => holdsFor(value, state) })
}

/** A test that compares the value with another one. */
function comparison(
  names: readonly string[],
  holdsFor: (value: JinjaValue, other: JinjaValue, state: RenderState) => boolean,
): Routine {
  const [name = '', ...alias] = names
  return routine({
    name,
    alias,
    takes: { other: requiredArgument },
    run: (state, value, other = null) => holdsFor(value, other, state),
  })
}

function remainder(value: JinjaValue, divisor: JinjaValue, state: RenderState): JinjaValue {
  return calculate('%', value, divisor, state)
}

function isSequence(value: JinjaValue): boolean {
  if (stringOf(value) !== undefined || value instanceof Bytes) return true
  return value instanceof PyList || value instanceof PyTuple || value instanceof PyDict || value instanceof PyRange
}

export const conditions: readonly Routine[] = [
  condition('odd', (value, state) => equalValues(remainder(value, 2, state), 1, state)),
  condition('even', (value, state) => equalValues(remainder(value, 2, state), 0, state)),
  comparison(['divisibleby'], (value, other, state) => equalValues(remainder(value, other, state), 0, state)),
  condition('defined', (value) => !(value instanceof Undefined)),
  condition('undefined', (value) => value instanceof Undefined),
  condition('filter', (value, state) => hashKey(value) !== '' && state.registry.hasFilter(stringOf(value) ?? '')),
  condition('test', (value, state) => hashKey(value) !== '' && state.registry.hasTest(stringOf(value) ?? '')),
  condition('none', (value) => value === null),
  condition('boolean', (value) => typeof value === 'boolean'),
  condition('true', (value) => value === true),
  condition('false', (value) => value === false),
  condition('integer', (value) => isIntegral(value) && typeof value !== 'boolean'),
  condition('float', isFloating),
  condition('number', (value) => isReal(value) || value instanceof Decimal),
  condition('string', (value) => stringOf(value) !== undefined),
  condition('mapping', (value) => value instanceof PyDict),
  condition('sequence', isSequence),
  condition('iterable', (value) => {
    if (value instanceof Undefined && value.mode === 'strict') value.fail()
    return optionalIterator(value) !== null
  }),
  condition('callable', (value) => value instanceof PyFunction || value instanceof Undefined),
  condition('escaped', (value) => value instanceof Markup),
  condition('lower', (value, state) => isCase(print(value, state), true)),
  condition('upper', (value, state) => isCase(print(value, state), false)),
  comparison(['sameas'], (value, other) => value === other),
  comparison(['in'], (value, other, state) => {
    if (other instanceof Undefined && optionalLength(other) === null) return false
    return holds(other, value, state)
  }),
  comparison(['eq', '==', 'equalto'], (value, other, state) => equalValues(value, other, state)),
  comparison(['ne', '!='], (value, other, state) => !equalValues(value, other, state)),
  comparison(['gt', '>', 'greaterthan'], (value, other, state) => compareValues(value, other, state, '>') > 0),
  comparison(['ge', '>='], (value, other, state) => compareValues(value, other, state, '>=') >= 0),
  comparison(['lt', '<', 'lessthan'], (value, other, state) => compareValues(value, other, state) < 0),
  comparison(['le', '<='], (value, other, state) => compareValues(value, other, state, '<=') <= 0),
]
