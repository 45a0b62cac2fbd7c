import { positiveInteger, required, textField, textMap } from '../../config/model/field.ts'
import { numberSetting } from '../../config/model/setting.ts'
import { comment, sideEffects, system, triggerOn } from '../../config/model/shared-fields.ts'
import type { Part } from '../../config/project/effective.ts'
import { readEntities } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { kind } from '../kind.ts'
import { type OpenContext, systemOf } from '../open-context.ts'
import { answerFor } from '../recorded.ts'
import { requestText } from '../request.ts'
import type { RunContext, StageOutcome } from '../runtime.ts'
import { entitiesRequest } from '../sinks/entities-request.ts'
import { plainStage, trigger } from './each-entity.ts'
import { missingAnswers } from './response.ts'

const notEntities = problem<{ url: string }>({
  code: 'http-transform-answer',
  severity: 'error',
  says: ({ url }) => `${url} did not answer with a JSON list of entities.`,
})

/** configuration-transforms-http.rst */
export const httpTransform = kind({
  role: 'transform',
  type: 'http',
  label: 'HTTP service',
  icon: 'arrow-left-right',
  says: 'Posts entities to a service and continues with the entities of its answer.',
  group: 'web',
  runs: 'fetch',
  sendsRequests: true,
  fields: [
    system(['system:url', 'system:microservice', 'system:rest']),
    textField('url', 'The address to post to, relative to the system.', required),
    positiveInteger('batch_size', 'How many entities to send in one request.', { aim: 'speed', default: 100 }),
    textMap('headers', 'Headers for each request.', { aim: 'connection', advanced: true }),
    sideEffects(true),
    triggerOn,
    comment,
  ],
  template: { type: 'http', system: '', url: '' },
  example: {
    config: { type: 'http', system: 'scores', url: 'score' },
    system: { _id: 'scores', type: 'system:url', url_pattern: 'https://scores.example.org/%s' },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    answers: ['[{"_id": "7", "name": "Ada Lovelace", "score": 9}]'],
    gives: [{ _id: '7', name: 'Ada Lovelace', score: 9 }],
  },
  doc: 'documentation/service-configuration/pipes/configuration-transforms-http.rst',
  /**
   * Posts in requests of `batch_size`. Entities that come back with the `_id` of one that was sent replace it; all
   * others are new.
   */
  open: (part, context, stage) => {
    const size = Math.max(1, numberSetting(part.config, 'batch_size', 100))
    const applies = trigger(part)
    const transform = async (batch: readonly Entity[], running: RunContext): Promise<readonly StageOutcome[]> => {
      const results: StageOutcome[] = batch.map((entity) => ({ main: entity }))
      const chosen = batch.flatMap((entity, index) => (applies(entity) ? [index] : []))
      for (let from = 0; from < chosen.length; from += size) {
        const indexes = chosen.slice(from, from + size)
        running.at(indexes[0] ?? 0)
        const sent = indexes.map((index) => batch[index] as Entity)
        try {
          share(indexes, sent, await posted(sent, part, context, running), results)
        } catch (error) {
          if (!(error instanceof Fault)) throw error
          for (const index of indexes) results[index] = { main: null, problem: error.problem }
        }
        await running.pause()
      }
      return results
    }
    return {
      runtime: plainStage(part, stage, transform, { ids: 'any', creates: true }),
      needs: missingAnswers(part, context),
    }
  },
})

/** What the service answers to these entities: as recorded, or over the network. */
async function posted(
  sent: readonly Entity[],
  part: Part,
  context: OpenContext,
  running: RunContext,
): Promise<Entity[]> {
  const request = entitiesRequest(part, context, sent)
  const url = request.url ?? ''
  const asked = { ...request, url, body: request.text }
  const recorded = answerFor(context, { ...asked, entities: sent.map(({ _id }) => String(_id)) })
  if (recorded !== null) return entitiesIn(recorded, url)
  return entitiesIn((await requestText(asked, systemOf(part, context), context, running)).text, url)
}

function entitiesIn(text: string, url: string): Entity[] {
  if (text.trim() === '') return []
  if (!text.trim().startsWith('[')) throw new Fault(notEntities({ url }))
  return readEntities(text)
}

/** Gives each answer to the entity it belongs to. */
function share(
  indexes: readonly number[],
  sent: readonly Entity[],
  answers: readonly Entity[],
  results: StageOutcome[],
): void {
  const byId = new Map(sent.map((entity, place) => [entity._id, place]))
  const main: (Entity | null)[] = sent.map(() => null)
  const created: Entity[][] = sent.map(() => [])
  let last = 0
  for (const answer of answers) {
    const place = byId.get(answer._id)
    if (place !== undefined && main[place] === null) {
      main[place] = answer
      last = place
    } else created[last]?.push(answer)
  }
  for (const [place, index] of indexes.entries()) {
    const more = created[place] ?? []
    results[index] = { main: main[place] ?? null, ...(more.length > 0 ? { created: more } : {}) }
  }
}
