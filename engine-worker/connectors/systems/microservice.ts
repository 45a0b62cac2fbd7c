import {
  advanced,
  cronField,
  flagField,
  integerField,
  jsonMap,
  objectField,
  secretField,
  textField,
  textMap,
} from '../../config/model/field.ts'
import { retryStrategy, systemFields, timeouts } from '../../config/model/system-fields.ts'
import { authenticationFields } from '../auth/kinds.ts'
import { kind } from '../kind.ts'

/** configuration-systems-microservice.rst */
export const microserviceSystem = kind({
  role: 'system',
  type: 'system:microservice',
  label: 'Microservice',
  says: 'A program in a container that Sesam runs and pipes talk to by HTTP.',
  group: 'web',
  runs: 'supplied',
  connectionTest: { asks: 'nothing', because: 'container' },
  fields: [
    ...systemFields,
    objectField(
      'docker',
      'The container.',
      [
        textField('image', 'The image, such as sesam/file-share-service:latest.', { required: true }),
        integerField('port', 'The port that the service listens on.', { aim: 'connection', required: true }),
        jsonMap('environment', 'Environment variables of the container.'),
        textField('username', 'The user of a private registry.', { ...advanced, aim: 'sign-in' }),
        secretField('password', 'The password of a private registry.', { ...advanced, aim: 'sign-in' }),
        integerField('memory', 'Memory in megabytes.', { default: 128 }),
        integerField('cpu_quota', 'Share of the processor in per cent.', { default: 25, ...advanced }),
        textMap('hosts', 'Names of hosts and their addresses.', { aim: 'connection', default: {}, ...advanced }),
        flagField('skip_pull', 'Never look for a newer image.', false, advanced),
        cronField('pull_image_cron_expression', 'When to look for a newer image.', advanced),
      ],
      { aim: 'connection', required: true },
    ),
    ...authenticationFields(['basic', 'digest']),
    flagField('use_https', 'Talk to the service over HTTPS.', false, { ...advanced, aim: 'connection' }),
    flagField('verify_ssl', 'Check the certificate of the service.', false, { ...advanced, aim: 'connection' }),
    flagField('eager_load', 'Start the service also when no pipe uses it.', true, { ...advanced, aim: 'connection' }),
    retryStrategy,
    ...timeouts,
  ],
  template: { _id: '', type: 'system:microservice', docker: { image: '', port: 5000 } },
  doc: 'documentation/service-configuration/systems/configuration-systems-microservice.rst',
})
