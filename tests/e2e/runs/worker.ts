/** The worker of the tests of killed runs: a project of pipes with much tracking data, run over the real IndexedDB. */

import { printJson } from '../../../engine-worker/entity/json.ts'
import { printEntity } from '../../../engine-worker/entity/transit.ts'
import type { Entity, JsonObject } from '../../../engine-worker/entity/value.ts'
import { visible } from '../../../engine-worker/run/scenario.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { deleteStore, openStore } from '../../../engine-worker/storage/indexeddb/store.ts'
import { webLock } from '../../../engine-worker/storage/lock.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'

const PEOPLE = 400

const hops = ['hops', { datasets: ['orders o'], where: ['eq', '_S._id', 'o.person'] }]
// Only the properties of the order: the time of storage differs between projects.
const orders = ['sorted', '_._id', ['apply', 'order', hops]]

/** Joins, a merge whose members are separated, children that are deleted with their parents, and a chain of all. */
const pipes: readonly JsonObject[] = [
  pipe('joined', dataset('people'), dtl(['copy', '*'], ['add', 'orders', orders])),
  pipe('merged', {
    type: 'merge',
    version: 2,
    identity: 'first',
    datasets: ['people p', 'accounts a'],
    equality: [['eq', 'p.mail', 'a.mail']],
  }),
  pipe('parents', dataset('joined'), [
    dtl(['copy', '_id'], ['create-child', ['apply', 'order', '_S.orders']]),
    { type: 'emit_children' },
    dtl(['copy', '*'], ['add', 'seen', true]),
  ]),
  pipe('chained', dataset('merged'), [
    dtl(['copy', '*'], ['add', 'key', '_S._id']),
    dtl(
      ['copy', '*'],
      [
        'add',
        'parts',
        ['sorted', '_', ['hops', { datasets: ['joined j'], where: ['eq', '_S.key', 'j._id'], return: 'j.orders._id' }]],
      ],
    ),
  ]),
]

function pipe(_id: string, source: JsonObject, transform?: JsonObject | JsonObject[]): JsonObject {
  return { _id, type: 'pipe', source, ...(transform === undefined ? {} : { transform }) } as JsonObject
}
function dataset(name: string): JsonObject {
  return { type: 'dataset', dataset: name }
}
function dtl(...steps: JsonObject[string][]): JsonObject {
  return { type: 'dtl', rules: { default: steps, order: [['copy', ['list', '_id', 'person', 'total']]] } }
}

/** The changes that come before a run; the same for the same number. */
function changes(round: number): Readonly<Record<string, Entity[]>> {
  const random = randomOf(round)
  const randomEntities = (count: number, make: (id: number) => Entity) =>
    Array.from({ length: count }, () => make(Math.floor(random() * PEOPLE)))
  const maybeDeleted = (entity: Entity): Entity =>
    random() < 0.2 ? { _id: entity._id ?? null, _deleted: true } : entity
  const count = round === 0 ? PEOPLE * 3 : 60
  return {
    people: randomEntities(count, (id) =>
      maybeDeleted({ _id: `p${id}`, mail: `m${Math.floor(random() * PEOPLE)}`, round }),
    ),
    accounts: randomEntities(count, (id) => maybeDeleted({ _id: `a${id}`, mail: `m${Math.floor(random() * PEOPLE)}` })),
    orders: randomEntities(count, (id) =>
      maybeDeleted({ _id: `o${id}`, person: `p${Math.floor(random() * PEOPLE)}`, total: round }),
    ),
  }
}

function randomOf(seed: number): () => number {
  let state = (seed + 1) * 2_654_435_761
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

let store: DatasetStore | null = null
let session: Session | null = null

const calls = {
  /** Opens a project with a clock that is wrong by a number of milliseconds. */
  async open(project: string, off: number): Promise<void> {
    const now = () => BigInt(Date.now() + off) * 1_000_000n
    const environment = { now, random: Math.random, randomBytes: (length: number) => new Uint8Array(length) }
    store = await openStore({ project, environment, lock: webLock(navigator.locks) })
    session = new Session({ store, environment, batch: 50 })
    session.open({ 'pipes.conf.json': printJson([...pipes]) })
  },
  async put(round: number): Promise<void> {
    const datasets = Object.entries(changes(round)).map(([dataset, all]) => {
      // For each id the last one counts.
      const entities = [...new Map(all.map((entity) => [entity._id, entity])).values()]
      return { dataset, entities, populated: true }
    })
    await required(session).runner.store.commit({ datasets, states: [{ key: 'test/round', value: round }] })
  },
  /** The number of the last committed changes. */
  async round(): Promise<unknown> {
    return (await required(store).state('test/round')) ?? -1
  },
  async run(): Promise<string> {
    const { state, pipes } = await required(session).run({ run: 'run' })
    return [state, ...pipes.flatMap(({ problems }) => problems.map(({ message }) => message))].join('\n')
  },
  /** The live entities of all outputs, as text. */
  async state(): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {}
    for (const { _id } of pipes) {
      const texts: string[] = []
      for await (const batch of required(store).scan(String(_id), { live: true }))
        for (const entity of batch) texts.push(printEntity(visible(entity)))
      found[String(_id)] = texts.sort()
    }
    return found
  },
  async remove(project: string): Promise<void> {
    await store?.close()
    await deleteStore(project)
  },
}

function required<T>(value: T | null): T {
  if (value === null) throw new Error('nothing is open')
  return value
}

self.onmessage = async ({ data }: MessageEvent<{ id: number; call: keyof typeof calls; args: never[] }>) => {
  try {
    const call: (...args: never[]) => Promise<unknown> = calls[data.call]
    postMessage({ id: data.id, result: await call(...data.args) })
  } catch (error) {
    postMessage({ id: data.id, problem: null, error: String(error instanceof Error ? error.stack : error) })
  }
}
