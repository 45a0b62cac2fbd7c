import {
  advanced,
  choiceField,
  either,
  flagField,
  inSesam,
  integerField,
  numberField,
  positiveInteger,
} from '../../config/model/field.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

const populated = ['if-source-populated', 'never', 'always', 'initially', 'onload']

const indexes = either(
  'indexes',
  'Indexes to maintain: "$ids", or a list of expressions for subsets.',
  [{ is: 'text' }, { is: 'list', of: { is: 'expression' } }],
  { aim: 'storage', default: [], advanced: true },
)

const setInitialOffset = choiceField(
  'set_initial_offset',
  populated,
  'When the dataset counts as populated.',
  'if-source-populated',
  { ...advanced, aim: 'storage' },
)

/** configuration-sinks-dataset.rst; written by run/. */
export const datasetSink = kind({
  role: 'sink',
  type: 'dataset',
  label: 'Dataset',
  icon: 'database',
  says: 'Keeps the entities in a dataset, which other pipes can read.',
  group: 'datasets',
  runs: 'here',
  writesDataset: 'new-offsets',
  fields: [
    {
      name: 'dataset',
      type: { is: 'reference', to: 'dataset' },
      says: 'The dataset to write; the name of the pipe when absent, which is nearly always right.',
    },
    flagField('deletion_tracking', 'After a full run, delete the entities that were not in it.', true, {
      aim: 'storage',
    }),
    flagField('mark_deletion_tracked', 'Mark entities that are deleted in this way with $deletion_tracked.', false, {
      ...advanced,
      aim: 'storage',
    }),
    flagField(
      'track_children',
      'Find out which children in $children were deleted. Turned on by itself when a rule creates children.',
      undefined,
      { ...advanced, aim: 'storage' },
    ),
    setInitialOffset,
    indexes,
    integerField('circuit_breaker_threshold_count', 'Stop when more entities than this would change.', {
      aim: 'failures',
    }),
    numberField(
      'circuit_breaker_threshold_factor',
      'Stop when more than this share of the entities would change, 0.5 for half.',
      { aim: 'failures' },
    ),
    flagField('enable_optimistic_locking', 'Refuse entities whose _updated is not the stored one.', false, {
      ...advanced,
      aim: 'storage',
    }),
    either(
      'prevent_multiple_versions',
      'Fail when an entity would change, or ignore such changes.',
      [{ is: 'boolean' }, { is: 'choice', of: ['ignore'] }],
      { aim: 'storage', default: false, advanced: true },
    ),
    inSesam(
      flagField(
        'suppress_filtered',
        'Leave filtered entities out where nothing has to be deleted for them.',
        undefined,
        { ...advanced, aim: 'storage' },
      ),
    ),
    flagField('change_tracking', 'Write an entity only when it differs from what is stored.', true, {
      ...advanced,
      aim: 'storage',
    }),
    positiveInteger('max_entity_bytes_size', 'The largest entity that may be stored, in bytes.', {
      aim: 'failures',
      default: 104857600,
      advanced: true,
    }),
    inSesam(
      positiveInteger('bitset_commit_interval', 'After how many entities the bookkeeping is written.', {
        aim: 'speed',
        default: 1000000,
        advanced: true,
      }),
    ),
    comment,
  ],
  template: { type: 'dataset' },
  example: {
    config: { type: 'dataset' },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    stores: [{ _id: '7', name: 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-dataset.rst',
})

/** configuration-sinks-replicated-dataset.rst; written by run/ like a dataset. */
export const replicatedDataset = kind({
  role: 'sink',
  type: 'replicated_dataset',
  label: 'Replicated dataset',
  icon: 'database',
  says: 'Copies a dataset with its order, as when a pipe gets another name.',
  group: 'datasets',
  runs: 'here',
  writesDataset: 'given-offsets',
  fields: [
    {
      name: 'dataset',
      type: { is: 'reference', to: 'dataset' },
      says: 'The dataset to write; the name of the pipe when absent.',
    },
    setInitialOffset,
    indexes,
    flagField('change_tracking', 'Write an entity only when it differs from what is stored.', true, {
      ...advanced,
      aim: 'storage',
    }),
    inSesam(
      positiveInteger('bitset_commit_interval', 'After how many entities the bookkeeping is written.', {
        aim: 'speed',
        default: 1000000,
        advanced: true,
      }),
    ),
    inSesam(
      flagField('allow_normal_dataset', 'Write into an ordinary dataset if there already is one.', false, {
        ...advanced,
        aim: 'storage',
      }),
    ),
    inSesam(
      flagField('auto_migrate_to_replicated_dataset', 'Turn an ordinary dataset into a replicated one.', false, {
        ...advanced,
        aim: 'storage',
      }),
    ),
    comment,
  ],
  template: { type: 'replicated_dataset', dataset: '' },
  example: {
    config: { type: 'replicated_dataset', dataset: 'customer' },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    stores: [{ _id: '7', name: 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-replicated-dataset.rst',
})
