/** Pipes: lists, configuration, entities, logs; swagger_public.yaml, /pipes…. */
import { objectSetting } from '../../../config/model/setting.ts'
import { executionLog } from '../../../config/project/system-datasets.ts'
import { get } from '../../../entity/dict.ts'
import { readJson } from '../../../entity/json.ts'
import { encodeTransit, readEntity } from '../../../entity/transit.ts'
import { isObject, type Json, type JsonObject } from '../../../entity/value.ts'
import { followEntities } from '../../../run/follow.ts'
import { componentOf } from '../../../run/session.ts'
import { type Answer, badRequest, foundOr404, HttpError, jsonAnswer, listAnswer } from '../answer.ts'
import { checkCollection, mayUse } from '../authorize.ts'
import { bodyJson, formFields } from '../body.ts'
import { entityTexts, listParameters, pullHeaders, scanOf } from '../entity-list.ts'
import type { Instance } from '../instance.ts'
import { pipeJson } from '../pipe-view.ts'
import { registerWebhook, webhookParameters } from '../register-webhook.ts'
import { type ApiRoute, flagParameter, param, pipeOf, type RouteCall, route } from '../route.ts'
import { followContext, stageTexts } from '../stream.ts'
import { postedItems } from '../upload.ts'
import { componentsOf, forceParameter } from './configuration.ts'

const fieldsParameter = {
  fields: { type: 'string', says: 'Names of the members to return, with commas between.' },
} as const

export const pipeRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/pipes',
    says: 'All pipes that the caller may see.',
    needs: { is: 'token' },
    query: {
      verbose: { type: 'boolean', says: 'Has no effect here: all is told.' },
      'include-internal-pipes': { type: 'boolean', says: 'Accepted; there are none.' },
      ...fieldsParameter,
    },
    answer: 'list',
    run: async (call) => {
      checkCollection(call, 'pipe', 'read_config')
      const views: JsonObject[] = []
      for (const item of call.instance.configuration.items) {
        const isReadable = item.path.startsWith('pipes/') && mayUse(call.instance, call.caller, 'read_config', item)
        const view = isReadable ? await viewOf(call.instance, item.id) : null
        if (view) views.push(withFields(call, view))
      }
      return jsonAnswer(views)
    },
  }),
  route({
    method: 'POST',
    path: '/pipes',
    says: 'Adds pipes. 409 if one of them already exists.',
    needs: { is: 'token' },
    query: forceParameter,
    body: 'configuration',
    answer: 'list',
    run: (call) => addComponents(call, 'pipes/'),
  }),
  route({
    method: 'GET',
    path: '/pipes/{pipe}',
    says: 'A pipe with its configuration and how it stands.',
    needs: { is: 'pipe', may: 'read_config' },
    query: fieldsParameter,
    answer: 'object',
    run: async (call) => {
      const view = foundOr404(await viewOf(call.instance, param(call, 'pipe')), 'pipe', param(call, 'pipe'))
      return jsonAnswer(withFields(call, view))
    },
  }),
  route({
    method: 'DELETE',
    path: '/pipes/{pipe}',
    says: 'Removes a pipe. Its datasets stay.',
    needs: { is: 'pipe', may: 'write_config' },
    answer: 'object',
    run: async (call) => {
      const { instance } = call
      const id = param(call, 'pipe')
      const { path } = foundOr404(instance.configuration.pipe(id), 'pipe', id)
      await instance.deploy(instance.configuration.without(new Set([path])), [], true)
      return jsonAnswer({ _id: id })
    },
  }),
  route({
    method: 'GET',
    path: '/pipes/{pipe}/config',
    says: 'The configuration of a pipe as it was written.',
    needs: { is: 'pipe', may: 'read_config' },
    answer: 'object',
    run: async (call) =>
      jsonAnswer(foundOr404(call.instance.configuration.pipe(param(call, 'pipe')), 'pipe', '').config),
  }),
  route({
    method: 'PUT',
    path: '/pipes/{pipe}/config',
    says: 'Changes the configuration of a pipe.',
    needs: { is: 'pipe', may: 'write_config' },
    query: forceParameter,
    body: 'json',
    answer: 'object',
    run: async (call) => {
      await replaceComponent(call, param(call, 'pipe'), 'pipes/')
      return jsonAnswer(foundOr404(await viewOf(call.instance, param(call, 'pipe')), 'pipe', ''))
    },
  }),
  route({
    method: 'GET',
    path: '/pipes/{pipe}/metadata',
    says: 'What the configuration of a pipe says of it besides.',
    needs: { is: 'pipe', may: 'read_config' },
    answer: 'object',
    run: async (call) =>
      jsonAnswer(
        objectSetting(foundOr404(call.instance.configuration.pipe(param(call, 'pipe')), 'pipe', '').config, 'metadata'),
      ),
  }),
  route({
    method: 'POST',
    path: '/pipes/{pipe}/webhook',
    says: 'Starts the pump of a pipe that has registered a webhook; 404 for others, so that the sender forgets them.',
    needs: { is: 'pipe', may: 'run_pump_operation' },
    body: 'json',
    answer: 'object',
    run: async (call) => {
      const token = bodyJson(await call.body())
      foundOr404(null, 'webhook', isObject(token) ? String(get(token, 'token') ?? '') : '')
      return jsonAnswer({})
    },
  }),
  route({
    method: 'GET',
    path: '/pipes/{pipe}/entities',
    says: 'The entities of a pipe as they are at one of its stages. Nothing is written.',
    needs: { is: 'pipe', may: 'read_data' },
    query: {
      limit: { type: 'integer', says: 'The most entities to return.' },
      since: { type: 'string', says: 'Only entities after this position of the source.' },
      stage: { type: 'string', says: '`source`, `before-transforms`, `after-transforms` or `sink` (the default).' },
    },
    answer: 'entities',
    run: async (call) => {
      const pipe = pipeOf(call)
      return listAnswer(stageTexts(call, pipe))
    },
  }),
  route({
    method: 'GET',
    path: '/pipes/{pipe}/log',
    says: 'The execution log of a pipe.',
    needs: { is: 'pipe', may: 'read_config' },
    query: listParameters,
    answer: 'entities',
    run: async (call) => {
      const log = executionLog(param(call, 'pipe'))
      return listAnswer(entityTexts(call.instance, log, scanOf(call)))
    },
  }),
  route({
    method: 'OPTIONS',
    path: '/pipes/{pipe}/log',
    says: 'The headers of the execution log of a pipe, without its entities.',
    needs: { is: 'pipe', may: 'read_config' },
    query: { ...listParameters, ...webhookParameters },
    answer: 'nothing',
    run: async (call) => {
      const { instance } = call
      const log = executionLog(pipeOf(call).effective.id)
      await registerWebhook(call, log)
      const info = await instance.datasets.find(log)
      const headers = { 'Content-Type': 'text/plain', Allow: 'GET, HEAD, OPTIONS' }
      return { status: 200, headers: { ...(info ? pullHeaders(instance, info) : {}), ...headers }, body: '' }
    },
  }),
  route({
    method: 'POST',
    path: '/pipes/{pipe}/preview',
    says: 'What a pipe makes of one entity. Nothing is written.',
    needs: { is: 'pipe', may: 'read_data' },
    body: 'form',
    form: { 'pipe-config': 'The pipe as JSON.', source: 'The entity as JSON.', operation: '`preview-pipe`.' },
    answer: 'object',
    run: previewAnswer,
  }),
]

/** A pipe as the API shows it, or null. */
async function viewOf(instance: Instance, id: string): Promise<JsonObject | null> {
  const item = instance.configuration.pipe(id)
  const pipe = item && instance.pipe(id)
  return item && pipe ? pipeJson(instance, item, pipe) : null
}

function withFields(call: RouteCall, view: JsonObject): JsonObject {
  const fieldNames = call.url.searchParams.getAll('fields').join(',')
  if (fieldNames === '') return view
  const names = new Set(['_id', ...fieldNames.split(',').map((name) => name.trim())])
  return Object.fromEntries(Object.entries(view).filter(([name]) => names.has(name)))
}

/** Adds posted components of one folder; answers them as the API shows them. */
export async function addComponents(call: RouteCall, folder: 'pipes/' | 'systems/'): Promise<Answer> {
  const { instance, caller } = call
  checkCollection(call, folder === 'pipes/' ? 'pipe' : 'system', 'write_config')
  if (!caller.roles.some((role) => /^group:(Admin|Developer|User)$/.test(role)))
    throw new HttpError(403, 'Your roles may not add components.')
  const force = flagParameter(call, 'force', false)
  const items = componentsOf(call, postedItems(bodyJson(await call.body()), null), null, force)
  const other = items.find(({ path }) => !path.startsWith(folder))
  if (other) throw new HttpError(400, `${other.id} does not belong here: it is no ${folder.slice(0, -2)}.`)
  const there = items.find(({ path }) => instance.configuration.items.some((item) => item.path === path))
  if (there) throw new HttpError(409, `${there.id} already exists.`)
  const { applied, errors } = await instance.deploy(instance.configuration.with(items), items, force)
  if (!applied) return jsonAnswer({ validation_errors: [...errors] }, 400)
  const views: Json[] = []
  for (const { id, config } of items) {
    const view = folder === 'pipes/' ? await viewOf(instance, id) : { _id: id, config: { original: config } }
    if (view) views.push(view)
  }
  return jsonAnswer(views)
}

/** Puts the posted configuration in the place of a component's; 400 with its errors. */
export async function replaceComponent(call: RouteCall, id: string, folder: 'pipes/' | 'systems/'): Promise<void> {
  const { instance } = call
  const force = flagParameter(call, 'force', false)
  const json = bodyJson(await call.body())
  if (isObject(json) && get(json, '_id') === undefined) json._id = id
  const [item] = componentsOf(call, postedItems(json, null), null, false)
  if (!item || item.id !== id || !item.path.startsWith(folder))
    throw new HttpError(400, `The configuration is not one of ${id}.`)
  const { applied, errors } = await instance.deploy(instance.configuration.with([item]), [item], force)
  if (!applied) throw new HttpError(400, 'The configuration has errors.', { validation_errors: [...errors] })
}

async function previewAnswer(call: RouteCall): Promise<Answer> {
  const form = formFields(await call.body(), call.contentType)
  const config = jsonField(form, 'pipe-config')
  const source = form.get('source') ?? '{}'
  const component = config === null ? null : componentOf(config)
  const pipe = component ?? call.instance.session.component(param(call, 'pipe'))
  if (!pipe || (config !== null && !component)) throw new HttpError(400, 'pipe-config is no pipe.')
  try {
    const entity = readEntity(source)
    const runnable = call.instance.session.runnable(pipe)
    const isAfterTransforms = (stage: string) => stage !== 'remove_namespaces'
    const stages = runnable.stages.filter(({ stage }) => isAfterTransforms(stage))
    const context = followContext(call)
    const [transformed, sink] = await Promise.all([
      followEntities(runnable, [entity], { ...context, stages }),
      followEntities(runnable, [entity], context),
    ])
    const outEntities = (found: typeof sink) =>
      found.flatMap(({ outputs }) =>
        outputs.flatMap(({ state, entity }) => (state === 'out' && entity ? [encodeTransit(entity)] : [])),
      )
    return jsonAnswer({
      source: encodeTransit(entity),
      transformed: [outEntities(transformed)],
      sink: outEntities(sink),
    })
  } catch (error) {
    throw badRequest(error)
  }
}

function jsonField(form: ReadonlyMap<string, string>, name: string): Json {
  const text = form.get(name)
  if (text === undefined) return null
  try {
    return readJson(text)
  } catch (error) {
    throw new HttpError(400, `${name} is not JSON: ${badRequest(error).message}`)
  }
}
