import type { Field } from '../../config/model/define.ts'
import {
  advanced,
  cronField,
  flagField,
  imageField,
  integerField,
  jsonMap,
  objectField,
  portField,
  positiveInteger,
  secretField,
  textField,
  textMap,
} from '../../config/model/field.ts'
import { retryStrategy, systemFields, timeouts } from '../../config/model/system-fields.ts'
import { authenticationFields } from '../auth/kinds.ts'
import { kind } from '../kind.ts'

const hostName = { is: 'text', format: 'host' } as const

/** configuration-systems-microservice.rst */
export const microserviceSystem = kind({
  role: 'system',
  type: 'system:microservice',
  label: 'Microservice',
  icon: 'container',
  says: 'A program in a container that Sesam runs and pipes talk to by HTTP.',
  group: 'web',
  runs: 'supplied',
  runsImage: true,
  connectionTest: { asks: 'nothing', because: 'container' },
  fields: [
    ...systemFields.map((field): Field => (field.name === '_id' ? { ...field, type: hostName } : field)),
    objectField(
      'docker',
      'The container.',
      [
        imageField('image', 'The image, such as sesam/file-share-service:latest.', { required: true }),
        portField('port', 'The port that the service listens on.', { aim: 'connection', required: true }),
        jsonMap('environment', 'Environment variables of the container.'),
        textField('username', 'The user of a private registry.', { ...advanced, aim: 'sign-in' }),
        secretField('password', 'The password of a private registry.', { ...advanced, aim: 'sign-in' }),
        positiveInteger('memory', 'Memory in megabytes.', { default: 128 }),
        positiveInteger('cpu_quota', 'Share of the processor in per cent; 100 is one processor.', { default: 25 }),
        integerField('cpu_period', 'The period that the share of the processor is counted in.', {
          ...advanced,
          default: 100,
          deprecated: 'Leave it out.',
        }),
        textField('cpuset_cpus', 'The processors that the container may use.', {
          ...advanced,
          deprecated: 'Leave it out.',
        }),
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
  example: {
    config: {
      _id: 'scores',
      type: 'system:microservice',
      docker: { image: 'example/scores:1.2', port: 5000, environment: { LEVEL: 'info', KEY: '$SECRET(scores)' } },
    },
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-microservice.rst',
})
