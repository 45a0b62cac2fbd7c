/** A server whose clock is set back by an hour and forward by a day while it runs, by libfaketime where that is installed. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueToken } from '../../../../engine-worker/node/server/token.ts'
import { serverKeys } from '../../../../engine-worker/node/server/vault.ts'
import { readMetrics } from '../../../support/exposition.ts'
import { client, type TestServer } from '../../../support/server.ts'
import { ended, type ServerProcess, serverProcess } from '../../../support/server-process.ts'

const library = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((path) => existsSync(path))
const base = mkdtempSync(join(tmpdir(), 'pipewright-clock-'))
const store = join(base, 'store')
const clock = join(base, 'clock')

let server: ServerProcess
let api: Omit<TestServer, 'close'>

const pipes = [
  {
    _id: 'often',
    type: 'pipe',
    source: { type: 'embedded', entities: [{ _id: '1' }] },
    pump: { schedule_interval: 1, log_events_noop_runs: true },
  },
  {
    _id: 'daily',
    type: 'pipe',
    source: { type: 'embedded', entities: [{ _id: '1' }] },
    pump: { cron_expression: '30 3 * * *', log_events_noop_runs: true },
  },
  { _id: 'in', type: 'pipe', source: { type: 'http_endpoint' } },
]

async function value(name: string, pipe: string): Promise<number> {
  const samples = readMetrics((await api.call('GET', '/metrics')).text).get(name)?.samples ?? []
  return samples.find((one) => one.labels.pipe === pipe)?.value ?? Number.NaN
}
const runs = (pipe: string) => value('sesam_pump_completed_total', pipe)
/** Pushes an entity and gives when it was written, in microseconds, and its place. */
async function pushed(id: string): Promise<{ readonly ts: number; readonly updated: number }> {
  expect((await api.call('POST', '/receivers/in/entities', { json: [{ _id: id }] })).status).toBe(200)
  const { _ts, _updated } = (await api.call('GET', `/datasets/in/entity?entity_id=${id}`)).json() as {
    _ts: number
    _updated: number
  }
  return { ts: _ts, updated: _updated }
}
/** Waits until a pump has run twice more. */
async function goesOn(pipe: string): Promise<void> {
  const before = await runs(pipe)
  await expect.poll(() => runs(pipe), { timeout: 15_000, interval: 200 }).toBeGreaterThan(before + 1)
}

describe.skipIf(library === undefined)('a clock that is set', () => {
  let short = ''
  beforeAll(async () => {
    writeFileSync(clock, '+0')
    const env = {
      LD_PRELOAD: library ?? '',
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1',
    }
    server = await serverProcess(store, ['--no-backups'], { ...env, FAKETIME_DONT_FAKE_MONOTONIC: '1' })
    api = await client(store, server.address)
    const request = { user: 'dora', roles: ['group:Admin'], configuration: null, days: 1 }
    short = issueToken((await serverKeys(store)).tokens, request, Date.now())
    expect((await api.call('POST', '/pipes', { json: pipes })).status).toBe(200)
  }, 60_000)
  afterAll(async () => {
    await ended(server.process, 'SIGKILL')
    rmSync(base, { recursive: true, force: true })
  })

  it('back by an hour stops no schedule, no caller and no order of versions', { timeout: 60_000 }, async () => {
    await goesOn('often')
    const before = await pushed('a')
    writeFileSync(clock, '-3600')
    await goesOn('often')
    const after = await pushed('b')
    expect(after.ts).toBeGreaterThan(before.ts)
    expect(after.updated).toBe(before.updated + 1)
    expect((await api.call('GET', '/pipes', { token: short })).status).toBe(200)
    // The next time of a schedule is of the clock as it is.
    expect(await value('sesam_pump_scheduled_time', 'often')).toBeLessThan(Date.now() / 1000 - 3000)
    expect(await value('sesam_pump_total_time', 'often')).toBeGreaterThan(0)
  })

  it('forward by a day runs once what was to run in it, and ends the tokens of a day', {
    timeout: 60_000,
  }, async () => {
    writeFileSync(clock, '+0')
    await goesOn('often')
    const daily = await runs('daily')
    const before = await pushed('c')
    writeFileSync(clock, '+86400')
    await goesOn('often')
    expect(await runs('daily')).toBe((Number.isNaN(daily) ? 0 : daily) + 1)
    await goesOn('often')
    expect(await runs('daily')).toBe((Number.isNaN(daily) ? 0 : daily) + 1)
    expect((await pushed('d')).ts).toBeGreaterThan(before.ts + 86_000e6)
    expect((await api.call('GET', '/pipes', { token: short })).status).toBe(401)
    expect((await api.call('GET', '/pipes')).status).toBe(200)
  })

  it('back again by a day stops nothing, and runs nothing twice', { timeout: 60_000 }, async () => {
    writeFileSync(clock, '+0')
    await goesOn('often')
    expect((await api.call('GET', '/pipes', { token: short })).status).toBe(200)
    const daily = await runs('daily')
    await goesOn('often')
    expect(await runs('daily')).toBe(daily)
  })
})
