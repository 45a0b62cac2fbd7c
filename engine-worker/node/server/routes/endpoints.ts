/** Receivers and publishers; json-push.rst, json-pull.rst, swagger_public.yaml, /receivers… and /publishers…. */
import { declaredKind } from '../../../config/model/declared.ts'
import { flagSetting, objectSetting } from '../../../config/model/setting.ts'
import type { OpenPipe } from '../../../connectors/open.ts'
import { fromTriples } from '../../../connectors/rdf.ts'
import { printJson } from '../../../entity/json.ts'
import { encodeTransit } from '../../../entity/transit.ts'
import type { Entity, JsonObject } from '../../../entity/value.ts'
import { Fault } from '../../../problem.ts'
import { settingsOf } from '../../../run/settings.ts'
import { type Answer, badRequest, HttpError, jsonAnswer } from '../answer.ts'
import { bodyEntities, bodyText } from '../body.ts'
import { perInstance } from '../per-instance.ts'
import { Receiver } from '../push.ts'
import {
  type ApiRoute,
  flagParameter,
  type Parameter,
  param,
  pipeOf,
  type RouteCall,
  route,
  textParameter,
} from '../route.ts'
import { publish } from '../stream.ts'
import { publishWorkbook } from '../workbook.ts'

const receiverOf = perInstance((instance) => new Receiver(instance))

const pageParameters: Readonly<Record<string, Parameter>> = {
  since: { type: 'string', says: 'Only entities after this `_updated`.' },
  limit: { type: 'integer', says: 'The most entities to return.' },
}

const linkedFile: Readonly<Record<string, Parameter>> = {
  linked_excel_file: { type: 'string', says: 'Refused: workbooks that are linked to an address are not made here.' },
}

/** What pipes publish: the word in the path, and in words. */
const publications: readonly (readonly [string, string])[] = [
  ['entities', 'JSON'],
  ['csv', 'CSV'],
  ['excel', 'a workbook'],
  ['xml', 'XML'],
]

export const endpointRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/receivers/{pipe}/entities',
    says: 'Pushes entities to a pipe with an `http_endpoint` source.',
    needs: { is: 'pipe', may: 'write_data' },
    query: {
      sequence_id: { type: 'string', says: 'The synchronisation that the request is a part of.' },
      is_full: { type: 'boolean', says: 'It is a full one: what does not come is deleted at its end.' },
      request_id: { type: 'string', says: 'The request.' },
      previous_request_id: { type: 'string', says: 'The request before; 409 where it was another one.' },
      is_first: { type: 'boolean', says: 'It is the first request of the synchronisation.' },
      is_last: { type: 'boolean', says: 'It is the last one.' },
    },
    body: 'entities',
    answer: 'object',
    run: pushAnswer,
  }),
  route({
    method: 'POST',
    path: '/receivers/{pipe}/sdshare-push-receiver',
    says: 'Pushes N-Triples to a pipe with an `http_endpoint` source.',
    needs: { is: 'pipe', may: 'write_data' },
    query: {
      resource: {
        type: 'string',
        says: 'A resource that the triples are about; may be given many times.',
        required: true,
      },
    },
    body: 'any',
    answer: 'text',
    run: async (call) => {
      const pipe = receiverPipe(call)
      const resources = call.url.searchParams.getAll('resource')
      if (resources.length === 0) throw new HttpError(400, 'resource is missing.')
      const text = bodyText(await call.body())
      const entities = await readTriples(text)
      const there = new Set(entities.map(({ _id }) => _id))
      const gone = resources.filter((id) => !there.has(id)).map((id): Entity => ({ _id: id, _deleted: true }))
      await refuseInvalid(call, pipe, text)
      await applyOrFail(call, pipe, [...entities, ...gone])
      return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: '' }
    },
  }),
  ...publications.flatMap(([kind, words]) =>
    [`/publishers/{pipe}/${kind}`, `/publishers/{pipe}/${kind}/{filename}`].map((path) =>
      route({
        method: 'GET',
        path,
        says: `What a pipe publishes as ${words}${path.endsWith('}') ? ', with a file name for browsers' : ''}.`,
        needs: { is: 'pipe', may: 'read_data' },
        query: kind === 'csv' ? { ...pageParameters, ...linkedFile } : pageParameters,
        answer: kind === 'entities' ? 'entities' : 'file',
        run: (call) => {
          const filename = param(call, 'filename') || null
          const pipe = pipeOf(call)
          return kind === 'excel' ? publishWorkbook(call, pipe, filename) : publish(call, pipe, kind, filename)
        },
      }),
    ),
  ),
  ...['csv', 'excel', 'xml'].map((kind) =>
    route({
      method: 'OPTIONS',
      path: `/publishers/{pipe}/${kind}`,
      says: 'What can be done here; spreadsheet programs ask.',
      needs: { is: 'pipe', may: 'read_data' },
      answer: 'nothing',
      run: async (call) => {
        pipeOf(call)
        return { status: 200, headers: { 'Content-Type': 'text/plain', Allow: 'GET, HEAD, OPTIONS' }, body: '' }
      },
    }),
  ),
]

/**
 * Whether a push gives test data to a pipe in the place of a source that is somewhere else: where Sesam's client drives the
 * pipes (`disable_user_pipes`), it sends `testdata/` to any pipe.
 */
function takesTestData({ effective, runnable: { source } }: OpenPipe): boolean {
  const isDriven = flagSetting(objectSetting(effective.node, 'task_manager'), 'disable_user_pipes') === true
  const kind = declaredKind('source', effective.source.type)
  const isSomewhereElse = !(kind?.receivesPushes || kind?.holdsEntities || kind?.placeholder)
  return isDriven && source.reads === 'outside' && isSomewhereElse
}

function receiverPipe(call: RouteCall): OpenPipe {
  const pipe = pipeOf(call)
  if (declaredKind('source', pipe.effective.source.type)?.receivesPushes !== true && !takesTestData(pipe))
    throw new HttpError(404, `${pipe.effective.id} cannot be pushed to: its source is no http_endpoint.`)
  return pipe
}

async function pushAnswer(call: RouteCall): Promise<Answer> {
  const pipe = receiverPipe(call)
  const { source, sink } = pipe.runnable
  const number = source.reads === 'outside' ? source.number : undefined
  const bytes = await call.body()
  const entities = bodyEntities(bytes, call.contentType, number)
  if (takesTestData(pipe)) {
    const { id } = pipe.effective
    const file = `testdata/${id}.json`
    await call.instance.session.receive(id, [bodyText(bytes)], { append: false, file })
    return jsonAnswer({})
  }
  await refuseInvalid(call, pipe, bodyText(bytes))
  const locking = settingsOf(pipe.runnable).optimisticLocking && sink.writes === 'dataset' && entities.length === 1
  const [only] = entities
  if (!locking || sink.writes !== 'dataset' || !only) {
    await applyOrFail(call, pipe, entities)
    return jsonAnswer({})
  }
  return lockedPush(call, pipe, sink.dataset, only)
}

/** One entity under optimistic locking: what it became, or what a merge of the two versions needs. */
async function lockedPush(call: RouteCall, pipe: OpenPipe, dataset: string, entity: Entity): Promise<Answer> {
  const { store } = call.instance
  const id = String(entity._id)
  const latestEntity = async () => (await store.lookup(dataset, [id]))[0] ?? null
  const encodedOrNull = (found: Entity | null) => (found === null ? null : encodeTransit(found))
  try {
    await receiverOf(call.instance).push(pipe, [entity], parametersOf(call))
    return jsonAnswer({ updated_entity: encodedOrNull(await latestEntity()) })
  } catch (error) {
    if (!(error instanceof Fault) || error.problem.code !== 'stale-entity') throw badRequest(error)
    const ancestor = typeof entity._updated === 'number' ? await store.versionAt(dataset, id, entity._updated) : null
    return jsonAnswer({
      input_entity: encodedOrNull(entity),
      existing_entity: encodedOrNull(await latestEntity()),
      common_ancestor_entity: encodedOrNull(ancestor),
    })
  }
}

async function applyOrFail(call: RouteCall, pipe: OpenPipe, entities: readonly Entity[]): Promise<void> {
  try {
    await receiverOf(call.instance).push(pipe, entities, parametersOf(call))
  } catch (error) {
    throw badRequest(error)
  }
}

function parametersOf(call: RouteCall) {
  const completeness = call.request.headers['x-dataset-completeness']
  if (completeness !== undefined && !/^[1-9]\d{0,18}$/.test(String(completeness)))
    throw new HttpError(400, 'X-Dataset-Completeness must be a positive whole number.')
  return {
    full: flagParameter(call, 'is_full', false),
    sequence: textParameter(call, 'sequence_id') ?? '',
    request: textParameter(call, 'request_id') ?? '',
    previous: textParameter(call, 'previous_request_id') ?? null,
    first: flagParameter(call, 'is_first', false),
    last: flagParameter(call, 'is_last', false),
    completeness: completeness === undefined ? null : BigInt(String(completeness)),
  }
}

/** `validation_expression` of the source. */
async function refuseInvalid({ instance, request, url }: RouteCall, pipe: OpenPipe, body: string): Promise<void> {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')])
  const refused = await instance.session.refusal(pipe.effective.id, {
    url: url.href,
    params: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    body,
  })
  if (!refused) return
  const answer: JsonObject = { message: refused.message }
  throw new HttpError(400, printJson(answer), answer)
}

async function readTriples(text: string): Promise<readonly Entity[]> {
  try {
    return await fromTriples(text, 'application/n-triples', false)
  } catch (error) {
    if (error instanceof Fault) throw badRequest(error)
    throw new HttpError(400, `The triples cannot be read: ${error instanceof Error ? error.message : ''}`)
  }
}
