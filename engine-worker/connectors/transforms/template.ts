import { either } from '../../config/model/field.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { Fault, problem } from '../../problem.ts'
import { kind } from '../kind.ts'
import type { OpenTransform } from '../open-context.ts'
import { passingStage } from './each-entity.ts'
import { openCollect } from './template/collect.ts'
import { openDefaults } from './template/defaults.ts'
import { templateFields } from './template/fields.ts'
import { openShare } from './template/share.ts'

/** The templates that come with Sesam, and what each does here. */
const builtIn: Readonly<Record<string, OpenTransform>> = {
  'transform-collect-rest': openCollect,
  'transform-defaults-rest': openDefaults,
  'transform-share-rest': openShare,
}

const templateNotHere = problem<{ template: string; pipe: string }>({
  code: 'template-transform-not-here',
  severity: 'warning',
  says: ({ template, pipe }) => `The transform template ${template} of ${pipe} cannot be run here.`,
  fix: ({ pipe }) => `Supply the output of ${pipe} as testdata/${pipe}.json, or choose another alternative.`,
})

/** configuration-transforms-template.rst */
export const templateTransform = kind({
  role: 'transform',
  type: 'template',
  label: 'Template',
  icon: 'blocks',
  says: 'A ready-made chain of transforms for collecting from and sharing with REST services.',
  more: 'A template of your own is not run here; such a pipe uses output that you supply.',
  group: 'web',
  runs: 'supplied',
  sendsRequests: true,
  fields: [
    either(
      'template',
      'Which template to use.',
      [
        { is: 'choice', of: Object.keys(builtIn) },
        { is: 'map', of: { is: 'json' } },
      ],
      { required: true },
    ),
    {
      name: 'properties',
      type: { is: 'variants', by: 'template', of: templateFields },
      says: 'The settings of the template, such as rest_system, primary_key and the operations.',
      required: true,
    },
    comment,
  ],
  template: {
    type: 'template',
    template: 'transform-collect-rest',
    properties: { rest_system: '', primary_key: 'id' },
  },
  example: {
    config: {
      type: 'template',
      template: 'transform-collect-rest',
      properties: { primary_key: 'id', share_dataset: 'crm-customer-share' },
    },
    datasets: { 'crm-customer-share': [{ _id: 'web-user:12', $origin: 'web-user:12', $generated_id: '7' }] },
    takes: [{ _id: '7', id: '7', name: 'Ada Lovelace' }],
    gives: [{ _id: '7', id: '7', name: 'Ada Lovelace', $origin: 'web-user:12' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-template.rst',
  /** A built-in template as what it does; rules in it that cannot be compiled make the pipe unable to run. */
  open: (part, context, stage) => {
    const { template } = part.config
    const open = typeof template === 'string' && Object.hasOwn(builtIn, template) ? builtIn[template] : undefined
    const passedOn = passingStage(part, stage, { ids: 'any', creates: true })
    if (open === undefined) {
      const name = typeof template === 'string' ? template : '(its own)'
      const where = { pipe: context.pipe.id, path: part.path, function: part.type }
      return { runtime: passedOn, needs: templateNotHere({ template: name, pipe: context.pipe.id }, where) }
    }
    try {
      return open(part, context, stage)
    } catch (error) {
      if (error instanceof Fault) return { runtime: passedOn, needs: error.problem }
      throw error
    }
  },
})
