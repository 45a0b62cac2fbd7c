import { secretField, textField } from '../../config/model/field.ts'
import { systemFields } from '../../config/model/system-fields.ts'
import { kind } from '../kind.ts'

/** configuration-systems-kafka.rst */
export const kafkaSystem = kind({
  role: 'system',
  type: 'system:kafka',
  label: 'Kafka',
  icon: 'radio',
  says: 'A Kafka cluster or Azure Event Hubs.',
  group: 'messages',
  runs: 'supplied',
  connectionTest: { asks: 'port', host: 'bootstrap_servers', defaultPort: 9092 },
  fields: [
    ...systemFields,
    textField('bootstrap_servers', 'The servers to begin with, separated by commas.', {
      aim: 'connection',
      required: true,
    }),
    textField('sasl_username', 'The user to log in as.', { aim: 'sign-in' }),
    secretField('sasl_password', 'The password of the user.', { aim: 'sign-in' }),
    textField('registry_url', 'The address of the schema registry.', { aim: 'connection' }),
    textField('registry_username', 'The user of the schema registry.', { aim: 'sign-in' }),
    secretField('registry_password', 'The password of the schema registry.', { aim: 'sign-in' }),
  ],
  template: { _id: '', type: 'system:kafka', bootstrap_servers: '' },
  example: {
    config: { _id: 'events', type: 'system:kafka', bootstrap_servers: 'kafka.example.org:9092' },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-kafka.rst',
})
