/** The entities of a pipe at one of its stages, and what its endpoint publishes: read when somebody asks, never stored. */
import { flagSetting } from '../../config/model/setting.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import type { Publication } from '../../connectors/runtime.ts'
import { charsetIn, encodeText } from '../../entity/charset.ts'
import { get } from '../../entity/dict.ts'
import { printEntity } from '../../entity/transit.ts'
import type { Dict, Entity, Json } from '../../entity/value.ts'
import type { ProcessResult } from '../../run/chain.ts'
import { type FollowOptions, followPipe } from '../../run/follow.ts'
import { endsOf } from '../../run/sources/item.ts'
import { stagesUpTo, type TestStage } from '../../testing/outputs.ts'
import { type Answer, foundOr404, HttpError } from './answer.ts'
import { pullHeaders, sinceParameter } from './entity-list.ts'
import { LINK_PARAMETER } from './links.ts'
import { countParameter, type RouteCall, textParameter } from './route.ts'

const stages: readonly TestStage[] = ['source', 'before-transforms', 'after-transforms', 'sink']

/** Parameters of a request that are no parameters of the pipe's rules (`_B`). */
const ownParameters = new Set(['since', 'limit', 'stage', 'subset', 'linked_excel_file', LINK_PARAMETER])

/** The texts of the entities at the stage that a request asks for. */
export async function* stageTexts(call: RouteCall, pipe: OpenPipe): AsyncIterable<string> {
  const stageName = textParameter(call, 'stage') ?? 'sink'
  const stage = stages.find((each) => each === stageName)
  if (!stage) throw new HttpError(400, `stage must be one of ${stages.join(', ')}.`)
  for await (const entity of stageOutputs(call, pipe, stage)) yield printEntity(entity)
}

/** What an endpoint publishes: the text in pieces, or the bytes where its character set is another one than UTF-8. */
export async function publish(call: RouteCall, pipe: OpenPipe, kind: string, filename: string | null): Promise<Answer> {
  const { sink, id } = pipe.runnable
  const publication = sink.writes === 'outside' ? sink.publication?.() : undefined
  const endpoint = `${kind === 'entities' ? 'http' : kind}_endpoint`
  if (!publication || pipe.effective.sink.type !== endpoint) throw new HttpError(404, `${id} does not publish ${kind}.`)
  if (textParameter(call, 'linked_excel_file') !== undefined)
    throw new HttpError(400, 'Workbooks that are linked to an address are not made here; ask for /excel instead.')
  const { headers = {}, contentType } = publication.head
  const disposition = filename === null ? headers['Content-Disposition'] : attachment(filename)
  const body = publishedTexts(call, pipe, publication, kind === 'entities')
  return {
    status: 200,
    headers: {
      ...(await sourceHeaders(call, pipe)),
      'Content-Type': contentType,
      ...(disposition === undefined ? {} : { 'Content-Disposition': disposition }),
    },
    body: encodedTexts(body, charsetIn(contentType)),
  }
}

/** RFC 6266: the name in ASCII, and where that is not all of it the name itself. */
export function attachment(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact =
    plain === filename ? '' : `; filename*=UTF-8''${encodeURIComponent(filename.replace(/\p{Cs}/gu, '\ufffd'))}`
  return `attachment; filename="${plain}"${exact}`
}

async function* publishedTexts(
  call: RouteCall,
  pipe: OpenPipe,
  publication: Publication,
  stamped: boolean,
): AsyncIterable<string> {
  const entities = stageOutputs(call, pipe, 'sink')[Symbol.asyncIterator]()
  const printEntityBatch = (entity: Entity) => publication.batch([stamped ? entity : withoutOwnStamps(entity)])
  // What fails at once is an error, and not the beginning of a file: also an entity that the format has no form for.
  const first = await entities.next()
  const begin = first.done ? '' : printEntityBatch(first.value)
  yield publication.begin + begin
  for (let next = await entities.next(); !next.done; next = await entities.next()) yield printEntityBatch(next.value)
  yield publication.end
}

/** Only JSON shows what the source's dataset says of an entity. */
function withoutOwnStamps(entity: Entity): Entity {
  const { _updated, _previous, _ts, _hash, ...rest } = entity
  return rest
}

async function* encodedTexts(texts: AsyncIterable<string>, charset: string): AsyncIterable<string | Uint8Array> {
  for await (const text of texts) yield charset === 'utf-8' ? text : encodeText(text, charset)
}

async function sourceHeaders({ instance }: RouteCall, pipe: OpenPipe): Promise<Record<string, string>> {
  const { source, stages } = pipe.runnable
  const [only] = source.reads === 'datasets' && source.datasets.length === 1 ? source.datasets : []
  const info = only === undefined ? null : await instance.store.info(only)
  const isPart = get(source.config, 'subset') !== undefined || flagSetting(source.config, 'include_replaced') === false
  return info ? pullHeaders(instance, info, isPart || stages.length > 0) : {}
}

/** What comes out of a pipe for who reads its endpoint. */
export function publishedEntities(call: RouteCall, pipe: OpenPipe): AsyncIterable<Entity> {
  return stageOutputs(call, pipe, 'sink')
}

/** What comes out at a stage, with what the source's dataset says of each entity. */
async function* stageOutputs(call: RouteCall, pipe: OpenPipe, stage: TestStage): AsyncIterable<Entity> {
  let left = countParameter(call, 'limit') ?? Number.POSITIVE_INFINITY
  if (left <= 0) return
  const options: FollowOptions = {
    ...followContext(call),
    stages: stagesUpTo(pipe.runnable.stages, stage),
    position: await positionOf(call, pipe),
    parameters: rulesParameters(call),
  }
  for await (const batch of followPipe(pipe.runnable, options)) {
    for (const one of batch) {
      for (const entity of outputsOf(one)) {
        yield entity
        if (--left <= 0) return
      }
    }
  }
}

/** What every following of a pipe for a request has. */
export function followContext({ instance, signal }: RouteCall): Omit<FollowOptions, 'position'> {
  const { environment, fetch } = instance.options
  return { store: instance.session.runner.store, environment, fetch, signal }
}

/** The entities that one source entity became; those of datasets keep its `_updated`, so that `since` can go on from it. */
function outputsOf({ item, outputs }: ProcessResult): Entity[] {
  const { _updated, _previous, _ts, _hash } = item.entity
  const stamps: Dict = {}
  for (const [key, value] of Object.entries({ _updated, _previous, _ts, _hash }))
    if (value !== undefined) stamps[key] = value
  const stored = _updated !== undefined
  return outputs.flatMap(({ state, entity }) => {
    if (state !== 'out' || !entity) return []
    const deleted = item.entity._deleted === true || entity._deleted === true
    return [stored || deleted ? { ...entity, ...stamps, _deleted: deleted } : entity]
  })
}

/** Where `since` is in the source of a pipe: an `_updated` of its only dataset, or what another source takes. */
async function positionOf(call: RouteCall, pipe: OpenPipe): Promise<Json | null> {
  const text = textParameter(call, 'since')
  if (text === undefined || text === '') return null
  const { source } = pipe.runnable
  if (source.reads === 'outside') return { since: text }
  const [dataset] = source.datasets
  if (source.datasets.length !== 1 || dataset === undefined)
    throw new HttpError(400, 'since is only possible for a pipe that reads one dataset.')
  const ends = await endsOf(call.instance.session.runner.store, [dataset])
  const [generation] = foundOr404(ends[dataset], 'dataset', dataset)
  return Object.fromEntries([[dataset, [generation, sinceParameter(call) ?? 0]]])
}

function rulesParameters({ url }: RouteCall): Dict {
  return Object.fromEntries([...url.searchParams].filter(([name]) => !ownParameters.has(name)))
}
