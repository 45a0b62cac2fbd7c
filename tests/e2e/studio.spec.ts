/** A connector is made from a description by mouse: suggested, tried on its example, downloaded, and added to the project. */
import { expect, test } from '@playwright/test'
import { shopYaml } from '../engine/extensions/studio/descriptions.ts'
import { importConfiguration, settled, watch } from './app.ts'

test('an OpenAPI file becomes a connector that is tried, downloaded and added', async ({ page }) => {
  const errors = watch(page)
  await importConfiguration(page, [{ _id: 'own', type: 'pipe', source: { type: 'empty' } }])
  await settled(page)
  await page.getByRole('link', { name: 'Systems' }).click()
  await page.getByRole('button', { name: 'Make a connector…' }).click()
  await expect(page.getByRole('heading', { name: 'Make a connector' })).toBeVisible()
  await page
    .getByTestId('studio-file')
    .setInputFiles([{ name: 'shop.yaml', mimeType: 'application/yaml', buffer: Buffer.from(shopYaml) }])

  // The suggestions: datatypes, operations, key and paging.
  await expect(page.getByRole('checkbox', { name: 'customer', exact: true })).toBeChecked()
  await expect(page.getByLabel('Address of Get one')).toHaveValue('customers/{key}')
  await expect(page.getByLabel('Pages by')).toHaveValue('page')
  await expect(page.getByLabel('Asks for changes by')).toHaveValue('updated_since')
  await page.getByRole('switch', { name: 'Use Delete' }).click()

  await page.getByRole('button', { name: 'Read entities' }).click()
  const trial = page.getByRole('region', { name: 'Try' })
  await expect(trial.getByText('1 entity')).toBeVisible()
  await expect(trial.getByRole('region', { name: 'First entities' })).toContainText('"name": "Ada"')

  // What is ticked is shown.
  await page.getByRole('checkbox', { name: 'order', exact: true }).check()
  await expect(page.getByLabel('Address of List')).toHaveValue('customers/{parent}/orders')

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download as zip' }).click()
  expect((await downloading).suggestedFilename()).toBe('shop-connector.zip')

  await page.getByRole('button', { name: 'Choose datatypes and add…' }).click()
  await expect(page.getByRole('heading', { name: 'shop-connector' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'order', exact: true })).toBeChecked()
  await page.getByRole('button', { name: /^Create 1 system and \d+ pipes/ }).click()
  const mine = page.getByRole('region', { name: 'In this project' })
  await expect(mine.getByRole('button', { name: /^shop/ })).toBeVisible()
  expect(errors).toEqual([])
})
