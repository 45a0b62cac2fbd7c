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
