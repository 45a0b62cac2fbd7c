/** Writing, indexing, searching and profiling one dataset of customers, in the engine as the app's worker has it. */

import type { CallContext } from '../../../engine-worker/api/capability.ts'
import { followColumns } from '../../../engine-worker/api/follow-columns.ts'
import { followSearch } from '../../../engine-worker/api/follow-search.ts'
import { EngineHost } from '../../../engine-worker/api/host.ts'
import { open } from '../../../engine-worker/api/open.ts'
import { profile } from '../../../engine-worker/api/profile.ts'
import { run } from '../../../engine-worker/api/run.ts'
import { searchEntities } from '../../../engine-worker/api/search.ts'

import { printJson } from '../../../engine-worker/entity/json.ts'
import { customer } from '../../../engine-worker/node/commands/bench/customers.ts'
import { openStore } from '../../../engine-worker/storage/indexeddb/store.ts'

/** What was measured, in milliseconds. */
export interface SearchFigures {
  /** Milliseconds of writing the dataset, and of making its index. */
  readonly write: number
  readonly index: number
  /** Bytes of the index. */
  readonly bytes: number
  /** Milliseconds of the first search after the project was opened again: the index is read from the store. */
  readonly reopen: number
  readonly queries: readonly {
    readonly query: string
    readonly took: number
    readonly first: number
    readonly total: number
  }[]
  /** Milliseconds of a run of a pipe, and of the same run while the index of the dataset is made. */
  readonly run: number
  readonly runWhileIndexing: number
  /** Milliseconds of storing the columns of the dataset, and their bytes. */
  readonly columns: number
  readonly columnBytes: number
  /** Milliseconds of queries with filters: the first one reads columns. */
  readonly filters: SearchFigures['queries']
  /** Profiles: of a column that is not kept, of a kept one at the first look, and of the same one after a change. */
  readonly unkeptProfile: number
  readonly firstProfile: number
  readonly profile: number
  readonly profileIds: number
}

const environment = {
  now: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
  random: Math.random,
  randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
}

function newHost(): EngineHost {
  return new EngineHost({
    environment,
    fetch: null,
    openStore: (project) => openStore({ project, environment, lock: null }),
    deleteStore: async () => {},
  })
}

const QUERIES = [
  'kari',
  'oslo + kari',
  'nordmann-4711',
  '"person.4711 example"~2',
  'storgata -bergen',
  'nordm*',
  'tromsö~1',
  '(kari + oslo) | (john + bergen)',
]
const FILTERS = ['@age>70 + kari', '@age>70', '@email:person.4711*', '@email=person.4711@example.org', '@email:n.47']
const REPETITIONS = 5
const RUN_ENTITIES = 100_000

const files = {
  'pipes/out.conf.json': printJson({
    _id: 'out',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'some' },
    transform: {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'name', ['concat', '_S.first', ' ', '_S.last']],
        ],
      },
    },
  }),
}

async function timeOf<T>(work: () => Promise<T>): Promise<{ readonly took: number; readonly result: T }> {
  const start = performance.now()
  const result = await work()
  return { took: performance.now() - start, result }
}

/** Entities are made outside of the measured time. */
async function writeDataset(host: EngineHost, dataset: string, count: number): Promise<number> {
  const { store } = host.current()
  let took = 0
  for (let from = 0; from < count; from += 5000) {
    const entities = Array.from({ length: Math.min(5000, count - from) }, (_, at) => customer(from + at))
    took += (await timeOf(() => store.commit({ datasets: [{ dataset, entities, populated: true }] }))).took
  }
  return took
}

/** A run of a pipe alone and while another dataset is indexed, in turn, over the same stored data: medians. */
async function runsBesideIndexing(
  host: EngineHost,
  context: () => CallContext<unknown>,
  entities: number,
): Promise<{ readonly alone: number; readonly beside: number }> {
  await writeDataset(host, 'some', RUN_ENTITIES)
  await writeDataset(host, 'more', entities)
  const runAgain = () => run.run({ run: 'bench', pipes: ['out'], full: true }, context())
  await runAgain()
  const alone: number[] = []
  const beside: number[] = []
  for (let round = 0; round < REPETITIONS; round++) {
    alone.push((await timeOf(runAgain)).took)
    const stopping = new AbortController()
    const within = { ...context(), signal: stopping.signal }
    const following = followSearch.run(null, within).then(() => followColumns.run({}, within))
    beside.push((await timeOf(runAgain)).took)
    stopping.abort()
    await following
  }
  return { alone: medianOf(alone), beside: medianOf(beside) }
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0
}

async function measure(project: string, entities: number): Promise<SearchFigures> {
  let host = newHost()
  const context = () => ({ host, capabilities: [], onEvent: () => {}, signal: new AbortController().signal })
  await open.run({ project, files }, context())
  const written = await writeDataset(host, 'customers', entities)
  const indexed = await timeOf(() => followSearch.run(null, context()))
  const bytes = indexed.result.indexes.reduce((sum, each) => sum + each.bytes, 0)
  await host.close()
  host = newHost()
  await open.run({ project, files }, context())
  const reopen = await timeOf(() => followSearch.run(null, context()))
  const searchFor = (query: string) => searchEntities.run({ query, picks: {}, from: 0, count: 20 }, context())
  const askAll = async (asked: readonly string[]) => {
    const queries: SearchFigures['queries'][number][] = []
    for (const query of asked) {
      const times: number[] = []
      let total = 0
      for (let time = 0; time < REPETITIONS; time++) {
        const answer = await timeOf(() => searchFor(query))
        times.push(answer.took)
        total = answer.result.total
      }
      queries.push({ query, took: medianOf(times), first: times[0] ?? 0, total })
    }
    return queries
  }
  const queries = await askAll(QUERIES)
  const unkept = await timeOf(() => profile.run({ dataset: 'customers', properties: ['first'] }, context()))
  const columns = await timeOf(() => followColumns.run({}, context()))
  await host.close()
  host = newHost()
  await open.run({ project, files }, context())
  const first = await timeOf(() => profile.run({ dataset: 'customers', properties: ['email'] }, context()))
  await followSearch.run(null, context())
  const filters = await askAll(FILTERS)
  await host.current().store.commit({ datasets: [{ dataset: 'customers', entities: [{ ...customer(1), age: 1 }] }] })
  const ofEmail = await timeOf(() => profile.run({ dataset: 'customers', properties: ['email'] }, context()))
  const ofIds = await timeOf(() => profile.run({ dataset: 'customers', properties: ['_id'] }, context()))
  if (ofEmail.result.properties[0]?.distinct !== entities) throw new Error('the profile counts wrongly')
  const { alone, beside } = await runsBesideIndexing(host, context, Math.max(RUN_ENTITIES, entities / 2))
  await host.close()
  return {
    write: written,
    index: indexed.took,
    bytes,
    reopen: reopen.took,
    queries,
    run: alone,
    runWhileIndexing: beside,
    columns: columns.took,
    columnBytes: columns.result.reduce((sum, each) => sum + each.bytes, 0),
    unkeptProfile: unkept.took,
    filters,
    firstProfile: first.took,
    profile: ofEmail.took,
    profileIds: ofIds.took,
  }
}

self.onmessage = async ({ data }: MessageEvent<{ project: string; entities: number }>) => {
  try {
    postMessage(await measure(data.project, data.entities))
  } catch (error) {
    postMessage({ error: String(error instanceof Error ? error.stack : error) })
  }
}
