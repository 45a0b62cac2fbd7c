/** A connector is imported as a zip; its datatypes and settings are chosen, previewed, changed and removed. */
import { expect, test } from '@playwright/test'
import { strToU8, zipSync } from 'fflate'
import { importConfiguration, settled, watch } from './app.ts'

const named = '{{@ system @}}-{{@ datatype @}}'
const connector = {
  'manifest.json': {
    auth: 'api_key',
    additional_parameters: { base_url: {} },
    'system-template': 'templates/system.json',
    datatypes: {
      customer: { template: 'templates/customer.json', label: 'Customer' },
      invoice: { template: 'templates/invoice.json', parent: 'customer' },
    },
  },
  'templates/system.json': {
    _id: '{{@ system @}}',
    type: 'system:rest',
    url_pattern: '{{@ base_url @}}/%s',
    headers: { key: '$SECRET(api_key)' },
    operations: { 'customer-list': { method: 'GET', url: 'customers' } },
  },
  'templates/customer.json': [
    {
      _id: `${named}-collect`,
      type: 'pipe',
      source: { type: 'rest', system: '{{@ system @}}', operation: 'customer-list' },
    },
  ],
  'templates/invoice.json': [
    {
      _id: `${named}-collect`,
      type: 'pipe',
      source: { type: 'dataset', dataset: '{{@ system @}}-{{@ parent @}}-collect' },
    },
  ],
}

test('a connector becomes a system and pipes, is changed, and leaves again', async ({ page }) => {
  const errors = watch(page)
  const address = await importConfiguration(page, [{ _id: 'own', type: 'pipe', source: { type: 'empty' } }])
  await settled(page)
  await page.getByRole('link', { name: 'Systems' }).click()
  await expect(page.getByRole('heading', { name: 'Connect a system' })).toBeVisible()
  // The declared properties are available once the address is given.
  await page.reload()
  await expect(page.getByRole('region', { name: 'Built in' }).getByRole('button', { name: /REST/ })).toBeVisible()
  const files = Object.entries(connector).map(([path, json]) => [
    `shop-connector/${path}`,
    strToU8(JSON.stringify(json)),
  ])
  const buffer = Buffer.from(zipSync(Object.fromEntries(files)))
  await page
    .getByTestId('connector-file')
    .setInputFiles([{ name: 'shop-connector.zip', mimeType: 'application/zip', buffer }])

  await expect(page.getByRole('heading', { name: 'shop-connector' })).toBeVisible()
  await page.getByRole('checkbox', { name: 'invoice' }).check()
  // The datatype that the chosen one depends on is added too.
  const preview = page.getByRole('region', { name: 'What will be made' })
  await expect(preview.getByRole('button', { name: /shop-customer-collect/ })).toBeVisible()
  await page.getByLabel('Variable base_url').fill('https://shop.example')
  await page.getByLabel('Secret api_key').fill('very secret')
  await expect(page.getByLabel('Secret api_key')).toHaveAttribute('type', 'password')
  await page.getByRole('button', { name: 'Create 1 system and 4 pipes' }).click()
  const mine = page.getByRole('region', { name: 'In this project' })
  await expect(mine.getByRole('button', { name: /^shop/ })).toBeVisible()
  await settled(page)

  await page.goto(`${address}/flow`)
  await expect(page.getByRole('group', { name: /^shop-invoice-collect/ })).toBeVisible()
  await page.getByRole('link', { name: 'Systems' }).click()
  await mine.getByRole('button', { name: /^shop/ }).click()
  await page.getByRole('checkbox', { name: 'invoice' }).uncheck()
  await page.getByRole('checkbox', { name: 'customer' }).check()
  await expect(preview.getByRole('button', { name: /shop-invoice-collect.*removed/ })).toBeVisible()
  await page.getByRole('button', { name: 'Apply the change' }).click()
  await expect(preview.getByRole('button', { name: /shop-invoice-collect/ })).toBeHidden()
  await page.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('heading', { name: 'Connect a system' })).toBeVisible()
  await expect(mine).toBeHidden()
  expect(errors).toEqual([])
})
