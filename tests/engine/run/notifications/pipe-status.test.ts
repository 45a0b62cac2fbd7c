/** The status of a pipe, from the history of runs and the store. */
import { describe, expect, it } from 'vitest'
import { executionLog } from '../../../../engine-worker/config/project/system-datasets.ts'
import { noEntities } from '../../../../engine-worker/run/entity-counts.ts'
import type { RunRecord, RunSpan } from '../../../../engine-worker/run/history.ts'
import { type PipeStatusContext, pipeStatusOf } from '../../../../engine-worker/run/notifications/pipe-status.ts'
import { factsOfPipes } from '../../../../engine-worker/run/session-facts.ts'
import { dtl, engine } from '../engine.ts'

const entities = [{ _id: '1' }, { _id: '2' }]
const reader = { _id: 'reader', source: { type: 'dataset', dataset: 'a' } }

async function statusOf(made: ReturnType<typeof engine>, id: string, more: Partial<PipeStatusContext> = {}) {
  const pipe = made.session.pipes().find((each) => each.id === id)
  if (!pipe) throw new Error(`${id} is not there`)
  const facts = factsOfPipes(made.session).find((each) => each.pipe === id)
  const context = {
    store: made.store,
    runs: [],
    now: 5000,
    lastStarted: () => 1000,
    overdueSince: () => null,
    runningSince: () => null,
    ...more,
  }
  return pipeStatusOf(pipe, facts, context)
}

const span = (pipe: string, from: number): RunSpan => ({
  ...noEntities,
  pipe,
  from,
  milliseconds: 10,
  state: 'done',
  problem: null,
  matches: [],
  parameters: {},
})
const record = (number: number, started: number, spans: readonly RunSpan[]): RunRecord => ({
  number,
  run: String(number),
  engines: [],
  started,
  milliseconds: 100,
  state: 'done',
  rounds: 1,
  pipes: spans.length,
  spans,
})

describe('the status of a pipe', () => {
  it('has what waits in its source until it has run', async () => {
    const made = engine([reader])
    await made.put('a', entities)
    expect((await statusOf(made, 'reader')).waiting).toBe(2)
    await made.run()
    expect(await statusOf(made, 'reader')).toMatchObject({
      waiting: 0,
      isTripped: false,
      deadLetters: 0,
      restore: null,
    })
  })

  it('has its last span of each run with when it ended, and was started when the later of both says', async () => {
    const made = engine([reader])
    const runs = [
      record(2, 2000, [span('reader', 0), span('other', 5), span('reader', 50)]),
      record(1, 500, [span('other', 0)]),
    ]
    const status = await statusOf(made, 'reader', { runs })
    expect(status.runs.map(({ number, ended }) => [number, ended])).toEqual([[2, 2060]])
    expect(status.lastStarted).toBe(2060)
    expect((await statusOf(made, 'reader', { runs, lastStarted: () => 9000 })).lastStarted).toBe(9000)
  })

  it('passes on what only the engine knows', async () => {
    const status = await statusOf(engine([reader]), 'reader', { overdueSince: () => 7, runningSince: () => 8 })
    expect(status).toMatchObject({ overdueSince: 7, runningSince: 8, now: 5000 })
  })

  it('counts the dead letters that are there', async () => {
    const made = engine([
      {
        ...reader,
        transform: dtl([['fail!', 'no']]),
        pump: { max_consecutive_write_errors: 10, write_retry_delay: 0, dead_letter_dataset: 'letters' },
      },
    ])
    await made.put('letters', entities)
    expect((await statusOf(made, 'reader')).deadLetters).toBe(2)
  })

  it('knows that its dataset was restored, and where its position was set by hand', async () => {
    const made = engine([reader])
    const meta = { restore: { uuid: 'u-1', offset: 4 } }
    await made.store.commit({ datasets: [{ dataset: 'reader', entities: [], meta }] })
    expect(await statusOf(made, 'reader')).toMatchObject({ restore: 'u-1', offsetSet: null })
    await made.store.commit({
      datasets: [{ dataset: executionLog('reader'), entities: [{ _id: 'pump-offset-set' }] }],
    })
    const { offsetSet } = await statusOf(made, 'reader')
    await made.store.commit({
      datasets: [{ dataset: executionLog('reader'), entities: [{ _id: 'pump-offset-set', again: true }] }],
    })
    const { offsetSet: later } = await statusOf(made, 'reader')
    expect(offsetSet).not.toBeNull()
    expect(Number(later)).toBeGreaterThan(Number(offsetSet))
  })
})
