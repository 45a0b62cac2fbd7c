/** The subscription: what is used, what it costs and why, in the browser, from the project's own data. */
import { expect, test } from '@playwright/test'
import { openSample, runAll, watch } from './app.ts'

test('usage is counted by dataset and system, and each line of the price is explained', async ({ page }) => {
  const errors = watch(page)
  const project = await openSample(page, 'Golden customer')
  await page.goto(`${project}/subscription`)
  await expect(page.getByText('Nothing is stored yet')).toBeVisible()
  await page.goto(`${project}/flow`)
  await runAll(page)
  await page.getByRole('link', { name: 'Deploy', exact: true }).click()
  await page.getByRole('button', { name: 'Subscription' }).click()
  const used = page.getByRole('region', { name: 'What is used' })
  await expect(used.getByRole('link', { name: 'global-customer' })).toBeVisible()
  const rows = used.getByRole('row')
  const datasets = await rows.count()
  await used.getByRole('radio', { name: 'System' }).click()
  await expect.poll(() => rows.count()).toBeLessThan(datasets)
  await expect(page.getByRole('region', { name: 'What would save' }).getByRole('listitem').first()).toBeVisible()

  await page.getByRole('tab', { name: 'Price' }).click()
  const costs = page.getByRole('region', { name: 'What it costs and why' })
  await expect(costs.getByRole('row', { name: /^Compute/ })).toContainText('1\u202f352.00')
  const whatIf = page.getByRole('region', { name: 'What if' })
  await whatIf.getByRole('combobox', { name: 'SLA' }).selectOption('standard')
  // Billed for fifty GB at least.
  await expect(costs.getByRole('row', { name: /^SLA/ })).toContainText('1\u202f144.00')
  await whatIf.getByRole('checkbox', { name: 'VPN' }).check()
  await whatIf.getByRole('combobox', { name: 'Plan' }).selectOption('multi')
  await expect(costs.getByRole('row', { name: /^Compute/ })).toContainText('4\u202f368.00')

  // An own price is kept with the project, and the published ones come back.
  const table = page.getByRole('region', { name: 'Price table' })
  await table.getByRole('textbox', { name: 'Multi compute' }).fill('4000')
  await page.keyboard.press('Tab')
  await expect(costs.getByRole('row', { name: /^Compute/ })).toContainText('4\u202f000')
  await page.reload()
  await expect(costs.getByRole('row', { name: /^Compute/ })).toContainText('4\u202f000')
  await table.getByRole('button', { name: 'Published prices' }).click()
  await expect(costs.getByRole('row', { name: /^Compute/ })).toContainText('4\u202f368.00')
  expect(errors).toEqual([])
})

test('a VPN form is checked while typing, and its key is in no text, store or address', async ({ page }) => {
  const errors = watch(page)
  const project = await openSample(page, 'Golden customer')
  await page.goto(`${project}/subscription/vpn`)
  await expect(page.getByText('3 things to solve')).toBeVisible()
  await expect(page.getByText('is missing')).toHaveCount(0)
  await page.getByLabel(/^Sesam’s gateway/).fill('192.0.2.9')
  await page.getByLabel(/^Sesam’s address spaces/).fill('10.90.4.0/22')
  await page.getByLabel(/^Your gateway/).fill('edge.example.com')
  const ranges = page.getByLabel('Your address spaces, one a line')
  await ranges.fill('10.12.0.0/16\n10.90.6.0/24')
  await expect(page.getByText('10.90.6.0/24 has addresses in common with 10.90.4.0/22', { exact: false })).toBeVisible()
  await ranges.fill('10.12.0.0/16')
  await page.getByRole('button', { name: 'Make one' }).press('Enter')
  await expect(page.getByText('nothing to solve')).toBeVisible()
  const key = await page.getByLabel('Key that both sides share').inputValue()
  expect(key).toMatch(/^[\w-]{48}$/)
  const text = page.getByTestId('vpn-text')
  await expect(text).toContainText('remote_addrs = 192.0.2.9')
  for (const name of ['FortiGate', 'pfSense', 'JSON for Sesam']) {
    await page.getByRole('radio', { name }).click()
    await expect(text).toContainText('edge.example.com')
    expect(await text.textContent()).not.toContain(key)
  }
  expect(page.url()).not.toContain(key)
  await page.reload()
  await expect(page.getByLabel(/^Your gateway/)).toHaveValue('edge.example.com')
  await expect(page.getByLabel('Key that both sides share')).toHaveValue('')
  expect(errors).toEqual([])
})

test('an invoice is read, held against the own count, marked as paid and kept; a wrong one is refused', async ({
  page,
}) => {
  const errors = watch(page)
  const project = await openSample(page, 'Golden customer')
  await page.goto(`${project}/subscription/invoices`)
  await expect(page.getByText('No invoice yet')).toBeVisible()
  const csv = (amount: string) =>
    `number,issued,currency,description,quantity,price,amount\n7,2026-10-02,USD,Single compute,2,1352.00,${amount}\n`
  const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page
    .getByTestId('invoice-files')
    .setInputFiles([file('right.csv', csv('2704.00')), file('wrong.csv', csv('1.00'))])
  const invoice = page.getByRole('region', { name: '7' })
  await expect(invoice).toContainText('2\u202f704')
  await expect(invoice).toContainText('Single compute: 2 invoiced, 1 by own count.')
  await expect(page.getByRole('alert')).toContainText('wrong.csv')
  await invoice.getByRole('checkbox', { name: 'paid' }).check()
  await page.reload()
  await expect(page.getByRole('region', { name: '7' }).getByRole('checkbox', { name: 'paid' })).toBeChecked()
  expect(errors).toEqual([])
})
