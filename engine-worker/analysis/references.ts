/**
 * Everything in a project that names something: datasets, pipes, systems, rules, aliases, properties and namespaces,
 * each with its place. Find references, go to definition and rename (rename.ts) are look-ups in this list.
 */

import type { FunctionTable } from '../dtl/tree/functions.ts'
import { parseDatasets } from '../dtl/tree/parse.ts'
import { get } from '../entity/dict.ts'
import { keysOf } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import type { Reference, ReferenceKind, ReportReference } from './reference.ts'
import { reportDatasets, walkRules } from './rules.ts'

/** All references of the components, in the order of the configuration. */
export function references(components: Iterable<JsonObject>, functions: FunctionTable): Reference[] {
  return [...components].flatMap((component) => referencesIn(component, functions))
}

/** The references in one component; of functions that are not known only paths and joins are found. */
export function referencesIn(component: JsonObject, functions: FunctionTable): Reference[] {
  const id = get(component, '_id')
  const type = get(component, 'type')
  if (typeof id !== 'string' || type === 'metadata') return []
  const found: Reference[] = []
  const report: ReportReference = (each) => found.push({ component: id, at: 'value', definition: false, ...each })
  const system = typeof type === 'string' && type.startsWith('system:')
  reportWhole(system ? 'system' : 'pipe', id, ['_id'], report, true)
  if (!system) reportPipe(component, functions, report)
  return found
}

function reportWhole(
  what: ReferenceKind,
  name: Json | undefined,
  path: JsonPath,
  report: ReportReference,
  definition = false,
): void {
  if (typeof name === 'string') report({ what, name, path, start: 0, end: name.length, definition })
}

function reportPipe(component: JsonObject, functions: FunctionTable, report: ReportReference): void {
  reportStage(get(component, 'source'), ['source'], functions, report, false)
  const transform = get(component, 'transform')
  if (Array.isArray(transform))
    for (const [index, each] of transform.entries()) reportStage(each, ['transform', index], functions, report, false)
  else reportStage(transform, ['transform'], functions, report, false)
  reportStage(get(component, 'sink'), ['sink'], functions, report, true)
  const excluded = get(component, 'exclude_completeness')
  if (Array.isArray(excluded)) {
    for (const [index, name] of excluded.entries())
      reportWhole('dataset', name, ['exclude_completeness', index], report)
  }
  for (const key of ['identity', 'property']) {
    const namespaces = get(component, 'namespaces')
    if (isObject(namespaces)) reportWhole('namespace', get(namespaces, key), ['namespaces', key], report)
  }
  const metadata = get(component, 'metadata')
  const composite = isObject(metadata) ? get(metadata, '$composite') : undefined
  if (isObject(composite)) reportWhole('pipe', get(composite, 'pipe'), ['metadata', '$composite', 'pipe'], report)
}

/** A source, transform or sink, and the alternatives of a conditional one. */
function reportStage(
  json: Json | undefined,
  path: JsonPath,
  functions: FunctionTable,
  report: ReportReference,
  sink: boolean,
): void {
  if (!isObject(json)) return
  const alternatives = get(json, 'alternatives')
  if (isObject(alternatives)) {
    for (const name of keysOf(alternatives)) {
      const each = get(alternatives, name)
      const items = Array.isArray(each) ? each : [each]
      for (const [index, item] of items.entries()) {
        reportStage(
          item,
          [...path, 'alternatives', name, ...(Array.isArray(each) ? [index] : [])],
          functions,
          report,
          sink,
        )
      }
    }
  }
  reportWhole('system', get(json, 'system'), [...path, 'system'], report)
  reportWhole('dataset', get(json, 'dataset'), [...path, 'dataset'], report, sink)
  const datasets = parseDatasets(get(json, 'datasets'), [...path, 'datasets'])
  reportDatasets(datasets, path, report)
  walkRules(json, path, datasets, functions, report)
}
