import { advanced, inSesam, jsonField, textField } from '../../config/model/field.ts'
import { textListSetting, textSetting } from '../../config/model/setting.ts'
import { comment, system } from '../../config/model/shared-fields.ts'
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { type Entity, isObject } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { here, systemOf } from '../open-context.ts'
import { systemHeaders } from '../request.ts'
import type { CapturedOutput } from '../runtime.ts'
import { plainJson, plainText, withoutReserved } from '../to-text.ts'
import { payloadSink } from './payload-sink.ts'

/** configuration-sinks-elasticsearch.rst */
export const elasticsearchSink = kind({
  role: 'sink',
  type: 'elasticsearch',
  label: 'Elasticsearch',
  icon: 'search',
  says: 'Writes each entity as a document of an index.',
  group: 'search',
  runs: 'captured',
  namespaced: true,
  fields: [
    system(['system:elasticsearch']),
    textField('default_index', 'The index for entities without $index.'),
    textField('default_type', 'The document type for entities without $type.'),
    jsonField('index_mapping_properties', 'Mappings to add to the index.', advanced),
    inSesam(
      textField('index_check_document', 'A document by which to see whether the index was emptied by others.', {
        ...advanced,
        aim: 'failures',
      }),
    ),
    jsonField('first_run_delete_query', 'What to delete from the index before a full run.', {
      ...advanced,
      aim: 'storage',
    }),
    comment,
  ],
  template: { type: 'elasticsearch', system: '', default_index: '' },
  example: {
    config: { type: 'elasticsearch', system: 'search', default_index: 'customer' },
    system: { _id: 'search', type: 'system:elasticsearch', hosts: ['https://search.example.org:9200'] },
    takes: [
      { _id: '7', name: 'Ada Lovelace' },
      { _id: '8', _deleted: true },
    ],
    sends: [
      'POST https://search.example.org:9200/_bulk\nContent-Type: application/x-ndjson\n\n{"index":{"_index":"customer","_id":"7"}}\n{"name":"Ada Lovelace"}\n{"delete":{"_index":"customer","_id":"8"}}\n',
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-elasticsearch.rst',
  /** One bulk request a batch; before a run from the beginning the index is prepared. */
  open: (part, context) => {
    const server = systemOf(part, context)?.config ?? {}
    const host = textListSetting(server, 'hosts')?.[0] ?? 'localhost:9200'
    const base = host.includes('://') ? host : `http://${host}`
    const headers = systemHeaders(server)
    const bulkActions = (entity: Entity): string[] => {
      const index = plainText(entity.$index ?? textSetting(part.config, 'default_index', ''))
      const type = plainText(entity.$type ?? textSetting(part.config, 'default_type', ''))
      const target = { _index: index, ...(type === '' ? {} : { _type: type }), _id: plainText(entity._id ?? null) }
      if (entity._deleted === true) return [printJson({ delete: target })]
      return [printJson({ index: target }), plainJson(withoutReserved(entity))]
    }
    const request = (method: string, path: string, contentType: string, text: string): CapturedOutput => {
      const url = `${base}/${path}`
      return { kind: 'request', method, url, headers: { 'Content-Type': contentType, ...headers }, contentType, text }
    }
    const prepare = () => {
      const index = encodeURIComponent(textSetting(part.config, 'default_index', ''))
      const mappings = get(part.config, 'index_mapping_properties')
      const deleted = get(part.config, 'first_run_delete_query')
      const json = 'application/json'
      return [
        ...(isObject(mappings) ? [request('PUT', `${index}/_mapping`, json, printJson({ properties: mappings }))] : []),
        ...(isObject(deleted)
          ? [request('POST', `${index}/_delete_by_query`, json, printJson({ query: { match: deleted } }))]
          : []),
      ]
    }
    const send = (batch: readonly Entity[]) => [
      request('POST', '_bulk', 'application/x-ndjson', `${batch.flatMap(bulkActions).join('\n')}\n`),
    ]
    return here({ ...payloadSink(part, context, 100, send), prepare })
  },
})
