/** The flow by hand: several cards chosen, merged or joined; menus of the right button; names by F2; lit paths; wires. */
import { expect, type Page, test } from '@playwright/test'
import { openSample, runAll, watch } from './app.ts'
import { centre, drag, node, port } from './composite/mouse.ts'

async function openFlow(page: Page): Promise<void> {
  await openSample(page, 'A composite pipe')
  await runAll(page)
  await page.getByRole('button', { name: 'Show everything' }).click()
  await page.waitForTimeout(400)
}

test('two sources are chosen with Shift, merged, and joined by the keyboard', async ({ page }) => {
  const errors = watch(page)
  await openFlow(page)
  await page.locator(node('crm-person')).click()
  await page.locator(node('shop-customer')).click({ modifiers: ['Shift'] })
  await page.getByRole('button', { name: /^Merge these/ }).click()
  await expect(page.locator(node('global-crm-person'))).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.locator(node('global-crm-person'))).toHaveCount(0)
  await page.locator(node('crm-person')).click()
  await page.locator(node('shop-order')).click({ modifiers: ['Shift'] })
  await page.keyboard.press('j')
  await expect(page.locator(node('crm-person-shop-order'))).toBeVisible()
  expect(errors).toEqual([])
})

test('the right button opens what can be done; a name is changed with F2; the path of what is chosen is lit', async ({
  page,
}) => {
  await openFlow(page)
  await page.locator(node('customer-order')).click({ button: 'right' })
  const menu = page.getByRole('menu', { name: 'Actions' })
  await expect(menu.getByRole('menuitem', { name: /^Open pipe/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(menu.getByRole('menuitem', { name: 'Look at the data' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await page.locator(node('country')).click()
  await expect(page.locator(`${node('crm-person')} .flow-card`)).toHaveClass(/opacity-40/)
  await expect(page.locator(`${node('customer-order')} .flow-card`)).not.toHaveClass(/opacity-40/)
  await page.keyboard.press('F2')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'New name' }).fill('land')
  await expect(dialog.getByRole('button', { name: /^Rename in \d places/ })).toBeEnabled()
  await page.keyboard.press('Escape')
})

test('a wire that is dropped anywhere on a card connects', async ({ page }) => {
  await openFlow(page)
  const to = await page.locator(node('report-order')).boundingBox()
  await drag(page, await centre(page.locator(port('country', 'out-source'))), {
    x: (to?.x ?? 0) + (to?.width ?? 0) * 0.75,
    y: (to?.y ?? 0) + (to?.height ?? 0) * 0.3,
  })
  await expect(page.getByText(/^country → report-order/)).toBeVisible()
})
