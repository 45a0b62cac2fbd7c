/** The lineage of a property: opened from the flow, followed through pipes, by mouse and by keyboard. */
import { expect, test } from '@playwright/test'
import { openSample, runAll, watch } from './app.ts'

test('a property is followed up to its sources and down to what is sent out', async ({ page }) => {
  const errors = watch(page)
  const address = await openSample(page, 'A composite pipe')
  await runAll(page)
  await page.locator('.react-flow__node').filter({ hasText: 'customer-order' }).click()
  await page.getByRole('link', { name: 'country_name', exact: true }).click()
  await expect(page).toHaveURL(/\/lineage\/customer-order\/country_name$/)
  const from = page.getByRole('region', { name: 'Comes from' })
  await expect(from.getByRole('listitem').filter({ hasText: /^name country/ })).toContainText('part of a computation')
  await expect(from.getByRole('listitem').filter({ hasText: /^country crm-person/ })).toContainText('join key')
  await expect(from).not.toContainText('country shop-customer')
  await expect(page.getByRole('region', { name: 'Goes to' })).toContainText('sink of report-order')

  // Nodes of the picture can be opened, by keyboard too.
  const graph = page.getByRole('region', { name: 'The lineage of country_name' })
  await graph.getByRole('group', { name: 'name, country' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/lineage\/country\/name$/)
  await expect(page.getByRole('region', { name: 'Goes to' })).toContainText('country_name')

  // A constant is made of nothing else; a dataset as a whole shows its pipes.
  await page.goto(`${address}/lineage/customer-order/_id`)
  await expect(from.getByRole('listitem').filter({ hasText: /^_id shop-order/ })).toBeVisible()
  await page.getByRole('link', { name: 'The whole dataset' }).click()
  await expect(from.getByRole('link', { name: 'crm-person' })).toBeVisible()
  expect(errors).toEqual([])
})

test('one value is followed from an entity to those it was made of, and back to what became of them', async ({
  page,
}) => {
  const errors = watch(page)
  const address = await openSample(page, 'A composite pipe')
  await runAll(page)
  await page.goto(`${address}/data/customer-order/501-o1`)
  const panel = page.getByRole('complementary', { name: 'Inspector' })
  await panel.getByRole('tab', { name: 'Origin' }).click()
  await expect(panel.getByRole('link', { name: 'crm-person p1' })).toBeVisible()
  await expect(panel.getByRole('link', { name: 'shop-customer s1' })).toBeVisible()
  await expect(panel.getByRole('link', { name: 'shop-order o1 joined' })).toBeVisible()
  await expect(panel.getByRole('link', { name: 'country NO joined' })).toBeVisible()
  await panel.getByRole('combobox', { name: 'Follow' }).selectOption('country_name')
  await expect(panel.getByRole('listitem').filter({ hasText: /^countryNO/ })).toContainText('Norway')
  await panel.getByRole('link', { name: 'country NO joined' }).click()
  await expect(page).toHaveURL(/\/data\/country\/NO$/)
  await expect(panel.getByRole('combobox', { name: 'Follow' })).toHaveValue('name')
  await expect(panel.getByRole('link', { name: 'customer-order 501-o1' })).toBeVisible()
  expect(errors).toEqual([])
})
