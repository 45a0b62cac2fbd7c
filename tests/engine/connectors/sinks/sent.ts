/** The payloads that sinks send for given entities. */
import { expect } from 'vitest'
import type { Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { embedded, output } from '../open.ts'

/** Systems of every kind that sinks send to. */
export const systems: JsonObject[] = [
  { _id: 'web', type: 'system:url', url_pattern: 'https://web/%s', headers: { 'X-Key': '$SECRET(key)' } },
  { _id: 'pg', type: 'system:postgresql' },
  { _id: 'ms', type: 'system:mssql' },
  { _id: 'es', type: 'system:elasticsearch', hosts: ['es:9200'] },
  { _id: 'solr', type: 'system:solr' },
  { _id: 'mail', type: 'system:smtp' },
]

/** The payloads of a sink for these entities; there must be no problem. */
export async function sent(sink: JsonObject, ...entities: Json[]) {
  const { captured, problems } = await output({
    pipe: { source: embedded(...entities), sink },
    systems,
    secrets: { key: 's' },
  })
  expect(problems).toEqual([])
  return captured
}
