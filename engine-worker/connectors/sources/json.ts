import { advanced, expressionField, positiveInteger, textField, textMap } from '../../config/model/field.ts'
import {
  flagSetting,
  numberSetting,
  objectSetting,
  positionToReadFrom,
  sinceStrategy,
} from '../../config/model/setting.ts'
import { comment, continuation, ifSourceEmpty, supportsSignalling, system } from '../../config/model/shared-fields.ts'
import type { Part } from '../../config/project/effective.ts'
import { variableText } from '../../config/project/variables.ts'
import { printJson } from '../../entity/json.ts'
import { readEntities } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { type OpenContext, systemOf } from '../open-context.ts'
import { urlOf } from '../request.ts'
import type { RunContext } from '../runtime.ts'
import { recordedOrRequested } from '../send.ts'
import { entitiesOfFile } from './data-file.ts'
import { inBatches, openOutside } from './supply.ts'

/** configuration-sources-json.rst */
export const jsonSource = kind({
  role: 'source',
  type: 'json',
  label: 'JSON pull',
  icon: 'file-json',
  says: 'Reads entities as JSON from an address that supports the JSON pull protocol.',
  group: 'files',
  runs: 'fetch',
  namespaced: true,
  fields: [
    system(['system:url', 'system:microservice', 'system:rest']),
    textField('url', 'The address of the entities, relative to the system.', { required: true }),
    positiveInteger('page_size', 'Read in pages of this many entities; needs a chronological, comparable source.', {
      ...advanced,
      aim: 'speed',
    }),
    expressionField(
      'subset',
      'Only entities for which this eq expression holds; the server must support it.',
      advanced,
    ),
    textMap('headers', 'Headers for each request.', { ...advanced, aim: 'connection' }),
    { ...supportsSignalling, default: false },
    ifSourceEmpty,
    ...continuation(false, true, false),
    comment,
  ],
  template: { type: 'json', system: '', url: '' },
  example: {
    config: { type: 'json', system: 'crm', url: 'customers' },
    system: { _id: 'crm', type: 'system:url', url_pattern: 'https://crm.example.org/%s' },
    reads: ['[{"_id": "7", "_updated": 3, "name": "Ada Lovelace"}]'],
    gives: [{ _id: '7', name: 'Ada Lovelace' }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-sources-json.rst',
  /** Reads supplied entities, or pulls them page by page. */
  open: (part, context) =>
    openOutside(part, context, { parse, parseFile: entitiesOfFile, since: [false, true, false], fetch: pull }),
})

const parse = (text: string): Entity[] => (text.trim() === '' ? [] : readEntities(text))

/** The JSON pull protocol (json-pull.rst): `since` and `limit` as parameters, pages until one is not full. */
async function* pull(
  part: Part,
  context: OpenContext,
  running: RunContext,
  since: unknown,
): AsyncIterable<readonly Entity[]> {
  const system = systemOf(part, context)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(objectSetting(part.config, 'headers'))) headers[name] = variableText(value)
  const incremental = sinceStrategy(part.config, false, true, false) !== null
  const size =
    flagSetting(part.config, 'is_chronological', false) && incremental ? numberSetting(part.config, 'page_size', 0) : 0
  let position = positionToReadFrom(part.config, incremental, since)
  while (true) {
    const parameters: string[] = []
    if (position !== null) parameters.push(`since=${encodeURIComponent(String(position))}`)
    if (size > 0) parameters.push(`limit=${size}`)
    if (part.config.subset !== undefined) parameters.push(`subset=${encodeURIComponent(printJson(part.config.subset))}`)
    const url = urlOf(part, context)
    const whole = parameters.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${parameters.join('&')}`
    const entities = parse((await recordedOrRequested({ url: whole, headers }, system, context, running)).text)
    yield* inBatches(entities)
    const last = entities.at(-1)?._updated
    if (size === 0 || entities.length < size || last === undefined || last === position) return
    position = last
    await running.pause()
  }
}
