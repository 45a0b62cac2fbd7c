/** The IndexedDB store in real Chromium: the same laws as in memory, and failures. */
import { expect, test } from '@playwright/test'
import { type Harness, startHarness } from '../chromium.ts'
import { call, openDriver, problemOf, restartWorker } from './driver.ts'

test.describe.configure({ mode: 'serial' })

let harness: Harness

test.beforeAll(async () => {
  harness = await startHarness(new URL('./store/worker.ts', import.meta.url))
})
test.afterAll(async () => {
  await harness.close()
})

const openStore = () => openDriver(harness)

interface State {
  readonly position: number
  readonly batches: number[]
  readonly counts: number[]
}

/** All or nothing: each entity of both datasets belongs to the batch of the stored position. */
function expectWhole(state: State, acknowledged: number): void {
  expect(state.position).toBeGreaterThanOrEqual(acknowledged)
  if (state.position === 0) expect(state.counts).toEqual([0, 0])
  else {
    expect(state.batches).toEqual([state.position])
    expect(state.counts).toEqual([60, 60])
  }
}

test('gives the results of pipes that memory gives', async () => {
  test.setTimeout(120_000)
  const page = await openStore()
  expect(await call(page, 'pipes', 20_250_102, 80)).toBe('80 histories')
  await page.close()
})

test('answers like a naive model after random histories', async () => {
  test.setTimeout(180_000)
  const page = await openStore()
  expect(await call(page, 'histories', 20_250_101, 60)).toBe('60 histories')
  await page.close()
})

test('scans and look-ups see every entity once while commits, merging and compaction go on', async () => {
  const page = await openStore()
  expect(await call(page, 'concurrent', 300)).toBe('fine')
  await page.close()
})

test('a worker killed at random points loses nothing acknowledged and leaves no half batch', async () => {
  test.setTimeout(240_000)
  const page = await openStore()
  let safe = 0
  for (let round = 0; round < 200; round++) {
    await call(page, 'open', 'killed')
    const acknowledged = await page.evaluate(
      ([from, wait]) =>
        new Promise<number>((resolve) => {
          void driver.call('endless', from, 1e6, 2)
          setTimeout(() => {
            driver.kill()
            resolve(driver.acknowledged)
          }, wait)
        }),
      [(round + 1) * 1000, 3 + Math.random() * 40] as const,
    )
    safe = Math.max(safe, acknowledged)
    await restartWorker(page)
    if (round % 5 > 0) continue
    await call(page, 'open', 'killed')
    expectWhole((await call(page, 'inspect')) as State, safe)
    await call(page, 'close')
  }
  expect(safe).toBeGreaterThan(0)
  await page.close()
})

test('a crashed page and a killed browser lose nothing acknowledged either', async () => {
  test.setTimeout(120_000)
  for (const way of ['close', 'crash', 'browser', 'crash', 'browser'] as const) {
    const page = await openStore()
    await call(page, 'open', way)
    await page.evaluate(() => void driver.call('endless', 1, 1e6, 20))
    await page.waitForFunction(() => driver.acknowledged > 5)
    const acknowledged = await page.evaluate(() => driver.acknowledged)
    if (way === 'close') await page.close()
    else if (way === 'browser') await harness.restart()
    else {
      const session = await harness.context.newCDPSession(page)
      session.send('Page.crash').catch(() => undefined)
      await page.waitForEvent('crash')
    }
    const again = await openStore()
    await call(again, 'open', way)
    expectWhole((await call(again, 'inspect')) as State, acknowledged)
    await call(again, 'close')
    await call(again, 'remove', way)
    await again.close()
  }
})

test('a full disk is said so, keeps what was acknowledged, and can be gone on from', async () => {
  // Chromium caches the free space for a while, and checks it again after a restart.
  await harness.restart()
  const page = await openStore()
  const session = await harness.context.newCDPSession(page)
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin: harness.url })
  await session.send('Storage.overrideQuotaForOrigin', { origin: harness.url, quotaSize: usage + 8_000_000 })
  await call(page, 'open', 'full')
  const problem = await problemOf(page, 'endless', 1, 1e6, 400)
  expect(problem?.code).toBe('storage-full')
  expect(problem?.fix).toContain('delete datasets')
  const acknowledged = await page.evaluate(() => driver.acknowledged)
  expect(acknowledged).toBeGreaterThan(0)
  expectWhole((await call(page, 'inspect')) as State, acknowledged)
  await session.send('Storage.overrideQuotaForOrigin', { origin: harness.url })
  await call(page, 'endless', acknowledged + 10, 3, 1)
  expectWhole((await call(page, 'inspect')) as State, acknowledged + 12)
  await call(page, 'close')
  await call(page, 'remove', 'full')
  await page.close()
})

test('two tabs never write to one project: the second is told', async () => {
  const [first, second] = [await openStore(), await openStore()]
  await call(first, 'open', 'shared')
  await call(first, 'endless', 1, 2, 1)
  const problem = await problemOf(second, 'open', 'shared')
  expect(problem).toMatchObject({ code: 'project-open-elsewhere' })
  await call(first, 'endless', 3, 2, 1)
  await first.close()
  await call(second, 'open', 'shared')
  expectWhole((await call(second, 'inspect')) as State, 4)
  await call(second, 'close')
  await second.close()
})

test('without locks, the tab that opened first is refused as soon as another has opened', async () => {
  const [first, second] = [await openStore(), await openStore()]
  await call(first, 'open', 'unlocked', false)
  await call(first, 'endless', 1, 2, 1)
  await call(second, 'open', 'unlocked', false)
  expect(await problemOf(first, 'endless', 3, 1, 1)).toMatchObject({ code: 'project-open-elsewhere' })
  await call(second, 'endless', 5, 1, 1)
  expectWhole((await call(second, 'inspect')) as State, 5)
  await first.close()
  await second.close()
})

test('a database that is removed under an open project is said so', async () => {
  const [first, second] = [await openStore(), await openStore()]
  await call(first, 'open', 'removed')
  await call(first, 'endless', 1, 2, 1)
  await call(second, 'remove', 'removed')
  expect(await problemOf(first, 'endless', 3, 1, 1)).toMatchObject({ code: 'storage-closed' })
  await first.close()
  await second.close()
})
