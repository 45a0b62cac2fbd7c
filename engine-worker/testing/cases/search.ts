/** `eval` of searches: datasets given as logs, a query, and what is picked in the lists. */
import { get } from '../../entity/dict.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { type Entity, isDict, type Json, type JsonObject, objectOrEmpty, type Value } from '../../entity/value.ts'
import { documentOf, type SearchDocument } from '../../search/document.ts'
import { type Facets, search } from '../../search/search.ts'
import type { CaseResult } from './result.ts'

/** The hits of a case as `dataset/_id`, best first, and the counts of its lists. */
export function evaluateSearch(json: JsonObject): CaseResult {
  const request = objectOrEmpty(get(json, 'search'))
  const globals = textsIn(get(json, 'globals'))
  const logs = Object.entries(objectOrEmpty(get(json, 'datasets')))
  const searched = get(request, 'all') === true ? logs : logs.filter(([name]) => globals.includes(name))
  // Global datasets come first; the sort is stable.
  searched.sort(([a], [b]) => Number(globals.includes(b)) - Number(globals.includes(a)))
  const documents = searched.flatMap(([name, log]) => latestDocuments(name, log, get(request, 'deleted') === true))
  const { hits, facets } = search(documents, String(get(request, 'query') ?? ''), {
    datasets: textsIn(get(request, 'datasets')),
    namespaces: textsIn(get(request, 'namespaces')),
    properties: textsIn(get(request, 'properties')),
  })
  return {
    value: { hits: hits.map(({ document }) => `${document.dataset}/${document.id}`), facets: facetCounts(facets) },
  }
}

/** The documents of the latest versions of a log's entities. */
function latestDocuments(dataset: string, log: Json, withDeleted: boolean): SearchDocument[] {
  const byId = new Map<string, Entity>()
  for (const each of Array.isArray(log) ? log : []) {
    const entity = decodeTransit(each)
    if (isDict(entity)) byId.set(String(entity._id), entity)
  }
  const entities = [...byId.values()].filter((entity) => withDeleted || entity._deleted !== true)
  return entities.map((entity) => documentOf(dataset, entity))
}

function facetCounts(facets: Facets): Value {
  return Object.fromEntries(Object.entries(facets).map(([name, counts]) => [name, Object.fromEntries(counts)]))
}

function textsIn(json: Json | undefined): readonly string[] {
  return Array.isArray(json) ? json.filter((each) => typeof each === 'string') : []
}
