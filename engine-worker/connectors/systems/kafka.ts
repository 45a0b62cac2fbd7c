import { secretField, textField } from '../../config/model/field.ts'
import { systemFields } from '../../config/model/shared-fields.ts'
import { kind } from '../kind.ts'

/** configuration-systems-kafka.rst */
export const kafkaSystem = kind({
  role: 'system',
  type: 'system:kafka',
  label: 'Kafka',
  says: 'A Kafka cluster or Azure Event Hubs.',
  group: 'messages',
  runs: 'supplied',
  fields: [
    ...systemFields,
    textField('bootstrap_servers', 'The servers to begin with, separated by commas.', { required: true }),
    textField('sasl_username', 'The user to log in as.'),
    secretField('sasl_password', 'The password of the user.'),
    textField('registry_url', 'The address of the schema registry.'),
    textField('registry_username', 'The user of the schema registry.'),
    secretField('registry_password', 'The password of the schema registry.'),
  ],
  template: { _id: '', type: 'system:kafka', bootstrap_servers: '' },
  doc: 'documentation/service-configuration/systems/configuration-systems-kafka.rst',
})
