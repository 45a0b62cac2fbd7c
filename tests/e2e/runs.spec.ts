/**
 * Killed runs: the worker is ended at random points of real runs, pages crash and browsers are killed, and after each
 * restart the clock is wrong by up to an hour. In the end the datasets equal those of a project without interruptions.
 * `npm run kills` does it at 200 points.
 */
import { expect, type Page, test } from '@playwright/test'
import { type Harness, startHarness } from '../chromium.ts'
import { call, openDriver, restartWorker } from './driver.ts'

const KILLS = Number(process.env.KILLS ?? 10)
const HOUR = 3_600_000

let harness: Harness

test.beforeAll(async () => {
  harness = await startHarness(new URL('./runs/worker.ts', import.meta.url))
})
test.afterAll(async () => {
  await harness.close()
})

const randomOffset = () => Math.round((Math.random() - 0.5) * 2 * HOUR)

test('runs killed at random points end where an undisturbed project ends', async () => {
  test.setTimeout(60_000 + KILLS * 4_000)
  let page = await openDriver(harness)
  await call(page, 'open', 'disturbed', 0)
  let round = 0
  await call(page, 'put', round)
  let died = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const wait = 2 + Math.random() ** 2 * 400
    const alive = await page.evaluate(
      (wait) =>
        Promise.race([
          driver.call('run').then(() => true),
          new Promise<boolean>((resolve) => setTimeout(() => resolve(false), wait)),
        ]),
      wait,
    )
    if (!alive) died++
    page = await die(page, kill)
    await call(page, 'open', 'disturbed', randomOffset())
    expect(await call(page, 'round')).toBe(round)
    // Sometimes the next run only completes the last one, sometimes it has new changes.
    if (Math.random() < 0.6) await call(page, 'put', ++round)
  }
  expect(await call(page, 'run')).toBe('done')
  const state = (await call(page, 'state')) as Record<string, string[]>
  for (const entities of Object.values(state)) expect(entities.length).toBeGreaterThan(50)
  expect(died).toBeGreaterThan(0)

  await call(page, 'remove', 'disturbed')
  await call(page, 'open', 'undisturbed', 0)
  for (let each = 0; each <= round; each++) await call(page, 'put', each)
  expect(await call(page, 'run')).toBe('done')
  expect(state).toEqual(await call(page, 'state'))
  await call(page, 'remove', 'undisturbed')
  await page.close()
})

/** Mostly the worker is ended; sometimes the page is closed or crashes, or the browser is killed. */
async function die(page: Page, kill: number): Promise<Page> {
  if (kill % 10 === 4) await page.close()
  else if (kill % 10 === 9) await harness.restart()
  else {
    await page.evaluate(() => driver.kill())
    await restartWorker(page)
    return page
  }
  return openDriver(harness)
}
