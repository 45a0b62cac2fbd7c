/** The palette finds everything with a name; a rule or a property opens its place in its pipe. */
import { expect, test } from '@playwright/test'
import { openSample, runAll, watch } from './app.ts'

test('a property and a rule are found by name, and lead to their steps', async ({ page }) => {
  const errors = watch(page)
  await openSample(page, 'A composite pipe')
  const findAndOpen = async (text: string, option: RegExp) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(text)
    await page.getByRole('option', { name: option }).first().click()
  }
  await findAndOpen('country_name', /^country_name property · customer-order$/)
  await expect(page).toHaveURL(/\/pipe\/customer-order$/)
  await expect(page.getByRole('heading', { name: 'Step · add' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'JSON' })).toHaveValue(/"add", "country_name"/)

  await findAndOpen('child', /^child rule · customer-order$/)
  await expect(page.getByRole('tab', { name: 'child' })).toHaveAttribute('aria-selected', 'true')
  expect(errors).toEqual([])
})

test('a kind of source is looked up with all its properties', async ({ page }) => {
  await page.goto('./#/dtl')
  await page.getByRole('radio', { name: 'Configuration' }).click()
  await expect(page.getByRole('heading', { name: 'Configuration reference' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Find in reference' }).fill('csv_endpoint')
  const listed = page.getByRole('navigation', { name: 'Reference' }).getByRole('link', { name: /^csv_endpoint/ })
  await expect(listed).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'CSV endpoint csv_endpoint' })).toBeVisible()
  await expect(page.getByRole('article')).toContainText('encode_error_strategy')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('system:rest')
  await page
    .getByRole('option', { name: /^system:rest/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'REST service system:rest' })).toBeVisible()
})

test('entities are filtered by the values of their properties', async ({ page }) => {
  const address = await openSample(page, 'A composite pipe')
  await runAll(page)
  await page.goto(`${address}/data/customer-order`)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('combobox', { name: 'Property' }).fill('amount')
  await page.getByRole('combobox', { name: 'Condition' }).selectOption('is greater than')
  await page.getByRole('textbox', { name: 'Value' }).fill('500')
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 entities', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('combobox', { name: 'Property' }).fill('customer')
  await page.getByRole('combobox', { name: 'Condition' }).selectOption('contains')
  await page.getByRole('textbox', { name: 'Value' }).fill('ada')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 entity', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Remove the filter amount is greater than 500' }).click()
  await expect(page.getByText('3 entities', { exact: true })).toBeVisible()
})
