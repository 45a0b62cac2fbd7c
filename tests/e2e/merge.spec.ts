/** A newer version of a project is merged into the open one: changes are taken, kept, chosen between, and undone. */
import { expect, type Page, test } from '@playwright/test'
import { importConfiguration, settled, watch } from './app.ts'

const pipe = (_id: string, more: object) => ({
  _id,
  type: 'pipe',
  source: { type: 'embedded', entities: [{ _id: '1' }] },
  ...more,
})
const base = [pipe('crm', {}), pipe('erp', {}), pipe('old', {})]
const newer = [pipe('crm', {}), pipe('erp', { batch_size: 7 }), pipe('old', { batch_size: 9 }), pipe('fresh', {})]

async function chooseNewer(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Merge' }).click()
  const buffer = Buffer.from(JSON.stringify(newer))
  await page
    .getByTestId('merge-files')
    .setInputFiles([{ name: 'sesam.conf.json', mimeType: 'application/json', buffer }])
}

test('a newer version is merged into a changed project, as one step', async ({ page }) => {
  const errors = watch(page)
  const address = await importConfiguration(page, base)
  await settled(page)
  await page.getByRole('group', { name: /^old/ }).click()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('group', { name: /^old/ })).toBeHidden()
  await settled(page)

  await page.goto(`${address}/deploy`)
  await chooseNewer(page)
  const summary = page.getByRole('status').filter({ hasText: 'conflict' })
  await expect(summary).toContainText('2 changes, 1 conflict')
  await expect(page.getByText('It stays as it is.')).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('merge.png') })
  await page.getByRole('radio', { name: 'Newer version' }).click()
  await expect(summary).toContainText('3 changes, 1 conflict')
  await page.getByRole('button', { name: /^erp/ }).click()
  await expect(page.getByRole('region', { name: 'What changes in erp' })).toContainText('"batch_size":7')

  // The same on the canvas: each card shows who changed it, and one side can be chosen for a whole card.
  await page.getByRole('radio', { name: 'Canvas' }).click()
  const canvas = page.getByRole('region', { name: 'Canvas' })
  await expect(canvas.getByRole('group', { name: 'fresh, New' })).toBeVisible()
  await expect(canvas.getByRole('group', { name: 'old, Changed by both, 1 conflict' })).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('merge-canvas.png') })
  await canvas.getByRole('group', { name: 'erp, Changed' }).click()
  await page.getByRole('radiogroup', { name: 'Version of erp to use' }).getByRole('radio', { name: 'Yours' }).click()
  await expect(summary).toContainText('2 changes, 1 conflict')
  await page
    .getByRole('radiogroup', { name: 'Version of erp to use' })
    .getByRole('radio', { name: 'Both, merged' })
    .click()
  await expect(summary).toContainText('3 changes, 1 conflict')
  await page.getByRole('button', { name: 'Apply merge' }).click()
  await expect(page.getByText(/^Merged: 3 changes/)).toBeVisible()
  await page.getByRole('tab', { name: 'Versions' }).click()
  await expect(page.getByRole('button', { name: /^After merging sesam/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Before merging sesam/ })).toBeVisible()

  await chooseNewer(page)
  await expect(page.getByText('Nothing to bring in')).toBeVisible()
  await page.getByRole('button', { name: 'Back' }).click()

  await page.goto(`${address}/flow`)
  await expect(page.getByRole('group', { name: /^fresh/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('group', { name: /^fresh/ })).toBeHidden()
  expect(errors).toEqual([])
})
