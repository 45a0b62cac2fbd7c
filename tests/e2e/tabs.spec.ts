/**
 * Two tabs on one project: the second shows a notice and changes nothing until it takes over; then the first shows one.
 */
import { expect, test } from '@playwright/test'
import { openSample } from './app.ts'

test('a second tab is told, can take over, and the first is told then', async ({ page, context }) => {
  const project = await openSample(page, 'Golden customer')
  const second = await context.newPage()
  await second.goto(`${project}/flow`)
  await expect(second.getByRole('alert')).toContainText('open in another tab')
  await expect(second.getByRole('button', { name: 'Run all' })).toBeDisabled()
  await expect(second.getByText('Read only')).toBeVisible()

  await second.getByRole('button', { name: 'Work here instead' }).click()
  await expect(second.getByRole('button', { name: 'Run all' })).toBeEnabled()
  await expect(page.getByRole('alert')).toContainText('taken this project over')
  await expect(page.getByRole('button', { name: 'Run all' })).toBeDisabled()

  await expect(second.getByText('engine idle')).toBeVisible()
  await second.getByRole('button', { name: 'Run all' }).click()
  await second.goto(`${project}/data/global-customer`)
  await expect(second.getByText('8 entities', { exact: true })).toBeVisible()
})

test('what one tab writes is in the list of the other', async ({ page, context }) => {
  await page.goto('./')
  const second = await context.newPage()
  await openSample(second, 'Orders with children')
  await expect(page.getByRole('link', { name: /^Orders with children/ })).toBeVisible()
})

test('a project whose address changes while it is being opened is open for work', async ({ page }) => {
  await page.goto('./')
  await page.evaluate(() => {
    const changeView = () => {
      const project = location.hash.replace(/\/flow$/, '')
      // While the project is being opened, the view changes and the project stays.
      for (const wait of [0, 1, 2, 4, 8, 16]) {
        setTimeout(() => {
          location.hash = `${project}/${wait % 4 === 0 ? 'runs' : 'data'}`
        }, wait)
      }
    }
    addEventListener('hashchange', changeView, { once: true })
  })
  await page.getByRole('button', { name: /^Golden customer/ }).click()
  await expect(page).toHaveURL(/\/runs$/)
  await expect(page.getByText('engine idle')).toBeVisible()
  await expect(page.getByText('open in another tab')).toHaveCount(0)
})
