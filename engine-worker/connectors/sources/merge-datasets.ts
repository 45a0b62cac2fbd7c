import { choiceField, listField } from '../../config/model/field.ts'
import {
  comment,
  ifSourceEmpty,
  population,
  requirePopulated,
  supportsSignalling,
} from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

/** configuration-sources-merge-datasets.rst; read by run/. */
export const mergeDatasetsSource = kind({
  role: 'source',
  type: 'merge_datasets',
  label: 'Merge datasets',
  icon: 'layers',
  says: 'Merges entities with the same _id from several datasets.',
  group: 'datasets',
  runs: 'here',
  partName: 'merge',
  readsDatasets: 'latest',
  fields: [
    listField('datasets', 'The datasets to read.', { is: 'reference', to: 'dataset' }, { required: true }),
    choiceField(
      'strategy',
      ['latest', 'all'],
      'Give the newest version only, or one entity with all of them.',
      'latest',
    ),
    ...population,
    requirePopulated,
    supportsSignalling,
    ifSourceEmpty,
    comment,
  ],
  template: { type: 'merge_datasets', datasets: [] },
  example: {
    config: { type: 'merge_datasets', datasets: ['stock-oslo', 'stock-bergen'], strategy: 'all' },
    datasets: { 'stock-oslo': [{ _id: 'pump-3', count: 4 }], 'stock-bergen': [{ _id: 'pump-3', count: 1 }] },
    gives: [
      {
        _id: 'pump-3',
        'stock-oslo': { _id: 'pump-3', _deleted: false, count: 4 },
        'stock-bergen': { _id: 'pump-3', _deleted: false, count: 1 },
      },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-merge-datasets.rst',
})
