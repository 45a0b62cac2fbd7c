import { expect, test } from '@playwright/test'
import { openSample, watch } from './app.ts'

test.use({ storageState: { cookies: [], origins: [] } })

test('the first project is explained in five steps, by keyboard too, and never again', async ({ page }) => {
  const errors = watch(page)
  await openSample(page, 'Golden customer')
  await expect(page.getByRole('dialog', { name: 'Each card is a pipe' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next' })).toBeFocused()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /^Pipe, dataset/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Next' })).toBeFocused()
  for (const title of ['Run it here', 'Look at the data', 'Find and do anything', 'Take it to Sesam']) {
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: title })).toBeVisible()
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.reload()
  await expect(page.getByText('engine idle')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(errors).toEqual([])
})

test('Escape skips it for good', async ({ page }) => {
  await openSample(page, 'Orders with children')
  await expect(page.getByRole('dialog', { name: 'Each card is a pipe' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.reload()
  await expect(page.getByText('engine idle')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
