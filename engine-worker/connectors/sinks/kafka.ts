import { advanced, choiceField, inSesam, integerField, required, textField } from '../../config/model/field.ts'
import { textSetting } from '../../config/model/setting.ts'
import { comment, system } from '../../config/model/shared-fields.ts'
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { encodeTransit, printEntity } from '../../entity/transit.ts'
import type { Entity, Value } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { plainText } from '../to-text.ts'
import { payloadSink } from './payload-sink.ts'

const writers = ['string', 'json', 'bytes', 'confluent_schema_json']

/** configuration-sinks-kafka.rst */
export const kafkaSink = kind({
  role: 'sink',
  type: 'kafka',
  label: 'Kafka topic',
  icon: 'radio',
  says: 'Sends a message to a Kafka topic for each entity.',
  group: 'messages',
  runs: 'captured',
  namespaced: true,
  fields: [
    system(['system:kafka']),
    textField('topic', 'The topic to send to.', required),
    choiceField('key_serializer', writers, 'How the key is written.', 'string', { aim: 'format' }),
    choiceField('value_serializer', writers, 'How the value is written.', 'json', { aim: 'format' }),
    choiceField(
      'strategy',
      ['key-value', 'value'],
      'Take key and value from properties of that name, or the entity as the value.',
      'key-value',
    ),
    inSesam(
      integerField('delivery_timeout_ms', 'How many milliseconds to wait for the Kafka broker.', {
        aim: 'speed',
        default: 120000,
        ...advanced,
      }),
    ),
    comment,
  ],
  template: { type: 'kafka', system: '', topic: '' },
  example: {
    config: { type: 'kafka', system: 'events', topic: 'customers' },
    system: { _id: 'events', type: 'system:kafka', bootstrap_servers: 'kafka.example.org:9092' },
    takes: [{ _id: '7', key: '7', value: { name: 'Ada Lovelace' } }],
    sends: ['customers\nkey: 7\n\n{"name":"Ada Lovelace"}'],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sinks-kafka.rst',
  /** One message an entity. */
  open: (part, context) => {
    const whole = textSetting(part.config, 'strategy', 'key-value') === 'value'
    const written = (value: Value, how: string) =>
      how === 'json' || how === 'confluent_schema_json' ? printJson(encodeTransit(value)) : plainText(value)
    const message = (entity: Entity) => {
      const key = whole ? (entity._id ?? null) : (get(entity, 'key') ?? null)
      const value = whole
        ? printEntity(entity)
        : written(get(entity, 'value') ?? null, textSetting(part.config, 'value_serializer', 'json'))
      return {
        kind: 'message' as const,
        contentType: 'application/json',
        url: textSetting(part.config, 'topic', ''),
        headers: { key: written(key, textSetting(part.config, 'key_serializer', 'string')) },
        text: entity._deleted === true ? '' : value,
      }
    }
    return here(payloadSink(part, context, 100, (batch) => batch.map(message)))
  },
})
