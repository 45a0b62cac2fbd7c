import { textList } from '../../config/model/field.ts'
import { systemFields } from '../../config/model/system-fields.ts'
import { authenticationFields } from '../auth/kinds.ts'
import { kind } from '../kind.ts'

/** configuration-systems-elasticsearch.rst */
export const elasticsearchSystem = kind({
  role: 'system',
  type: 'system:elasticsearch',
  label: 'Elasticsearch',
  icon: 'search',
  says: 'An Elasticsearch server or cluster.',
  group: 'search',
  runs: 'captured',
  connectionTest: { asks: 'http', address: ['hosts'] },
  fields: [
    ...systemFields,
    textList('hosts', 'The servers, as host:port or addresses.', { aim: 'connection', default: ['localhost:9200'] }),
    ...authenticationFields(['basic']),
  ],
  template: { _id: '', type: 'system:elasticsearch', hosts: ['localhost:9200'] },
  example: {
    config: { _id: 'search', type: 'system:elasticsearch', hosts: ['https://search.example.org:9200'] },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-elasticsearch.rst',
})
