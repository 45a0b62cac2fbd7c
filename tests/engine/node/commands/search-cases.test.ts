/** The queries of the corpus through the command line: `search DIR QUERY --json` of a project whose pipes give the entities. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { searchCommand } from '../../../../engine-worker/node/commands/search.ts'
import { type QueryCase, queryCases } from '../../../support/search-cases.ts'

const { datasets, cases } = queryCases
const folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The folder of a project with a pipe for each dataset that a case searches; the global ones are the first. */
function projectOf({ on, globals, picks = {} }: QueryCase): string {
  const logs = Object.entries(datasets[on] ?? {})
  const project = mkdtempSync(join(folder, 'p'))
  mkdirSync(join(project, 'pipes'))
  for (const [_id, entities] of logs) {
    const isGlobal = (globals ?? [_id]).includes(_id)
    if (!isGlobal && !picks.all) continue
    const pipe = { _id, type: 'pipe', source: { type: 'embedded', entities }, metadata: { global: isGlobal } }
    writeFileSync(join(project, 'pipes', `${_id}.conf.json`), JSON.stringify(pipe))
  }
  return project
}

async function search(args: readonly string[]) {
  const out: string[] = []
  expect(await searchCommand.run(args, { out: (text) => void out.push(text), say: () => {} })).toBe(0)
  const { total, hits, facets } = JSON.parse(out.join(''))
  return { total, facets, hits: hits.map((hit: Record<string, string>) => `${hit.dataset}/${hit.id}`) as string[] }
}

describe('search on the command line', () => {
  it.each(cases)('$rule: $query', async (given) => {
    const { query, hits, order, picks = {}, facets } = given
    const lists = { dataset: picks.datasets, namespace: picks.namespaces, property: picks.properties }
    const picked = Object.entries(lists).flatMap(([name, all = []]) => all.flatMap((each) => [`--${name}`, each]))
    const deleted = picks.deleted ? ['--deleted'] : []
    const found = await search(['--json', '--most', '99', ...picked, ...deleted, '--', projectOf(given), query])
    expect(found.hits.toSorted()).toEqual(hits.toSorted())
    expect(found.total).toBe(hits.length)
    if (order) expect(found.hits.filter((hit) => order.includes(hit))).toEqual(order)
    expect(found.facets).toMatchObject(facets ?? {})
  })
})
