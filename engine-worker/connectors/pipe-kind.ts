import {
  advanced,
  choiceField,
  either,
  flagField,
  inSesam,
  integerField,
  jsonField,
  listField,
  numberField,
  objectField,
  positiveInteger,
  textField,
} from '../config/model/field.ts'
import { copyStep } from '../dtl/syntax.ts'
import { kind } from './kind.ts'

const commentField = (name: string, says: string) =>
  either(
    name,
    says,
    [
      { is: 'text', multiline: true },
      { is: 'list', of: { is: 'text' } },
    ],
    { aim: 'about' },
  )

/** Rescans beside the ordinary runs, of a pipe or for all pipes. */
export const backgroundRescan = flagField(
  'enable_background_rescan',
  'Rescan in the background, beside the incremental runs. Needs a dataset sink.',
  false,
  { ...advanced, aim: 'again' },
)

/** Limits of dependency tracking, of a pipe or for all pipes. */
export const dependencyTracking = objectField(
  'dependency_tracking',
  'Limits for finding out which entities must be processed again.',
  [
    integerField('dependency_warning_threshold', 'Warn when more entities than this are affected.', { default: 10000 }),
    integerField('dependency_error_threshold', 'Fail when more entities than this are affected.', { default: 50000 }),
    inSesam(
      integerField('dependency_warning_threshold_total_bytes', 'Warn when they take more bytes than this.', {
        default: 33554432,
      }),
    ),
    inSesam(
      integerField('dependency_error_threshold_total_bytes', 'Fail when they take more bytes than this.', {
        default: 134217728,
      }),
    ),
    inSesam(flagField('enable_hops_thresholds', 'Apply the limits to ordinary hops too.', false)),
  ],
  { ...advanced, aim: 'again' },
)

/** configuration-pipes.rst and the pages on features. */
export const pipeKind = kind({
  role: 'pipe',
  type: 'pipe',
  label: 'Pipe',
  icon: 'workflow',
  says: 'Moves entities from a source through transforms into a sink.',
  runs: 'here',
  fields: [
    textField('_id', 'The name of the pipe; also of the dataset it fills.', { required: true }),
    textField('type', 'Always "pipe".', { required: true, default: 'pipe', ...advanced }),
    textField('name', 'A name for people.', { aim: 'about' }),
    commentField('description', 'What the pipe is for.'),
    { ...commentField('comment', 'A remark for people who read the configuration.'), advanced: true },
    {
      name: 'source',
      type: { is: 'kind', of: 'source' },
      required: true,
      says: 'Where entities come from.',
      ofParts: 'first',
    },
    {
      name: 'transform',
      type: {
        is: 'either',
        of: [
          { is: 'kind', of: 'transform' },
          { is: 'list', of: { is: 'kind', of: 'transform' } },
        ],
      },
      says: 'What is done with them: one transform or several in order.',
    },
    { name: 'sink', type: { is: 'kind', of: 'sink' }, says: 'Where they go; a dataset named as the pipe when absent.' },
    { name: 'pump', type: { is: 'kind', of: 'pump' }, says: 'When the pipe runs.', ofParts: 'first' },
    positiveInteger('batch_size', 'How many entities are taken at a time.', { aim: 'speed', default: 100 }),
    inSesam(
      positiveInteger('checkpoint_interval', 'After how many batches the position is kept.', {
        aim: 'speed',
        default: 100,
        advanced: true,
      }),
    ),
    flagField('namespaced_identifiers', 'Use namespaces; by default as the node metadata says.', undefined, {
      aim: 'identity',
      ofParts: 'every',
    }),
    objectField(
      'namespaces',
      'The namespaces of what the pipe makes; its own name by default.',
      [textField('identity', 'The namespace of identifiers.'), textField('property', 'The namespace of properties.')],
      { aim: 'identity' },
    ),
    flagField(
      'add_namespaces',
      'Add namespaces before the first transform; by default for sources from outside.',
      undefined,
      { aim: 'identity', ofParts: 'first' },
    ),
    flagField(
      'remove_namespaces',
      'Remove namespaces after the last transform; by default for sinks to the outside.',
      undefined,
      { aim: 'identity' },
    ),
    inSesam(
      flagField(
        'symmetric_namespace_collapse',
        'Make expanding and collapsing of identifiers inverse operations.',
        undefined,
        { aim: 'identity', ...advanced, ofParts: 'every' },
      ),
    ),
    objectField(
      'compaction',
      'Which versions of entities are kept.',
      [
        flagField('automatic', 'Whether the dataset is compacted by itself.', true),
        flagField('sink', 'Compact while writing.', true),
        integerField('keep_versions', 'How many versions of an entity to keep.', { default: 2 }),
        integerField('time_threshold_hours', 'Keep versions that are younger than this.'),
        integerField('time_threshold_hours_pump', 'The same for the execution log.', { default: 720 }),
        numberField('growth_threshold', 'Compact when the dataset has grown by this factor.', { default: 1 }),
        numberField('compaction_interval', 'Seconds between compactions while writing.', { default: 0 }),
        numberField('ttl_deletes_hours', 'Hours after which deleted entities are removed altogether.'),
        numberField('ttl_deletes_timeout_seconds', 'How long that may take in one run.', { default: 60 }),
        flagField('retract', 'Remove all earlier versions of an entity that carries $retract.', false),
        numberField('retract_timeout_seconds', 'How long that may take in one run.', { default: 60 }),
      ],
      { ...advanced, aim: 'storage' },
    ),
    choiceField(
      'reprocessing_policy',
      ['continue', 'automatic'],
      'Start over by itself when the output may no longer match the input.',
      'continue',
      { ...advanced, aim: 'again' },
    ),
    flagField('rescan_when_config_changes', 'Start over, or be marked, when the configuration changes.', false, {
      ...advanced,
      aim: 'again',
      ofParts: 'every',
    }),
    listField(
      'exclude_completeness',
      'Datasets that do not count for completeness.',
      { is: 'reference', to: 'dataset' },
      { aim: 'again', ...advanced, ofParts: 'every' },
    ),
    listField(
      'include_completeness',
      'The only datasets that count for completeness.',
      { is: 'reference', to: 'dataset' },
      { ...advanced, aim: 'again' },
    ),
    inSesam(flagField('disable_set_last_seen', 'Forbid resetting the position.', false, { ...advanced, aim: 'again' })),
    backgroundRescan,
    inSesam(
      flagField('infer_pipe_entity_types', 'Infer the schema of the entities.', true, { ...advanced, aim: 'about' }),
    ),
    dependencyTracking,
    inSesam(jsonField('permissions', 'Who may do what: a list of access rules.', { ...advanced, aim: 'about' })),
    {
      name: 'metadata',
      type: {
        is: 'object',
        fields: [
          flagField('global', 'Whether the pipe makes a global dataset: one concept, all systems.', false),
          listField('models', 'The schema models that the pipe belongs to; made of its place by default.', {
            is: 'text',
          }),
          listField('tags', 'Words to find it by.', { is: 'text' }),
          textField('$config-group', 'The group of configuration it belongs to.'),
          flagField('durable', 'Keep a second copy of data and state, and back them up.', false, advanced),
        ],
      },
      aim: 'about',
      says: 'Facts about the pipe that do not change what it does.',
    },
    jsonField('$conditional_properties', 'Properties that depend on a condition.', { ...advanced, aim: 'about' }),
  ],
  template: { _id: '', type: 'pipe', source: { type: 'dataset', dataset: '' } },
  example: {
    config: {
      _id: 'crm-customer',
      type: 'pipe',
      source: { type: 'rest', system: 'crm', operation: 'customers' },
      transform: { type: 'dtl', rules: { default: [copyStep()] } },
      pump: { schedule_interval: 300 },
    },
  },
  doc: 'documentation/service-configuration/pipes/configuration-pipes.rst',
})
