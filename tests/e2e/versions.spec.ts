/** Kept versions of a project: compared with the current state, restored, and the restoring undone. */
import { expect, test } from '@playwright/test'
import { openSample, settled, watch } from './app.ts'

test('a version is kept, compared and gone back to; one is kept by itself when work begins', async ({ page }) => {
  const errors = watch(page)
  const address = await openSample(page, 'A composite pipe')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('keep a version')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox').fill('Before the change')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^“Before the change” is kept/)).toBeVisible()

  await page.getByRole('group', { name: /^report-order/ }).click()
  await page.keyboard.press('Delete')
  await settled(page)
  await page.goto(`${address}/deploy`)
  await page.getByRole('tab', { name: 'Versions' }).click()
  await expect(page.getByText('1 file changed since “Before the change”.')).toBeVisible()
  await page.getByRole('button', { name: 'Go back to it' }).click()
  await expect(page.getByText('Nothing has changed since “Before the change”.')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('1 file changed since “Before the change”.')).toBeVisible()
  await settled(page)

  await page.reload()
  await page.getByRole('tab', { name: 'Versions' }).click()
  await expect(page.getByRole('list', { name: 'Versions' }).getByRole('listitem')).toHaveCount(2)
  await expect(page.getByRole('button', { name: /^When work began/ })).toBeVisible()
  await page.getByRole('button', { name: 'Remove version' }).click({ force: true })
  await expect(page.getByRole('list', { name: 'Versions' }).getByRole('listitem')).toHaveCount(1)
  expect(errors).toEqual([])
})
