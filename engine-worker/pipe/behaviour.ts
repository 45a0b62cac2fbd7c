/** Which code opens which type of source, transform and sink. */
import type { OpenSink, OpenSource, OpenTransform } from './making.ts'
import { openCsvEndpoint } from './sinks/csv-endpoint.ts'
import { openHttpEndpointSink } from './sinks/http-endpoint.ts'
import { openJsonSink } from './sinks/json.ts'
import { openNullSink } from './sinks/null.ts'
import { openCsv } from './sources/csv.ts'
import { openEmbedded } from './sources/embedded.ts'
import { openEmpty } from './sources/empty.ts'
import { openHttpEndpoint } from './sources/http-endpoint.ts'
import { openJson } from './sources/json.ts'
import { openDtl } from './transforms/dtl.ts'
import { openEmitChildren } from './transforms/emit-children.ts'

const sources: ReadonlyMap<string, OpenSource> = new Map([
  ['csv', openCsv],
  ['embedded', openEmbedded],
  ['empty', openEmpty],
  ['http_endpoint', openHttpEndpoint],
  ['json', openJson],
])

const transforms: ReadonlyMap<string, OpenTransform> = new Map([
  ['dtl', openDtl],
  ['emit_children', openEmitChildren],
])

const sinks: ReadonlyMap<string, OpenSink> = new Map([
  ['csv_endpoint', openCsvEndpoint],
  ['http_endpoint', openHttpEndpointSink],
  ['json', openJsonSink],
  ['null', openNullSink],
])

const overDatasets = new Set(['dataset', 'merge', 'merge_datasets', 'union_datasets', 'diff_datasets'])

/** Whether `run/` reads this source from the store. */
export function readsDatasets(type: string): boolean {
  return overDatasets.has(type)
}

export function openSource(type: string): OpenSource | undefined {
  return sources.get(type)
}
export function openTransform(type: string): OpenTransform | undefined {
  return transforms.get(type)
}
export function openSink(type: string): OpenSink | undefined {
  return sinks.get(type)
}
