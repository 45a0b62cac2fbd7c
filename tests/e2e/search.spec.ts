/** Search over all datasets, by mouse and by keyboard: words, filters, lists, what stands in the address, saved searches. */
import { expect, type Page, test } from '@playwright/test'
import { openSample, runAll, watch } from './app.ts'

const field = (page: Page) => page.getByRole('searchbox', { name: 'Search all data' })
const total = (page: Page) => page.getByRole('region', { name: 'What was found' }).getByRole('status')

test('an entity is found by mouse, with the words marked, and stands in the address', async ({ page }) => {
  const errors = watch(page)
  await openSample(page, 'Golden customer')
  await runAll(page)
  await page.getByRole('link', { name: 'Data', exact: true }).click()
  await page.getByRole('button', { name: 'Search all data' }).click()
  await field(page).fill('ada')
  await expect(page.locator('mark').first()).toHaveText(/ada/i)
  const all = await total(page).textContent()
  expect(all).toMatch(/^\d+ hits?$/)

  // A list narrows the search; the counts of the list itself stay.
  const datasets = page.getByRole('group', { name: 'Datasets' })
  await datasets.getByRole('checkbox', { name: 'global-customer' }).check()
  await expect(page.getByRole('region', { name: 'What was found' }).getByRole('heading')).toHaveText([
    'global-customer',
  ])
  await page.locator('[data-hit]').first().click()
  await expect(page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading').first()).toBeVisible()
  const address = page.url()
  await page.reload()
  await expect(field(page)).toHaveValue('ada')
  await expect(datasets.getByRole('checkbox', { name: 'global-customer' })).toBeChecked()
  await expect(page.locator('[data-hit][aria-pressed=true]')).toBeVisible()
  expect(page.url()).toBe(address)
  expect(errors).toEqual([])
})

test('a search is typed, walked through and saved by keyboard; a filter by property narrows it', async ({ page }) => {
  const errors = watch(page)
  await openSample(page, 'Golden customer')
  await runAll(page)
  await page.keyboard.press('Control+Shift+f')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('-nobody')
  await expect(total(page)).toHaveText(/^\d+ hits$/)
  const everything = Number((await total(page).textContent())?.split(' ')[0])
  await page.keyboard.type(' @_id:1')
  await expect(total(page)).not.toHaveText(`${everything} hits`)
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[data-hit]').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-hit]').first()).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('ArrowUp')
  await expect(field(page)).toBeFocused()
  await page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await field(page).press('Escape')
  await expect(page.getByText('What are you looking for?')).toBeVisible()
  await page.getByRole('button', { name: 'Saved searches' }).press('Enter')
  await page.getByRole('menuitem', { name: '-nobody @_id:1' }).press('Enter')
  await expect(field(page)).toHaveValue('-nobody @_id:1')
  expect(errors).toEqual([])
})

test('a dataset is taken out of the search, and its index with it', async ({ page }) => {
  await openSample(page, 'Golden customer')
  await runAll(page)
  await page.goto(page.url().replace(/\/flow$/, '/search/-nobody'))
  await expect(total(page)).toHaveText(/^\d+ hits$/)
  await page.getByRole('button', { name: 'Index' }).click()
  const row = page.getByRole('checkbox', { name: 'global-customer' }).last()
  await row.uncheck()
  await expect(page.getByText('not searched')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'global-customer' })).toHaveCount(0)
})
