import { integerField, textField } from '../../config/model/field.ts'
import { systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'

/** configuration-systems-solr.rst */
export const solrSystem = kind({
  role: 'system',
  type: 'system:solr',
  label: 'Solr',
  icon: 'search',
  says: 'A Solr search server.',
  group: 'search',
  runs: 'captured',
  connectionTest: { asks: 'http', address: ['url'], path: 'admin/ping' },
  fields: [
    ...systemFields,
    textField('url', 'The address of the index.', { default: 'http://localhost:8983/solr/' }),
    integerField('timeout', 'How many seconds to wait for an answer.', { aim: 'connection', default: 30 }),
  ],
  template: { _id: '', type: 'system:solr', url: 'http://localhost:8983/solr/' },
  example: {
    config: { _id: 'search', type: 'system:solr', url: 'https://search.example.org/solr/customers' },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-solr.rst',
})
