/**
 * The number of engines that a project sets: they exist only during a run, and the data is the same with any number.
 */
import { expect, it } from 'vitest'
import { EngineHost } from '../../../engine-worker/api/host.ts'
import { operations } from '../../../engine-worker/api/operations.ts'
import { update } from '../../../engine-worker/api/update.ts'
import { printEntity } from '../../../engine-worker/entity/transit.ts'
import type { EnginePort, TransformRequest } from '../../../engine-worker/run/engines/messages.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { callContext } from '../../support/call-context.ts'
import { copyingPort } from '../../support/engines.ts'
import { ticking } from '../run/histories.ts'

const pipe = (id: string, source: object, ...rules: unknown[]) => ({
  [`pipes/${id}.conf.json`]: JSON.stringify({
    _id: id,
    type: 'pipe',
    source,
    transform: { type: 'dtl', rules: { default: rules } },
  }),
})
const peopleFiles = (count: number) => ({
  'pipes/people.conf.json': JSON.stringify({
    _id: 'people',
    type: 'pipe',
    source: {
      type: 'embedded',
      entities: Array.from({ length: count }, (_, at) => ({ _id: `p${at}`, name: `n${at}`, town: `t${at % 7}` })),
    },
  }),
})
const dataset = { type: 'dataset', dataset: 'people' }
const files = (count: number, engines: unknown = 1) => ({
  '.pipewright.json': JSON.stringify({ engines }),
  ...peopleFiles(count),
  ...pipe('loud', dataset, ['copy', '*'], ['add', 'loud', ['upper', '_S.name']]),
  ...pipe('towns', dataset, [
    'add',
    'others',
    ['hops', { datasets: ['people p'], where: [['eq', '_S.name', 'p.name']], return: 'p.town' }],
  ]),
})

/** A host that starts engines with `start` and records what happens to them. */
function hostWith(start: () => EnginePort) {
  const environment = ticking()
  // Its content stays when it is closed, as on disk.
  const store = Object.assign(memoryStore(environment), { close: async () => undefined })
  const seen = { started: 0, open: 0, transforms: 0 }
  const countedPort = (): EnginePort => {
    const port = start()
    seen.started++
    seen.open++
    return {
      ...port,
      post: (request: TransformRequest) => {
        if (request.ask === 'transform') seen.transforms++
        port.post(request)
      },
      close: () => {
        seen.open--
        port.close()
      },
    }
  }
  const host = new EngineHost({
    environment,
    fetch: null,
    furtherEngines: { start: countedPort, clock: () => 0, most: 4, always: true },
    openStore: async () => store,
    deleteStore: async () => undefined,
  })
  const logs = async () => {
    const found: string[] = []
    for (const name of ['people', 'loud', 'towns'])
      for await (const batch of store.scan(name, { history: true }))
        for (const { _ts, ...version } of batch) found.push(`${name} ${printEntity(version)}`)
    return found
  }
  return { host, seen, logs }
}

const runAll = async (host: EngineHost) => expect((await host.current().session.run({ run: '1' })).state).toBe('done')
const operationsOf = (host: EngineHost) => operations.run({ run: null, back: 3_600_000 }, callContext(host))

it('make the same datasets in any number, and are gone after the run', async () => {
  const one = hostWith(copyingPort)
  await one.host.open({ project: 'p', files: files(2000) })
  await runAll(one.host)
  expect(one.seen.started).toBe(0)
  const expected = await one.logs()
  expect(expected).toHaveLength(6000)
  for (const count of [2, 4]) {
    const { host, seen, logs } = hostWith(copyingPort)
    await host.open({ project: 'p', files: files(2000, count) })
    expect(seen.started).toBe(0)
    await runAll(host)
    expect(seen).toMatchObject({ started: count - 1, open: 0 })
    expect(seen.transforms).toBeGreaterThan(0)
    expect(await logs()).toEqual(expected)
    const { run: shownRun, lostEngines } = await operationsOf(host)
    expect(shownRun?.engines).toHaveLength(count)
    expect(lostEngines).toBe(0)
  }
})

it('are not started for a few entities', async () => {
  const { host, seen } = hostWith(copyingPort)
  await host.open({ project: 'p', files: files(20, 2) })
  await runAll(host)
  expect(seen.started).toBe(0)
  expect((await operationsOf(host)).run?.engines).toEqual([])
})

it('that do not start or end in the middle leave their work to the first one, which is told', async () => {
  const failToStart = (): EnginePort => {
    throw new Error('no worker')
  }
  const one = hostWith(failToStart)
  await one.host.open({ project: 'p', files: files(2000) })
  await runAll(one.host)
  for (const start of [failToStart, () => copyingPort(2)]) {
    const { host, logs } = hostWith(start)
    await host.open({ project: 'p', files: files(2000, 2) })
    await runAll(host)
    expect(await logs()).toEqual(await one.logs())
    expect((await operationsOf(host)).lostEngines).toBe(1)
  }
})

it('are as many as the project says and the machine has, from its next edit on', async () => {
  const { host } = hostWith(copyingPort)
  await host.open({ project: 'p', files: peopleFiles(1) })
  expect(await operationsOf(host)).toMatchObject({ engines: 1, mostEngines: 4 })
  for (const [said, engines] of [
    [16, 4],
    [0, 1],
    [1.5, 1],
    ['2', 1],
    [2, 2],
  ] as const) {
    await host.open({ project: 'p', files: files(1, said) })
    expect(await operationsOf(host), String(said)).toMatchObject({ engines, mostEngines: 4 })
  }
  await update.run({ files: { '.pipewright.json': '{"engines": 3}' } }, callContext(host))
  expect(await operationsOf(host)).toMatchObject({ engines: 3 })
  await update.run({ files: { '.pipewright.json': null } }, callContext(host))
  expect(await operationsOf(host)).toMatchObject({ engines: 1 })
  await host.open({ project: 'p', files: { ...files(1), '.pipewright.json': 'no JSON' } })
  expect(await operationsOf(host)).toMatchObject({ engines: 1 })
})
