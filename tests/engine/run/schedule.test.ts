import { describe, expect, it } from 'vitest'
import { Float, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { due, listensToSignals, type PumpHistory } from '../../../engine-worker/run/schedule.ts'
import { readState } from '../../../engine-worker/run/state.ts'
import { engine } from './engine.ts'

const noon = Date.UTC(2024, 4, 1, 12)
const minute = 60_000
const historyBefore: PumpHistory = {
  engineStarted: noon,
  lastStarted: noon,
  lastRescan: noon,
  populated: true,
  signalled: false,
}

function pipeWith(pump: JsonObject, more: JsonObject = {}, metadata: JsonObject = {}) {
  const { session } = engine([{ _id: 'p', source: { type: 'dataset', dataset: 'in' }, pump, ...more }], { metadata })
  const [pipe] = session.pipes()
  if (!pipe) throw new Error('no pipe')
  return pipe
}

describe('a pump', () => {
  it('runs every 30 seconds from dataset to dataset, otherwise every 15 minutes', () => {
    expect(due(pipeWith({}), historyBefore, noon).next).toBe(noon + 30_000)
    expect(due(pipeWith({}, { source: { type: 'embedded', entities: [] } }), historyBefore, noon).next).toBe(
      noon + 900_000,
    )
    expect(due(pipeWith({ schedule_interval: 5 }), historyBefore, noon + 5000)).toEqual({
      run: 'incremental',
      next: noon + 10_000,
    })
  })
  it('takes a number as a decimal or as a text too, as variables give it', () => {
    for (const schedule_interval of [new Float(5), '5'])
      expect(due(pipeWith({ schedule_interval }), historyBefore, noon).next).toBe(noon + 5000)
  })
  it('runs by its cron expression, in UTC, which wins over the interval', () => {
    const pipe = pipeWith({ cron_expression: '15 10 * * ?', schedule_interval: 5 })
    expect(due(pipe, historyBefore, noon + minute)).toEqual({ run: null, next: Date.UTC(2024, 4, 2, 10, 15) })
    expect(due(pipe, historyBefore, Date.UTC(2024, 4, 2, 10, 15)).run).toBe('incremental')
  })
  it('runs at once what was due while the engine was away, where the schedule is by cron or longer than an hour', async () => {
    const away = { ...historyBefore, lastStarted: null, lastKnown: noon - 25 * 60 * minute }
    expect(due(pipeWith({ cron_expression: '0 3 * * *' }), away, noon).run).toBe('incremental')
    expect(due(pipeWith({ schedule_interval: 86_400 }), away, noon).run).toBe('incremental')
    expect(due(pipeWith({ schedule_interval: 60 }), away, noon).run).toBeNull()
    const { run, store } = engine([
      { _id: 'nightly', source: { type: 'empty' }, pump: { cron_expression: '0 3 * * *' } },
      { _id: 'often', source: { type: 'empty' } },
    ])
    await run()
    expect((await readState(store, 'nightly'))?.started).toBeTypeOf('number')
    expect((await readState(store, 'often'))?.started).toBeNull()
  })
  it('starts over when the rescan is due', () => {
    const pipe = pipeWith({ schedule_interval: 3600, rescan_cron_expression: '30 12 * * *' })
    expect(due(pipe, historyBefore, noon + 29 * minute).run).toBeNull()
    expect(due(pipe, historyBefore, noon + 30 * minute).run).toBe('full')
  })
  it('runs at startup where it says so', () => {
    const fresh = { ...historyBefore, lastStarted: null, populated: false }
    expect(due(pipeWith({ run_at_startup: true }), fresh, noon).run).toBe('incremental')
    expect(due(pipeWith({ run_at_startup_if_not_populated: true }), fresh, noon).run).toBe('incremental')
    const metadata = { global_defaults: { run_at_startup_if_not_populated: true } }
    expect(due(pipeWith({}, {}, metadata), fresh, noon).run).toBe('incremental')
    expect(due(pipeWith({ run_at_startup_if_not_populated: false }, {}, metadata), fresh, noon).run).toBeNull()
    expect(due(pipeWith({ run_at_startup_if_not_populated: true }), { ...fresh, populated: true }, noon).run).toBeNull()
  })
  it('never runs by itself when it is manual or off', () => {
    for (const mode of ['manual', 'off'])
      expect(due(pipeWith({ mode }), historyBefore, noon + 1e9)).toEqual({ run: null, next: null })
  })
  it('tells what is wrong with a cron expression', () => {
    for (const cron_expression of ['* * *', '61 * * * *', '0 0 15W * *']) {
      expect(due(pipeWith({ cron_expression }), historyBefore, noon).problem).toMatchObject({ code: 'broken-cron' })
    }
  })
})

describe('signals', () => {
  it('start internal pipes, unless their own schedule is tight or they say no', () => {
    const dataset = { type: 'dataset', dataset: 'in' }
    expect(listensToSignals(pipeWith({}))).toBe(true)
    expect(listensToSignals(pipeWith({ cron_expression: '0 * * * *' }))).toBe(false)
    expect(listensToSignals(pipeWith({ schedule_interval: 60 }))).toBe(false)
    expect(
      listensToSignals(pipeWith({ schedule_interval: 60 }, { source: { ...dataset, supports_signalling: true } })),
    ).toBe(true)
    expect(listensToSignals(pipeWith({}, { source: { ...dataset, supports_signalling: false } }))).toBe(false)
    expect(due(pipeWith({}), { ...historyBefore, signalled: true }, noon + 1).run).toBe('incremental')
  })
})

describe('running what is due', () => {
  it('starts what is scheduled, then what was signalled, and nothing twice', async () => {
    const { put, session, read } = engine([
      { _id: 'late', source: { type: 'dataset', dataset: 'p' } },
      {
        _id: 'p',
        source: { type: 'dataset', dataset: 'in' },
        pump: { run_at_startup: true, cron_expression: '0 0 1 1 ?' },
      },
    ])
    await put('in', [{ _id: '1' }])
    const first = await session.runDue('1')
    expect(first?.pipes.map(({ pipe }) => pipe)).toEqual(['p'])
    const second = await session.runDue('2')
    expect(second?.pipes.map(({ pipe }) => pipe)).toEqual(['late'])
    expect(await read('late')).toEqual([{ _id: '1' }])
    expect(await session.runDue('3')).toBeNull()
  })
})
