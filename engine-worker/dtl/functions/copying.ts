/** Transforms over names by pattern: copy and remove. */
import { get, has, put } from '../../entity/dict.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { isDict, type Value } from '../../entity/value.ts'
import { one, optional } from '../argument.ts'
import { listOf } from '../coerce.ts'
import { type Call, transform } from '../define.ts'
import type { Frame, Step } from '../evaluation.ts'
import { readName } from '../namespace.ts'
import { type Matches, matchesAny, matchesRemovable, remembering } from '../pattern.ts'

const doc = 'dtl/dtl-functions-transforms.rst'
const namespacesEnabled = { namespaced_identifiers: true, namespaces: { identity: 'crm', property: 'crm' } }

/** The texts of an argument that is a pattern or a list of patterns. */
function stringsIn(value: Value): string[] {
  return listOf(value).filter((each) => typeof each === 'string')
}

/** Patterns that are the same for every entity. A plain list of them is allowed too (dtl/argument-types.rst). */
function constantPatterns(call: Call, argument: string): Value | undefined {
  const node = call.argument(argument)
  return node?.is === 'call' && node.declared === null ? decodeTransit(node.json) : call.constant(argument)
}

/** Whether a name matches the patterns of an argument; computed patterns are looked at for each entity. */
function patternsOf(call: Call, argument: string, matcherOf = matchesAny): (frame: Frame) => Matches {
  const constant = constantPatterns(call, argument)
  if (constant !== undefined) {
    const matches = remembering(matcherOf(stringsIn(constant), call.namespaces))
    return () => matches
  }
  const evaluate = call.eval(argument)
  return (frame) => matcherOf(stringsIn(evaluate(frame)), call.namespaces)
}

function compileCopy(call: Call): Step {
  const excludes = call.args.exclude !== undefined
  const include = constantPatterns(call, 'include')
  const exclude = excludes ? constantPatterns(call, 'exclude') : null
  if (include === '*') {
    const unwanted = excludes ? exactNames(call, exclude ?? undefined) : []
    if (unwanted !== null && unwanted.length <= 4) return copyAllBut(unwanted)
  }
  const exact = exactNames(call, include)
  if (exact !== null && !excludes) return copyNames(exact)
  if (include !== undefined && exclude !== undefined) {
    const wanted = matchesAny(stringsIn(include), call.namespaces)
    const unwanted = matchesAny(stringsIn(exclude), call.namespaces)
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
  for (const pattern of stringsIn(include)) {
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
        if (place >= MAX_CACHED_NAMES) {
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

const MAX_CACHED_NAMES = 200

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
  const constant = constantPatterns(call, 'property')
  const matchesOf = patternsOf(call, 'property', matchesRemovable)
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

export const copyingFunctions = [
  transform({
    name: 'copy',
    group: 'transforms',
    doc,
    says: 'Copies properties of the source to the target.',
    more: 'Patterns may hold “*” (any text) and “?” (one character) and match whole names; several are written as a list. Excluded names take precedence. With namespaced identifiers on, a pattern without colon matches the name in every namespace; otherwise the part before the last colon matches the namespace.',
    sentence: 'copy {include} except {exclude}',
    common: 2,
    template: ['copy', '*'],
    writes: { is: 'copies', include: 'include', exclude: 'exclude' },
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
        namespaces: namespacesEnabled,
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
    more: 'The pattern may hold “*” and “?” and matches whole names. A pattern with either never removes “_id”. With namespaced identifiers on, a pattern without colon matches the name in every namespace.',
    sentence: 'remove {property}',
    common: 5,
    template: ['remove', ''],
    writes: { is: 'removes', pattern: 'property' },
    namespaceAware: true,
    takes: [one('property', ['string', 'list'], { names: 'pattern', placeholder: 'temp-*' })],
    examples: [
      { dtl: ['remove', 'temp-*'], target: { name: 'Ada', 'temp-1': 1, 'temp-2': 2 }, gives: { name: 'Ada' } },
      {
        dtl: ['remove', 'age'],
        target: { 'hr:age': 1, age: 2, name: 'Ada' },
        namespaces: namespacesEnabled,
        gives: { name: 'Ada' },
      },
    ],
    compile: compileRemove,
  }),
]
