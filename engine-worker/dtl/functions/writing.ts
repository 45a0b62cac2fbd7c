/** Transforms that write one value under a name: add, add-if, default. */
import { has, put } from '../../entity/dict.ts'
import type { Value } from '../../entity/value.ts'
import { one, optional } from '../argument.ts'
import { listOf, truthy } from '../coerce.ts'
import { writeStep } from '../compile/fuse.ts'
import { type Call, transform } from '../define.ts'
import type { Frame, Step } from '../evaluation.ts'
import { writeName } from '../namespace.ts'

const doc = 'dtl/dtl-functions-transforms.rst'
const namespaceWords =
  'With namespaced identifiers on, a name without namespace gets the property namespace of the pipe; “::name” is taken as it is. Text written to “_id” gets the identity namespace.'
const namespacesEnabled = { namespaced_identifiers: true, namespaces: { identity: 'crm', property: 'crm' } }
const property = one('property', 'string', { names: 'property', placeholder: 'name' })
const values = one('values', 'any', { says: 'What to write: a value, a path, or a call.' })

/** Writes a value under the names that a property argument gives. */
type Write = (frame: Frame, value: Value) => void

function writer(call: Call): Write {
  const constant = call.constant('property')
  if (typeof constant === 'string') {
    const name = writeName(constant, call.namespaces)
    if (name === '_id') return idWriter(call)
    if (name === '__proto__') return (frame, value) => put(frame.T, name, value)
    return (frame, value) => {
      frame.T[name] = value
    }
  }
  const names = call.eval('property')
  const writeId = idWriter(call)
  return (frame, value) => {
    for (const name of listOf(names(frame))) {
      if (typeof name !== 'string') continue
      const written = writeName(name, call.namespaces)
      if (written === '_id') writeId(frame, value)
      else put(frame.T, written, value)
    }
  }
}

function idWriter(call: Call): Write {
  const { enabled, identity } = call.namespaces
  if (!enabled)
    return (frame, value) => {
      frame.T._id = value
    }
  return (frame, value) => {
    frame.T._id = typeof value === 'string' ? qualifiedId(value, identity) : value
  }
}

function qualifiedId(id: string, identity: string): string {
  if (id.startsWith('::')) return id.slice(2)
  if (id.startsWith(':')) return identity + id
  return id.includes(':') ? id : `${identity}:${id}`
}

function compileAdd(call: Call): Step {
  const evaluate = call.eval('values')
  const constant = call.constant('property')
  const name = typeof constant === 'string' ? writeName(constant, call.namespaces) : null
  if (name !== null && name !== '_id' && name !== '__proto__') return writeStep(name, evaluate)
  const write = writer(call)
  return (frame) => {
    write(frame, evaluate(frame))
    return true
  }
}

function compileAddIf(call: Call): Step {
  const evaluate = call.eval('values')
  const condition = call.optional('condition')
  const write = writer(call)
  if (condition === null)
    return (frame) => {
      const value = evaluate(frame)
      if (value !== null) write(frame, value)
      return true
    }
  return (frame) => {
    const value = evaluate(frame)
    const outer = frame.it
    frame.it = value
    const holds = truthy(condition(frame))
    frame.it = outer
    if (holds) write(frame, value)
    return true
  }
}

function compileDefault(call: Call): Step {
  const evaluate = call.eval('values')
  const write = writer(call)
  const names = call.eval('property')
  return (frame) => {
    const wanted = listOf(names(frame)).filter((name) => typeof name === 'string')
    const absent = wanted.filter((name) => !has(frame.T, writeName(name, call.namespaces)))
    if (absent.length === 0) return true
    const value = evaluate(frame)
    if (absent.length === wanted.length) write(frame, value)
    else for (const name of absent) put(frame.T, writeName(name, call.namespaces), value)
    return true
  }
}

export const writingFunctions = [
  transform({
    name: 'add',
    group: 'transforms',
    doc,
    says: 'Writes a value to a property of the target.',
    more: `A property that is already there is replaced; null is written too. The property may be computed, and may be several names. ${namespaceWords}`,
    sentence: 'add {property} ← {values}',
    common: 1,
    writes: { is: 'sets', property: 'property', value: 'values', always: true },
    namespaceAware: true,
    takes: [property, values],
    examples: [
      {
        dtl: ['add', 'full-name', ['concat', '_S.first', ' ', '_S.last']],
        source: { first: 'Ada', last: 'Lovelace' },
        gives: { 'full-name': 'Ada Lovelace' },
      },
      {
        dtl: ['add', ['concat', 'size-', '_S.unit'], '_S.size'],
        source: { unit: 'cm', size: 12 },
        gives: { 'size-cm': 12 },
      },
      { dtl: ['add', 'city', 'Bergen'], source: {}, namespaces: namespacesEnabled, gives: { 'crm:city': 'Bergen' } },
    ],
    compile: compileAdd,
  }),
  transform({
    name: 'add-if',
    group: 'transforms',
    doc,
    says: 'Writes a value to a property of the target when a condition holds for the value.',
    more: `“_.” in the condition is the whole value. Without a condition every value but null is written, also an empty list. ${namespaceWords}`,
    sentence: 'add {property} ← {values} if it is not null',
    variants: [{ argument: 'condition', sentence: 'add {property} ← {values} if {condition}' }],
    common: 9,
    writes: { is: 'sets', property: 'property', value: 'values', always: false },
    namespaceAware: true,
    takes: [
      property,
      optional('condition', 'any', {
        says: 'Tested with “_.” as the value; left out: the value is not null.',
        placeholder: '["gt", "_.", 0]',
      }),
      values,
    ],
    examples: [
      { dtl: ['add-if', 'mail', '_S.mail'], source: { mail: null }, gives: {} },
      {
        dtl: ['add-if', 'discount', ['gt', '_.', 10], '_S.discount'],
        source: { discount: 25 },
        gives: { discount: 25 },
      },
      { dtl: ['add-if', 'tags', '_S.tags'], source: { tags: [] }, gives: { tags: [] } },
    ],
    compile: compileAddIf,
  }),
  transform({
    name: 'default',
    group: 'transforms',
    doc,
    says: 'Writes a value to a property of the target unless the target has the property.',
    more: `A property that holds null is there. ${namespaceWords}`,
    sentence: 'default for {property} ← {values}',
    common: 10,
    writes: { is: 'sets', property: 'property', value: 'values', always: false },
    namespaceAware: true,
    takes: [property, values],
    examples: [
      { dtl: ['default', 'status', 'new'], target: {}, gives: { status: 'new' } },
      { dtl: ['default', 'status', 'new'], target: { status: 'paid' }, gives: { status: 'paid' } },
    ],
    compile: compileDefault,
  }),
]
