/**
 * A newer version of a connector meets what was edited here: each situation is shown before it is applied, decided by
 * keyboard, and taken back in one step.
 */
import { expect, type Page, test } from '@playwright/test'
import { strToU8, zipSync } from 'fflate'
import { importConfiguration, settled, watch } from './app.ts'

const named = '{{@ system @}}-{{@ datatype @}}'
const manifest = {
  auth: 'api_key',
  additional_parameters: { base_url: {} },
  'system-template': 'templates/system.json',
  datatypes: { customer: { template: 'templates/customer.json' }, invoice: { template: 'templates/invoice.json' } },
}
const system = { _id: '{{@ system @}}', type: 'system:rest', url_pattern: '{{@ base_url @}}/%s', operations: {} }
const collect = { _id: `${named}-collect`, type: 'pipe', source: { type: 'http_endpoint' } }

/** The connector as a zip, with files in the place of its own; null leaves one out. */
function zipped(more: Readonly<Record<string, object | null>> = {}) {
  const all = {
    'manifest.json': manifest,
    'templates/system.json': system,
    'templates/customer.json': [collect],
    'templates/invoice.json': [collect],
    ...more,
  }
  const files = Object.entries(all).flatMap(([path, json]) =>
    json === null ? [] : [[`shop-connector/${path}`, strToU8(JSON.stringify(json))] as const],
  )
  const buffer = Buffer.from(zipSync(Object.fromEntries(files)))
  return [{ name: 'shop-connector.zip', mimeType: 'application/zip', buffer }]
}

/** A project with the connector and perhaps pipes of its own; gives its address. */
async function begin(page: Page, own: readonly object[] = []): Promise<string> {
  const address = await importConfiguration(page, [{ _id: 'own', type: 'pipe', source: { type: 'empty' } }, ...own])
  await settled(page)
  await page.goto(`${address}/connect`)
  await page.getByTestId('connector-file').setInputFiles(zipped())
  await page.getByRole('checkbox', { name: 'customer' }).check()
  await page.getByRole('checkbox', { name: 'invoice' }).check()
  await page.getByRole('button', { name: /^Create 1 system/ }).click()
  await settled(page)
  return address
}

/** Types a pipe anew. */
async function edit(page: Page, address: string, pipe: { readonly _id: string }): Promise<void> {
  await page.goto(`${address}/pipe/${pipe._id}`)
  await page.getByRole('radio', { name: 'Text' }).click()
  const editor = page.locator('main .cm-content').first()
  await expect(editor).toContainText(`"_id": "${pipe._id}"`)
  await editor.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(JSON.stringify(pipe))
  await settled(page)
}

const preview = (page: Page) => page.getByRole('region', { name: 'What will be made' })
const made = (page: Page, id: string, state: string) =>
  expect(preview(page).getByRole('button', { name: new RegExp(`${id}.*${state}`) })).toBeVisible()

/** Opens the newer version. */
async function update(page: Page, address: string, more: Readonly<Record<string, object | null>>): Promise<void> {
  await page.goto(`${address}/connect/connector:shop-connector`)
  await expect(page.getByRole('heading', { name: 'shop-connector' })).toBeVisible()
  await page.getByTestId('connector-file').setInputFiles(zipped(more))
}

/** Chooses the newer version of a place by an arrow and the space bar. */
async function takeNewer(page: Page, place: string): Promise<void> {
  const choice = preview(page).getByRole('region', { name: place, exact: true })
  await choice.getByRole('radio', { name: 'Yours' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(choice.getByRole('radio', { name: 'Newer version' })).toBeChecked()
}

/** Applies the change by Enter. */
async function apply(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Apply the change' }).focus()
  await page.keyboard.press('Enter')
  await settled(page)
}

/** Goes back by keyboard. */
async function undo(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'shop-connector' }).click()
  await page.keyboard.press('Control+z')
  await settled(page)
}

test('a datatype that the newer version has no more: what was not edited goes, what was edited is a choice', async ({
  page,
}) => {
  const errors = watch(page)
  const address = await begin(page)
  await edit(page, address, { ...collect, _id: 'shop-invoice-collect', batch_size: 7 } as { _id: string })
  await update(page, address, {
    'manifest.json': { ...manifest, datatypes: { customer: manifest.datatypes.customer } },
    'templates/invoice.json': null,
  })
  await made(page, 'shop-invoice-collect', 'both changed')
  await made(page, 'shop-invoice-transform', 'removed')
  await expect(page.getByText('1 of 1')).toBeVisible()
  await takeNewer(page, 'All of it')
  await made(page, 'shop-invoice-collect', 'removed|both changed')
  await apply(page)
  await expect(preview(page)).not.toContainText('shop-invoice-collect')
  await undo(page)
  await page.goto(`${address}/pipe/shop-invoice-collect`)
  await page.getByRole('radio', { name: 'Text' }).click()
  await expect(page.locator('main .cm-content').first()).toContainText(/"batch_size": ?7/)
  expect(errors).toEqual([])
})

test('a file that was edited here and there at different places has both edits', async ({ page }) => {
  const errors = watch(page)
  const address = await begin(page)
  await edit(page, address, { ...collect, _id: 'shop-customer-collect', batch_size: 7 } as { _id: string })
  await update(page, address, { 'templates/customer.json': [{ ...collect, comment: 'newer' }] })
  await made(page, 'shop-customer-collect', 'changed')
  await preview(page)
    .getByRole('button', { name: /shop-customer-collect/ })
    .click()
  await expect(preview(page)).toContainText('"comment": "newer"')
  await apply(page)
  await preview(page)
    .getByRole('button', { name: /shop-customer-collect/ })
    .click()
  await expect(preview(page)).toContainText('"batch_size": 7')
  await expect(preview(page)).toContainText('"comment": "newer"')
  await undo(page)
  // The newer version is still open, so that it is offered again.
  await made(page, 'shop-customer-collect', 'changed')
  expect(errors).toEqual([])
})

test('a pipe that was added on both sides is a choice, and the own one stays until then', async ({ page }) => {
  const errors = watch(page)
  const own = { _id: 'shop-customer-event', type: 'pipe', source: { type: 'http_endpoint' }, batch_size: 3 }
  const address = await begin(page, [own])
  const theirs = { ...collect, _id: `${named}-event`, batch_size: 9 }
  await update(page, address, { 'templates/customer.json': [collect, theirs] })
  await made(page, 'shop-customer-event', 'both changed')
  const choice = preview(page).getByRole('region', { name: /batch_size|All of it/ })
  await expect(choice).toContainText('3')
  await expect(choice).toContainText('9')
  await takeNewer(page, (await choice.getAttribute('aria-label')) ?? '')
  await apply(page)
  const chosen = preview(page).getByRole('button', { name: /shop-customer-event/ })
  await chosen.click()
  await expect(preview(page)).toContainText('"batch_size": 9')
  await undo(page)
  await page.goto(`${address}/pipe/shop-customer-event`)
  await page.getByRole('radio', { name: 'Text' }).click()
  await expect(page.locator('main .cm-content').first()).toContainText(/"batch_size": ?3/)
  expect(errors).toEqual([])
})

test('a parameter with another name is asked for, and the system changes with it', async ({ page }) => {
  const errors = watch(page)
  const address = await begin(page)
  await page.goto(`${address}/connect/connector:shop-connector`)
  await page.getByRole('textbox', { name: 'Variable base_url' }).fill('https://shop.example.org')
  await update(page, address, {
    'manifest.json': { ...manifest, additional_parameters: { service_address: {} } },
    'templates/system.json': { ...system, url_pattern: '{{@ service_address @}}/%s' },
  })
  await expect(page.getByRole('textbox', { name: 'Variable service_address' })).toHaveValue('')
  await expect(page.getByRole('textbox', { name: 'Variable base_url' })).toHaveCount(0)
  await expect(preview(page).getByRole('button', { name: /^shop\s*changed/ })).toBeVisible()
  await page.getByRole('textbox', { name: 'Variable service_address' }).fill('https://new.example.org')
  await apply(page)
  await expect(preview(page)).toContainText('$ENV(service_address)/%s')
  await undo(page)
  await expect(preview(page)).toContainText('$ENV(base_url)/%s')
  await expect(preview(page).getByRole('button', { name: /^shop\s*changed/ })).toBeVisible()
  expect(errors).toEqual([])
})

test('a newer version without one of its templates says so and changes nothing', async ({ page }) => {
  const errors = watch(page)
  const address = await begin(page)
  await update(page, address, { 'templates/customer.json': null })
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText(
    'The connector has no template templates/customer.json.',
  )
  await made(page, 'shop-customer-collect', 'as it is')
  await page.goto(`${address}/pipe/shop-customer-collect`)
  await expect(page.getByRole('button', { name: 'HTTP endpoint', exact: true }).first()).toBeVisible()
  expect(errors).toEqual([])
})
