import { kind } from '../kind.ts'
import { openSandboxed, sandboxFields } from './sandboxed.ts'

/** Not of Sesam: `pipewright expand` writes it as an http transform and the microservice that it asks. */
export const javascriptTransform = kind({
  role: 'transform',
  type: 'javascript',
  label: 'JavaScript',
  icon: 'code',
  says: 'Calls a function of your own for each entity, in a sandbox; for Sesam, expanding makes a microservice of it.',
  more: 'transform(entity) gets an entity as JSON in transit form and gives one, a list of them, or null. It has no access to anything else: no network, no storage, no other entity.',
  group: 'shape',
  runs: 'here',
  partName: 'javascript',
  fields: [
    {
      name: 'code',
      type: { is: 'text', multiline: true, format: 'javascript' },
      says: 'The program; it defines function transform(entity).',
      required: true,
    },
    ...sandboxFields,
  ],
  template: { type: 'javascript', code: 'function transform(entity) {\n  return entity\n}\n' },
  example: {
    config: {
      type: 'javascript',
      code: "function transform(entity) {\n  return { ...entity, initials: entity.name.split(' ').map((word) => word[0]).join('') }\n}\n",
    },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    gives: [{ _id: '7', name: 'Ada Lovelace', initials: 'AL' }],
  },
  doc: 'documentation/service-configuration/systems/configuration-systems-microservice.rst',
  open: openSandboxed('javascript', 'code'),
})
