/** Rescans in the background: "Rescans" in configuration-pump.rst. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entity, Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import type { EndedPump } from '../../../../engine-worker/run/run-options.ts'
import { Session } from '../../../../engine-worker/run/session.ts'
import { isRescanPending, readState } from '../../../../engine-worker/run/state.ts'
import { turn } from '../../../../engine-worker/run/turn.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../../engine-worker/storage/store.ts'
import { dtl, engine } from '../engine.ts'
import { asScenario, type History, histories, Killed, mortal, play, shown, ticking } from '../histories.ts'

const LAWS = Number(process.env.LAWS ?? 150)

const pipe = (more: JsonObject = {}): JsonObject => ({
  _id: 'p',
  source: { type: 'dataset', dataset: 'a' },
  transform: dtl([['copy', '*']]),
  enable_background_rescan: true,
  ...more,
})

const entitiesBetween = (from: number, to: number, more: JsonObject = {}): JsonObject[] =>
  Array.from({ length: to - from }, (_, at) => ({ _id: `k${from + at}`, n: from + at, ...more }))

describe('a rescan in the background', () => {
  it('lets incremental runs go on meanwhile, and ends in the same state', async () => {
    const { session, put, run, read, configure } = engine([pipe()], { batch: 10 })
    await put('a', entitiesBetween(0, 500))
    await run()
    configure([
      pipe({
        transform: dtl([
          ['copy', '*'],
          ['add', 'seen', true],
        ]),
      }),
    ])
    const [changed] = session.pipes()
    if (!changed) throw new Error('there is no pipe')
    const rescan = session.runner.rescan(changed, { run: 'rescan' })
    let isOver = false
    void rescan.then(() => {
      isOver = true
    })
    await put('a', [
      { _id: 'k499', n: -1 },
      { _id: 'new', n: 1 },
      { _id: 'k3', _deleted: true },
    ])
    const beside = await run(['p'])
    expect(isOver).toBe(false)
    expect(beside.pipes[0]?.read).toBe(3)
    expect((await rescan).state).toBe('done')
    const found = await read('p', { live: true })
    expect(found).toHaveLength(500)
    expect(found).toContainEqual({ _id: 'k499', n: -1, seen: true })
    expect(found).toContainEqual({ _id: 'new', n: 1, seen: true })
    expect(found.every((entity) => (entity as JsonObject).seen === true)).toBe(true)
  })

  it('deletes what no longer comes out, but nothing that an incremental run has written', async () => {
    const { session, put, run, read, configure } = engine([pipe()], { batch: 10 })
    await put('a', entitiesBetween(0, 100))
    await run()
    configure([
      pipe({
        transform: dtl([
          ['filter', ['lt', '_S.n', 10]],
          ['copy', '*'],
        ]),
      }),
    ])
    const [changed] = session.pipes()
    if (!changed) throw new Error('there is no pipe')
    const rescan = session.runner.rescan(changed, { run: 'rescan' })
    await put('a', [{ _id: 'k50', n: 5 }])
    await run(['p'])
    await rescan
    const ids = (await read('p', { live: true })).map((entity) => (entity as JsonObject)._id)
    expect(ids).toEqual([...entitiesBetween(0, 10).map(({ _id }) => _id), 'k50'].sort())
  })

  it('is logged as a full run beside the incremental ones', async () => {
    const environment = ticking()
    const ended: EndedPump[] = []
    const session = new Session({
      store: memoryStore(environment),
      environment,
      batch: 5,
      ended: async (run) => void ended.push(run),
    })
    session.open({
      'pipes.conf.json': JSON.stringify([{ type: 'pipe', ...pipe({ pump: { log_events_noop_runs: true } }) }]),
    })
    const putEntities = (entities: Entity[]) =>
      session.runner.store.commit({ datasets: [{ dataset: 'a', entities, populated: true }] })
    await putEntities(entitiesBetween(0, 100) as Entity[])
    await session.run({ run: '1', pipes: ['p'] })
    const [only] = session.pipes()
    if (!only) throw new Error('there is no pipe')
    const rescan = session.runner.rescan(only, { run: 'behind' })
    await putEntities([{ _id: 'new', n: 1 }])
    await session.run({ run: 'beside', pipes: ['p'] })
    await rescan
    expect(ended.map(({ run, result }) => [run, result.kind])).toEqual([
      ['1', 'full'],
      ['beside', 'incremental'],
      ['behind', 'full'],
    ])
    const kinds: Json[] = []
    for await (const batch of session.runner.store.store.scan('system:pump_execution:p', { history: true }))
      for (const { event_type, sync_type } of batch) if (event_type === 'pump-completed') kinds.push(String(sync_type))
    expect(kinds).toEqual(['full', 'incremental', 'full'])
  })

  it('is started at its turn, and leaves the run itself incremental', async () => {
    const { session, put, run, store } = engine([pipe({ pump: { rescan_run_count: 2 } })])
    await put('a', entitiesBetween(0, 10))
    await run(['p'])
    const runs = async () => (await readState(store, 'p'))?.runs
    for (const from of [10, 12]) {
      await put('a', entitiesBetween(from, from + 2))
      expect((await run(['p'])).pipes[0]?.read).toBe(2)
    }
    // A rescan is counted as the last run from the beginning.
    while ((await runs()) !== 0) await turn()
    await session.runner.rescans.idle()
  })

  it('stops where the pipe is made to start over', async () => {
    const { session, put, run, reset, read } = engine([pipe()], { batch: 5 })
    await put('a', entitiesBetween(0, 200))
    await run()
    const [only] = session.pipes()
    if (!only) throw new Error('there is no pipe')
    const rescan = session.runner.rescan(only, { run: 'rescan' })
    while (!session.runner.rescans.isRunning('p')) await turn()
    await reset('p')
    expect((await rescan).state).toBe('cancelled')
    await run()
    expect(await read('p', { live: true })).toHaveLength(200)
  })

  describe('that was interrupted', () => {
    const environment = ticking()
    const first = pipe()
    const second = pipe({
      transform: dtl([
        ['filter', ['lt', '_S.n', 20]],
        ['copy', '*'],
        ['add', 'seen', true],
      ]),
    })
    const options = { environment, batch: 10 }
    const openSession = (store: DatasetStore, config: JsonObject) => {
      const session = new Session({ ...options, store })
      session.open({ 'pipes.conf.json': JSON.stringify([{ type: 'pipe', ...config }]) })
      return session
    }
    /** The commits of a rescan with the second configuration over data of the first, killed at one of them. */
    const interruptedRescan = async (after: number, durable: boolean) => {
      const store = memoryStore(environment)
      const session = openSession(store, first)
      await session.runner.store.commit({
        datasets: [{ dataset: 'a', entities: entitiesBetween(0, 60) as Entity[], populated: true }],
      })
      await session.run({ run: 'first' })
      const kills = [{ after, durable }]
      const killed = openSession(mortal(store, kills, false), second)
      const [only] = killed.pipes()
      if (!only) throw new Error('there is no pipe')
      try {
        await killed.runner.rescan(only, { run: 'rescan' })
      } catch (error) {
        if (!(error instanceof Killed)) throw error
      }
      return { store, isKilled: kills.length === 0 }
    }
    const liveIds = async (store: DatasetStore) => {
      const ids: string[] = []
      for await (const batch of store.scan('p', { live: true }))
        for (const { _id, seen } of batch) ids.push(`${_id} ${seen}`)
      return ids.sort()
    }
    const right = entitiesBetween(0, 20).map(({ _id }) => `${_id} true`)

    for (const how of ['by the next run of the pipe', 'by the next run of all', 'where rescans are no longer left'])
      it(`is done again ${how}, wherever it was killed`, async () => {
        let after = 0
        let orphans = 0
        for (; ; after++) {
          const at = await interruptedRescan(Math.floor(after / 2), after % 2 === 1)
          if (!at.isKilled) break
          const { store } = at
          if ((await liveIds(store)).length > 20 && (await readState(store, 'p'))?.unfinished === null) orphans++
          const isLeft = how !== 'where rescans are no longer left'
          const session = openSession(store, { ...second, enable_background_rescan: isLeft })
          await session.run({ run: 'next', ...(how === 'by the next run of the pipe' ? { pipes: ['p'] } : {}) })
          while (isLeft && (await isRescanPending(store, 'p'))) await turn()
          await session.runner.rescans.idle()
          // A rescan that is killed before its first commit has no effect.
          if (after > 0) expect([after, await liveIds(store)]).toEqual([after, right.sort()])
          expect(await isRescanPending(store, 'p')).toBe(false)
        }
        expect(after).toBeGreaterThan(20)
        expect(orphans).toBeGreaterThan(4)
      })

    it('is known from the end of the run on that has left it', async () => {
      const store = memoryStore(environment)
      const config = { ...first, pump: { rescan_run_count: 2 } }
      const session = openSession(store, config)
      await session.runner.store.commit({
        datasets: [{ dataset: 'a', entities: entitiesBetween(0, 60) as Entity[], populated: true }],
      })
      for (const run of ['1', '2']) await session.run({ run, pipes: ['p'] })
      // The third run has nothing to do; its one commit is that of its end, and then the engine is killed.
      const killed = openSession(mortal(store, [{ after: 0, durable: true }], false), config)
      await expect(killed.run({ run: '3', pipes: ['p'] })).rejects.toThrow('killed')
      expect(await isRescanPending(store, 'p')).toBe(true)
    })

    it('is not begun once more while one goes on', async () => {
      const store = memoryStore(environment)
      let releaseCommit = () => {}
      const held = new Promise<void>((resolve) => {
        releaseCommit = resolve
      })
      let isHeld = false
      const commit: DatasetStore['commit'] = async (what) => {
        const isEnd = what.states?.some(({ key, value }) => key === 'rescan/p' && value === null)
        if (isEnd && !isHeld && (await isRescanPending(store, 'p'))) {
          isHeld = true
          await held
        }
        return store.commit(what)
      }
      const holding = new Proxy(store, {
        get: (target, key) => {
          const value = key === 'commit' ? commit : Reflect.get(target, key)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
      const session = openSession(holding, { ...first, pump: { rescan_run_count: 1 } })
      const putEntities = (entities: JsonObject[]) =>
        session.runner.store.commit({ datasets: [{ dataset: 'a', entities: entities as Entity[], populated: true }] })
      await putEntities(entitiesBetween(0, 60))
      for (const run of ['first', 'second']) await session.run({ run, pipes: ['p'] })
      while (!isHeld) await turn()
      for (const pipes of [['p'], undefined]) {
        await putEntities([{ _id: `new ${pipes}`, n: 1 }])
        const result = await session.run({ run: 'beside', ...(pipes ? { pipes } : {}) })
        expect(result.pipes[0]?.read).toBe(1)
      }
      expect(session.runner.rescans.isRunning('p')).toBe(true)
      releaseCommit()
      await session.runner.rescans.idle()
      expect(await isRescanPending(store, 'p')).toBe(false)
    })
  })

  it('ends in the state of a run from the beginning, whatever happens meanwhile', { timeout: 3_600_000 }, async () => {
    const after = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(histories, after, async (history, waits) => {
        const calm: History = { ...history, kills: [], compact: false }
        const behind = {
          ...calm,
          kills: history.kills,
          pipes: calm.pipes.map((each) => ({ ...each, enable_background_rescan: true })),
        }
        try {
          const [rescanned, once] = [
            await play(behind, false, 'nothing', undefined, undefined, waits),
            await play(calm, true),
          ]
          expect(rescanned.problems).toEqual(once.problems)
          expect(shown(rescanned.live)).toEqual(shown(once.live))
        } catch (error) {
          throw new Error(`${error instanceof Error ? error.message : error}\n\n${asScenario(behind)}`)
        }
      }),
      { numRuns: LAWS, ...(process.env.LAWS_SEED ? { seed: Number(process.env.LAWS_SEED) } : {}) },
    )
  })
})
