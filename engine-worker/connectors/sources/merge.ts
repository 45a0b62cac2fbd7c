import { advanced, choiceField, flagField, integerField, listField } from '../../config/model/field.ts'
import {
  comment,
  ifSourceEmpty,
  population,
  requirePopulated,
  supportsSignalling,
} from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

/** configuration-sources-merge.rst; read by run/. */
export const mergeSource = kind({
  role: 'source',
  type: 'merge',
  label: 'Merge',
  icon: 'git-merge',
  says: 'Merges entities of several datasets that describe the same thing into one.',
  more: 'Entities describe the same thing when a rule of equality or equality_sets says so, directly or through other entities.',
  group: 'datasets',
  runs: 'here',
  readsDatasets: 'merge',
  fields: [
    listField(
      'datasets',
      'The datasets, each with a short name: crm-person cp.',
      { is: 'reference', to: 'dataset', aliased: true },
      {
        required: true,
      },
    ),
    listField(
      'equality_sets',
      'Which entities are merged: lists of expressions, one for each alias, that must all be equal.',
      { is: 'list', of: { is: 'expression' } },
    ),
    listField('equality', 'Which entities are merged: eq expressions over two aliases.', { is: 'expression' }),
    choiceField(
      'identity',
      ['composite', 'first'],
      'The _id of the result: made of all ids, or the first entity’s.',
      'composite',
    ),
    choiceField(
      'strategy',
      ['default', 'compact', 'list'],
      'How properties are combined: all values, all values without repetition, or the whole entities as a list.',
      'default',
    ),
    integerField('version', 'Which implementation to use; 2 for anything new.', { default: 1 }),
    integerField('max_merged', 'Fail when more entities than this would become one.', {
      aim: 'failures',
      default: 50000,
      advanced: true,
    }),
    flagField('include_internal_properties', 'Keep properties such as _ts in $merged.', false, {
      advanced: true,
      when: { strategy: ['list'] },
    }),
    ...population,
    requirePopulated,
    supportsSignalling,
    ifSourceEmpty,
    { ...comment, ...advanced },
  ],
  template: { type: 'merge', version: 2, datasets: [], equality_sets: [], identity: 'first', strategy: 'compact' },
  example: {
    config: {
      type: 'merge',
      version: 2,
      datasets: ['crm-person c', 'web-user w'],
      equality_sets: [['c.email', 'w.email']],
      identity: 'first',
      strategy: 'compact',
    },
    datasets: {
      'crm-person': [{ _id: 'crm-person:7', email: 'ada@example.org', name: 'Ada Lovelace' }],
      'web-user': [{ _id: 'web-user:12', email: 'ada@example.org', phone: '+4790010001' }],
    },
    gives: [
      {
        _id: 'crm-person:7',
        $ids: ['~:crm-person:7', '~:web-user:12'],
        email: 'ada@example.org',
        name: 'Ada Lovelace',
        phone: '+4790010001',
      },
    ],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-merge.rst',
})
