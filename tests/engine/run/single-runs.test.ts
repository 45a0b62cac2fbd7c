/** Runs of single pipes: the result for the caller, the log entry, and the effect on the next run. */
import { describe, expect, it } from 'vitest'
import { executionLog } from '../../../engine-worker/config/project/system-datasets.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import type { EndedPump, RunOptions } from '../../../engine-worker/run/run-options.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { dtl } from './engine.ts'
import { ticking } from './histories.ts'

function setUp(pipes: readonly JsonObject[], fetch: typeof globalThis.fetch | null = null) {
  const ended: EndedPump[] = []
  const environment = ticking()
  const store = memoryStore(environment)
  const session = new Session({ store, environment, fetch, ended: async (run) => void ended.push(run) })
  const configs = pipes.map((pipe) => ({ type: 'pipe', pump: { mode: 'manual' }, ...pipe }))
  session.open({ 'all.conf.json': JSON.stringify(configs) })
  const runPipe = (id: string, more: Partial<RunOptions> = {}) =>
    session.runner.run(session.pipes(), { run: '1', pipes: [id], ...more })
  return { ended, environment, store, session, run: runPipe }
}
const source = { type: 'embedded', entities: [{ _id: '1' }, { _id: '2' }] }
const pipe = { _id: 'p', source }

describe('a run of a pipe', () => {
  it('is told of when it has ended, with its times and the run that it was part of', async () => {
    const { ended, run } = setUp([pipe])
    await run('p', { run: 'seven' })
    expect(ended).toMatchObject([{ run: 'seven', logged: true, interrupted: false, requests: 0 }])
    const [only] = ended
    expect(only?.pipe.id).toBe('p')
    expect(only?.result).toMatchObject({ state: 'done', read: 2, changed: 2 })
    expect(only?.ended).toBeGreaterThan(only?.started ?? 0n)
    expect(only?.runStarted).toBeLessThanOrEqual(only?.started ?? 0n)
  })

  it('that fails is told of, and so is the one after it', async () => {
    const { ended, run, session } = setUp([{ ...pipe, transform: dtl([['fail!', 'closed']]) }])
    expect((await run('p')).state).toBe('failed')
    session.update({ 'all.conf.json': JSON.stringify([{ ...pipe, type: 'pipe' }]) })
    expect((await run('p')).state).toBe('done')
    expect(ended.map(({ result }) => result.state)).toEqual(['failed', 'done'])
  })

  it('that is stopped while its source answers is told of as interrupted', async () => {
    const controller = new AbortController()
    const web = { _id: 'web', source: { type: 'json', url: 'https://example.org/all' } }
    const { ended, run } = setUp([web], async () => {
      controller.abort()
      return new Response('[{"_id": "1"}]')
    })
    expect((await run('web', { signal: controller.signal })).state).toBe('cancelled')
    expect(ended.map(({ interrupted, requests }) => [interrupted, requests])).toEqual([[true, 1]])
  })

  it('takes smaller batches where it looks into other datasets', async () => {
    const entities = Array.from({ length: 2500 }, (_, at) => ({ _id: `${at}` }))
    const hops = dtl([['add', 'o', ['hops', { datasets: ['other o'], where: [['eq', '_S._id', 'o._id']] }]]])
    const large = { source: { type: 'embedded', entities } }
    const merge = { source: { type: 'merge', datasets: ['plain p'], equality: [] } }
    const { run } = setUp([
      { ...large, _id: 'plain' },
      { ...large, _id: 'joined', transform: hops },
      { ...merge, _id: 'merged' },
      { ...pipe, _id: 'other' },
    ])
    const firstBatch = async (id: string) => {
      const reads: number[] = []
      const ended = await run(id, { progress: ({ pipes }) => void reads.push(pipes[0]?.read ?? 0) })
      expect(ended).toMatchObject({ state: 'done', pipes: [{ read: 2500 }] })
      return reads.find((read) => read > 0)
    }
    expect([await firstBatch('plain'), await firstBatch('joined'), await firstBatch('merged')]).toEqual([
      2000, 1000, 1000,
    ])
  })

  it('stays out of the execution log where it is asked to', async () => {
    const { ended, run, store } = setUp([pipe])
    await run('p', { unlogged: true })
    expect(ended).toMatchObject([{ logged: false }])
    expect(await store.info(executionLog('p'))).toBeNull()
  })

  it('counts its requests, also those that fail', async () => {
    const answers = [new Response('[{"_id": "1"}]'), new Response('closed', { status: 500 })]
    const { ended, run } = setUp(
      [{ _id: 'web', source: { type: 'json', url: 'https://example.org/all' } }],
      async () => answers.shift() ?? new Response('[]'),
    )
    await run('web')
    await run('web', { full: true })
    expect(ended.map(({ requests, result }) => [requests, result.state])).toEqual([
      [1, 'done'],
      [1, 'failed'],
    ])
  })
})

describe('when a pipe was started last', () => {
  it('is when the engine was, until it has been started', async () => {
    const { environment, session, run } = setUp([pipe, { _id: 'other', source }])
    const { runner } = session
    const began = runner.lastStarted('p')
    expect(runner.lastStarted('other')).toBe(began)
    // The clock goes on by a microsecond a look.
    for (let look = 0; look < 5000; look++) environment.now()
    await run('p')
    expect(runner.lastStarted('p')).toBeGreaterThan(began)
    expect(runner.lastStarted('other')).toBe(began)
  })
})
