/** What entities look like: inferred types of pipes, and columns for tables; swagger_public.yaml, …/entity-types/…. */
import { collectColumns } from '../../../analysis/columns.ts'
import type { EntitySide } from '../../../api/pipe-sides.ts'
import { plainText } from '../../../connectors/to-text.ts'
import { get } from '../../../entity/dict.ts'
import type { Entity } from '../../../entity/value.ts'
import { type Answer, badRequest, foundOr404, jsonAnswer } from '../answer.ts'
import { entityTypeOf, newVersionsOf } from '../entity-types.ts'
import {
  type ApiRoute,
  countParameter,
  flagParameter,
  type Parameter,
  param,
  pipeOf,
  type RouteCall,
  route,
} from '../route.ts'

const DEFAULT_SAMPLE = 1000

const sampleParameters: Readonly<Record<string, Parameter>> = {
  sample_size: { type: 'integer', says: `How many entities to look at; ${DEFAULT_SAMPLE} by default.` },
  keys_only: { type: 'boolean', says: 'Names alone.' },
}

const entitySides: readonly EntitySide[] = ['source', 'sink']

export const schemaRoutes: readonly ApiRoute[] = [
  ...entitySides.map((side) =>
    route({
      method: 'GET',
      path: `/pipes/{pipe}/entity-types/${side}`,
      says: `A JSON schema of the ${side} entities of a pipe; {} while nothing is known.`,
      needs: { is: 'pipe', may: 'read_config' },
      answer: 'object',
      run: async (call) => jsonAnswer(await entityTypeOf(call, pipeOf(call), side)),
    }),
  ),
  route({
    method: 'GET',
    path: '/pipes/{pipe}/generate-schema-definition',
    says: 'Columns of a table that would hold the entities that a pipe produces, as `schema_definition` of SQL sinks.',
    needs: { is: 'pipe', may: 'read_data' },
    query: sampleParameters,
    answer: 'list',
    run: async (call) => {
      const pipe = pipeOf(call)
      const { type, config } = pipe.effective.sink
      const idIsKey = type === 'sql' && get(config, 'create_table_if_missing') === true
      const entities = newVersionsOf(call, pipe, pipe.runnable.stages.length, sampleSize(call))
      return columnsAnswer(call, entities, idIsKey)
    },
  }),
  route({
    method: 'GET',
    path: '/datasets/{dataset}/generate-schema-definition',
    says: 'Columns of a table that would hold the entities of a dataset, as `schema_definition` of SQL sinks.',
    needs: { is: 'dataset', may: 'read_data' },
    query: sampleParameters,
    answer: 'list',
    run: async (call) => {
      const name = param(call, 'dataset')
      foundOr404(await call.instance.datasets.find(name), 'dataset', name)
      return columnsAnswer(call, sampleOf(call, name), false)
    },
  }),
]

function sampleSize(call: RouteCall): number {
  return countParameter(call, 'sample_size') ?? DEFAULT_SAMPLE
}

async function* sampleOf(call: RouteCall, dataset: string): AsyncIterable<Entity> {
  let left = sampleSize(call)
  if (left <= 0) return
  for await (const batch of call.instance.store.scan(dataset, { live: true, batch: Math.min(left, DEFAULT_SAMPLE) })) {
    for (const entity of batch) {
      yield entity
      if (--left <= 0) return
    }
  }
}

async function columnsAnswer(call: RouteCall, entities: AsyncIterable<Entity>, idIsKey: boolean): Promise<Answer> {
  const columns = collectColumns(plainText)
  try {
    for await (const entity of entities) columns.add(entity)
  } catch (error) {
    throw badRequest(error)
  }
  const all = columns.columns(idIsKey)
  return jsonAnswer(flagParameter(call, 'keys_only', false) ? all.map(({ name }) => name ?? null) : all)
}
