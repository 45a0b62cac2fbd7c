/** Datasets and endpoints as SDShare; api.rst, configuration-sinks-http.rst. */

import { expandName } from '../../../config/project/namespaces.ts'
import type { OpenPipe } from '../../../connectors/open.ts'
import { toTriples } from '../../../connectors/rdf.ts'
import { plainText } from '../../../connectors/to-text.ts'
import type { Namespaces } from '../../../dtl/evaluation.ts'
import type { Entity } from '../../../entity/value.ts'
import type { DatasetInfo } from '../../../storage/store.ts'
import { type Answer, badRequest, foundOr404, HttpError } from '../answer.ts'
import { ATOM_TYPE, collectionFeed, type FragmentEntry, fragmentsFeed, TRIPLES_TYPE } from '../atom.ts'
import { lastModified } from '../dataset-view.ts'
import { sinceParameter } from '../entity-list.ts'
import type { Instance } from '../instance.ts'
import { encodedPart } from '../links.ts'
import { type ApiRoute, countParameter, type Parameter, param, type RouteCall, route } from '../route.ts'
import { publishedEntities } from '../stream.ts'

const pageParameters: Readonly<Record<string, Parameter>> = {
  since: { type: 'string', says: 'Only entities after this `_updated`.' },
  limit: { type: 'integer', says: 'The most entities to return.' },
}

export const sdshareRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/datasets/{dataset}/sdshare-collection',
    says: 'The SDShare collection feed of a dataset.',
    needs: { is: 'dataset', may: 'read_data' },
    answer: 'file',
    run: async (call) => {
      const info = await datasetOf(call)
      return feedAnswer(collectionFeed(info.name, siblingOf(call, 'sdshare-fragments'), await modifiedTime(call, info)))
    },
  }),
  route({
    method: 'GET',
    path: '/datasets/{dataset}/sdshare-fragments',
    says: 'The SDShare feed of the entities of a dataset that have changed.',
    needs: { is: 'dataset', may: 'read_data' },
    query: pageParameters,
    answer: 'file',
    run: async (call) => {
      const info = await datasetOf(call)
      const address = siblingOf(call, 'sdshare-fragments')
      return feedAnswer(
        fragmentsFeed(info.name, address, await modifiedTime(call, info), datasetEntries(call, info, address)),
      )
    },
  }),
  route({
    method: 'GET',
    path: '/datasets/{dataset}/sdshare-fragments/{entity*}',
    says: 'The statements about one entity as N-Triples; none for a deleted one.',
    needs: { is: 'dataset', may: 'read_data' },
    answer: 'file',
    run: async (call) => {
      const { name } = await datasetOf(call)
      const id = param(call, 'entity')
      const [entity] = await call.instance.store.lookup(name, [id])
      const { _deleted } = foundOr404(entity, 'entity', id)
      const body = _deleted === true || !entity ? '' : toTriples(entity, namespacesOf(call.instance, name))
      return { status: 200, headers: { 'Content-Type': TRIPLES_TYPE }, body }
    },
  }),
  route({
    method: 'GET',
    path: '/publishers/{pipe}/sdshare-collection',
    says: 'The SDShare collection feed of what a pipe publishes.',
    needs: { is: 'pipe', may: 'read_data' },
    answer: 'file',
    run: async (call) => {
      const { effective } = endpointOf(call)
      return feedAnswer(collectionFeed(effective.id, siblingOf(call, 'sdshare-fragments'), call.instance.now()))
    },
  }),
  route({
    method: 'GET',
    path: '/publishers/{pipe}/sdshare-fragments',
    says: 'The SDShare feed of what a pipe publishes, with the statements about each entity.',
    needs: { is: 'pipe', may: 'read_data' },
    query: pageParameters,
    answer: 'file',
    run: async (call) => {
      const pipe = endpointOf(call)
      const { id } = pipe.effective
      const address = siblingOf(call, 'sdshare-fragments')
      return feedAnswer(fragmentsFeed(id, address, call.instance.now(), pipeEntries(call, pipe)))
    },
  }),
]

function feedAnswer(body: Answer['body']): Answer {
  return { status: 200, headers: { 'Content-Type': ATOM_TYPE }, body }
}

async function datasetOf(call: RouteCall): Promise<DatasetInfo> {
  return foundOr404(await call.instance.datasets.find(param(call, 'dataset')), 'dataset', param(call, 'dataset'))
}

function endpointOf(call: RouteCall): OpenPipe {
  const id = param(call, 'pipe')
  const pipe = foundOr404(call.instance.pipe(id), 'pipe', id)
  if (pipe.effective.sink.type !== 'http_endpoint') throw new HttpError(404, `${id} does not publish entities.`)
  return pipe
}

/** The address of the last part of the path with another one in its place. */
function siblingOf({ url }: RouteCall, last: string): string {
  return `${url.origin}${url.pathname.replace(/\/sdshare-[a-z]+\/?$/, '')}/${last}`
}

/** When a dataset was last written, in milliseconds since 1970; 0 where it is empty. */
async function modifiedTime({ instance }: RouteCall, info: DatasetInfo): Promise<number> {
  return Date.parse((await lastModified(instance, info)) ?? '1970-01-01T00:00:00Z')
}

/** Those of the pipe that writes the dataset; of another dataset those of any pipe, since expansions are the node's. */
function namespacesOf(instance: Instance, dataset: string): Namespaces {
  const pipe = instance.datasets.writerOf(dataset) ?? instance.session.openPipes()[0]
  return pipe?.effective.namespaces ?? { enabled: false, identity: '', property: '', expansions: new Map() }
}

async function* datasetEntries(call: RouteCall, { name }: DatasetInfo, address: string): AsyncIterable<FragmentEntry> {
  const namespaces = namespacesOf(call.instance, name)
  const since = sinceParameter(call)
  let left = countParameter(call, 'limit') ?? Number.POSITIVE_INFINITY
  for await (const batch of call.instance.store.scan(name, since === undefined ? {} : { since })) {
    for (const entity of batch) {
      if (left-- <= 0) return
      const id = encodedPart(String(entity._id))
      yield entryOf(entity, namespaces, { address: `${address}/${id}` })
    }
  }
}

async function* pipeEntries(call: RouteCall, pipe: OpenPipe): AsyncIterable<FragmentEntry> {
  const { namespaces } = pipe.effective
  try {
    for await (const entity of publishedEntities(call, pipe)) {
      const triples = entity._deleted === true ? '' : toTriples(entity, namespaces)
      yield entryOf(entity, namespaces, { triples })
    }
  } catch (error) {
    throw badRequest(error)
  }
}

function entryOf(entity: Entity, namespaces: Namespaces, fragment: FragmentEntry['fragment']): FragmentEntry {
  const { _id, _updated, _ts } = entity
  return {
    resource: expandName(plainText(_id ?? null), namespaces),
    position: String(_updated ?? ''),
    // Microseconds since 1970.
    changed: typeof _ts === 'number' ? Math.floor(_ts / 1000) : 0,
    fragment,
  }
}
