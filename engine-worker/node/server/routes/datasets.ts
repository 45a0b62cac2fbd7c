/** Datasets; swagger_public.yaml, /datasets…. */
import { readJson } from '../../../entity/json.ts'
import { printEntity } from '../../../entity/transit.ts'
import type { Entity, Json } from '../../../entity/value.ts'
import type { DatasetInfo } from '../../../storage/store.ts'
import { type Answer, badRequest, foundOr404, HttpError, jsonAnswer, listAnswer } from '../answer.ts'
import { checkCollection, mayUse } from '../authorize.ts'
import { bodyEntities, formFields } from '../body.ts'
import { datasetJson } from '../dataset-view.ts'
import { entityTexts, listParameters, pullHeaders, scanOf, subsetOf, subsetsOf } from '../entity-list.ts'
import { registerWebhook, webhookParameters } from '../register-webhook.ts'
import { type ApiRoute, countParameter, flagParameter, param, type RouteCall, route, textParameter } from '../route.ts'

const subsetParameter = {
  subset: { type: 'string', says: 'A JSON expression `["eq", index, value]`; 404 without such an index.' },
} as const
const uncommittedParameter = {
  uncommitted: { type: 'boolean', says: 'Also what a tripped circuit breaker withholds.' },
} as const

export const datasetRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/datasets',
    says: 'All datasets that the caller may see.',
    needs: { is: 'token' },
    query: {
      verbose: { type: 'boolean', says: 'Has no effect here: all is told.' },
      'include-internal-datasets': { type: 'boolean', says: 'Datasets of the system too.' },
    },
    answer: 'list',
    run: async (call) => {
      checkCollection(call, 'dataset', 'read_data')
      const internal = flagParameter(call, 'include-internal-datasets', false)
      const all = (await call.instance.datasets.list()).filter(({ name }) => internal || !name.startsWith('system:'))
      const seen = all.filter(({ name }) => maySee(call, name))
      return jsonAnswer(await Promise.all(seen.map((info) => datasetJson(call.instance, info))))
    },
  }),
  route({
    method: 'GET',
    path: '/datasets/{dataset}',
    says: 'A dataset with its counts.',
    needs: { is: 'dataset', may: 'read_data' },
    answer: 'object',
    run: async (call) => jsonAnswer(await datasetJson(call.instance, await datasetOf(call))),
  }),
  route({
    method: 'DELETE',
    path: '/datasets/{dataset}',
    says: 'Deletes the entities of a dataset.',
    needs: { is: 'dataset', may: 'write_data' },
    answer: 'object',
    run: async (call) => {
      const { name } = await datasetOf(call)
      await call.instance.datasets.delete(name)
      return jsonAnswer({ _id: name })
    },
  }),
  route({
    method: 'POST',
    path: '/datasets/{dataset}',
    says: 'Deals with a tripped circuit breaker.',
    needs: { is: 'dataset', may: 'write_data' },
    body: 'form',
    form: { operation: '`rollback-circuit-breaker` or `commit-circuit-breaker`.' },
    answer: 'object',
    run: async (call) => {
      const { name } = await datasetOf(call)
      const operation = formFields(await call.body(), call.contentType).get('operation')
      const how = /^(commit|rollback)-circuit-breaker$/.exec(operation ?? '')?.[1]
      if (how !== 'commit' && how !== 'rollback') throw new HttpError(400, `There is no operation ${operation ?? ''}.`)
      const writer = call.instance.datasets.writerOf(name)
      if (!writer) throw new HttpError(400, `No pipe writes to ${name}.`)
      await call.instance.session.resetBreaker(writer.effective.id, how)
      return jsonAnswer(await datasetJson(call.instance, await datasetOf(call)))
    },
  }),
  route({
    method: 'GET',
    path: '/datasets/{dataset}/entities',
    says: 'The entities of a dataset; the headers are those of JSON pull.',
    needs: { is: 'dataset', may: 'read_data' },
    query: {
      ...listParameters,
      ...subsetParameter,
      ...uncommittedParameter,
      populated: { type: 'boolean', says: '404 unless the dataset is populated.' },
    },
    answer: 'entities',
    run: (call) => entitiesAnswer(call, true),
  }),
  route({
    method: 'OPTIONS',
    path: '/datasets/{dataset}/entities',
    says: 'The headers of the entities of a dataset, without them.',
    needs: { is: 'dataset', may: 'read_data' },
    query: { ...listParameters, ...subsetParameter, ...webhookParameters },
    answer: 'nothing',
    run: async (call) => {
      const { name } = await datasetOf(call)
      await registerWebhook(call, name)
      return entitiesAnswer(call, false)
    },
  }),
  route({
    method: 'POST',
    path: '/datasets/{dataset}/entities',
    says: 'Writes entities to a dataset. Not for production: push to a pipe instead.',
    needs: { is: 'dataset', may: 'write_data' },
    query: { force: { type: 'boolean', says: 'Also what equals its latest version.' } },
    body: 'entities',
    answer: 'object',
    run: async (call) => {
      const dataset = param(call, 'dataset')
      if (dataset.startsWith('system:')) throw new HttpError(400, 'Datasets of the system cannot be written to.')
      const entities = bodyEntities(await call.body(), call.contentType)
      const repeats = flagParameter(call, 'force', false)
      try {
        await call.instance.session.runner.store.commit({ datasets: [{ dataset, entities, repeats }] })
      } catch (error) {
        throw badRequest(error)
      }
      call.instance.webhooks.changed([dataset])
      return jsonAnswer({})
    },
  }),
  route({
    method: 'GET',
    path: '/datasets/{dataset}/entity',
    says: 'One entity.',
    needs: { is: 'dataset', may: 'read_data' },
    query: {
      entity_id: { type: 'string', says: 'Its `_id`.', required: true },
      offset: { type: 'integer', says: 'The `_updated` that it has to have.' },
      ...subsetParameter,
      ...uncommittedParameter,
    },
    answer: 'object',
    run: async (call) => {
      const id = textParameter(call, 'entity_id')
      if (id === undefined) throw new HttpError(400, 'entity_id is missing.')
      return entityAnswer(call, id, countParameter(call, 'offset'))
    },
  }),
  route({
    method: 'GET',
    path: '/datasets/{dataset}/entities/{entity*}',
    says: 'One entity (deprecated: use `/entity`).',
    needs: { is: 'dataset', may: 'read_data' },
    query: subsetParameter,
    answer: 'object',
    run: (call) => entityAnswer(call, param(call, 'entity'), undefined),
  }),
  route({
    method: 'GET',
    path: '/datasets/{dataset}/indexes',
    says: 'The indexes of a dataset: those that its sink declares, and those of joins.',
    needs: { is: 'dataset', may: 'read_data' },
    answer: 'list',
    run: async (call) => {
      const { name } = await datasetOf(call)
      const declared = [...subsetsOf(call.instance, name)].map((text, at): Json => {
        return { _id: at, index_int_id: at, expression: readJson(text) }
      })
      return jsonAnswer(declared)
    },
  }),
  route({
    method: 'DELETE',
    path: '/datasets/{dataset}/indexes/{index}',
    says: 'Drops an index. It is built again when it is next used; what declares it stays.',
    needs: { is: 'dataset', may: 'write_data' },
    answer: 'object',
    run: async (call) => {
      const { name } = await datasetOf(call)
      const index = param(call, 'index')
      const all = [...subsetsOf(call.instance, name)]
      foundOr404(/^\d{1,9}$/.test(index) ? all[Number(index)] : null, 'index', index)
      call.instance.session.runner.store.forgetIndexes(name)
      return jsonAnswer({})
    },
  }),
  route({
    method: 'GET',
    path: '/datasets/{dataset}/search',
    says: 'The entities whose `_id` is the one given, or where there is none, begins with it.',
    needs: { is: 'dataset', may: 'read_data' },
    query: { id: { type: 'string', says: 'The `_id`, or its beginning.', required: true } },
    answer: 'entities',
    run: async (call) => {
      const { name } = await datasetOf(call)
      const id = textParameter(call, 'id')
      if (id === undefined || id === '') throw new HttpError(400, 'id is missing.')
      return listAnswer(entitiesWithId(call, name, id))
    },
  }),
  route({
    method: 'GET',
    path: '/datasets/{dataset}/metadata',
    says: 'What is kept of a dataset besides its entities.',
    needs: { is: 'dataset', may: 'read_data' },
    answer: 'object',
    run: async (call) => jsonAnswer({ ...(await datasetOf(call)).meta }),
  }),
]

function maySee({ instance, caller }: RouteCall, dataset: string): boolean {
  const writer = instance.datasets.writerOf(dataset)
  const item = writer ? instance.configuration.pipe(writer.effective.id) : null
  return mayUse(instance, caller, 'read_data', item, dataset)
}

async function datasetOf(call: RouteCall): Promise<DatasetInfo> {
  return foundOr404(await call.instance.datasets.find(param(call, 'dataset')), 'dataset', param(call, 'dataset'))
}

async function entitiesAnswer(call: RouteCall, withBody: boolean): Promise<Answer> {
  const info = await datasetOf(call)
  if (flagParameter(call, 'populated', false) && !info.populated)
    throw new HttpError(404, `${info.name} is not populated yet.`)
  const wanted = subsetOf(call, info.name)
  const scan = scanOf(call)
  const headers = pullHeaders(call.instance, info, wanted !== null)
  if (!withBody)
    return {
      status: 200,
      headers: { ...headers, 'Content-Type': 'text/plain', Allow: 'GET, HEAD, OPTIONS, POST' },
      body: '',
    }
  // A subset is of the latest versions.
  const scanOptions = wanted ? { ...scan, history: false, live: !flagParameter(call, 'deleted', true) } : scan
  return listAnswer(entityTexts(call.instance, info.name, scanOptions, wanted), headers)
}

async function entityAnswer(call: RouteCall, id: string, offset: number | undefined): Promise<Answer> {
  const { name } = await datasetOf(call)
  const { store } = call.instance
  const wanted = subsetOf(call, name)
  let entity: Entity | null = null
  if (offset !== undefined) {
    const version = await store.versionAt(name, id, offset)
    entity = version?._updated === offset ? version : null
  } else if (flagParameter(call, 'uncommitted', false)) entity = await withheldEntity(call, name, id)
  else [entity = null] = await store.lookup(name, [id])
  if (!entity || (wanted && !wanted(entity))) throw new HttpError(404, `There is no entity "${id}" in ${name}.`)
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: `${printEntity(entity)}\n` }
}

/** The latest version, also one that is withheld. */
async function withheldEntity({ instance: { store } }: RouteCall, dataset: string, id: string): Promise<Entity | null> {
  const info = await store.info(dataset)
  if (info?.pendingSince != null) {
    for await (const batch of store.scan(dataset, {
      since: info.pendingSince,
      reverse: true,
      history: true,
      pending: true,
    })) {
      const version = batch.find(({ _id }) => _id === id)
      if (version) return version
    }
  }
  return (await store.lookup(dataset, [id]))[0] ?? null
}

/** The most entities that are found by the beginning of their `_id`. */
const MAX_FOUND = 100

async function* entitiesWithId({ instance: { store } }: RouteCall, dataset: string, id: string): AsyncIterable<string> {
  const [exact] = await store.lookup(dataset, [id])
  if (exact) {
    yield printEntity(exact)
    return
  }
  let left = MAX_FOUND
  for await (const batch of store.scan(dataset, { live: true })) {
    for (const entity of batch) {
      if (!String(entity._id).startsWith(id)) continue
      yield printEntity(entity)
      if (--left <= 0) return
    }
  }
}
