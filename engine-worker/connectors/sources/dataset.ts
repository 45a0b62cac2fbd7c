import { advanced, expressionField, flagField } from '../../config/model/field.ts'
import { comment, ifSourceEmpty, requirePopulated, supportsSignalling } from '../../config/model/shared-fields.ts'
import { equalityCall } from '../../dtl/syntax.ts'
import { kind } from '../kind.ts'

/** configuration-sources-dataset.rst; read by run/. */
export const datasetSource = kind({
  role: 'source',
  type: 'dataset',
  label: 'Dataset',
  icon: 'database',
  says: 'Reads the entities of one dataset, and afterwards only what changed.',
  group: 'datasets',
  runs: 'here',
  readsDatasets: 'log',
  dependencyTracking: true,
  fields: [
    {
      name: 'dataset',
      type: { is: 'reference', to: 'dataset' },
      required: true,
      says: 'The dataset to read; usually the name of the pipe that fills it.',
    },
    expressionField('subset', 'Only entities for which this eq expression holds, such as ["eq", "_S.kind", "tank"].'),
    {
      name: 'completeness',
      type: {
        is: 'either',
        of: [{ is: 'boolean' }, { is: 'list', of: { is: 'reference', to: 'dataset' } }, { is: 'json' }],
      },
      default: false,
      aim: 'again',
      says: 'Only entities up to the time to which the inputs are complete: those of this dataset, those of the datasets in a list, or by an expression.',
      advanced: true,
    },
    {
      name: 'initial_completeness',
      type: { is: 'list', of: { is: 'reference', to: 'dataset' } },
      aim: 'again',
      says: 'Give nothing until these datasets have a completeness, whatever its value.',
      advanced: true,
    },
    flagField('include_previous_versions', 'Give every version of an entity instead of the latest only.', false),
    flagField('include_replaced', 'Give entities that a merge has replaced by another one.', true, advanced),
    requirePopulated,
    supportsSignalling,
    ifSourceEmpty,
    comment,
  ],
  template: { type: 'dataset', dataset: '' },
  example: {
    config: { type: 'dataset', dataset: 'crm-contact', subset: equalityCall('_S.kind', 'person') },
    datasets: {
      'crm-contact': [
        { _id: '7', kind: 'person', name: 'Ada Lovelace' },
        { _id: '9', kind: 'company', name: 'Analytical Engines' },
      ],
    },
    gives: [{ _id: '7', kind: 'person', name: 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-dataset.rst',
})
