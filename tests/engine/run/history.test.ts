/**
 * The stored history of runs: spans, sums by minute, causes of failures, rates of merges and joins; all of bounded
 * size.
 */
import { beforeEach, describe, expect, it } from 'vitest'
import { EngineHost } from '../../../engine-worker/api/host.ts'
import type { Environment } from '../../../engine-worker/environment.ts'
import { failingNow, failureCauses } from '../../../engine-worker/run/failure-causes.ts'
import { minutesKept, type RunRecord, type RunSpan, runsKept } from '../../../engine-worker/run/history.ts'
import { activityOf } from '../../../engine-worker/run/monthly-activity.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { embeddedEntities, matchingFiles, pipeFile } from '../../support/matching-project.ts'
import { environment } from '../dtl/corpus.ts'

let store: DatasetStore
let host: EngineHost
/** Milliseconds that the clock is ahead. */
let ahead = 0

beforeEach(async () => {
  ahead = 0
  let ticks = 0n
  // The clock advances by 1 ms at each reading.
  const start = 1_796_000_000_000n
  const clock: Environment = { ...environment(), now: () => (start + BigInt(ahead) + ++ticks) * 1_000_000n }
  store = memoryStore(clock)
  host = new EngineHost({
    environment: clock,
    fetch: null,
    engines: 2,
    openStore: async () => store,
    deleteStore: async () => undefined,
  })
})

const runPipes = (name: string, pipes?: readonly string[]) =>
  host.current().session.run({ run: name, ...(pipes ? { pipes } : {}) })

describe('the history of runs', () => {
  it('counts runs of pipes by month, and not those that had nothing to do', async () => {
    await host.open({ project: 'p', files: matchingFiles() })
    await runPipes('first')
    await runPipes('idle', ['both', 'joined'])
    const month = new Date(1_796_000_000_000).toISOString().slice(0, 7)
    const found = await activityOf(store, month)
    expect(found.map(({ pipe, runs, requests }) => [pipe, runs, requests])).toEqual([
      ['a', 1, 0],
      ['b', 1, 0],
      ['both', 1, 0],
      ['joined', 1, 0],
    ])
    expect(await activityOf(store, '2020-01')).toEqual([])
  })

  it('has what each pipe did, and nothing of those that had nothing to do', async () => {
    await host.open({ project: 'p', files: matchingFiles() })
    await runPipes('first')
    await runPipes('idle', ['both', 'joined'])
    const [record, ...others] = await runsKept(store)
    expect(others).toEqual([])
    expect(record).toMatchObject({ number: 1, run: 'first', state: 'done', pipes: 4 })
    const spans = Object.fromEntries((record?.spans ?? []).map((span) => [span.pipe, span]))
    expect(Object.keys(spans).sort()).toEqual(['a', 'b', 'both', 'joined'])
    expect(spans.joined).toMatchObject({ read: 3, written: 2, filtered: 1, state: 'done', problem: null })
    expect(spans.both?.matches).toEqual([{ is: 'merge', name: 'both', matched: 4, of: 6 }])
    expect(spans.joined?.matches).toEqual([{ is: 'hops', name: 'b', matched: 2, of: 2 }])
    // Pipes of a run follow each other, and so do their spans.
    const times = (record?.spans ?? []).map(({ from, milliseconds }) => [from, from + milliseconds])
    for (const [at, [from = 0]] of times.entries())
      expect(from).toBeGreaterThanOrEqual(at === 0 ? 1 : (times[at - 1]?.[1] ?? 0))
  })

  it('is bounded in runs and in minutes', async () => {
    await host.open({ project: 'p', files: matchingFiles() })
    const { session } = host.current()
    for (let round = 0; round < 120; round++) {
      ahead = round * 2 * 3_600_000
      const text = pipeFile('a', { source: embeddedEntities(`a${round}`) })[1] ?? ''
      session.update({ 'pipes/a.conf.json': text })
      await runPipes(`r${round}`, ['a'])
    }
    const kept = await runsKept(store)
    expect(kept).toHaveLength(100)
    expect(kept[0]?.number).toBe(120)
    const minutes = await minutesKept(store, 0)
    expect(minutes.length).toBeLessThanOrEqual(7 * 12 + 1)
    expect(minutes.at(-1)?.runs).toBe(1)
  })

  it('goes on where another process left it', async () => {
    await host.open({ project: 'p', files: matchingFiles() })
    await runPipes('first')
    const again = new EngineHost({ ...host.platform, openStore: async () => store })
    const text = pipeFile('a', { source: embeddedEntities('a7') })[1] ?? ''
    await again.open({ project: 'p', files: { ...matchingFiles(), 'pipes/a.conf.json': text } })
    await again.current().session.run({ run: 'second', full: true })
    expect((await runsKept(store)).map(({ number }) => number)).toEqual([2, 1])
  })
})

describe('what fails now', () => {
  const span = (pipe: string, state: RunSpan['state'], message = 'no'): RunSpan => ({
    pipe,
    from: 5,
    milliseconds: 1,
    state,
    read: 0,
    written: 0,
    deleted: 0,
    unchanged: 0,
    filtered: 0,
    reprocessed: 0,
    problem: state === 'failed' ? { code: 'c', severity: 'error', message, facts: { pipe } } : null,
    matches: [],
    parameters: {},
  })
  const record = (number: number, spans: RunSpan[]): RunRecord => ({
    number,
    run: `r${number}`,
    started: 1000 * number,
    milliseconds: 1,
    state: 'done',
    rounds: 1,
    pipes: 1,
    engines: [],
    spans,
  })

  it('counts failures in a row, from the newest run on', () => {
    const runs = [record(3, [span('x', 'failed')]), record(2, [span('x', 'failed')]), record(1, [span('x', 'done')])]
    expect(failingNow(runs).get('x')).toMatchObject({ times: 2, since: 2005 })
    expect(failingNow([record(4, [span('x', 'done')]), ...runs]).size).toBe(0)
  })

  it('takes messages that differ in the name of the pipe alone as one cause', () => {
    const causes = failureCauses([record(1, [span('x', 'failed', 'x: 401'), span('y', 'failed', 'y: 401')])])
    expect(causes).toHaveLength(1)
    expect(causes[0]?.since).toBe(1005)
  })
})
