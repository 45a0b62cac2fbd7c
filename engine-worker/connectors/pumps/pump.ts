import {
  advanced,
  choiceField,
  cronField,
  flagField,
  inSesam,
  integerField,
  numberField,
  positiveInteger,
  secondsField,
} from '../../config/model/field.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

/** configuration-pump.rst; driven by run/. */
export const pumpKind = kind({
  role: 'pump',
  type: 'pump',
  label: 'Pump',
  icon: 'timer',
  says: 'When the pipe runs, and what happens when something goes wrong.',
  runs: 'here',
  fields: [
    choiceField(
      'mode',
      ['scheduled', 'manual', 'off'],
      'Run by schedule, only when started by hand, or never.',
      'scheduled',
      { aim: 'schedule' },
    ),
    secondsField(
      'schedule_interval',
      'Seconds between runs. By default 30 for internal pipes, 900 for pipes that read from or write to the outside.',
      { aim: 'schedule' },
    ),
    cronField('cron_expression', 'When to run, as a cron expression; takes precedence over the interval.', {
      aim: 'schedule',
    }),
    flagField('run_at_startup', 'Also run when the service starts.', false, { aim: 'schedule' }),
    flagField('run_at_startup_if_not_populated', 'Also run at the start while the dataset was never filled.', false, {
      ...advanced,
      aim: 'schedule',
    }),
    cronField('rescan_cron_expression', 'When to read everything again, as a cron expression.', { aim: 'schedule' }),
    positiveInteger('rescan_run_count', 'The number of runs after which everything is read again.', {
      aim: 'schedule',
    }),
    positiveInteger('partial_rescan_run_count', 'The number of runs after which the last part is read again.', {
      ...advanced,
      aim: 'schedule',
    }),
    positiveInteger('partial_rescan_delta', 'How far to go back: positions, or seconds where positions are times.', {
      ...advanced,
      aim: 'schedule',
    }),
    integerField('max_read_retries', 'How many times to try again when reading fails.', {
      aim: 'failures',
      default: 0,
      advanced: true,
    }),
    {
      ...secondsField('read_retry_delay', 'How long to wait before reading again.', { ...advanced, aim: 'failures' }),
      default: 0,
    },
    inSesam({
      ...secondsField(
        'write_retry_delay',
        'How long to wait before writing again. Here payloads are kept instead of sent, so waiting has no effect.',
        { ...advanced, aim: 'failures' },
      ),
      default: 0,
    }),
    integerField('max_retries_per_entity', 'How many times an entity that could not be written is tried again.', {
      aim: 'failures',
      default: 5,
      advanced: true,
    }),
    integerField('max_consecutive_write_errors', 'After how many write errors in a row the run ends.', {
      aim: 'failures',
      default: 1,
      advanced: true,
    }),
    integerField(
      'max_write_errors_in_retry_dataset',
      'How many failed entities may wait for another try; 0 for none.',
      { aim: 'failures', default: 0, advanced: true },
    ),
    integerField('batch_retries', 'How many times a batch is tried again.', {
      aim: 'failures',
      default: 3,
      advanced: true,
    }),
    flagField('fallback_to_single_entities_on_batch_fail', 'Try the entities of a failed batch one by one.', true, {
      ...advanced,
      aim: 'failures',
    }),
    {
      name: 'dead_letter_dataset',
      type: { is: 'text' },
      aim: 'failures',
      says: 'The dataset for entities that could not be written after all tries; one of its own for each pipe.',
      advanced: true,
    },
    flagField('use_dead_letter_dataset', 'Keep entities that could not be written.', false, {
      aim: 'failures',
      advanced: true,
      deprecated: 'Name the dataset in dead_letter_dataset.',
    }),
    flagField('track_dead_letters', 'Remove a dead letter when a later version could be written.', false, {
      ...advanced,
      aim: 'failures',
    }),
    numberField('max_seconds_per_entity', 'Fail when entities take longer than this on average; to find slow ones.', {
      ...advanced,
      aim: 'failures',
    }),
    flagField('log_events_noop_runs', 'Also log runs that changed nothing.', false, { ...advanced, aim: 'about' }),
    flagField('log_events_noop_runs_changes_only', 'Whether a run without changes counts as one without work.', true, {
      ...advanced,
      aim: 'about',
    }),
    integerField('notification_granularity', 'The longest time without a logged run, in seconds.', {
      aim: 'about',
      default: 999999999999999,
      advanced: true,
    }),
    inSesam(
      flagField('use_persistent_scheduling', 'Make up for a run that was missed.', undefined, {
        ...advanced,
        aim: 'schedule',
      }),
    ),
    comment,
  ],
  rules: [
    { of: ['cron_expression', 'schedule_interval'], need: 'at-most-one' },
    { of: ['rescan_cron_expression', 'rescan_run_count'], need: 'at-most-one' },
    { of: ['rescan_cron_expression', 'partial_rescan_run_count'], need: 'at-most-one' },
  ],
  template: { cron_expression: '0 * * * *' },
  example: {
    config: { cron_expression: '0 6 * * *', rescan_run_count: 30 },
  },
  doc: 'documentation/service-configuration/pipes/configuration-pump.rst',
})
