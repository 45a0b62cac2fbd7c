/** What transforms make of given entities. */
import type { Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { embedded, output } from '../open.ts'

const systems: JsonObject[] = [
  { _id: 'web', type: 'system:url', url_pattern: 'https://web/%s' },
  {
    _id: 'r',
    type: 'system:rest',
    url_pattern: 'https://r/%s',
    operations: { get: { url: 'x/{{ _id }}', method: 'GET' } },
  },
]

/** What a transform makes of these entities. */
export async function transformed(transform: JsonObject, entities: Json[], files: Record<string, string> = {}) {
  return output({ pipe: { source: embedded(...entities), transform }, systems, files })
}
