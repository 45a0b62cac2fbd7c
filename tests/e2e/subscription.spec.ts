/** The subscription view: usage, costs and their reasons, computed in the browser from the project's data. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, test } from '@playwright/test'
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
  const saving = page.getByRole('region', { name: 'Possible savings' })
  await saving.getByRole('checkbox').first().check()
  await expect(saving.getByRole('status')).toContainText('1 chosen, together')
  await used.getByRole('radio', { name: 'Pipe' }).click()
  await expect(used.getByRole('columnheader', { name: 'Runs this month' })).toBeVisible()
  await expect(used.getByRole('row', { name: /^global-customer/ })).toContainText('1')

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

  // Self-hosting is compared at the prices that a person enters.
  await page.getByLabel('A server, a month').fill('210,50')
  await page.keyboard.press('Tab')
  const plans = page.getByRole('region', { name: 'Plans side by side' })
  await expect(plans.getByRole('row', { name: /^a month/ })).toContainText('210.50')

  // A changed price is kept with the project, and the published prices can be restored.
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
  // The overlap is drawn, with suggested fixes.
  await expect(page.getByRole('img', { name: '10.90.6.0/24 and 10.90.4.0/22', exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Use 10.90.8.0/24' }).click()
  await expect(ranges).toHaveValue('10.12.0.0/16\n10.90.8.0/24')
  await expect(page.getByText('10.90.8.0/24: private, 256 addresses')).toBeVisible()
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

test('invoices are held against the count of their month, entered beside a PDF, paid and kept; a wrong one is refused', async ({
  page,
}) => {
  const errors = watch(page)
  const project = await openSample(page, 'Golden customer')
  await runAll(page)
  await page.goto(`${project}/subscription/invoices`)
  await expect(page.getByText('No invoice yet')).toBeVisible()
  const month = new Date().toISOString().slice(0, 7)
  const csv = (amount: string) =>
    `number,issued,month,currency,description,quantity,price,amount\n7,2026-10-02,${month},USD,Single compute,2,1352.00,${amount}\n`
  const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page
    .getByTestId('invoice-files')
    .setInputFiles([file('right.csv', csv('2704.00')), file('wrong.csv', csv('1.00'))])
  const invoice = page.getByRole('region', { name: '7 of 2026-10-02' })
  await expect(invoice.getByRole('row', { name: /^Single compute/ })).toContainText('+1\u202f352.00')
  await expect(invoice).toContainText('The own count is the mean of 1 day')
  await expect(page.getByRole('alert')).toContainText('wrong.csv')

  // An invoice in a PDF file is entered while its pages are shown.
  await page
    .getByTestId('invoice-files')
    .setInputFiles([{ name: 'invoice.pdf', mimeType: 'application/pdf', buffer: pdfFile('Invoice 8') }])
  const dialog = page.getByRole('dialog', { name: 'Enter an invoice' })
  await expect.poll(() => inkOf(dialog.getByRole('img', { name: 'Page 1 of 1' }))).toBeGreaterThan(50)
  await dialog.getByLabel('Number').fill('8')
  await dialog.getByLabel('Issued').fill('2026-11-02')
  await dialog.getByLabel('Description 1').fill('Storage')
  await dialog.getByLabel('Price 1').fill('22,88')
  await dialog.getByLabel('Amount 1').fill('1')
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await expect(dialog.getByRole('alert')).toContainText('22.88')
  await dialog.getByLabel('Amount 1').fill('22.88')
  await dialog.getByRole('button', { name: 'Keep' }).click()
  const entered = page.getByRole('region', { name: '8 of 2026-11-02' })
  await entered.getByRole('checkbox', { name: 'Paid' }).check()
  await expect(entered.getByLabel('Paid on')).not.toHaveValue('')
  await page.reload()
  await expect(entered.getByRole('checkbox', { name: 'Paid' })).toBeChecked()
  await entered.getByRole('button', { name: 'Show the PDF' }).click()
  const shown = page.getByRole('dialog', { name: '8.pdf' })
  await expect.poll(() => inkOf(shown.getByRole('img'))).toBeGreaterThan(50)

  // Each view mentions the unpaid invoice.
  await page.goto(`${project}/flow`)
  await page.getByRole('contentinfo').getByRole('link', { name: 'Invoice 7 is due: 2026-11-01' }).click()
  await expect(page.getByRole('region', { name: 'Deadlines' })).toContainText('overdue')
  expect(errors).toEqual([])
})

test('an agreement has its days and a calendar file; environments have groups, prices and differences', async ({
  page,
}) => {
  const errors = watch(page)
  const project = await openSample(page, 'Golden customer')
  await runAll(page)
  await page.goto(`${project}/subscription/agreement`)
  await page.getByLabel('Start').fill('2025-03-01')
  await page.getByLabel('Minimum term, months').fill('600')
  await page.getByLabel('Notice, months').fill('3')
  const timeline = page.getByRole('list', { name: 'Dates, not to scale' })
  await expect(timeline.getByRole('listitem').filter({ hasText: 'last day, if ended today' })).toContainText(
    '2075-02-28',
  )
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Calendar file' }).click()
  expect((await download).suggestedFilename()).toBe('sesam-subscription.ics')

  await page.getByRole('tab', { name: 'Environments' }).click()
  await page.getByRole('button', { name: 'Add environment' }).click()
  const name = page.getByRole('textbox', { name: 'Name: Environment 2' })
  await expect(name).toBeFocused()
  await name.fill('Test')
  await name.press('Tab')
  await page.getByRole('button', { name: 'Open Test' }).click()
  // This environment runs elsewhere: only its own metrics count for it.
  const where = page.getByRole('region', { name: 'Where it is counted' })
  await expect(where).toContainText('What is stored here')
  await page.getByTestId('metrics-files').setInputFiles({
    name: 'test.prom',
    mimeType: 'text/plain',
    buffer: Buffer.from('# TYPE sesam_pipe_usage gauge\nsesam_pipe_usage{pipe="global-customer"} 3e9\n'),
  })
  await expect(where).toContainText('By the metrics of its node')
  await expect(page.getByRole('region', { name: 'What is used' })).toContainText('3.0\u00a0GB')
  await page.getByRole('tab', { name: 'Price' }).click()
  await page.getByRole('combobox', { name: 'Plan' }).selectOption('developer')
  await expect(page.getByLabel('Price a month')).toContainText('78.00')
  await page.getByRole('tab', { name: 'Environments' }).click()
  await expect(page.getByRole('row', { name: '2 environments together' })).toContainText('1\u202f430.00')
  await expect(page.getByRole('row', { name: /^Plan Single Developer/ })).toBeVisible()
  await page.getByRole('button', { name: 'Remove Test' }).click()
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(page.getByRole('textbox', { name: 'Name: Test' })).toBeVisible()
  const found = await new AxeBuilder({ page }).analyze()
  expect(found.violations).toEqual([])
  expect(errors).toEqual([])
})

test('by keyboard: sections by arrows, an environment named, a price changed', async ({ page }) => {
  const project = await openSample(page, 'Golden customer')
  await page.goto(`${project}/subscription`)
  await page.getByRole('tab', { name: 'Usage' }).focus()
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Environments' })).toBeFocused()
  const add = page.getByRole('button', { name: 'Add environment' })
  await add.focus()
  await page.keyboard.press('Enter')
  const name = page.getByRole('textbox', { name: 'Name: Environment 2' })
  await expect(name).toBeFocused()
  await page.keyboard.type('Test')
  await page.keyboard.press('Tab')
  const open = page.getByRole('button', { name: 'Open Test' })
  await open.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'Usage' })).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('tab', { name: 'Usage' }).focus()
  await page.keyboard.press('ArrowRight')
  const more = page.getByRole('slider')
  await more.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByLabel('Price a month')).not.toContainText('1\u202f352.00')
})

/** How many pixels of a canvas are not white. */
function inkOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return 0
    const data = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? []
    let ink = 0
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128 && (data[at + 3] ?? 0) > 0) ink++
    return ink
  })
}

/** A PDF file of one page with a line of text. */
function pdfFile(text: string): Buffer {
  const content = `BT /F1 24 Tf 40 100 Td (${text}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = file.length
    file += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 6\n0000000000 65535 f \n${offsets.join('')}`
  return Buffer.from(`${file}${table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF`, 'latin1')
}
