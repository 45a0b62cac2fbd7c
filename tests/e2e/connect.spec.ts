/** A connector is imported as a zip; its datatypes and settings are chosen, previewed, changed, updated and removed. */
import { expect, test } from '@playwright/test'
import { strToU8, zipSync } from 'fflate'
import { importConfiguration, settled, watch } from './app.ts'

const pipeName = '{{@ system @}}-{{@ datatype @}}'
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
      _id: `${pipeName}-collect`,
      type: 'pipe',
      source: { type: 'rest', system: '{{@ system @}}', operation: 'customer-list' },
    },
  ],
  'templates/invoice.json': [
    {
      _id: `${pipeName}-collect`,
      type: 'pipe',
      source: { type: 'dataset', dataset: '{{@ system @}}-{{@ parent @}}-collect' },
    },
  ],
}

/** The connector as a zip, with files in the place of its own. */
function zipped(more: object = {}) {
  const files = Object.entries({ ...connector, ...more }).map(([path, json]) => [
    `shop-connector/${path}`,
    strToU8(JSON.stringify(json)),
  ])
  const buffer = Buffer.from(zipSync(Object.fromEntries(files)))
  return [{ name: 'shop-connector.zip', mimeType: 'application/zip', buffer }]
}

test('where both changed the same, one chooses for each place, and takes it back in one step', async ({ page }) => {
  const errors = watch(page)
  const address = await importConfiguration(page, [{ _id: 'own', type: 'pipe', source: { type: 'empty' } }])
  await settled(page)
  await page.goto(`${address}/connect`)
  await page.getByTestId('connector-file').setInputFiles(zipped())
  await page.getByRole('checkbox', { name: 'customer' }).check()
  await page.getByRole('button', { name: /^Create 1 system/ }).click()
  await settled(page)

  // Edited here …
  await page.goto(`${address}/pipe/shop-customer-collect`)
  await page.getByRole('radio', { name: 'Text' }).click()
  const editor = page.locator('main .cm-content').first()
  await expect(editor).toContainText('"_id": "shop-customer-collect"')
  await editor.click()
  await page.keyboard.press('Control+a')
  const [pipe] = connector['templates/customer.json']
  const source = { type: 'rest', system: 'shop', operation: 'customer-list' }
  const mine = { ...pipe, _id: 'shop-customer-collect', source, description: 'mine', batch_size: 7 }
  await page.keyboard.insertText(JSON.stringify(mine))
  await settled(page)
  // … and in the newer version.
  const newer = { ...pipe, description: 'theirs', batch_size: 9, comment: 'only there' }
  await page.goto(`${address}/connect/connector:shop-connector`)
  await expect(page.getByRole('heading', { name: 'shop-connector' })).toBeVisible()
  await page.getByTestId('connector-file').setInputFiles(zipped({ 'templates/customer.json': [newer] }))
  const preview = page.getByRole('region', { name: 'What will be made' })
  await expect(preview.getByRole('button', { name: /shop-customer-collect.*both changed/ })).toBeVisible()
  const choice = preview.getByRole('region', { name: 'batch_size', exact: true })
  await expect(choice).toContainText('7')
  const change = preview.getByRole('region', { name: 'shop-customer-collect' })
  await expect(change).not.toContainText('added "batch_size": 9')
  await choice.getByRole('radio', { name: 'Newer version' }).click()
  await expect(change).toContainText('"batch_size": 9')
  await expect(change).toContainText('only there')
  await page.getByRole('button', { name: 'Apply the change' }).click()
  await expect(choice).toBeHidden()

  const expectText = async (text: RegExp) => {
    await page.goto(`${address}/pipe/shop-customer-collect`)
    await page.getByRole('radio', { name: 'Text' }).click()
    await expect(editor).toContainText(text)
  }
  await expectText(/"batch_size": ?9/)
  await expect(editor).toContainText(/"description": ?"mine"/)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo: Change the connector shop' }).click()
  await expect(editor).toContainText(/"batch_size": ?7/)
  await expect(editor).not.toContainText('only there')
  expect(errors).toEqual([])
})

test('a connector becomes a system and pipes, is changed, and leaves again', async ({ page }) => {
  const errors = watch(page)
  const address = await importConfiguration(page, [{ _id: 'own', type: 'pipe', source: { type: 'empty' } }])
  await settled(page)
  await page.getByRole('link', { name: 'Systems' }).click()
  await expect(page.getByRole('heading', { name: 'Connect a system' })).toBeVisible()
  // What is declared is there by the address alone.
  await page.reload()
  await expect(page.getByRole('region', { name: 'Built in' }).getByRole('button', { name: /REST/ })).toBeVisible()
  await page.getByTestId('connector-file').setInputFiles(zipped())
  await expect(page.getByRole('heading', { name: 'shop-connector' })).toBeVisible()
  await page.getByRole('checkbox', { name: 'invoice' }).check()
  // The datatype that feeds the chosen one comes along.
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
