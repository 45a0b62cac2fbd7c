/** The options of a runner and of a run: each has its documented effect. */
import { describe, expect, it } from 'vitest'
import { executionLog } from '../../../engine-worker/config/project/system-datasets.ts'
import { printJson } from '../../../engine-worker/entity/json.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import type { RunEvent, RunResult } from '../../../engine-worker/run/progress.ts'
import type { EndedPump } from '../../../engine-worker/run/run-options.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { dtl, of } from './engine.ts'
import { ticking } from './histories.ts'

const pipes: JsonObject[] = [
  { _id: 'a', type: 'pipe', source: { type: 'dataset', dataset: 'in' } },
  { _id: 'b', type: 'pipe', source: { type: 'dataset', dataset: 'a' } },
]

/** A session with a pipe and its consumer that records the events. */
async function listening(more: { readonly batch?: number; readonly followConfiguration?: boolean } = {}) {
  const environment = ticking()
  const store = memoryStore(environment)
  const ended: EndedPump[] = []
  const events: RunEvent[] = []
  const finished: { readonly result: RunResult; readonly started: bigint }[] = []
  const session = new Session({
    store,
    environment,
    ...more,
    ended: async (run) => void ended.push(run),
    progress: (event) => void events.push(event),
    finished: async (result, started) => void finished.push({ result, started }),
  })
  const configure = (some: readonly JsonObject[]) => session.open({ 'pipes.conf.json': printJson([...some]) })
  configure(pipes)
  const entities = Array.from({ length: 3 }, (_, at) => ({ _id: String(at) }))
  await store.commit({ datasets: [{ dataset: 'in', entities, populated: true }] })
  const logged = async (pipe: string) => (await store.info(executionLog(pipe)))?.versions ?? 0
  return { session, store, configure, ended, events, finished, logged }
}

describe('a run', () => {
  it('without names runs all pipes until nothing is left; with names each of them once', async () => {
    const { session, ended } = await listening()
    const some = await session.run({ run: '1', pipes: ['b'] })
    expect(some.pipes.map(({ pipe, written }) => [pipe, written])).toEqual([['b', 0]])
    const all = await session.run({ run: '2' })
    expect(of(all, 'b').written).toBe(3)
    expect(new Set(ended.map(({ pipe }) => pipe.id))).toEqual(new Set(['a', 'b']))
  })

  it('that is full reads everything again; otherwise only what has changed', async () => {
    const { session } = await listening()
    await session.run({ run: '1' })
    expect(of(await session.run({ run: '2', pipes: ['a'] }), 'a').read).toBe(0)
    expect(of(await session.run({ run: '3', pipes: ['a'], full: true }), 'a')).toMatchObject({ read: 3, written: 0 })
  })

  it('rescans the pipes that are named, while the others go on', async () => {
    const { session } = await listening()
    await session.run({ run: '1' })
    const result = await session.run({ run: '2', pipes: ['a', 'b'], rescan: ['b'] })
    expect(result.pipes.map(({ pipe, read }) => [pipe, read])).toEqual([
      ['a', 0],
      ['b', 3],
    ])
  })

  it('whose signal is aborted is cancelled, and says so of pipes that did not run', async () => {
    const { session, finished } = await listening()
    const result = await session.runner.run(session.pipes(), { run: '1', signal: AbortSignal.abort() })
    expect(result.state).toBe('cancelled')
    expect(result.pipes.map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    expect(finished.map(({ result }) => result.state)).toEqual(['cancelled'])
  })

  it('that is unlogged leaves no trace in the execution logs, and the next one goes on behind it', async () => {
    const { session, logged } = await listening()
    await session.runner.run(session.pipes(), { run: '1', unlogged: true })
    expect([await logged('a'), await logged('b')]).toEqual([0, 0])
    await session.runner.store.commit({ datasets: [{ dataset: 'in', entities: [{ _id: 'more' }] }] })
    await session.run({ run: '2', pipes: ['a'] })
    expect(await logged('a')).toBeGreaterThan(0)
    expect(await logged('b')).toBe(0)
  })
})

describe('a runner', () => {
  it('tells of each run of a pipe when it has ended, with its times and the run that it was part of', async () => {
    const { session, ended } = await listening()
    await session.run({ run: 'one', pipes: ['a'] })
    await session.run({ run: 'two', pipes: ['a'] })
    expect(ended.map(({ run, logged, interrupted }) => [run, logged, interrupted])).toEqual([
      ['one', true, false],
      ['two', false, false],
    ])
    for (const { started, ended: end, runStarted } of ended) {
      expect(started).toBeLessThan(end)
      expect(runStarted).toBeLessThanOrEqual(started)
    }
  })

  it('tells how a run goes to its listener and to that of the run, first of all pipes', async () => {
    const { session, events } = await listening()
    const own: RunEvent[] = []
    const result = await session.run({ run: 'one' }, (event) => void own.push(event))
    expect(own).toEqual(events)
    expect(own[0]?.pipes.map(({ pipe }) => pipe)).toEqual(['a', 'b'])
    const last = new Map(own.flatMap(({ pipes }) => pipes.map((each) => [each.pipe, each] as const)))
    expect([...last.values()]).toEqual(result.pipes)
  })

  it('tells of the end of a run once, with when it began', async () => {
    const { session, finished, ended } = await listening()
    const result = await session.run({ run: 'one' })
    expect(finished.map(({ result }) => result)).toEqual([result])
    expect(ended.length).toBeGreaterThan(1)
    for (const { runStarted } of ended) expect(runStarted).toBe(finished[0]?.started)
  })

  it('starts over with a pipe whose configuration has changed only where it is to follow it', async () => {
    const changed = [{ ...pipes[0], transform: dtl([['add', 'x', 1]]) }]
    const reads: number[] = []
    for (const followConfiguration of [false, true]) {
      const { session, configure } = await listening({ followConfiguration })
      await session.run({ run: '1', pipes: ['a'] })
      configure(changed)
      reads.push(of(await session.run({ run: '2', pipes: ['a'] }), 'a').read)
    }
    expect(reads).toEqual([0, 3])
  })

  it('makes the same of entities in batches of any size', async () => {
    for (const batch of [1, 2, 1000]) {
      const { session, store } = await listening({ batch })
      await session.run({ run: '1' })
      expect((await store.info('b'))?.live).toBe(3)
    }
  })
})
