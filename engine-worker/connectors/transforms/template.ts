import { problem } from '../../problem.ts'
import { kind } from '../define.ts'
import { either, jsonMap } from '../field.ts'
import type { OpenTransform } from '../open-context.ts'
import { comment } from '../shared-fields.ts'
import { plainStage } from './each.ts'

const builtIn = ['transform-collect-rest', 'transform-defaults-rest', 'transform-share-rest'] as const

const notHere = problem<{ template: string; pipe: string }>({
  code: 'template-transform-not-here',
  severity: 'warning',
  says: ({ template, pipe }) =>
    `The transform template ${template} of ${pipe} is part of Sesam's service; its content is not public.`,
  fix: ({ pipe }) => `Supply the output of ${pipe} as testdata/${pipe}.json, or choose another alternative.`,
})

/** configuration-transforms-template.rst */
export const templateTransform = kind({
  role: 'transform',
  type: 'template',
  label: 'Template',
  says: 'A ready-made chain of transforms for collecting from and sharing with REST services.',
  more: 'The templates themselves live in the Sesam service; here such a pipe works on supplied output.',
  group: 'web',
  runs: 'supplied',
  fields: [
    either('template', 'Which template to use.', [{ is: 'choice', of: builtIn }, { is: 'json' }], { required: true }),
    jsonMap('properties', 'The settings of the template, such as rest_system, primary_key and the operations.', {
      required: true,
    }),
    comment,
  ],
  template: {
    type: 'template',
    template: 'transform-collect-rest',
    properties: { rest_system: '', primary_key: 'id' },
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-template.rst',
})

/** Cannot run here: the templates are not published. */
export const openTemplate: OpenTransform = (part, making, stage) => {
  const name = part.config.template
  const template = typeof name === 'string' ? name : '(its own)'
  const where = { pipe: making.pipe.id, path: part.path, function: part.type }
  return {
    runtime: plainStage(part, stage, async (batch) => batch.map((main) => ({ main })), { ids: 'any', creates: true }),
    needs: notHere({ template, pipe: making.pipe.id }, where),
  }
}
