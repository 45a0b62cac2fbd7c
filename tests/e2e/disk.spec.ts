/** The database of projects in real Chromium: saved and read again, two writers, every migration. */
import { expect, test } from '@playwright/test'
import { type Harness, startHarness } from '../chromium.ts'

let harness: Harness

test.beforeAll(async () => {
  harness = await startHarness(new URL('./disk/worker.ts', import.meta.url))
})
test.afterAll(async () => {
  await harness.close()
})

async function check(name: string): Promise<unknown> {
  const page = await harness.context.newPage()
  await page.goto(harness.url)
  const outcome = await page.evaluate(
    (asked) =>
      new Promise((resolve) => {
        const worker = new Worker('/worker.js', { type: 'module' })
        worker.addEventListener('message', ({ data }) => resolve(data))
        worker.addEventListener('error', ({ message }) => resolve(message))
        worker.postMessage(asked)
      }),
    name,
  )
  await page.close()
  return outcome
}

test('a project is saved record by record, and read again byte for byte', async () => {
  expect(await check('saves')).toEqual({
    name: 'Second',
    text: '{"_id": "a", "type": "pipe", "x": 1.0}',
    files: [],
    baseline: [[1, 2, 255]],
  })
})

test('a tab that would overwrite what another wrote is refused', async () => {
  expect(await check('conflicts')).toEqual({ refused: 'conflict', name: 'Mine' })
})

test('a database of the first version is brought to today’s without loss', async () => {
  expect(await check('migrates')).toEqual({ names: ['Old'], file: 'kept', runs: [] })
})
