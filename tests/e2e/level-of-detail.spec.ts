/** The detail of cards depends on the zoom of their own canvas, not on the view before. */
import { expect, test } from '@playwright/test'
import { projectOf } from '../bench/canvas/project.ts'
import { openSample, settled } from './app.ts'

test('a small project shows names and counts after a large one was open', async ({ page }) => {
  const small = await openSample(page, 'Golden customer')
  const name = page.locator('.react-flow__node[data-id="pipe:global-customer"]').getByText('global-customer')
  await expect(name).toBeVisible()
  // The viewport is kept for the next visit, which starts with it.
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await settled(page)
  await page.getByRole('link', { name: 'Projects' }).first().click()
  await page.getByRole('button', { name: 'Import…' }).click()
  const buffer = Buffer.from(JSON.stringify(projectOf(400)))
  const file = { name: 'sesam.conf.json', mimeType: 'application/json', buffer }
  await page.getByTestId('import-files').setInputFiles([file])
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
  await expect(page.locator('.flow-name')).toHaveCount(0)
  await page.evaluate((address) => location.assign(address), `${small}/flow`)
  await expect(name).toBeVisible({ timeout: 10_000 })
  await expect(page.locator('.flow-detail').first()).toBeVisible()
})
