import { advanced, flagField, templateField } from '../../config/model/field.ts'
import { flagSetting } from '../../config/model/setting.ts'
import { comment, system, trace } from '../../config/model/shared-fields.ts'
import type { Part } from '../../config/project/effective.ts'
import { readDecimal } from '../../entity/decimal.ts'
import { type ReadNumber, readNumber } from '../../entity/json.ts'
import { readEntities } from '../../entity/transit.ts'
import { kind } from '../kind.ts'
import { here } from '../open-context.ts'
import { pushValidator } from '../push-validation.ts'
import { entitiesOfFile } from './data-file.ts'
import { openOutside } from './supply.ts'

/** configuration-sources-http.rst */
export const httpEndpointSource = kind({
  role: 'source',
  type: 'http_endpoint',
  label: 'HTTP endpoint',
  icon: 'inbox',
  says: 'An inbox: others push entities to the address of the pipe.',
  group: 'web',
  runs: 'supplied',
  receivesPushes: true,
  partName: 'inbox',
  namespaced: true,
  fields: [
    { ...system([], false), says: 'Only shows where the data comes from; the source does not use it.', advanced: true },
    flagField('auto_populate_dataset', 'Count the dataset as populated before anything has arrived.', true, {
      ...advanced,
      aim: 'storage',
    }),
    flagField('do_float_as_decimal', 'Keep numbers with a decimal point as decimals instead of floats.', true, {
      ...advanced,
      aim: 'format',
    }),
    flagField('do_float_as_int', 'Keep numbers whose decimals are all zero as integers.', true, {
      ...advanced,
      aim: 'format',
    }),
    trace,
    templateField('validation_expression', 'A template that must render to nothing for a request to be accepted.', {
      ...advanced,
      aim: 'failures',
    }),
    comment,
  ],
  template: { type: 'http_endpoint' },
  example: {
    config: { type: 'http_endpoint' },
    reads: ['[{"_id": "7", "name": "Ada Lovelace", "amount": 9.50}]'],
    gives: [{ _id: '7', name: 'Ada Lovelace', amount: '~f9.50' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-http.rst',
  /** What was pushed to the pipe; an inbox without anything is simply empty. */
  open: (part, context) => {
    const number = numberReader(part)
    const parse = (text: string) => readEntities(text, { number })
    const { runtime } = openOutside(part, context, { parse, parseFile: entitiesOfFile, number })
    return here({ ...runtime, since: null, whole: false, refusal: pushValidator(part, context) })
  },
})

/** How the numbers that are posted are kept: every digit of a decimal, integers where nothing but zeros follows the point. */
function numberReader({ config }: Part): (literal: string) => ReadNumber {
  const asDecimal = flagSetting(config, 'do_float_as_decimal', true)
  const asInteger = flagSetting(config, 'do_float_as_int', true)
  return (literal) => {
    const [, whole] = /^(-?\d+)\.0+$/.exec(literal) ?? []
    if (asInteger && whole !== undefined) return readNumber(whole)
    return (asDecimal && /[.eE]/.test(literal) ? readDecimal(literal) : null) ?? readNumber(literal)
  }
}
