/**
 * Engines as threads: the same datasets as with one engine, also with hops, and the other threads do part of the work.
 */
import { expect, it } from 'vitest'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { printEntity } from '../../../engine-worker/entity/transit.ts'
import { threadEngines } from '../../../engine-worker/node/engines.ts'
import type { EnginePool } from '../../../engine-worker/run/engines/pool.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { ticking } from '../run/histories.ts'

const pipe = (id: string, source: string, rules: unknown[]) => ({
  _id: id,
  type: 'pipe',
  source: { type: 'dataset', dataset: source },
  transform: { type: 'dtl', rules: { default: rules } },
})
const hopExpression = ['hops', { datasets: ['codes c'], where: [['eq', '_S.code', 'c.key']], return: 'c.name' }]
const pipes = [
  pipe('plain', 'in', [
    ['copy', '*'],
    ['add', 'shout', ['upper', '_S.name']],
    ['add', 'exact', '_S.amount'],
  ]),
  pipe('joined', 'in', [
    ['filter', ['neq', '_S.code', 'k3']],
    ['copy', '_id'],
    ['add', 'names', hopExpression],
  ]),
  pipe('parts', 'in', [['create', ['apply', 'part', '_S.lines']]]),
  pipe('after', 'joined', [
    ['copy', '*'],
    ['add', 'count', ['count', '_S.names']],
  ]),
]
Object.assign(pipes[2]?.transform.rules ?? {}, {
  part: [
    ['copy', '*'],
    ['add', '_id', ['concat', '_P._S._id', '-', '_S.no']],
  ],
})

async function versions(engines: EnginePool | null): Promise<string[]> {
  const environment = ticking()
  const store = memoryStore(environment)
  const session = new Session({ store, environment, batch: 400, ...(engines ? { engines } : {}) })
  session.open({ 'pipes.conf.json': printJson(pipes as never) })
  const entities = Array.from({ length: 1500 }, (_, at) => ({
    _id: `e${at % 1400}`,
    name: `n${at}`,
    code: `k${at % 7}`,
    amount: 12_345_678_901_234_567_890n,
    lines: [{ no: '1' }, { no: String(at % 3) }],
  }))
  const codes = Array.from({ length: 5 }, (_, at) => ({ _id: `c${at}`, key: `k${at}`, name: `code ${at}` }))
  await store.commit({ datasets: [{ dataset: 'in', entities, populated: true }] })
  await store.commit({ datasets: [{ dataset: 'codes', entities: codes, populated: true }] })
  expect((await session.run({ run: '1' })).state).toBe('done')
  await session.runner.store.commit({
    datasets: [{ dataset: 'codes', entities: [{ _id: 'c1', key: 'k1', name: 'new' }] }],
  })
  expect((await session.run({ run: '2' })).state).toBe('done')
  const found: string[] = []
  for (const { _id } of pipes)
    for await (const batch of store.scan(_id, { history: true }))
      for (const { _ts, ...version } of batch) found.push(`${_id} ${printEntity(version)}`)
  return found
}

it('threads make the same versions in the same order', { timeout: 120_000 }, async () => {
  const one = await versions(null)
  const pool = await threadEngines(3, true)
  try {
    await pool?.started()
    expect(await versions(pool)).toEqual(one)
    const [, ...others] = pool?.use() ?? []
    expect(others).toHaveLength(2)
    for (const busy of others) expect(busy).toBeGreaterThan(0)
  } finally {
    pool?.close()
  }
})
