/** Transforms that write and remove properties of the target. The others are in control.ts. */
import { get, has, put } from '../../entity/dict.ts'
import { canonical, compare } from '../../entity/order.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { type Dict, isDict, NI, type Value } from '../../entity/value.ts'
import { listOf, truthy } from '../coerce.ts'
import { type Call, type Eval, type Frame, one, optional, type Step, transform } from '../define.ts'
import { writeStep } from '../fuse.ts'
import { namespaceOf, readName, writeName } from '../namespace.ts'
import { type Matches, matchesAny, remembering } from '../pattern.ts'
import { carriersOf, shapeOf } from '../shape.ts'
import { controlFunctions } from './control.ts'
import { emittingFunctions } from './emitting.ts'

const doc = 'dtl/dtl-functions-transforms.rst'
const inNamespaces =
  'With namespaced identifiers on, a name without namespace gets the property namespace of the pipe; “::name” is taken as it is. Text written to “_id” gets the identity namespace.'
const enabled = { namespaced_identifiers: true, namespaces: { identity: 'crm', property: 'crm' } }
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

function noteWrite(call: Call): void {
  const constant = call.constant('property')
  const written = typeof constant === 'string' ? writeName(constant, call.namespaces) : null
  call.note({ is: 'writes', property: written, how: call.declaration.name, type: call.gives('values') })
}

function compileAdd(call: Call): Step {
  noteWrite(call)
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
  noteWrite(call)
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
  noteWrite(call)
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

/** The texts of an argument that is a pattern or a list of patterns. */
function texts(value: Value): string[] {
  return listOf(value).filter((each) => typeof each === 'string')
}

/** Patterns that are the same for every entity. A plain list of them is allowed too (dtl/argument-types.rst). */
function fixedPatterns(call: Call, argument: string): Value | undefined {
  const written = call.args[argument]
  const [first] = Array.isArray(written) ? written : []
  if (Array.isArray(written) && typeof first === 'string' && !call.isFunction(first)) return decodeTransit(written)
  return call.constant(argument)
}

/** Whether a name matches the patterns of an argument; computed patterns are looked at for each entity. */
function patternsOf(call: Call, argument: string): (frame: Frame) => Matches {
  const constant = fixedPatterns(call, argument)
  if (constant !== undefined) {
    const matches = remembering(matchesAny(texts(constant), call.namespaces))
    return () => matches
  }
  const evaluate = call.eval(argument)
  return (frame) => matchesAny(texts(evaluate(frame)), call.namespaces)
}

function compileCopy(call: Call): Step {
  const excludes = call.args.exclude !== undefined
  const include = fixedPatterns(call, 'include')
  const exclude = excludes ? fixedPatterns(call, 'exclude') : null
  call.note({
    is: 'copies',
    include: include === undefined ? ['*'] : texts(include),
    exclude: exclude === undefined || exclude === null ? [] : texts(exclude),
  })
  if (include === '*') {
    const unwanted = excludes ? exactNames(call, exclude ?? undefined) : []
    if (unwanted !== null && unwanted.length <= 4) return copyAllBut(unwanted)
  }
  const exact = exactNames(call, include)
  if (exact !== null && !excludes) return copyNames(exact)
  if (include !== undefined && exclude !== undefined) {
    const wanted = matchesAny(texts(include), call.namespaces)
    const unwanted = matchesAny(texts(exclude), call.namespaces)
    return copyMatching(remembering((name) => wanted(name) && !unwanted(name)))
  }
  const wantedOf = patternsOf(call, 'include')
  const unwantedOf = excludes ? patternsOf(call, 'exclude') : () => () => false
  return (frame) => {
    const wanted = wantedOf(frame)
    const unwanted = unwantedOf(frame)
    return copyMatching((name) => wanted(name) && !unwanted(name))(frame)
  }
}

/** The names when a copy is of plain names only, so that nothing has to be searched. */
function exactNames(call: Call, include: Value | undefined): string[] | null {
  if (include === undefined) return null
  const names: string[] = []
  for (const pattern of texts(include)) {
    const name = readName(pattern, call.namespaces)
    if (/[*?]/.test(pattern) || !('exact' in name)) return null
    names.push(name.exact)
  }
  return names
}

function copyNames(names: readonly string[]): Step {
  return (frame) => {
    const { S, T } = frame
    if (!isDict(S)) return true
    for (const name of names) {
      const value = get(S, name)
      if (value !== undefined) put(T, name, value)
    }
    return true
  }
}

/** Entities of one source mostly have the same names in the same order, so answers are kept by place. */
function copyMatching(matches: Matches): Step {
  const names: string[] = []
  const answers: boolean[] = []
  return (frame) => {
    const { S, T } = frame
    if (!isDict(S)) return true
    let place = 0
    for (const name in S) {
      if (names[place] !== name) {
        if (place >= REMEMBERED_PLACES) {
          if (matches(name)) put(T, name, S[name] as Value)
          continue
        }
        names[place] = name
        answers[place] = matches(name)
      }
      if (answers[place++]) {
        if (name === '__proto__') put(T, name, S[name] as Value)
        else T[name] = S[name] as Value
      }
    }
    return true
  }
}

const REMEMBERED_PLACES = 200

/** Copies everything but a few names that are known. */
function copyAllBut(names: readonly string[]): Step {
  const [a, b, c, d] = names
  return (frame) => {
    const { S, T } = frame
    if (!isDict(S)) return true
    for (const name in S) {
      if (name === a || name === b || name === c || name === d) continue
      if (name === '__proto__') put(T, name, S[name] as Value)
      else T[name] = S[name] as Value
    }
    return true
  }
}

function compileRemove(call: Call): Step {
  const constant = fixedPatterns(call, 'property')
  const patterns = constant === undefined ? [] : texts(constant)
  call.note({ is: 'removes', property: patterns[0] ?? null, how: 'remove', type: 'any' })
  const matchesOf = patternsOf(call, 'property')
  const exact = exactNames(call, constant)
  if (exact !== null)
    return (frame) => {
      for (const name of exact) if (has(frame.T, name)) delete frame.T[name]
      return true
    }
  return (frame) => {
    const matches = matchesOf(frame)
    const { T } = frame
    for (const name of Object.keys(T)) if (matches(name)) delete T[name]
    return true
  }
}

/** The properties of the source that a name means, in order. */
function sourceProperties(source: Dict, name: string, call: Call): string[] {
  const read = readName(name, call.namespaces)
  if ('exact' in read) return has(source, read.exact) ? [read.exact] : []
  if (has(source, read.identifier) && /^[_$]/.test(read.identifier)) return [read.identifier]
  const carriers = carriersOf(shapeOf(source), read.identifier)
  return carriers === null ? [] : typeof carriers === 'string' ? [carriers] : [...carriers]
}

/**
 * The name that a renamed property gets: a name without namespace keeps the namespace of the source property, or its
 * having none; a qualified name is the same for all of them.
 */
function renamed(from: string, to: string, call: Call): string {
  if (!call.namespaces.enabled || to.includes(':') || /^[_$]/.test(to)) return writeName(to, call.namespaces)
  const namespace = namespaceOf(from)
  return namespace === null ? to : `${namespace}:${to}`
}

/** The property that a renaming writes, as far as it is known: without namespace it keeps that of the source. */
function noteRenamed(call: Call, to: Value | undefined, type: 'any' | 'ni'): void {
  const keeps = typeof to === 'string' && call.namespaces.enabled && !to.includes(':') && !/^[_$]/.test(to)
  const property = typeof to !== 'string' ? null : keeps ? `*:${to}` : writeName(to, call.namespaces)
  call.note({ is: 'writes', property, how: call.declaration.name, type })
}

/** Puts values under names; where several come to the same name they become one list. */
function collect(target: Dict, named: readonly (readonly [string, Value])[]): void {
  const collected = new Map<string, Value>()
  for (const [name, value] of named) {
    const before = collected.get(name)
    collected.set(name, before === undefined ? value : [...listOf(before), ...listOf(value)])
  }
  for (const [name, value] of collected) put(target, name, value)
}

function renameOne(from: string, to: string): Step {
  return (frame) => {
    const { S } = frame
    if (!isDict(S)) return true
    const value = get(S, from)
    if (value !== undefined) put(frame.T, to, value)
    return true
  }
}

function compileRename(call: Call): Step {
  const from = call.eval('from')
  const to = call.eval('to')
  const [fromName, toName] = [call.constant('from'), call.constant('to')]
  if (typeof fromName === 'string') call.note({ is: 'reads', from: '_S', path: [fromName] })
  noteRenamed(call, toName, 'any')
  if (!call.namespaces.enabled && typeof fromName === 'string' && typeof toName === 'string')
    return renameOne(fromName, toName)
  return (frame) => {
    const { S } = frame
    if (!isDict(S)) return true
    const sources = listOf(from(frame))
    const targets = listOf(to(frame))
    const named: [string, Value][] = []
    sources.forEach((source, index) => {
      const target = targets[Math.min(index, targets.length - 1)]
      if (typeof source !== 'string' || typeof target !== 'string') return
      for (const name of sourceProperties(S, source, call))
        named.push([renamed(name, target, call), get(S, name) ?? null])
    })
    collect(frame.T, named)
    return true
  }
}

/** Namespaced identifiers of the texts and integers in a value; null when there are none. Lists come sorted. */
function identifiers(namespace: string, value: Value): Value {
  const one = (each: Value) =>
    typeof each === 'string' || typeof each === 'bigint' || Number.isInteger(each)
      ? new NI(`${namespace}:${each}`)
      : null
  if (!Array.isArray(value)) return one(value)
  const all = value.map(one).filter((each) => each !== null)
  return all.length === 0 ? null : all.sort(compare)
}

function compileMakeNi(call: Call): Step {
  const namespaceOfAll = call.eval('namespace')
  const from = call.eval('from')
  const to = call.optional('to')
  const [fromName, toName] = [call.constant('from'), to === null ? null : call.constant('to')]
  const written = toName === null && typeof fromName === 'string' ? `${fromName}-ni` : toName
  if (typeof fromName === 'string') call.note({ is: 'reads', from: '_S', path: [fromName] })
  noteRenamed(call, written, 'ni')
  return (frame) => {
    const { S } = frame
    const namespace = namespaceOfAll(frame)
    const source = from(frame)
    const target = to === null ? null : to(frame)
    if (!isDict(S) || typeof namespace !== 'string' || typeof source !== 'string') return true
    const named: [string, Value][] = []
    for (const name of sourceProperties(S, source, call)) {
      const value = identifiers(namespace, get(S, name) ?? null)
      if (value === null) continue
      const wanted = typeof target === 'string' ? target : null
      named.push([wanted === null ? `${name}-ni` : renamed(name, wanted, call), value])
    }
    collect(frame.T, named)
    return true
  }
}

function merging(mergeInto: (target: Dict, name: string, value: Value) => void): (call: Call) => Step {
  return (call) => {
    const evaluate: Eval = call.eval('values')
    call.note({ is: 'writes', property: null, how: call.declaration.name, type: 'any' })
    return (frame) => {
      for (const value of listOf(evaluate(frame))) {
        if (!isDict(value)) continue
        for (const name of Object.keys(value))
          if (!name.startsWith('_')) mergeInto(frame.T, name, get(value, name) ?? null)
      }
      return true
    }
  }
}

/** Values of both without repetitions. */
function union(a: Value, b: Value): Value[] {
  const seen = new Set<string>()
  return [...listOf(a), ...listOf(b)].filter((value) => {
    const key = canonical(value)
    return seen.has(key) ? false : seen.add(key)
  })
}

export const transformFunctions = [
  transform({
    name: 'add',
    group: 'transforms',
    doc,
    says: 'Writes a value to a property of the target.',
    more: `A property that is already there is replaced; null is written too. The property may be computed, and may be several names. ${inNamespaces}`,
    sentence: 'add {property} ← {values}',
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
      { dtl: ['add', 'city', 'Bergen'], source: {}, namespaces: enabled, gives: { 'crm:city': 'Bergen' } },
    ],
    compile: compileAdd,
  }),
  transform({
    name: 'add-if',
    group: 'transforms',
    doc,
    says: 'Writes a value to a property of the target when a condition holds for the value.',
    more: `“_.” in the condition is the whole value. Without a condition every value but null is written, also an empty list. ${inNamespaces}`,
    sentence: 'add {property} ← {values} if {condition}',
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
    more: `A property that holds null is there. ${inNamespaces}`,
    sentence: 'default {property} ← {values}',
    namespaceAware: true,
    takes: [property, values],
    examples: [
      { dtl: ['default', 'status', 'new'], target: {}, gives: { status: 'new' } },
      { dtl: ['default', 'status', 'new'], target: { status: 'paid' }, gives: { status: 'paid' } },
    ],
    compile: compileDefault,
  }),
  transform({
    name: 'copy',
    group: 'transforms',
    doc,
    says: 'Copies properties of the source to the target.',
    more: 'Patterns may hold “*” (any text) and “?” (one character) and match whole names; several are written as a list. Excluded names win. With namespaced identifiers on, a pattern without colon matches the name in every namespace; otherwise the part before the last colon matches the namespace.',
    sentence: 'copy {include} except {exclude}',
    namespaceAware: true,
    takes: [
      one('include', ['string', 'list'], { names: 'pattern', placeholder: '*' }),
      optional('exclude', ['string', 'list'], { names: 'pattern', says: 'Names that are left out.' }),
    ],
    examples: [
      {
        dtl: ['copy', '*', ['list', 'pass*', 'pin']],
        source: { name: 'Ada', password: 'x', pin: 1 },
        gives: { name: 'Ada' },
      },
      {
        dtl: ['copy', ['list', 'name', 'addr-?']],
        source: { name: 'Ada', 'addr-1': 'Oslo', 'addr-10': 'Rome' },
        gives: { name: 'Ada', 'addr-1': 'Oslo' },
      },
      {
        dtl: ['copy', 'name'],
        source: { 'hr:name': 'Ada', 'crm:name': 'A. L.' },
        namespaces: enabled,
        gives: { 'hr:name': 'Ada', 'crm:name': 'A. L.' },
      },
    ],
    compile: compileCopy,
  }),
  transform({
    name: 'remove',
    group: 'transforms',
    doc,
    says: 'Removes properties from the target.',
    more: 'The pattern may hold “*” and “?” and matches whole names. With namespaced identifiers on, a pattern without colon matches the name in every namespace.',
    sentence: 'remove {property}',
    namespaceAware: true,
    takes: [one('property', ['string', 'list'], { names: 'pattern', placeholder: 'temp-*' })],
    examples: [
      { dtl: ['remove', 'temp-*'], target: { name: 'Ada', 'temp-1': 1, 'temp-2': 2 }, gives: { name: 'Ada' } },
      {
        dtl: ['remove', 'age'],
        target: { 'hr:age': 1, age: 2, name: 'Ada' },
        namespaces: enabled,
        gives: { name: 'Ada' },
      },
    ],
    compile: compileRemove,
  }),
  transform({
    name: 'rename',
    group: 'transforms',
    doc,
    says: 'Copies a property of the source to the target under another name.',
    more: 'Nothing happens where the source lacks the property. With namespaced identifiers on, a new name without namespace keeps the namespace of each property found; a qualified new name collects them all in one list.',
    sentence: 'rename {from} to {to}',
    namespaceAware: true,
    takes: [
      one('from', 'string', { names: 'property', placeholder: 'name' }),
      one('to', 'string', { placeholder: 'full-name' }),
    ],
    examples: [
      { dtl: ['rename', 'tlf', 'phone'], source: { tlf: '22 33 44 55' }, gives: { phone: '22 33 44 55' } },
      {
        dtl: ['rename', 'tlf', 'phone'],
        source: { 'hr:tlf': 1, 'crm:tlf': 2 },
        namespaces: enabled,
        gives: { 'hr:phone': 1, 'crm:phone': 2 },
      },
      {
        dtl: ['rename', 'tlf', 'all:phone'],
        source: { 'hr:tlf': 1, 'crm:tlf': 2 },
        namespaces: enabled,
        gives: { 'all:phone': [1, 2] },
      },
    ],
    compile: compileRename,
  }),
  transform({
    name: 'make-ni',
    group: 'transforms',
    doc,
    says: 'Writes the values of a source property to the target as namespaced identifiers.',
    more: 'Texts and integers become identifiers, in sorted order; nothing is written when there are none. Without a new name the property gets “-ni” at the end. With namespaced identifiers on, properties keep their namespaces unless the new name is qualified.',
    sentence: 'make identifiers in {namespace} of {from} as {to}',
    namespaceAware: true,
    takes: [
      one('namespace', 'string', { names: 'namespace', placeholder: 'crm-person' }),
      one('from', 'string', { names: 'property', placeholder: 'customer-no' }),
      optional('to', 'string', { says: 'Left out: the name with “-ni” at the end.' }),
    ],
    examples: [
      { dtl: ['make-ni', 'crm-person', 'owner'], source: { owner: 'p7' }, gives: { 'owner-ni': '~:crm-person:p7' } },
      {
        dtl: ['make-ni', 'team', 'teams', 'member-of'],
        source: { teams: ['red', 'blue'] },
        gives: { 'member-of': ['~:team:blue', '~:team:red'] },
      },
    ],
    compile: compileMakeNi,
  }),
  transform({
    name: 'merge',
    group: 'transforms',
    doc,
    says: 'Copies all properties of dictionaries to the target; later ones win.',
    more: 'Properties of the dictionaries that begin with “_” are left out, so “_id” stays as it is.',
    sentence: 'merge {values}',
    takes: [values],
    examples: [
      {
        dtl: ['merge', '_S.address'],
        source: { address: { street: 'Storgata 1', city: 'Oslo' } },
        gives: { street: 'Storgata 1', city: 'Oslo' },
      },
      { dtl: ['merge', ['list', { a: 1, b: 1 }, { b: 2, _c: 3 }]], gives: { a: 1, b: 2 } },
    ],
    compile: merging((target, name, value) => put(target, name, value)),
  }),
  transform({
    name: 'merge-union',
    group: 'transforms',
    doc,
    says: 'Copies all properties of dictionaries to the target; where a property is already there, the values become a list.',
    more: 'Equal values are kept once. Properties of the dictionaries that begin with “_” are left out.',
    sentence: 'merge {values}, keeping all values',
    takes: [values],
    examples: [
      { dtl: ['merge-union', ['list', { tag: 'a' }, { tag: 'b', size: 2 }]], gives: { tag: ['a', 'b'], size: 2 } },
      {
        dtl: ['merge-union', '_S.more'],
        target: { tag: 'a' },
        source: { more: { tag: ['a', 'c'] } },
        gives: { tag: ['a', 'c'] },
      },
    ],
    compile: merging((target, name, value) =>
      put(target, name, has(target, name) ? union(get(target, name) ?? null, value) : value),
    ),
  }),
  ...emittingFunctions,
  ...controlFunctions,
]
