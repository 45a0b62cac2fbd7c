/** The data of the operations view: runs, failures and their causes, queues, match rates of merges and joins. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { EngineHost } from '../../../engine-worker/api/host.ts'
import { type Operations, operations } from '../../../engine-worker/api/operations.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { callContext } from '../../support/call-context.ts'
import { embeddedEntities, matchingFiles, pipeFile } from '../../support/matching-project.ts'
import { environment } from '../dtl/corpus.ts'

const dtl = (...steps: unknown[]) => ({ type: 'dtl', rules: { default: steps } })

let host: EngineHost

beforeEach(() => {
  let ticks = 0n
  // The clock advances by 1 ms at each reading.
  const clock = { ...environment(), now: () => (1_796_000_000_000n + ++ticks) * 1_000_000n }
  const store = memoryStore(clock)
  host = new EngineHost({
    environment: clock,
    fetch: null,
    engines: 2,
    openStore: async () => store,
    deleteStore: async () => undefined,
  })
})

const runPipes = (name: string, pipes?: readonly string[], full = false) =>
  host.current().session.run({ run: name, full, ...(pipes ? { pipes } : {}) })
const askOperations = (request = { run: null as number | null, back: 3_600_000 }): Promise<Operations> =>
  operations.run(request, callContext(host))

describe('operations', () => {
  it('of a project that has not run say that there is nothing yet', async () => {
    await host.open({ project: 'p', files: matchingFiles() })
    expect(await askOperations()).toMatchObject({
      runs: [],
      run: null,
      minutes: [],
      causes: [],
      queues: [],
      trends: [],
      storage: [],
    })
  })

  it('need an open project', async () => {
    await expect(askOperations()).rejects.toThrow()
  })

  it('have the run that is asked for, otherwise the newest; one that is not kept is none', async () => {
    await host.open({ project: 'p', files: matchingFiles() })
    await runPipes('first')
    await runPipes('second', undefined, true)
    const { runs, run: newest } = await askOperations()
    expect([runs.map(({ number }) => number), newest?.run]).toEqual([[2, 1], 'second'])
    expect((await askOperations({ run: 1, back: 0 })).run?.run).toBe('first')
    expect((await askOperations({ run: 9, back: 0 })).run).toBeNull()
  })

  it('says why pipes fail, together where the cause is the same', async () => {
    const broken = { source: { type: 'dataset', dataset: 'a' }, transform: dtl(['nothing-of-the-kind', 1]) }
    await host.open({ project: 'p', files: matchingFiles([pipeFile('x', broken), pipeFile('y', broken)]) })
    await runPipes('first')
    await runPipes('second')
    const { causes, runs } = await askOperations()
    expect(causes).toHaveLength(1)
    expect(causes[0]?.pipes.toSorted((a, b) => (a.pipe < b.pipe ? -1 : 1))).toEqual([
      { pipe: 'x', times: 2 },
      { pipe: 'y', times: 2 },
    ])
    expect(runs.map(({ failed }) => failed)).toEqual([2, 2])
    host.current().session.update({ 'pipes/x.conf.json': pipeFile('x', { source: embeddedEntities('q1') })[1] ?? '' })
    await runPipes('third')
    expect((await askOperations()).causes[0]?.pipes).toEqual([{ pipe: 'y', times: 3 }])
  })

  it('answers with what waits, what is stored and what runs next', async () => {
    await host.open({ project: 'p', files: matchingFiles() })
    await runPipes('some', ['a', 'b'])
    const now = await askOperations()
    expect(now.queues).toEqual([
      { pipe: 'both', waiting: 6 },
      { pipe: 'joined', waiting: 3 },
    ])
    expect(now.storage.map(({ dataset }) => dataset)).toContain('a')
    expect(now.next.map(({ pipe }) => pipe).sort()).toEqual(['a', 'b', 'both', 'joined'])
    expect(now.engines).toBe(2)
    expect(now.minutes).toMatchObject([{ runs: 1, failed: 0, read: 6, written: 6, queued: 9 }])
  })

  it('have the sums of the minutes that are asked for', async () => {
    await host.open({ project: 'p', files: matchingFiles() })
    await runPipes('first')
    expect((await askOperations({ run: null, back: 3_600_000 })).minutes).toHaveLength(1)
    expect((await askOperations({ run: null, back: -3_600_000 })).minutes).toEqual([])
  })

  it('tell of datasets the largest first, and of next runs the soonest first', async () => {
    const schedule = (seconds: number) => ({ pump: { schedule_interval: seconds } })
    const rare = pipeFile('rare', { source: embeddedEntities('r1'), ...schedule(7200) })
    const often = pipeFile('often', { source: embeddedEntities('o1', 'o2'), ...schedule(5) })
    await host.open({ project: 'p', files: matchingFiles([rare, often]) })
    await runPipes('first')
    const { storage, next } = await askOperations()
    const bytes = storage.map(({ bytes }) => bytes)
    expect(bytes).toEqual(bytes.toSorted((a, b) => b - a))
    const times = next.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect([next[0]?.pipe, next.at(-1)?.pipe]).toEqual(['often', 'rare'])
  })
})

describe('the trend of a merge or join', () => {
  it('has the rates of the last eight runs in which it took part, the oldest first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 1, maxLength: 10 }), async (matching) => {
        const clock = environment()
        const store = memoryStore(clock)
        host = new EngineHost({ ...host.platform, openStore: async () => store })
        for (const [at, count] of matching.entries()) {
          // The number of the three entities of `a` that have an entity of `b` with the same key.
          const b = pipeFile('b', { source: embeddedEntities('b9', ...['b1', 'b2', 'b3'].slice(0, count)) })
          const of = dtl(['add', 'of', ['hops', { datasets: ['b b'], where: [['eq', '_S.key', 'b.key']] }]])
          const joined = pipeFile('joined', { source: { type: 'dataset', dataset: 'a' }, transform: of })
          const a = pipeFile('a', { source: embeddedEntities('a1', 'a2', 'a3') })
          await host.open({ project: 'p', files: Object.fromEntries([a, b, joined]) })
          for (const each of ['a', 'b', 'joined']) await runPipes(`${at}`, [each], true)
        }
        const trend = (await askOperations()).trends.find(({ is }) => is === 'hops')
        expect(trend).toMatchObject({ pipe: 'joined', name: 'b' })
        expect(trend?.rates).toEqual(matching.slice(-8).map((count) => count / 3))
      }),
      { numRuns: 12 },
    )
  })
})
