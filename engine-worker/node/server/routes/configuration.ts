/** Configuration as a whole, by group and in its history; swagger_public.yaml, /config…; features/api-config-groups.rst. */
import { flagSetting, objectSetting } from '../../../config/model/setting.ts'
import type { Json, JsonObject } from '../../../entity/value.ts'
import { type Answer, HttpError, jsonAnswer, listAnswer } from '../answer.ts'
import { mayUse } from '../authorize.ts'
import {
  type ConfigItem,
  DEFAULT_GROUP,
  historyDataset,
  historyEntry,
  itemOf,
  type PostedItem,
} from '../configuration.ts'
import type { Instance } from '../instance.ts'
import {
  type ApiRoute,
  countParameter,
  flagParameter,
  type Need,
  type Parameter,
  param,
  type RouteCall,
  route,
  textParameter,
} from '../route.ts'
import { configurationZip, uploadedItems } from '../upload.ts'
import { validationError } from '../validation.ts'

const needsDeveloper: Need = { is: 'developer' }
const needsToken: Need = { is: 'token' }

/** What makes an upload count in spite of errors. */
export const forceParameter: Readonly<Record<string, Parameter>> = {
  force: { type: 'boolean', says: 'Take the configuration although it has errors.' },
}

export const configurationRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/config',
    says: 'The configuration of the default group, as JSON or as a zip by the Accept header.',
    needs: needsToken,
    answer: 'list',
    run: async (call) => configurationAnswer(call, DEFAULT_GROUP),
  }),
  route({
    method: 'PUT',
    path: '/config',
    says: 'Replaces the configuration of the default group.',
    needs: needsDeveloper,
    query: forceParameter,
    body: 'configuration',
    answer: 'object',
    run: (call) => replace(call, DEFAULT_GROUP),
  }),
  route({
    method: 'GET',
    path: '/config/{group}',
    says: 'The configuration of a group.',
    needs: needsToken,
    answer: 'list',
    run: async (call) => configurationAnswer(call, param(call, 'group')),
  }),
  route({
    method: 'PUT',
    path: '/config/{group}',
    says: 'Replaces the configuration of a group.',
    needs: needsDeveloper,
    query: forceParameter,
    body: 'configuration',
    answer: 'object',
    run: (call) => replace(call, param(call, 'group')),
  }),
  route({
    method: 'GET',
    path: '/config-all',
    says: 'The configuration of all groups.',
    needs: needsToken,
    answer: 'list',
    run: async (call) => configurationAnswer(call, null),
  }),
  route({
    method: 'PUT',
    path: '/config-all',
    says: 'Replaces the configuration of all groups; each component is placed in the group that it names.',
    needs: needsDeveloper,
    query: forceParameter,
    body: 'configuration',
    answer: 'object',
    run: (call) => replace(call, null),
  }),
  route({
    method: 'GET',
    path: '/config-history/entity',
    says: 'The versions of one component.',
    needs: needsDeveloper,
    query: {
      entity_id: { type: 'string', says: 'The component.', required: true },
      limit: { type: 'integer', says: 'The most versions to return.' },
      since: { type: 'integer', says: 'Only versions after this one.' },
      reverse: { type: 'boolean', says: 'The newest first.' },
    },
    answer: 'list',
    run: async (call) => {
      const id = textParameter(call, 'entity_id')
      if (id === undefined || id === '') throw new HttpError(400, 'entity_id is missing.')
      return listAnswer(versionTexts(call, id))
    },
  }),
]

async function* versionTexts(call: RouteCall, id: string): AsyncIterable<string> {
  const since = countParameter(call, 'since') ?? 0
  const limit = countParameter(call, 'limit') ?? Number.POSITIVE_INFINITY
  const newestFirst = await call.instance.store.versions(historyDataset, id)
  const wanted = newestFirst.filter(({ _updated }) => Number(_updated) > since)
  const ordered = flagParameter(call, 'reverse', false) ? wanted : [...wanted].reverse()
  for (const version of ordered.slice(0, limit)) yield historyEntry(version)
}

/** The components of a group that the caller may see. */
function configurationAnswer({ instance, request, caller }: RouteCall, group: string | null): Answer {
  const all = instance.configuration.ofGroup(group)
  const items = all.filter((item) => mayUse(instance, caller, 'read_config', item))
  const accepts = request.headers.accept ?? ''
  if (!/application\/zip/i.test(accepts)) return jsonAnswer(items.map(({ config }): Json => config))
  return { status: 200, headers: { 'Content-Type': 'application/zip' }, body: configurationZip(items) }
}

async function replace(call: RouteCall, group: string | null): Promise<Answer> {
  const { instance } = call
  const force = flagParameter(call, 'force', false)
  const items = componentsOf(call, uploadedItems(await call.body(), call.contentType), group, force)
  const old = instance.configuration.ofGroup(group)
  if (!force) checkRemovals(instance, old, items)
  const kept = instance.configuration.without(new Set(old.map(({ path }) => path)))
  const taken = items.find(({ path }) => kept.items.some((item) => item.path === path))
  if (taken && !force) throw notApplied([{ item: taken, says: `${taken.id} is in another config group already.` }])
  const makerByPath = new Map(old.map(({ path, madeBy }) => [path, madeBy]))
  const next = kept.with(items.map((item) => ({ ...item, madeBy: makerByPath.get(item.path) ?? item.madeBy })))
  const { applied, errors } = await instance.deploy(next, items, force)
  return jsonAnswer({ validation_errors: [...errors] }, applied ? 200 : 400)
}

/**
 * The components that were posted. 400 where a value is not a component, or where one is there twice, unless that is
 * forced.
 */
export function componentsOf(
  { caller }: RouteCall,
  posted: readonly PostedItem[],
  group: string | null,
  force: boolean,
): readonly ConfigItem[] {
  const items = new Map<string, ConfigItem>()
  const wrong: { readonly item: { readonly config: Json }; readonly says: string }[] = []
  for (const one of posted) {
    const item = itemOf(one, group, caller.user)
    if (typeof item === 'string') wrong.push({ item: { config: one.json }, says: item })
    else if (items.has(item.path)) wrong.push({ item, says: `${item.id} is there twice.` })
    else items.set(item.path, item)
  }
  if (wrong.length > 0 && !force) throw notApplied(wrong)
  return [...items.values()]
}

function notApplied(wrong: readonly { readonly item: { readonly config: Json }; readonly says: string }[]): HttpError {
  const errors = wrong.map(({ item, says }) =>
    validationError(item.config, [{ level: 'error', msg: says, elements: '$' }]),
  )
  return new HttpError(400, 'The configuration has errors.', { validation_errors: errors })
}

/** More of the components than this share may not go at once, where the node says so. */
const MAX_REMOVED_SHARE = 0.1
const MAX_REMOVED_UNCHECKED = 10

/** `global_defaults.use_config_circuit_breaker` of the metadata that counts now. */
function checkRemovals({ configuration }: Instance, old: readonly ConfigItem[], next: readonly ConfigItem[]): void {
  const metadata: JsonObject = configuration.metadata?.config ?? {}
  if (flagSetting(objectSetting(metadata, 'global_defaults'), 'use_config_circuit_breaker') !== true) return
  const paths = new Set(next.map(({ path }) => path))
  const removed = old.filter(({ path }) => !paths.has(path)).length
  if (removed <= MAX_REMOVED_UNCHECKED || removed <= MAX_REMOVED_SHARE * old.length) return
  throw new HttpError(400, `${removed} of ${old.length} components would be removed; the circuit breaker refuses that.`)
}
