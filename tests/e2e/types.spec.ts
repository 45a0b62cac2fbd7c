/** Entity types and models: found by property, described, grouped, written to a file and read again, with undo. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { openSample, runAll, watch } from './app.ts'

test('entity types are described in models, which are edited, saved and read again', async ({ page }) => {
  const errors = watch(page)
  await openSample(page, 'Golden customer')
  await runAll(page)
  await page.getByRole('link', { name: 'Data' }).click()
  await page.getByRole('button', { name: 'Entity types and models' }).click()
  const list = page.getByRole('navigation', { name: 'Entity types' })
  await list.getByLabel('Model').selectOption('Global')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await list.getByRole('link', { name: /global-customer/ }).click()
  const type = page.getByRole('region', { name: 'global-customer' })
  await expect(type.getByText('Of 8 entities, all of them read.')).toBeVisible()

  const description = type.getByLabel(/^Description of .*:email$/).first()
  await description.fill('Where to write to.')
  await description.press('Enter')
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeEnabled()
  await page.keyboard.press('Control+z')
  await expect(description).toHaveValue('')

  await list.getByLabel('Model').selectOption('*')
  const models = page.getByRole('region', { name: 'Entity types and models' })
  await models.getByRole('button', { name: 'New model' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Id/).fill('marketing')
  await dialog.getByLabel('Entity types').selectOption('newsletter-subscriber')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(models.getByRole('heading', { name: 'marketing' })).toBeVisible()
  await expect(models.getByRole('row', { name: /newsletter-subscriber/ })).toBeVisible()

  const download = page.waitForEvent('download')
  await models.getByRole('button', { name: 'Save as JSON' }).click()
  const saved = JSON.parse(readFileSync(await (await download).path(), 'utf8'))
  expect(saved.map(({ id }: { id: string }) => id)).toEqual(['marketing'])
  expect(Object.keys(saved[0].entity_types[0].properties)).toContain('_id')

  await models.getByRole('button', { name: 'Remove the model' }).click()
  await expect(list.getByLabel('Model')).toHaveValue('*')
  await page.getByTestId('models-file').setInputFiles({
    name: 'models.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(saved)),
  })
  await expect(list.getByLabel('Model').locator('option', { hasText: 'marketing' })).toHaveCount(1)
  expect(errors).toEqual([])
})
