/** `search DIR QUERY`: runs a project and searches its datasets (hub/features/integrated-search.rst). */

import { searchStored } from '../../api/stored-search.ts'
import { datasetWritten } from '../../config/project/facts.ts'
import { get } from '../../entity/dict.ts'
import { turn } from '../../run/turn.ts'
import { SearchIndexes } from '../../search/index/search-indexes.ts'
import { splitQuery } from '../../search/property-filters.ts'
import type { Facets } from '../../search/search.ts'
import { searchStore } from '../../search/search-store.ts'
import { type OpenProject, runInternal } from '../../testing/outputs.ts'
import { printable, problemText } from '../problem-text.ts'
import { command, jsonOption, profileOption } from './define.ts'
import { machine } from './machine.ts'
import { openProject } from './project-run.ts'
import { UsageError } from './usage-error.ts'

const DEFAULT_HITS = 20

export const searchCommand = command({
  name: 'search',
  says: 'Runs a project and searches its datasets, or searches a store without a run. Queries are in the language of Sesam’s integrated search, with filters by property (@email:ada*, @amount>1000, -@phone). Hits of global datasets come first.',
  argument: 'DIR',
  further: ['QUERY'],
  options: {
    dataset: { value: 'NAME', times: 'many', says: 'Finds entities of these datasets only.' },
    namespace: { value: 'NAME', times: 'many', says: 'Finds entities with properties of these namespaces only.' },
    property: { value: 'NAME', times: 'many', says: 'Finds entities with these properties only.' },
    store: { value: 'STORE', says: 'Searches this store without a run; the search index is kept there.' },
    deleted: { says: 'Also finds deleted entities, and with them those that a filter removed from their dataset.' },
    most: { value: 'N', says: `The number of hits to show; ${DEFAULT_HITS} by default.` },
    profile: profileOption,
    json: jsonOption,
  },
  run: async (given, io) => {
    const most = Number(given.one('most') ?? DEFAULT_HITS)
    if (!Number.isInteger(most) || most < 0)
      throw new UsageError(`--most needs a whole number, not ${given.one('most')}.`)
    const storeFolder = given.one('store')
    const open = await openProject(given.argument, { profile: given.one('profile'), store: storeFolder })
    const ran = storeFolder === undefined ? await runInternal(open) : null
    const failed = ran?.pipes.filter(({ state }) => state === 'failed') ?? []
    for (const { pipe, problems } of failed)
      for (const found of problems) io.say(`${printable(pipe)}: ${problemText(found)}`)
    const { store } = open.runner.store
    const asked = {
      query: given.further[0] ?? '',
      datasets: await searchedDatasets(open),
      picks: {
        datasets: given.many('dataset'),
        namespaces: given.many('namespace'),
        properties: given.many('property'),
      },
      withDeleted: given.has('deleted'),
      most,
    }
    const hasFilters = splitQuery(asked.query).filters.length > 0
    const indexes = new SearchIndexes(store, Math.floor(machine.random() * 2 ** 32), () => turn)
    const { total, hits, facets } =
      storeFolder === undefined && !hasFilters
        ? await searchStore(store, asked)
        : await searchStored(store, indexes, asked)
    if (storeFolder !== undefined) await store.close()
    if (given.has('json')) io.out(`${JSON.stringify({ total, hits, facets: plainFacets(facets) }, null, 2)}\n`)
    else {
      for (const { dataset, id, snippets } of hits) {
        io.out(`${printable(`${dataset}/${id}`)}\n`)
        for (const { property, text } of snippets) io.out(`    ${printable(`${property}: ${text}`)}\n`)
      }
      io.say(`${total} found${total > hits.length ? `, ${hits.length} shown` : ''}`)
    }
    return failed.length > 0 ? 1 : 0
  },
})

/** The names of all datasets but the system's own; those of global pipes come first. */
async function searchedDatasets({ runner, pipes }: OpenProject): Promise<readonly string[]> {
  const globals = new Set(
    pipes
      .filter(({ effective }) => get(effective.metadata, 'global') === true)
      .map(({ effective }) => datasetWritten(effective.sink)),
  )
  const names = (await runner.store.store.list()).map(({ name }) => name).filter((name) => !name.startsWith('system:'))
  return [...names.filter((name) => globals.has(name)), ...names.filter((name) => !globals.has(name))]
}

function plainFacets(facets: Facets): Record<string, Record<string, number>> {
  return Object.fromEntries(Object.entries(facets).map(([name, counts]) => [name, Object.fromEntries(counts)]))
}
