import { flagField, listField } from '../../config/model/field.ts'
import {
  comment,
  ifSourceEmpty,
  population,
  requirePopulated,
  supportsSignalling,
} from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

/** configuration-sources-union-datasets.rst; read by run/. */
export const unionDatasetsSource = kind({
  role: 'source',
  type: 'union_datasets',
  label: 'Union of datasets',
  icon: 'layers',
  says: 'Reads several datasets one after the other.',
  group: 'datasets',
  runs: 'here',
  partName: 'union',
  readsDatasets: 'log',
  prefixesIds: true,
  fields: [
    listField('datasets', 'The datasets to read.', { is: 'reference', to: 'dataset' }, { required: true }),
    flagField('prefix_ids', 'Put the name of the dataset in front of each _id.', true, { aim: 'identity' }),
    flagField('include_previous_versions', 'Give every version of an entity instead of the latest only.', false),
    ...population,
    requirePopulated,
    supportsSignalling,
    ifSourceEmpty,
    comment,
  ],
  template: { type: 'union_datasets', datasets: [] },
  example: {
    config: { type: 'union_datasets', datasets: ['crm-person', 'web-user'] },
    datasets: { 'crm-person': [{ _id: '7', name: 'Ada Lovelace' }], 'web-user': [{ _id: '7', name: 'Grace Hopper' }] },
    gives: [
      { _id: 'crm-person:7', name: 'Ada Lovelace' },
      { _id: 'web-user:7', name: 'Grace Hopper' },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-union-datasets.rst',
})
