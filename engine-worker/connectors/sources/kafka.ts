import {
  advanced,
  choiceField,
  flagField,
  integerField,
  listField,
  required,
  textField,
} from '../../config/model/field.ts'
import { comment, continuation, ifSourceEmpty, system } from '../../config/model/shared-fields.ts'
import { readEntities } from '../../entity/transit.ts'
import { kind } from '../kind.ts'
import { entitiesOfFile } from './data-file.ts'
import { openOutside } from './supply.ts'

const readers = ['string', 'json', 'bytes', 'schema_registry_avro']

/** configuration-sources-kafka.rst */
export const kafkaSource = kind({
  role: 'source',
  type: 'kafka',
  label: 'Kafka topic',
  icon: 'radio',
  says: 'Makes an entity of each message of a Kafka topic.',
  group: 'messages',
  runs: 'supplied',
  namespaced: true,
  fields: [
    system(['system:kafka']),
    textField('topic', 'The topic to read.', required),
    listField(
      'partitions',
      'Only these partitions; all when absent. Azure Event Hubs needs them.',
      { is: 'integer' },
      advanced,
    ),
    flagField('seek_to_beginning', 'Begin with the oldest message on the first run.', true, { aim: 'increments' }),
    choiceField('key_deserializer', readers, 'How the key of a message is read.', 'string', { aim: 'format' }),
    choiceField('value_deserializer', readers, 'How the value of a message is read.', 'json', { aim: 'format' }),
    choiceField(
      'strategy',
      ['key-value', 'value'],
      'Give key and value in properties of their own, or the value as the entity.',
      'key-value',
    ),
    flagField(
      'strict',
      'Fail on a message that cannot be read; otherwise keep it as invalid_key and invalid_value.',
      true,
      { ...advanced, aim: 'failures' },
    ),
    integerField('consumer_timeout_ms', 'How many milliseconds without messages end a run.', {
      aim: 'speed',
      default: 10000,
      advanced: true,
    }),
    ifSourceEmpty,
    ...continuation(true, false, true),
    comment,
  ],
  template: { type: 'kafka', system: '', topic: '' },
  example: {
    config: { type: 'kafka', system: 'events', topic: 'customers' },
    system: { _id: 'events', type: 'system:kafka', bootstrap_servers: 'kafka.example.org:9092' },
    reads: ['[{"_id": "7", "key": "7", "value": {"name": "Ada Lovelace"}, "offset": 41, "partition": 0}]'],
    gives: [{ _id: '7', key: '7', value: { name: 'Ada Lovelace' }, offset: 41, partition: 0 }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-kafka.rst',
  /** Only on supplied messages: neither browsers nor the command line speak Kafka here. */
  open: (part, context) =>
    openOutside(part, context, { parse: (text) => readEntities(text), parseFile: entitiesOfFile }),
})
