/** The references inside DTL: rules, expressions, hops (references.ts does the rest of a pipe). */
import { get } from '../entity/dict.ts'
import { keysOf } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { pathText } from './path-text.ts'
import { datasetNames, type Path, type Report } from './reference.ts'

/** Arguments that are names and not values, by function: their places. */
const PROPERTY_ARGUMENTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['add', [1]],
  ['add-if', [1]],
  ['default', [1]],
  ['remove', [1]],
  ['rename', [1, 2]],
  ['copy', [1, 2]],
  ['make-ni', [2, 3]],
  ['has-key', [1]],
  ['path', [1]],
])
const RULE_ARGUMENT = new Set(['apply', 'apply-hops'])
const DATASET_ARGUMENTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['lookup-entity', [1]],
  ['completeness', [1, 2]],
])
const NAMESPACE_ARGUMENT = new Set(['ni', 'make-ni'])
/** Properties of sources and transforms that hold expressions. */
const EXPRESSION_KEYS = ['equality', 'equality_sets', 'subset', 'trigger_on']

interface Place {
  /** Aliases that are known here, with the place that defines them. */
  readonly aliases: ReadonlyMap<string, string>
  /** Where the rules are that can be applied here. */
  readonly rules: string
  readonly report: Report
}

/** Reports what the rules and expressions of a stage name. */
export function walkRules(stage: JsonObject, path: Path, aliases: ReadonlyMap<string, string>, report: Report): void {
  const rules = get(stage, 'rules')
  const scope = [...path, 'rules'].join('/')
  const place = { aliases, rules: scope, report }
  for (const key of EXPRESSION_KEYS) {
    const json = get(stage, key)
    if (Array.isArray(json)) expression(json, [...path, key], place)
  }
  if (!isObject(rules)) return
  for (const name of keysOf(rules)) {
    const at = [...path, 'rules', name]
    report({ what: 'rule', name, path: at, at: 'key', start: 0, end: name.length, definition: true, scope })
    expression(get(rules, name) ?? null, at, place)
  }
}

function expression(json: Json, path: Path, place: Place): void {
  if (typeof json === 'string') text(json, path, place)
  if (!Array.isArray(json)) return
  const head = json[0]
  if (head === 'literal') return
  const named = typeof head === 'string' ? head : ''
  for (const [index, item] of json.entries()) {
    const at = [...path, index]
    if (index === 0 && named !== '') continue
    if (isObject(item) && (named === 'hops' || named === 'apply-hops')) hops(item, at, place)
    else if (typeof item !== 'string' || !name(named, index, item, at, place)) expression(item, at, place)
  }
}

/** Whether the argument is a name, and then reports it. */
function name(call: string, index: number, text: string, path: Path, place: Place): boolean {
  const { report } = place
  const all = { name: text, path, start: 0, end: text.length }
  if (RULE_ARGUMENT.has(call) && index === 1) report({ what: 'rule', scope: place.rules, ...all })
  else if (DATASET_ARGUMENTS.get(call)?.includes(index)) report({ what: 'dataset', ...all })
  else if (NAMESPACE_ARGUMENT.has(call) && index === 1) report({ what: 'namespace', ...all })
  else if (
    PROPERTY_ARGUMENTS.get(call)?.includes(index) &&
    pathText(text, (alias) => place.aliases.has(alias)) === null
  ) {
    property(text, 0, text.length, path, report)
  } else return false
  return true
}

function text(json: string, path: Path, place: Place): void {
  const parts = pathText(json, (alias) => place.aliases.has(alias))
  if (parts) {
    const { variable, segments } = parts
    const scope = place.aliases.get(variable.name)
    if (scope !== undefined) place.report({ what: 'alias', ...variable, path, scope })
    for (const segment of segments) property(segment.name, segment.start, segment.end, path, place.report)
    return
  }
  const identifier = /^~:([^:]+):/.exec(json)
  if (identifier?.[1])
    place.report({ what: 'namespace', name: identifier[1], path, start: 2, end: 2 + identifier[1].length })
}

/** A property name; with a namespace in front, both can be found. */
function property(name: string, start: number, end: number, path: Path, report: Report): void {
  report({ what: 'property', name, path, start, end })
  const colon = name.indexOf(':')
  const plain = end - start === name.length
  if (colon > 0 && plain) report({ what: 'namespace', name: name.slice(0, colon), path, start, end: start + colon })
}

function hops(spec: JsonObject, path: Path, place: Place): void {
  const aliases = new Map(place.aliases)
  datasetNames(get(spec, 'datasets'), [...path, 'datasets'], aliases, place.report)
  const inside = { ...place, aliases }
  for (const key of ['where', 'return']) expression(get(spec, key) ?? null, [...path, key], inside)
  for (const key of ['subsets', 'prefilters']) {
    const subsets = get(spec, key)
    if (!isObject(subsets)) continue
    for (const alias of keysOf(subsets)) {
      const at = [...path, key, alias]
      const scope = path.join('/')
      place.report({ what: 'alias', name: alias, path: at, at: 'key', start: 0, end: alias.length, scope })
      expression(get(subsets, alias) ?? null, at, inside)
    }
  }
}
