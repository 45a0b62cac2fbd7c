import {
  advanced,
  choiceField,
  flagField,
  inSesam,
  integerField,
  jsonField,
  numberField,
  objectField,
  textField,
  textMap,
} from '../config/model/field.ts'
import { trace } from '../config/model/shared-fields.ts'
import { kind } from './kind.ts'
import { backgroundRescan, dependencyTracking } from './pipe-kind.ts'

/** configuration-metadata.rst */
export const metadataKind = kind({
  role: 'metadata',
  type: 'metadata',
  label: 'Node metadata',
  icon: 'settings',
  says: 'Settings for the whole service and defaults for all pipes.',
  runs: 'here',
  fields: [
    textField('_id', 'Always "node".', { required: true, default: 'node', ...advanced }),
    textField('type', 'Always "metadata".', { required: true, default: 'metadata', ...advanced }),
    flagField('namespaced_identifiers', 'Use namespaces in all pipes that do not say otherwise.', false, {
      aim: 'identity',
    }),
    objectField(
      'namespaces',
      'What namespaces stand for.',
      [textMap('default', 'The URI of each namespace, by its name.')],
      { aim: 'identity' },
    ),
    objectField('global_defaults', 'Defaults for all pipes.', [
      flagField('use_signalling_internally', 'Run pipes between datasets as soon as their input changes.', true),
      choiceField(
        'default_compaction_type',
        ['sink', 'background'],
        'Compact while writing, or once a day.',
        'sink',
        advanced,
      ),
      numberField('compaction_interval', 'Seconds between compactions while writing.', { default: 0, ...advanced }),
      integerField('compaction_keep_versions', 'How many versions of an entity to keep.', advanced),
      integerField('compaction_time_threshold_hours', 'Keep versions that are younger than this.', advanced),
      integerField('compaction_time_threshold_hours_pump', 'The same for execution logs.', advanced),
      numberField('compaction_growth_threshold', 'Compact when a dataset has grown by this factor.', advanced),
      integerField('max_entity_bytes_size', 'The largest entity that may be stored, in bytes.', {
        aim: 'failures',
        default: 104857600,
        ...advanced,
      }),
      flagField('run_at_startup_if_not_populated', 'Run pipes at the start whose dataset was never filled.', false, {
        ...advanced,
        aim: 'schedule',
      }),
      inSesam(
        flagField('infer_pipe_entity_types', 'Infer the schema of entities.', true, { ...advanced, aim: 'about' }),
      ),
      inSesam(
        flagField(
          'use_config_circuit_breaker',
          'Refuse a configuration that removes many components.',
          false,
          advanced,
        ),
      ),
      choiceField(
        'reprocessing_policy',
        ['continue', 'automatic'],
        'Whether pipes start over by themselves.',
        'continue',
        { aim: 'again' },
      ),
      flagField('rescan_when_config_changes', 'Whether pipes start over when their configuration changes.', false, {
        ...advanced,
        aim: 'again',
      }),
      backgroundRescan,
      inSesam(flagField('eager_load_microservices', 'Start microservices that no pipe uses.', true, advanced)),
      inSesam(
        flagField(
          'symmetric_namespace_collapse',
          'Make expanding and collapsing of identifiers inverse operations.',
          false,
          { ...advanced, aim: 'identity' },
        ),
      ),
      integerField('max_merged', 'How many entities a merge may combine into one.', {
        aim: 'failures',
        default: 50000,
        ...advanced,
      }),
      inSesam(flagField('always_index_ids', 'Keep an index of $ids in all datasets.', false, advanced)),
      choiceField('if_source_empty', ['accept', 'fail'], 'What to do when a source gives nothing.', undefined, {
        aim: 'failures',
      }),
      flagField('require_populated_input', 'Do not run pipes before their input has been populated.', false, {
        aim: 'failures',
      }),
      inSesam(flagField('enable_cpp_extensions', 'Use the faster native parts of the service.', undefined, advanced)),
      inSesam(flagField('verify_ssl', 'Check the certificates of servers.', false, { ...advanced, aim: 'connection' })),
      trace,
    ]),
    dependencyTracking,
    objectField(
      'task_manager',
      'The scheduler.',
      [
        flagField('disable_pump_scheduler', 'Do not run any pipe by schedule.', false),
        inSesam(flagField('disable_user_pipes', 'Do not run pipes by schedule.', false)),
      ],
      { ...advanced, aim: 'about' },
    ),
    inSesam(
      objectField('backup', 'Backups of the service.', [integerField('backup_interval', 'Seconds between backups.')], {
        ...advanced,
        aim: 'about',
      }),
    ),
    inSesam(jsonField('permissions', 'Who may do what: a list of access rules.', { ...advanced, aim: 'about' })),
    jsonField('$conditional_properties', 'Properties that depend on a condition.', { ...advanced, aim: 'about' }),
  ],
  template: { _id: 'node', type: 'metadata', namespaced_identifiers: true },
  example: {
    config: {
      _id: 'node',
      type: 'metadata',
      namespaced_identifiers: true,
      global_defaults: { use_signalling_internally: true },
    },
  },
  doc: 'documentation/service-configuration/configuration-metadata.rst',
})
