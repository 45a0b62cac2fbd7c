/** An engine that is busy says so and can be stopped; a preview ends by itself; an engine that has ended starts again. */
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, openSample, runAll, settled } from './app.ts'

const values = Array.from({ length: 200 }, (_, index) => index)
const hash = ['hash128', 'murmur3', ['concat', '_S.text', ['string', '_.']]]
const hashes = ['map', ['map', hash, '_S.values'], '_S.values']
/** Few steps with much work each: far below the budget of steps, but they block the thread for many seconds. */
const pipes = [
  { _id: 'quick', type: 'pipe', source: { type: 'embedded', entities: [{ _id: '1' }] } },
  {
    _id: 'slow',
    type: 'pipe',
    source: { type: 'embedded', entities: [{ _id: '1', values, text: 'text '.repeat(60_000) }] },
    transform: { type: 'dtl', rules: { default: [['add', 'x', hashes]] } },
  },
]

const busy = (page: Page) => page.getByRole('contentinfo').getByText('engine busy')

async function openSlowPipe(page: Page): Promise<string> {
  const address = await importConfiguration(page, pipes)
  await settled(page)
  await page.goto(`${address}/pipe/quick`)
  await settled(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('contentinfo').getByText(/1 dataset · 1 entity/)).toBeVisible()
  // Only a person stops a run; the preview begins when the run has ended.
  await settled(page)
  await page.goto(`${address}/pipe/slow`)
  return address
}

test('a preview that blocks the engine is said to, can be stopped, and ends by itself', async ({ page }) => {
  const address = await openSlowPipe(page)
  await expect(busy(page)).toBeVisible()
  await expect(page.getByRole('contentinfo').getByRole('button', { name: 'Stop' })).toBeVisible()
  // The button is not pressed.
  await expect(page.getByText('The preview took longer than 10 seconds').first()).toBeVisible()
  await expect(busy(page)).toBeHidden()
  await page.goto(`${address}/data/quick`)
  await expect(page.getByText('1 entity', { exact: true })).toBeVisible()
})

test('a busy engine is stopped by hand, and other data can be seen at once', async ({ page }) => {
  // Pressed by a script as soon as it appears: the preview may end before the test itself could press it.
  await page.addInitScript(() => {
    new MutationObserver(() => {
      for (const button of document.querySelectorAll<HTMLElement>('footer button')) {
        if (button.textContent !== 'Stop') continue
        button.click()
        document.title = 'stopped'
      }
    }).observe(document, { childList: true, subtree: true })
  })
  const address = await openSlowPipe(page)
  await expect(page).toHaveTitle('stopped')
  await page.goto(`${address}/data/quick`)
  await expect(page.getByText('1 entity', { exact: true })).toBeVisible()
  await expect(page.getByText('engine idle')).toBeVisible()
})

test('an engine that the browser has ended is started again, and nothing is lost', async ({ page }) => {
  const address = await openSample(page, 'Golden customer')
  await runAll(page)
  const [worker] = page.workers()
  // Ends the worker from inside. The page gets no event, as when a worker runs out of memory.
  await worker?.evaluate(() => setTimeout(() => close()))
  await expect(page.getByText('The engine ended by itself and was started again')).toBeVisible()
  await expect(page.getByText('engine idle')).toBeVisible()
  await page.goto(`${address}/data/global-customer`)
  await expect(page.getByText('8 entities', { exact: true })).toBeVisible()
  await runAll(page)
})
