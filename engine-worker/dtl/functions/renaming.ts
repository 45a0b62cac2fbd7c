/** Transforms that bring properties of the source to the target under another name: rename and make-ni. */
import { get, has, put } from '../../entity/dict.ts'
import { compare } from '../../entity/order.ts'
import { type Dict, isDict, NI, type Value } from '../../entity/value.ts'
import { one, optional } from '../argument.ts'
import { listOf } from '../coerce.ts'
import { carriersOf, shapeOf } from '../compile/shape.ts'
import { type Call, transform } from '../define.ts'
import type { Step } from '../evaluation.ts'
import { namespaceOf, readName, writeName } from '../namespace.ts'

const doc = 'dtl/dtl-functions-transforms.rst'
const namespacesEnabled = { namespaced_identifiers: true, namespaces: { identity: 'crm', property: 'crm' } }

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
function targetName(from: string, to: string, call: Call): string {
  if (!call.namespaces.enabled || to.includes(':') || /^[_$]/.test(to)) return writeName(to, call.namespaces)
  const namespace = namespaceOf(from)
  return namespace === null ? to : `${namespace}:${to}`
}

/** Puts values under names; where several come to the same name they become one list. */
function addCollected(target: Dict, named: readonly (readonly [string, Value])[]): void {
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
        named.push([targetName(name, target, call), get(S, name) ?? null])
    })
    addCollected(frame.T, named)
    return true
  }
}

/** Namespaced identifiers of the texts and integers in a value; null when there are none. Lists come sorted. */
function identifiersOf(namespace: string, value: Value): Value {
  const identifierOf = (each: Value) =>
    typeof each === 'string' || typeof each === 'bigint' || Number.isInteger(each)
      ? new NI(`${namespace}:${each}`)
      : null
  if (!Array.isArray(value)) return identifierOf(value)
  const all = value.map(identifierOf).filter((each) => each !== null)
  return all.length === 0 ? null : all.sort(compare)
}

function compileMakeNi(call: Call): Step {
  const namespaceOfAll = call.eval('namespace')
  const from = call.eval('from')
  const to = call.optional('to')
  return (frame) => {
    const { S } = frame
    const namespace = namespaceOfAll(frame)
    const source = from(frame)
    const target = to === null ? null : to(frame)
    if (!isDict(S) || typeof namespace !== 'string' || typeof source !== 'string') return true
    const named: [string, Value][] = []
    for (const name of sourceProperties(S, source, call)) {
      const value = identifiersOf(namespace, get(S, name) ?? null)
      if (value === null) continue
      const wanted = typeof target === 'string' ? target : null
      named.push([wanted === null ? `${name}-ni` : targetName(name, wanted, call), value])
    }
    addCollected(frame.T, named)
    return true
  }
}

export const renamingFunctions = [
  transform({
    name: 'rename',
    group: 'transforms',
    doc,
    says: 'Copies a property of the source to the target under another name.',
    more: 'Nothing happens where the source lacks the property. With namespaced identifiers on, a new name without namespace keeps the namespace of each property found; a qualified new name collects them all in one list.',
    sentence: 'rename {from} to {to}',
    common: 6,
    writes: { is: 'brings', from: 'from', property: 'to', suffix: null },
    namespaceAware: true,
    takes: [
      one('from', 'string', { names: 'property', placeholder: 'name' }),
      one('to', 'string', { names: 'new-property', placeholder: 'full-name' }),
    ],
    examples: [
      { dtl: ['rename', 'tlf', 'phone'], source: { tlf: '22 33 44 55' }, gives: { phone: '22 33 44 55' } },
      {
        dtl: ['rename', 'tlf', 'phone'],
        source: { 'hr:tlf': 1, 'crm:tlf': 2 },
        namespaces: namespacesEnabled,
        gives: { 'hr:phone': 1, 'crm:phone': 2 },
      },
      {
        dtl: ['rename', 'tlf', 'all:phone'],
        source: { 'hr:tlf': 1, 'crm:tlf': 2 },
        namespaces: namespacesEnabled,
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
    // The page says that only texts count; Sesam's nodes make identifiers of integers too (`~:ns:3656`), and pipes rely on it.
    more: 'Texts and integers become identifiers, in sorted order; nothing is written when there are none. Without a new name the property gets “-ni” at the end. With namespaced identifiers on, properties keep their namespaces unless the new name is qualified.',
    sentence: 'make identifiers in {namespace} from {from} as {to}',
    common: 13,
    writes: { is: 'brings', from: 'from', property: 'to', suffix: '-ni' },
    namespaceAware: true,
    takes: [
      one('namespace', 'string', { names: 'namespace', placeholder: 'crm-person' }),
      one('from', 'string', { names: 'property', placeholder: 'customer-no' }),
      optional('to', 'string', { names: 'new-property', says: 'Left out: the name with “-ni” at the end.' }),
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
]
