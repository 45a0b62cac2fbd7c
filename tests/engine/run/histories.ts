/** Random pipes, data and histories for the laws of running, and a player that can kill the engine at any commit. */
import fc from 'fast-check'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { decodeTransit, printEntity } from '../../../engine-worker/entity/transit.ts'
import { type Entity, isDict, type Json, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { consumedUpTo } from '../../../engine-worker/run/compaction.ts'
import type { EnginePool } from '../../../engine-worker/run/engines/pool.ts'
import { visible } from '../../../engine-worker/run/scenario.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { turn } from '../../../engine-worker/run/turn.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'

/** A clock that moves by a microsecond whenever it is read, and no randomness. */
export function ticking() {
  let now = 1_700_000_000_000_000_000n
  return { now: () => (now += 1000n), random: () => 0.5, randomBytes: (length: number) => new Uint8Array(length) }
}

export type Step = { put: { [dataset: string]: JsonObject[] } } | { run: 'all' | string[] }

export interface History {
  readonly pipes: JsonObject[]
  readonly steps: Step[]
  /** Entities per batch. */
  readonly batch: number
  /** Commits at which the engine is killed, counted from the last kill, and whether the commit still takes effect. */
  /** Whether all datasets are compacted to one version of each entity after every run. */
  readonly compact?: boolean
  /** Whether the store has nothing in memory, so that every look-up waits, as on a disk. */
  readonly blind?: boolean
  readonly kills: readonly { readonly after: number; readonly durable: boolean }[]
}

/** A history as a scenario file. */
export function asScenario({ pipes, steps }: History): string {
  return printJson([
    { id: 'counterexample', pipes, steps: [...steps.map((step): Json => ({ ...step })), { run: 'all' }] },
  ])
}

export class Killed extends Error {}

/** Kills at the given commits: a killed engine commits nothing more, and the store below stays. */
export function mortal(
  store: DatasetStore,
  kills: { after: number; durable: boolean }[],
  blind: boolean,
): DatasetStore {
  let count = 0
  let isDead = false
  const commit: DatasetStore['commit'] = async (what) => {
    if (isDead) throw new Killed('killed')
    const next = kills[0]
    if (next && count++ >= next.after) {
      kills.shift()
      isDead = true
      if (next.durable) await store.commit(what)
      throw new Killed('killed')
    }
    return store.commit(what)
  }
  return new Proxy(store, {
    get: (target, key) => {
      if (key === 'commit') return commit
      if (key === 'peek' && blind) return () => undefined
      const value = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** What the datasets of pipes hold. */
export interface State {
  /** Live entities by dataset and `_id`, as text. */
  readonly live: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly problems: readonly string[]
}

/** Opens an empty store to play on. */
export type OnStore = (environment: ReturnType<typeof ticking>) => Promise<DatasetStore>

/** Plays a history; with `once` all data is put first and pipes run at the end, as in a run from the beginning. */
export async function play(
  history: History,
  once: boolean,
  after: 'nothing' | 'again' | 'reset' = 'nothing',
  on?: OnStore,
  engines?: EnginePool,
  /** Before each run, rescans of all pipes start in the background, and this many turns of the event loop pass. */
  rescans?: readonly number[],
) {
  const environment = ticking()
  const store = on ? await on(environment) : memoryStore(environment)
  const kills = once ? [] : history.kills.map((kill) => ({ ...kill }))
  const openSession = () => {
    const session = new Session({
      store: mortal(store, kills, history.blind === true && !once),
      environment,
      batch: once ? 1000 : history.batch,
      ...(engines ? { engines } : {}),
    })
    session.open({ 'pipes.conf.json': printJson(history.pipes) })
    return session
  }
  let session = openSession()
  let problems: string[] = []
  let changed = 0
  const runPipes = async (pipes?: string[], reset: readonly string[] = []) => {
    for (;;) {
      try {
        for (const pipe of reset) await session.runner.reset(pipe)
        await beginRescans()
        const result = await session.run({ run: 'law', ...(pipes ? { pipes } : {}) })
        problems = result.pipes.flatMap((pipe) => pipe.problems.map((found) => `${found.code}: ${found.message}`))
        changed = result.pipes.reduce((sum, pipe) => sum + pipe.written + pipe.deleted, 0)
        if (history.compact && !once) await compactAll(session, store)
        return
      } catch (error) {
        if (!(error instanceof Killed)) throw error
        session = openSession()
      }
    }
  }
  let rescanned = 0
  const beginRescans = async () => {
    if (!rescans || once) return
    for (const pipe of session.pipes()) {
      void session.runner.rescan(pipe, { run: 'rescan' }).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error
      })
    }
    for (let turns = rescans[rescanned++ % rescans.length] ?? 0; turns > 0; turns--) await turn()
  }
  const inputs = new Set<string>()
  for (const step of history.steps) {
    if ('put' in step) {
      for (const [dataset, entities] of Object.entries(step.put)) {
        inputs.add(dataset)
        const decoded = entities.map((entity) => decodeTransit(entity)).filter((entity) => isDict(entity))
        await store.commit({ datasets: [{ dataset, entities: decoded, populated: true }] })
        await session.runner.store.refresh(dataset)
      }
    } else if (!once) await runPipes(step.run === 'all' ? undefined : step.run)
  }
  await runPipes()
  if (rescans) {
    await session.runner.rescans.idle()
    await runPipes()
    await session.runner.rescans.idle()
    rescans = undefined
    await runPipes()
  }
  if (after === 'again') await runPipes()
  if (after === 'reset')
    await runPipes(
      undefined,
      history.pipes.map(({ _id }) => String(_id)),
    )
  const live = new Map<string, Map<string, string>>()
  for (const { name } of await store.list()) {
    if (inputs.has(name) || name.startsWith('system:')) continue
    const entities = new Map<string, string>()
    for await (const batch of store.scan(name, { live: true })) {
      for (const entity of batch) entities.set(String(entity._id), printEntity(withoutDeletedChildren(visible(entity))))
    }
    live.set(name, entities)
  }
  return { live, problems, changed, versions: await versionsOf(store) }
}

/** All versions of the datasets of pipes in their order, without the times at which they were written. */
async function versionsOf(store: DatasetStore): Promise<string[]> {
  const versions: string[] = []
  for (const { name } of await store.list()) {
    if (name.startsWith('system:')) continue
    for await (const batch of store.scan(name, { history: true })) {
      for (const { _ts, ...version } of batch) versions.push(`${name}: ${printEntity(version)}`)
    }
  }
  return versions
}

/** The sink keeps deleted children in `$children`, as documented; a run from the beginning has none. */
function withoutDeletedChildren(entity: Entity): Entity {
  const { $children } = entity
  if (!Array.isArray($children)) return entity
  const { $children: _, ...others } = entity
  const live = $children.filter((child) => !(isDict(child) && child._deleted === true))
  return live.length === 0 ? others : { ...others, $children: live }
}

async function compactAll(session: Session, store: DatasetStore) {
  for (const { name } of await store.list()) {
    const consumed = await consumedUpTo(name, session.pipes(), store)
    await store.compact(name, { keepVersions: 1, consumedUpTo: consumed })
  }
}

/** The live entities as one text, so that differences read well. */
export function shown(live: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  return [...live].flatMap(([name, entities]) => [...entities.values()].map((text) => `${name}: ${text}`)).sort()
}

const inputs = ['a', 'b', 'c', 'look', 'far']
const ids = fc.constantFrom('k0', 'k1', 'k2', 'k3', 'k4', 'k5')
const keys = fc.constantFrom('x', 'y', 'z', 'w')

const values: fc.Arbitrary<Json> = fc.oneof(
  keys,
  keys,
  fc.array(keys, { maxLength: 3 }),
  fc.constant(null),
  fc.integer({ min: 0, max: 2 }),
)

const child = fc.record({ no: fc.constantFrom('1', '2', '3'), ref: keys })

const entity: fc.Arbitrary<JsonObject> = fc
  .record({
    _id: ids,
    ref: values,
    key: keys,
    n: fc.integer({ min: 0, max: 3 }),
    lines: fc.array(child, { maxLength: 3 }),
    up: fc.constantFrom('k0', 'k1', 'k2', 'k9'),
    deleted: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ deleted, ...entity }) => (deleted === 0 ? { ...entity, _deleted: true } : entity))

const putStep: fc.Arbitrary<Step> = fc
  .array(fc.tuple(fc.constantFrom(...inputs), fc.array(entity, { minLength: 1, maxLength: 4 })), {
    minLength: 1,
    maxLength: 2,
  })
  .map((puts) => ({ put: Object.fromEntries(puts) }))

const strategies = fc.constantFrom('default', 'compact', 'list')

const source: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<JsonObject>({ type: 'dataset', dataset: 'a' }) },
  fc.constant<JsonObject>({ type: 'dataset', dataset: 'a', subset: ['eq', '_S.key', 'x'] }),
  fc.constant<JsonObject>({ type: 'union_datasets', datasets: ['a', 'b'] }),
  fc.constant<JsonObject>({ type: 'union_datasets', datasets: ['a', 'b'], prefix_ids: false }),
  fc.constantFrom<JsonObject>(
    { type: 'merge_datasets', datasets: ['a', 'b'] },
    { type: 'merge_datasets', datasets: ['a', 'b'], strategy: 'all' },
  ),
  {
    weight: 4,
    arbitrary: fc
      .record({
        identity: fc.constantFrom('first', 'composite'),
        strategy: strategies,
        rules: fc.constantFrom<JsonObject>(
          { equality: [['eq', 'a.ref', 'b.ref']] },
          {
            equality: [
              ['eq', 'a._id', 'b._id'],
              ['eq', 'b.key', 'c.key'],
            ],
          },
          {
            equality: [
              ['eq', 'a.ref', ['lower', 'b.key']],
              ['eq', 'a.up', 'c._id'],
            ],
          },
          { equality_sets: [['a.ref', 'b.ref', 'c.ref']] },
          {
            equality_sets: [
              ['a.key', 'b.ref'],
              ['b.up', 'c._id'],
            ],
          },
          {},
        ),
      })
      .map(({ identity, strategy, rules }) => ({
        type: 'merge',
        version: 2,
        datasets: ['a a', 'b b', 'c c'],
        identity,
        strategy,
        ...rules,
      })),
  },
  fc.constant<JsonObject>({
    type: 'embedded',
    entities: [
      { _id: 'k0', ref: 'x', key: 'y', n: 1, lines: [{ no: '1', ref: 'x' }], up: 'k1' },
      { _id: 'k1', ref: ['x', 'z'], key: 'w', n: 0, lines: [], up: 'k2' },
    ],
  }),
)

const fixedList = (list: JsonObject[]): fc.Arbitrary<JsonObject[]> => fc.constant(list)
const dtl = (rules: JsonObject): JsonObject => ({ type: 'dtl', rules })
const hopCall = (spec: JsonObject): Json => ['hops', spec]

/** Stages behind which every output still belongs to one source entity. */
const stableStages: fc.Arbitrary<JsonObject[]> = fc.oneof(
  fixedList([
    dtl({
      default: [
        ['copy', '*'],
        ['add', 'shout', ['upper', ['list', '_S.key', '_S.up']]],
      ],
    }),
  ]),
  // A join key made by an earlier stage.
  fixedList([
    dtl({
      default: [
        ['copy', '*'],
        ['add', 'made', ['lower', ['list', '_S.ref', '_S.key']]],
      ],
    }),
    dtl({
      default: [
        ['copy', '*'],
        ['add', 'found', ['map', '_.n', hopCall({ datasets: ['look l'], where: [['eq', '_S.made', 'l.key']] })]],
      ],
    }),
  ]),
  fixedList([
    dtl({
      default: [
        ['copy', '*'],
        [
          'add',
          'near',
          hopCall({
            datasets: ['look l', 'far f'],
            where: [
              ['eq', '_S.ref', 'l.ref'],
              ['eq', 'l.key', 'f.key'],
            ],
            return: ['list', 'l._id', 'f.n'],
          }),
        ],
      ],
    }),
  ]),
  fixedList([
    dtl({
      default: [
        ['copy', '*'],
        [
          'add',
          'chain',
          [
            'map',
            '_._id',
            hopCall({ datasets: ['look l'], where: [['eq', '_S.up', 'l._id']], recurse: true, max_depth: 4 }),
          ],
        ],
      ],
    }),
  ]),
  fixedList([
    dtl({
      default: [
        ['copy', '*'],
        ['add', 'applied', ['apply-hops', 'one', { datasets: ['far f'], where: [['eq', '_S.key', 'f.ref']] }]],
      ],
      one: [
        ['add', 'id', '_S._id'],
        ['add', 'again', ['map', '_.n', hopCall({ datasets: ['look l'], where: [['eq', '_S.key', 'l.key']] })]],
      ],
    }),
  ]),
  fixedList([
    dtl({
      default: [
        ['filter', ['gt', ['count', hopCall({ datasets: ['look l'], where: [['eq', '_S.key', 'l.key']] })], 0]],
        ['copy', '*'],
      ],
    }),
  ]),
  fixedList([
    dtl({
      default: [
        ['copy', '*'],
        ['filter', ['neq', '_S.n', 0]],
      ],
    }),
  ]),
  // Children, deleted with their parents.
  fixedList([
    dtl({
      default: [
        ['copy', '_id'],
        ['create-child', ['apply', 'line', '_S.lines']],
      ],
      line: [
        ['add', '_id', ['concat', '_P._S._id', '-', '_S.no']],
        ['copy', '*'],
        ['add', 'key', '_S.ref'],
        ['add', 'up', 'k1'],
      ],
    }),
    { type: 'emit_children' },
  ]),
)

/** Stages that may make the same output out of several source entities. */
const contestedStages: fc.Arbitrary<JsonObject[]> = fc.oneof(
  fixedList([
    dtl({
      default: [
        ['create', ['apply', 'line', '_S.lines']],
        ['copy', '*'],
      ],
      line: [
        ['add', '_id', ['concat', 'line-', '_S.no']],
        ['copy', '*'],
        ['add', 'key', '_S.ref'],
        ['add', 'by', '_P._S._id'],
      ],
    }),
  ]),
  // Children that several parents have.
  fixedList([
    dtl({
      default: [
        ['copy', '_id'],
        ['create-child', ['apply', 'line', '_S.lines']],
      ],
      line: [
        ['add', '_id', ['concat', 'shared-', '_S.no']],
        ['copy', '*'],
        ['add', 'by', '_P._S._id'],
      ],
    }),
    { type: 'emit_children' },
  ]),
  // Another `_id` that never changes, the same one for several.
  fixedList([
    dtl({
      default: [
        ['copy', '*'],
        ['add', '_id', ['concat', 'g', ['substring', 1, 2, '_S._id']]],
        ['add', 'was', '_S._id'],
      ],
    }),
  ]),
)

const namespaces = fc.constantFrom<JsonObject>({}, {}, {}, { namespaced_identifiers: true, add_namespaces: true })

const stage = fc.oneof({ weight: 4, arbitrary: stableStages }, { weight: 1, arbitrary: contestedStages })
const chain = fc.array(stage, { minLength: 0, maxLength: 3 }).map((stages) => stages.flat())
// Which of several outputs counts depends on the order of the source's log, and the order of a pipe's dataset depends
// on its history.
const secondStages = fc.option(fc.array(stableStages, { maxLength: 2 }).map((stages) => stages.flat()))

/** A global and what enriches it: a circle. */
const globals: JsonObject[] = [
  {
    _id: 'p',
    type: 'pipe',
    source: {
      type: 'merge',
      version: 2,
      identity: 'first',
      datasets: ['a a', 'b b', 'q q'],
      equality: [
        ['eq', 'a._id', 'b._id'],
        ['eq', 'a.key', 'b.ref'],
        ['eq', 'a._id', 'q.of'],
        ['eq', 'b._id', 'q.of'],
      ],
    },
  },
  {
    _id: 'q',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'p' },
    transform: dtl({
      default: [
        ['filter', ['is-not-null', '_S.key']],
        ['add', '_id', ['concat', 'e-', '_S._id']],
        ['add', 'of', '_S._id'],
        ['add', 'found', ['map', '_.n', hopCall({ datasets: ['look l'], where: [['eq', '_S.key', 'l.key']] })]],
      ],
    }),
  },
]

/** Parents with their children in a dataset, and the children on their own behind it. */
const families: JsonObject[] = [
  {
    _id: 'p',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'a' },
    transform: dtl({
      default: [
        ['filter', ['neq', '_S.n', 0]],
        ['copy', '_id'],
        ['create-child', ['apply', 'line', '_S.lines']],
      ],
      line: [
        ['add', '_id', ['concat', '_P._S._id', '-', '_S.no']],
        ['copy', '*'],
      ],
    }),
  },
  { _id: 'q', type: 'pipe', source: { type: 'dataset', dataset: 'p' }, transform: { type: 'emit_children' } },
]

/** Readers of a merge's output that read all versions, or no replaced ids. */
const readers: fc.Arbitrary<JsonObject[]> = fc
  .record({
    include_replaced: fc.boolean(),
    include_previous_versions: fc.boolean(),
    identity: fc.constantFrom('first', 'composite'),
  })
  .map(({ identity, ...flags }): JsonObject[] => [
    {
      _id: 'p',
      type: 'pipe',
      source: { type: 'merge', version: 2, identity, datasets: ['a a', 'b b'], equality: [['eq', 'a.ref', 'b.ref']] },
    },
    {
      _id: 'q',
      type: 'pipe',
      source: { type: 'dataset', dataset: 'p', ...flags },
      transform: dtl({
        default: [
          ['copy', '*'],
          ['add', 'found', hopCall({ datasets: ['look l'], where: [['eq', '_S.key', 'l.key']], return: 'l.n' })],
        ],
      }),
    },
  ])

const singlePipe: fc.Arbitrary<JsonObject[]> = fc
  .record({ source, chain, namespaces, second: secondStages })
  .map(({ source, chain, namespaces, second }) => {
    const first: JsonObject = { _id: 'p', type: 'pipe', source, transform: chain, ...namespaces }
    if (!second) return [first]
    return [first, { _id: 'q', type: 'pipe', source: { type: 'dataset', dataset: 'p' }, transform: second }]
  })

const pipes = fc.oneof({ weight: 8, arbitrary: singlePipe }, fixedList(globals), fixedList(families), readers)

const runs = fc.constant<Step>({ run: 'all' })

/** Random histories. */
export const histories: fc.Arbitrary<History> = fc.record({
  pipes,
  steps: fc.array(fc.oneof({ weight: 3, arbitrary: putStep }, { weight: 2, arbitrary: runs }), {
    minLength: 2,
    maxLength: 9,
  }),
  batch: fc.constantFrom(1, 2, 3, 1000),
  compact: fc.boolean(),
  blind: fc.boolean(),
  kills: fc.oneof(
    { weight: 2, arbitrary: fc.constant<never[]>([]) },
    fc.array(fc.record({ after: fc.integer({ min: 0, max: 6 }), durable: fc.boolean() }), { maxLength: 3 }),
  ),
})
