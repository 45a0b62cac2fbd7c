/** Names of properties: following them into dictionaries, and putting them into namespaces. */
import { isDict, type Json, type Value } from '../../entity/value.ts'
import { problem } from '../../problem.ts'
import { each, json, one } from '../argument.ts'
import { listOf } from '../coerce.ts'
import { type CompiledWalk, compileWalk } from '../compile/walk.ts'
import { expression } from '../define.ts'
import type { Namespaces } from '../evaluation.ts'
import { type NamespaceOptions, withNamespaces, withoutNamespaces } from './namespacing.ts'

const doc = 'dtl/dtl-functions-dictionaries.rst'

/** Computed paths keep this many walks; more than that come from data and are made anew. */
const MAX_CACHED_WALKS = 100

const namespaceNotStatic = problem<Record<string, never>>({
  code: 'dtl-namespace-not-static',
  severity: 'error',
  says: () =>
    'The first argument of “apply-ns” must be the name of a namespace or a dictionary of settings, written out.',
  fix: () => 'Write the namespace itself; it cannot be computed.',
})

/** The settings of `apply-ns`: those written, and for the rest the pipe's namespaces and the documented defaults. */
function namespacingOf(written: Json | undefined, pipe: Namespaces): NamespaceOptions | null {
  if (typeof written === 'string') {
    return { property: written, identity: written, skipUnderscore: true, skipDollar: true, recursive: true }
  }
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return null
  const settings = new Map(Object.entries(written))
  const name = (key: string, otherwise: string) => {
    const value = settings.get(key)
    return value === undefined ? otherwise : typeof value === 'string' ? value : null
  }
  return {
    property: name('property_namespace', pipe.property),
    identity: name('identity_namespace', pipe.identity),
    skipUnderscore: settings.get('skip_underscore') !== false,
    skipDollar: settings.get('skip_dollar') !== false,
    recursive: settings.get('recursive') !== false,
  }
}

/** The names in a property path; what is not text is passed over. */
function namesIn(path: Value): string[] {
  return listOf(path).filter((name) => typeof name === 'string')
}

export const propertyFunctions = [
  expression({
    name: 'path',
    group: 'dictionaries',
    doc,
    namespaceAware: true,
    says: 'Follows property names into dictionaries and gives the values found there.',
    more:
      'It goes through lists at every step and puts all values found in one list; null when there is nothing. Names may be ' +
      'computed, which a path such as "_S.a.b" cannot. With namespaced identifiers a name without a namespace finds the ' +
      'property in every namespace. An empty list of names gives the values themselves.',
    sentence: '{property-path} of {values}',
    chain: '{property-path}',
    walks: { names: 'property-path', from: 'values' },
    takes: [
      one('property-path', 'any', {
        says: 'One name, or a list of names to follow in turn; what is not text is passed over.',
        names: 'property',
      }),
      one('values', 'any', { says: 'A dictionary, or a list of them.' }),
    ],
    gives: 'any',
    examples: [
      {
        dtl: ['path', ['list', 'lines', 'sku'], '_S.orders'],
        source: { orders: [{ lines: [{ sku: 'a' }, { sku: 'b' }] }, { lines: { sku: 'c' } }] },
        gives: ['a', 'b', 'c'],
      },
      {
        dtl: ['path', '_S.language', { en: 'salt', nb: 'salt', fr: 'sel' }],
        source: { language: 'fr' },
        gives: 'sel',
        says: 'The name comes from the data.',
      },
      { dtl: ['path', 'size', { colour: 'red' }], gives: null },
      {
        dtl: ['path', 'name', '_S.'],
        source: { 'crm:name': 'Ada', 'erp:name': 'A. King' },
        namespaces: { namespaced_identifiers: true },
        gives: ['Ada', 'A. King'],
        says: 'With namespaces on, the name is found in all of them.',
      },
    ],
    compile: (call) => {
      const names = call.eval('property-path')
      const values = call.eval('values')
      const walks = new Map<string, CompiledWalk>()
      const walkOf = (path: Value): CompiledWalk => {
        const segments = namesIn(path)
        const key = segments.join('\u0000')
        const known = walks.get(key)
        if (known !== undefined) return known
        const walk = compileWalk(segments, call.namespaces)
        if (walks.size < MAX_CACHED_WALKS) walks.set(key, walk)
        return walk
      }
      const constant = call.constant('property-path')
      if (constant !== undefined) {
        const into = walkOf(constant)
        return (frame) => into(values(frame)) ?? null
      }
      return (frame) => walkOf(names(frame))(values(frame)) ?? null
    },
  }),

  expression({
    name: 'apply-ns',
    group: 'dictionaries',
    doc,
    says: 'Puts the property names of dictionaries into a namespace, also in the dictionaries inside them.',
    more:
      'Names that begin with _ or $ stay, with all that is inside them; names that have a namespace keep it. The value ' +
      'of _id gets the namespace in front. A dictionary of settings says it in detail: property_namespace and ' +
      'identity_namespace (null adds none; left out, the namespaces of the pipe), skip_underscore, skip_dollar and ' +
      'recursive (true when left out).',
    sentence: '{values} in the namespace {namespace-or-configdict}',
    takes: [
      json('namespace-or-configdict', {
        says: 'The namespace, or a dictionary of settings; it cannot be computed.',
        names: 'namespace',
      }),
      one('values', 'any', { says: 'A dictionary, or a list of them; anything else is left out.' }),
    ],
    gives: 'dict',
    examples: [
      {
        dtl: ['apply-ns', 'shop', '_S.'],
        source: { _id: '7', name: 'Tea', size: { grams: 50 } },
        gives: { _id: 'shop:7', 'shop:name': 'Tea', 'shop:size': { 'shop:grams': 50 } },
      },
      {
        dtl: [
          'apply-ns',
          { property_namespace: 'shop', identity_namespace: null, recursive: false },
          { _id: '7', size: { grams: 50 } },
        ],
        gives: { _id: '7', 'shop:size': { grams: 50 } },
      },
    ],
    compile: (call) => {
      const settings = namespacingOf(call.args['namespace-or-configdict'], call.namespaces)
      if (settings === null) {
        call.report(namespaceNotStatic({}), [1])
        return () => null
      }
      const values = call.eval('values')
      return (frame) => {
        const value = values(frame)
        if (isDict(value)) return withNamespaces(value, settings)
        return Array.isArray(value) ? value.filter(isDict).map((dict) => withNamespaces(dict, settings)) : null
      }
    },
  }),

  expression({
    name: 'strip-ns',
    group: 'dictionaries',
    doc,
    says: 'Removes the namespaces from the property names of dictionaries, also in the dictionaries inside them.',
    more: 'Values stay as they are. Where two names become the same, the last one counts.',
    sentence: '{values} without namespaces',
    takes: [each('values', 'dict', { says: 'A dictionary, or a list of them; anything else is left out.' })],
    gives: 'dict',
    examples: [
      {
        dtl: ['strip-ns', { 'shop:name': 'Tea', 'shop:size': { 'shop:grams': 50 } }],
        gives: { name: 'Tea', size: { grams: 50 } },
      },
      {
        dtl: ['strip-ns', '_S.parts'],
        source: { parts: [{ 'a:x': 1 }, { 'b:x': 2, y: 3 }] },
        gives: [{ x: 1 }, { x: 2, y: 3 }],
      },
    ],
    run: (dict) => withoutNamespaces(dict),
  }),
]
